"""A waiting as lines of text, for both front ends."""

from mailwizard.actions.waiting import Came, Waiting
from mailwizard.text import waiting as words


def state_of(now: Waiting) -> str:
    """The state in the words' terms: before the first look it is only connecting."""
    return "connecting" if now.state == "reconnecting" and now.inbox_looked is None else now.state


def headline(now: Waiting, sender: str) -> str:
    """What is going on."""
    return words.headline(state_of(now), sender)


def meaning(now: Waiting, sender: str) -> str:
    """What that means; of an arrival, where the mail is."""
    if found := expected(now):
        return words.place(found[0].role, found[0].mail.folder)
    return words.meaning(state_of(now), sender, now.left)


def expected(now: Waiting) -> tuple[Came, ...]:
    """The sender's mails, of those that came."""
    return tuple(came for came in now.came if came.expected)


def came_lines(now: Waiting) -> list[str]:
    """Every mail that is tied to the sender, a line each."""
    return [words.came(came.mail, expected=came.expected) for came in now.came]


def coverage_lines(now: Waiting) -> list[str]:
    """How much was watched, and what else came."""
    lines = [words.watched(now.folders)] if now.folders[1] else []
    if not now.ended and lines:
        lines.append(words.how(at_once=now.at_once))
        lines.append(words.last_look(now.inbox_looked, now.others_looked))
    lines.append(words.others_came(now.others))
    return [line for line in lines if line]
