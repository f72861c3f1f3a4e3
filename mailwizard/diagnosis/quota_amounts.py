"""What the judgements of the quota step have in common: amounts, and whether a mail fits in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mailwizard.diagnosis.situation import Situation
from mailwizard.model.amounts import octets
from mailwizard.model.finding import Certainty, Finding, Value
from mailwizard.model.observation import Observation
from mailwizard.model.seen.mailbox import MailboxSize
from mailwizard.model.seen.space import MailboxSpace

NEARLY = 0.9
LEAST_FREE = 16 * 1024  # octets: hardly a mail is smaller with all its header fields
GROWTH = 1.37  # of a file in a mail: base64 (RFC 2045, 6.8) with its line ends
MOST_NAMED = 3  # folders
LEAST_NAMED = 0.1  # of all mail that a folder takes, to be worth naming


@dataclass(frozen=True, slots=True)
class Tight:
    """A mail does not fit in; ``data`` are the words for it."""

    certainty: Certainty
    data: dict[str, Value]


def room_for(situation: Situation, free: int) -> Tight | None:
    """Whether the missing mail fits into ``free`` octets; None where it does, or has no size.

    What is told of a mail with an attachment may be the size of the file, which is less.
    """
    size = situation.case.size
    if size is None:
        return None
    if free < size:
        return Tight(Certainty.SURE, {"size": octets(size)})
    grown = round(size * GROWTH)
    if situation.case.attachment and free < grown:
        return Tight(
            Certainty.LIKELY, {"variant": "file", "size": octets(size), "grown": octets(grown)}
        )
    return None


def with_data(found: Finding, data: Mapping[str, Value]) -> Finding:
    """The finding with more data, which stand for those of the same name."""
    return replace(found, data={**found.data, **data})


def measured(situation: Situation) -> Observation[MailboxSize] | None:
    """What all folders take, if all of them could be measured."""
    whole = [o for o in situation.of(MailboxSize) if o.seen.complete and o.seen.octets]
    return whole[-1] if whole else None


def biggest(situation: Situation) -> tuple[str, ...]:
    """The folders that take most, with their sizes, as far as that is known."""
    sizes: dict[str, int] = {}
    for size in situation.of(MailboxSize):
        sizes.update(size.seen.octets)
    for space in situation.of(MailboxSpace):
        sizes.update({folder.name: folder.octets for folder in space.seen.folders})
    total = sum(sizes.values())
    order = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        f"{name} ({octets(size)})"
        for name, size in order[:MOST_NAMED]
        if size >= max(1, total * LEAST_NAMED)
    )
