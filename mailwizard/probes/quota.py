"""How full the mailbox is: the server's own figures, or what can be measured."""

from collections.abc import Sequence

from mailwizard.model.seen.mailbox import MailboxSize, Quota, QuotaResource, SignIn
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.folders import Place, list_folders
from mailwizard.probes.imap.lending import NoMailbox, borrow, give_back
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.setting import Setting, Stopped

MEASURE_FROM = 0.9  # a mailbox that is this full is measured, to tell what fills it
_BATCH = 500


def quota(setting: Setting) -> None:
    """Records Quota, and MailboxSize where the server gives no figures or the mailbox is full.

    Raises Skipped where nobody is signed in, Stopped.
    """
    try:
        client = borrow(setting)
    except NoMailbox as none:
        setting.record(Quota(supported=False, detail=none.why))
        return
    capabilities = _capabilities(setting)
    try:
        seen = _asked(client, capabilities)
        setting.record(seen)
        if not seen.resources or any(_nearly_full(r) for r in seen.resources):
            _measure(setting, client, capabilities)
        give_back(setting, client)
    except Broken as broken:
        setting.record(Quota(supported=False, detail=broken.why))
    except Stopped:
        client.close()
        raise


def _capabilities(setting: Setting) -> set[str]:
    return {
        capability
        for attempt in setting.evidence.of(SignIn)
        if attempt.seen.outcome == "ok"
        for capability in attempt.seen.capabilities
    }


def _asked(client: ImapClient, capabilities: set[str]) -> Quota:
    """GETQUOTAROOT, where QUOTA is offered (RFC 9208: the capability, or one QUOTA=RES-…)."""
    if not any(c == "QUOTA" or c.startswith("QUOTA=") for c in capabilities):
        return Quota(supported=False, detail="not offered")
    try:
        found = client.quota_root(b"INBOX")
    except Refused as refused:
        return Quota(supported=False, detail=refused.reply.text)
    except Garbled:
        return Quota(supported=False, detail="a reply that makes no sense")
    resources = tuple(
        QuotaResource(root=root, resource=resource, used=used, limit=limit)
        for root, resource, used, limit in found
    )
    return Quota(supported=True, resources=resources)


def _nearly_full(resource: QuotaResource) -> bool:
    return resource.used >= resource.limit * MEASURE_FROM


def _measure(setting: Setting, client: ImapClient, capabilities: set[str]) -> None:
    octets: dict[str, int] = {}
    messages: dict[str, int] = {}
    detail = ""
    try:
        places = _countable(list_folders(client, setting.provider, capabilities).places)
        for done, place in enumerate(places):
            setting.progress(done, len(places))
            try:
                count, size = _size_of(client, place, "STATUS=SIZE" in capabilities)
            except (Refused, Garbled):
                detail = "some folders could not be measured"
                continue
            name = place.folder.name
            octets[name] = octets.get(name, 0) + size
            messages[name] = messages.get(name, 0) + count
        setting.progress(len(places), len(places))
    except (Refused, Garbled):
        detail = "the server did not list the folders"
    except Broken as broken:
        detail = broken.why
    except Stopped:
        setting.record(
            MailboxSize(octets=octets, messages=messages, complete=False, detail="no time left")
        )
        raise
    setting.record(
        MailboxSize(octets=octets, messages=messages, complete=not detail, detail=detail)
    )


def _countable(places: Sequence[Place]) -> list[Place]:
    """The folders to add up: a folder of all mail holds the others', but not junk and trash."""
    opened = [place for place in places if place.folder.selectable]
    if any(place.folder.role == "all" and place.folder.role_by == "flag" for place in opened):
        return [place for place in opened if place.folder.role in ("all", "junk", "trash")]
    return [place for place in opened if place.folder.role != "all"]


def _size_of(client: ImapClient, place: Place, by_status: bool) -> tuple[int, int]:
    """A folder's messages and octets. Raises Refused, Garbled, Broken, Stopped."""
    if by_status:
        found = client.status_size(place.wire_name)
        if found is not None:
            return found
    messages = client.examine(place.wire_name).messages or 0
    size = 0
    for start in range(1, messages + 1, _BATCH):
        numbers = range(start, min(start + _BATCH, messages + 1))
        for reply in client.fetch_numbered(numbers, ("RFC822.SIZE",)):
            value = reply.get(b"RFC822.SIZE")
            size += value if isinstance(value, int) else 0
    return messages, size
