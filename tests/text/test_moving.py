"""What was moved, and how it does not happen again: for every provider, in every language."""

from typing import get_args

import pytest

from mailwizard.model.provider import Provider
from mailwizard.model.seen.mailbox import Role
from mailwizard.model.seen.moved import MailMoved, NotMovedCount
from mailwizard.providers.load import all_providers
from mailwizard.text import moving
from mailwizard.text.language import LANGUAGES, speaking
from tests.diagnosis.mailbox_builders import mail

FROM = tuple(role for role in get_args(Role) if role not in ("sent", "drafts"))


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("provider", all_providers().values(), ids=lambda p: p.id)
@pytest.mark.parametrize("role", FROM)
def test_there_is_always_a_way_that_it_does_not_happen_again(
    provider: Provider, role: Role, language: str
) -> None:
    with speaking(language):
        lines = moving.advice(provider, [role])
    assert lines
    assert all(line and "{" not in line for line in lines)
    wanted = {"junk": ("trust-sender", "block-list"), "inbox": ()}.get(role, ("rules",))
    for name in wanted:
        if path := provider.paths.get(name):
            exact = path.zh if language.startswith("zh") else path.en
            assert any(exact in line for line in lines)


def test_without_a_known_path_the_words_are_general() -> None:
    plain = all_providers()["coremail"]
    assert not plain.paths.get("trust-sender")
    assert "trusted senders" in moving.advice(plain, ["junk"])[0]
    assert moving.advice(plain, []) == []


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize(
    ("way", "undone"),
    [
        ("move", False),
        ("move", True),
        ("copy", False),
        ("copy", True),
        ("only-move", True),
        ("unmark", False),
        ("unmark", True),
    ],
)
def test_what_was_done_is_told(way: moving.Way, undone: bool, language: str) -> None:
    seen = MailMoved(
        folder="Junk",
        target="INBOX",
        way=way,
        undone=undone,
        moved=3,
        left_over=2,
        kept=1,
        not_moved=tuple(
            NotMovedCount(reason=reason, count=4)
            for reason in ("read-only", "gone", "changed", "no-room", "of-tomorrow")
        ),
    )
    with speaking(language):
        lines = moving.told(seen)
    assert len(lines) == 8
    assert all("{" not in line for line in lines)


def test_nothing_is_told_of_what_did_not_happen() -> None:
    assert moving.told(MailMoved(folder="Junk", target="INBOX")) == []
    [line] = moving.told(
        MailMoved(
            folder="Junk",
            target="INBOX",
            not_moved=(NotMovedCount(reason="read-only", count=2),),
        )
    )
    assert "may only be read" in line


def test_the_confirmation_says_how_many_and_how() -> None:
    told = moving.confirmation(
        [(mail("Junk"), "move"), (mail("Junk", 2), "move"), (mail("INBOX"), "unmark")]
    )
    assert "moved to your inbox: 2 (Junk: 2)" in told
    assert "lose the mark “deleted”: 1 (the inbox: 1)" in told
    assert told.endswith("you can undo it.")
    assert moving.move_label(2) == "Move to the inbox (2)"
    assert moving.move_label(2, {"move", "copy"}) == "Bring back (2)"
