"""How much each folder holds: with few commands, from servers that offer much, little, or lie."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from mailwizard.model.seen.mailbox import MailboxSize, Quota
from tests.probes.mailbox_lab import HOST, SINCE, MailboxLab, mailbox
from tests.servers.fake_imap import Dialect, Folder, Session, mail
from tests.worlds import CASE

ALL_AT_ONCE = "IMAP4rev1 ID LIST-STATUS STATUS=SIZE"


@contextmanager
def measured(*folders: Folder, dialect: Dialect) -> Iterator[tuple[MailboxSize, MailboxLab]]:
    with mailbox(*folders, dialect=dialect, case=replace(CASE, since=SINCE, imap_host=HOST)) as lab:
        lab.run("sign-in")
        before = len(lab.server.commands)
        lab.run("quota")
        del lab.server.commands[:before]
        yield lab.seen(MailboxSize)[0], lab


def many(count: int) -> list[Folder]:
    return [Folder("INBOX", messages=[mail()] * 3)] + [
        Folder(f"Folder {number}", messages=[mail()] * (number % 4)) for number in range(count - 1)
    ]


def octets(folders: list[Folder]) -> dict[str, int]:
    return {folder.name: 2000 * len(folder.messages) for folder in folders}


@pytest.mark.parametrize("offered", [ALL_AT_ONCE, "IMAP4rev1 STATUS=SIZE", "IMAP4rev1"])
def test_500_folders(offered: str) -> None:
    folders = many(500)
    with measured(*folders, dialect=Dialect(capability=offered)) as (size, lab):
        verbs = Counter(lab.server.verbs())
        connections = lab.server.received
    assert size.octets == octets(folders)
    assert size.complete
    if "LIST-STATUS" in offered:
        assert verbs["STATUS"] == verbs["EXAMINE"] == 0
    else:
        assert verbs["STATUS"] <= 501
    if "STATUS=SIZE" in offered:
        assert verbs["FETCH"] == 0
        assert connections == 1
    else:
        filled = sum(bool(folder.messages) for folder in folders)
        # Beside these the sign-in of each connection opens the inbox.
        assert filled == verbs["FETCH"] <= verbs["EXAMINE"] <= filled + 2
        assert connections <= 3


def test_capabilities_are_tried_not_believed() -> None:
    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        if verb == "STATUS" or "RETURN (STATUS" in arguments:
            session.say(f"{tag} BAD what?")
            return True
        return False

    folders = many(10)
    dialect = Dialect(capability=ALL_AT_ONCE, script=script)
    with measured(*folders, dialect=dialect) as (size, lab):
        assert size.octets == octets(folders)
        assert size.complete
        assert Counter(lab.server.verbs())["STATUS"] == 2


def test_a_list_that_leaves_folders_out_is_completed() -> None:
    def script(session: Session, tag: str, _verb: str, arguments: str) -> bool:
        if "RETURN (STATUS" not in arguments:
            return False
        session.say('* LIST () "/" "INBOX"', "* STATUS INBOX (SIZE 6000 MESSAGES 3)")
        session.say("* STATUS {8}", "Folder 1 (MESSAGES 1 SIZE 2000)", f"{tag} OK done")
        return True

    folders = many(6)
    dialect = Dialect(capability=ALL_AT_ONCE, script=script)
    with measured(*folders, dialect=dialect) as (size, lab):
        assert size.octets == octets(folders)
        assert Counter(lab.server.verbs())["STATUS"] == 4
        assert lab.server.received == 1


@pytest.mark.parametrize(
    "said",
    ["MESSAGES 3 SIZE 0", "MESSAGES 3 SIZE -9", "MESSAGES 3 SIZE 99999999999999999999",
     "MESSAGES 3 SIZE 999999999999999999", "MESSAGES 3", "", "SIZE 5"],
)  # fmt: skip
def test_a_size_that_cannot_be_true_is_added_up_instead(said: str) -> None:
    def script(session: Session, tag: str, verb: str, _arguments: str) -> bool:
        if verb == "STATUS":
            session.say(f'* STATUS "INBOX" ({said})', f"{tag} OK done")
        return verb == "STATUS"

    folder = Folder("INBOX", messages=[mail()] * 3)
    with measured(folder, dialect=Dialect(script=script)) as (size, _lab):
        assert size.octets == {"INBOX": 6000}
        assert size.complete


def test_a_folder_that_is_refused_is_left_out_and_said() -> None:
    folders = [*many(4), Folder("Shut", refuse="no"), Folder("Top", "\\Noselect")]
    for offered in (ALL_AT_ONCE, "IMAP4rev1"):
        with measured(*folders, dialect=Dialect(capability=offered)) as (size, lab):
            assert size.octets == octets(folders[:4])
            assert not size.complete
            assert lab.server.received == 1


def test_sizes_that_cannot_be_true_are_not_added_up() -> None:
    def script(session: Session, tag: str, verb: str, _arguments: str) -> bool:
        if verb == "FETCH":
            session.say(
                "* 1 FETCH (RFC822.SIZE 100)",
                "* 2 FETCH (RFC822.SIZE -100)",
                "* 3 FETCH (RFC822.SIZE 99999999999999999999)",
                "* 4 FETCH (FLAGS (\\Seen))",
                f"{tag} OK done",
            )
        return verb == "FETCH"

    folder = Folder("INBOX", messages=[mail()] * 3)
    with measured(folder, dialect=Dialect(script=script)) as (size, _lab):
        assert size.octets == {"INBOX": 100}
        assert not size.complete


@pytest.mark.parametrize("command", ["LIST", "STATUS", "EXAMINE", "FETCH"])
def test_a_connection_that_breaks_once_is_no_loss(command: str) -> None:
    broken: list[str] = []

    def script(session: Session, _tag: str, verb: str, arguments: str) -> bool:
        if broken or verb != command or (verb == "LIST" and "RETURN" not in arguments):
            return False
        if verb == "EXAMINE" and "INBOX" in arguments:
            return False  # that is the sign-in
        broken.append(verb)
        session.say("* 1 FETCH (RFC822.SI")
        session.hang_up()
        return True

    folders = many(8)
    with measured(*folders, dialect=Dialect(script=script)) as (size, _lab):
        assert broken
        assert size.octets == octets(folders)
        assert size.complete


def test_answers_out_of_order_end_in_reading_one_by_one() -> None:
    held: list[str] = []

    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        if verb != "STATUS" or "SIZE" not in arguments:
            return False
        if arguments.startswith('"INBOX"'):
            return False
        held.append(tag)
        if len(held) == 2:
            session.say(f"{held[1]} OK later", f"{held[0]} OK earlier")
        return True

    folders = many(8)
    dialect = Dialect(capability="IMAP4rev1 STATUS=SIZE", script=script)
    with measured(*folders, dialect=dialect) as (size, _lab):
        assert size.octets == octets(folders)


def test_a_server_that_passes_over_what_it_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailwizard.probes.imap.space.TRY_SECONDS", 0.2)
    monkeypatch.setattr("mailwizard.probes.imap.roots.TRY_SECONDS", 0.2)

    def script(_session: Session, _tag: str, verb: str, arguments: str) -> bool:
        return verb == "GETQUOTAROOT" or "RETURN (STATUS" in arguments

    folders = many(4)
    with measured(*folders, dialect=Dialect(script=script)) as (size, lab):
        assert size.octets == octets(folders)
        assert size.complete
        assert lab.seen(Quota)[0].supported is False
