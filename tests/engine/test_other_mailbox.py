"""A connection to one mailbox never comes to whoever asks for a connection to another."""

from dataclasses import dataclass

from mailwizard.model.secret import Secret
from tests.engine.builders import session


@dataclass
class Connection:
    """One that only knows whether it is open."""

    broken: bool = False

    def close(self) -> None:
        """Ends it."""
        self.broken = True


def test_what_is_given_back_after_the_address_has_changed() -> None:
    """As a search's or a waiting's last connection does, a moment too late."""
    started = session()
    investigation = started.investigation
    investigation.password = Secret("old")
    setting = investigation.setting(lambda _seen: None, lambda: 1.0, lambda _done, _total: None)
    idle, lent = Connection(), Connection()
    setting.mailboxes.give(idle)
    started.answer("me", "other@example.com")
    assert idle.broken
    setting.mailboxes.give(lent)
    assert lent.broken
    assert investigation.mailboxes.take() is None
    assert investigation.password is None


def test_the_same_address_again_keeps_the_connection() -> None:
    started = session()
    idle = Connection()
    started.investigation.mailboxes.give(idle)
    started.answer("me", started.investigation.case.me)
    assert started.investigation.mailboxes.take() is idle


def test_what_is_given_back_after_the_end_is_closed() -> None:
    started = session()
    pool, late = started.investigation.mailboxes, Connection()
    started.close()
    pool.give(late)
    assert late.broken
