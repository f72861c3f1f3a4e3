"""The quota roots of a mailbox's folders (RFC 9208): which there are, and how full each is."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from mailwizard.model.seen.mailbox import Quota, QuotaResource
from mailwizard.model.shown import shown
from mailwizard.probes.imap.client import ImapClient, quoted
from mailwizard.probes.imap.folders import Place
from mailwizard.probes.imap.pipeline import Answer, pipelined, whole_lines
from mailwizard.probes.imap.replies import Broken, Garbled
from mailwizard.probes.imap.space import TRY_SECONDS
from mailwizard.probes.imap.wire import COMMAND_SECONDS
from mailwizard.reading.headers import raw_text

INBOX = "INBOX"
MOST_ASKED = 100  # folders
MOST_ROOTS = 50
MOST_NAMED = 20  # folders of one root

_STRING = rb'(?:"((?:[^"\\]|\\.)*)"|([^\s"(){]+))'
_ROOT = re.compile(_STRING + rb" ?\(([^()]{0,2000})\)\s*\Z", re.S)
_RESOURCE = re.compile(rb"(?<!\S)([A-Za-z][A-Za-z0-9-]{0,40}) (\d{1,19})(?!\S) (\d{1,19})(?!\S)")
_ONE = re.compile(_STRING, re.S)


def ask_inbox(client: ImapClient, capabilities: set[str]) -> Quota:
    """What GETQUOTAROOT tells of the inbox, whether it is offered or not. Raises Broken, Stopped.

    ``supported`` is False where it is refused. RFC 9208 has a capability, and one a resource.
    """
    offered = any(c == "QUOTA" or c.startswith("QUOTA=") for c in capabilities)
    seconds = COMMAND_SECONDS if offered else TRY_SECONDS
    try:
        with closing(pipelined(client, [b'GETQUOTAROOT "INBOX"'], seconds)) as answers:
            answer = next(answers)
            for _rest in answers:
                pass
    except Garbled as garbled:
        raise Broken(str(garbled)) from None
    if answer.refused is not None:
        reply = answer.refused.reply
        detail = "not offered" if reply.kind == "BAD" else reply.text or "refused"
        return Quota(supported=False, detail=detail)
    return Quota(supported=True, resources=tuple(_resources(answer, INBOX)))


def ask_others(client: ImapClient, of_inbox: Quota, places: Sequence[Place]) -> Quota:
    """The inbox's figures, and those of every other root that these folders are under.

    A folder whose root cannot be told is passed over. Raises Broken, Stopped.
    """
    asked = [place for place in chosen(places) if place.folder.role != "inbox"]
    found: dict[tuple[str, str], QuotaResource] = {
        (r.root, r.resource): r for r in of_inbox.resources
    }
    commands = [b"GETQUOTAROOT " + quoted(place.wire_name) for place in asked]
    try:
        with closing(pipelined(client, commands)) as answers:
            for answer, place in zip(answers, asked, strict=False):
                if answer.refused is not None:
                    continue
                for resource in _resources(answer, place.folder.name):
                    _add(found, resource)
    except Garbled as garbled:
        raise Broken(str(garbled)) from None
    return replace(of_inbox, resources=tuple(found.values()))


def _add(found: dict[tuple[str, str], QuotaResource], resource: QuotaResource) -> None:
    key = resource.root, resource.resource
    known = found.get(key)
    if known is None:
        if len(found) < MOST_ROOTS:
            found[key] = resource
    elif len(known.folders) < MOST_NAMED and resource.folders[0] not in known.folders:
        found[key] = replace(known, folders=(*known.folders, *resource.folders))


def chosen(places: Sequence[Place]) -> list[Place]:
    """All folders where they are few; else those with a role, and one of each top level."""
    opened = [place for place in places if place.folder.selectable]
    if len(opened) <= MOST_ASKED:
        return opened
    tops: dict[bytes, Place] = {}
    for place in opened:
        top = re.split(rb"[/.\\]", place.wire_name, maxsplit=1)[0]
        tops.setdefault(top if place.folder.role == "other" else place.wire_name, place)
    return list(tops.values())[:MOST_ASKED]


def _resources(answer: Answer, folder: str) -> Iterator[QuotaResource]:
    """What one answer says of the roots that this folder is under.

    Where QUOTAROOT names them, other roots' figures are passed over; some servers name none, or
    name them otherwise.
    """
    named = [
        root
        for line in whole_lines(answer.data.get("QUOTAROOT", []))
        for root in _strings(line)[1:]
    ]
    told = [_ROOT.match(line.strip()) for line in whole_lines(answer.data.get("QUOTA", []))]
    figures = [(_string(found), found[3]) for found in told if found]
    own = [figure for figure in figures if figure[0] in named]
    for root, resources in own or figures:
        for name, used, limit in _RESOURCE.findall(resources):
            yield QuotaResource(
                root=shown(raw_text(root), 100),
                resource=name.decode("ascii").upper(),
                used=int(used),
                limit=int(limit),
                folders=(folder,),
            )


def _strings(line: bytes) -> list[bytes]:
    return [_string(found) for found in _ONE.finditer(line)]


def _string(found: re.Match[bytes]) -> bytes:
    if found[1] is not None:
        return re.sub(rb"\\(.)", rb"\1", found[1])
    return found[2]
