"""The quota step: is there room in the mailbox for new mail?"""

from dataclasses import replace

from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Value
from mailwizard.model.observation import Observation
from mailwizard.model.seen.door import SmtpDoor, SmtpReply
from mailwizard.model.seen.mailbox import MailboxSize, Quota, QuotaResource, SignIn
from mailwizard.providers.match import by_mx
from mailwizard.reading.smtp_refusal import reason

SURE, LIKELY = Certainty.SURE, Certainty.LIKELY
NEARLY = 0.9
LEAST_FREE = 16 * 1024  # octets: hardly a mail is smaller with all its header fields
SMALL_SHARE = 0.3  # of the used space that mail takes, where something else fills it
_KIB = 1024


def judge(situation: Situation) -> list[Finding]:
    """From the server's figures, its mail exchangers' words, and what the user saw in webmail."""
    figures = _figures(situation)
    if any(f.code in ("MAILBOX_FULL", "QUOTA_SHARED_STORAGE") for f in figures):
        return figures
    refused = _refused_at_the_door(situation, contradicted=_has_figures(situation))
    told = _told(situation)
    if refused is not None:
        return [refused]
    if told is not None and told.code == "MAILBOX_FULL":
        return [told]
    if figures or _has_figures(situation):
        return figures
    if told is not None:
        return [told]
    return _not_reported(situation)


def _resources(situation: Situation) -> list[tuple[Observation[Quota], QuotaResource]]:
    return [
        (quota, resource)
        for quota in situation.of(Quota)
        for resource in quota.seen.resources
        if resource.resource in ("STORAGE", "MESSAGE") and resource.limit > 0
    ]


def _has_figures(situation: Situation) -> bool:
    return bool(_resources(situation))


def _figures(situation: Situation) -> list[Finding]:
    """The worst of the server's own figures."""
    found = [_figure(situation, *one) for one in _resources(situation)]
    order = ("QUOTA_SHARED_STORAGE", "MAILBOX_FULL", "QUOTA_TIGHT_FOR_SIZE", "QUOTA_NEARLY_FULL")
    grave = [f for f in found if f is not None]
    grave.sort(key=lambda f: order.index(f.code))
    if grave and grave[0].code in order[:2]:
        return grave[:1]
    return list({f.code: f for f in reversed(grave)}.values())[::-1]


def _figure(
    situation: Situation, quota: Observation[Quota], resource: QuotaResource
) -> Finding | None:
    storage = resource.resource == "STORAGE"
    free = (resource.limit - resource.used) * (_KIB if storage else 1)
    data: dict[str, Value] = {
        "variant": "figures" if storage else "messages",
        "used": _amount(resource.used, storage),
        "limit": _amount(resource.limit, storage),
        "free": _amount(max(0, free) // (_KIB if storage else 1), storage),
        "percent": min(999, resource.used * 100 // resource.limit),
    }
    if free <= 0 or (storage and free < LEAST_FREE):
        shared = _shared(situation, quota, resource) if storage else None
        return _with(shared or finding("MAILBOX_FULL", [quota]), data)
    size = situation.case.size
    if storage and size is not None and free < size:
        return _with(finding("QUOTA_TIGHT_FOR_SIZE", [quota], size=octets(size)), data)
    if resource.used >= resource.limit * NEARLY:
        return _with(finding("QUOTA_NEARLY_FULL", [quota]), data)
    return None


def _with(found: Finding, data: dict[str, Value]) -> Finding:
    return replace(found, data={**found.data, **data})


def _shared(
    situation: Situation, quota: Observation[Quota], resource: QuotaResource
) -> Finding | None:
    """The space is used up, but mail takes little of it: files share it."""
    for size in situation.of(MailboxSize):
        mail = sum(size.seen.octets.values())
        if size.seen.complete and size.seen.octets and mail < resource.used * _KIB * SMALL_SHARE:
            return finding(
                "QUOTA_SHARED_STORAGE", [quota, size], certainty=LIKELY, mail=octets(mail)
            )
    return None


def _refused_at_the_door(situation: Situation, *, contradicted: bool) -> Finding | None:
    """A mail exchanger of the user's own provider says that this mailbox is full."""
    full: list[Observation[SmtpDoor]] = []
    said: SmtpReply | None = None
    for door in situation.of(SmtpDoor):
        if door.seen.whose != "own" or _of_others(situation, door.seen.host):
            continue
        for recipient in door.seen.rcpt:
            if recipient.who == "user" and _says_full(door.seen, recipient.reply):
                full.append(door)
                said = recipient.reply
    if said is None:
        return None
    return finding(
        "MAILBOX_FULL",
        full,
        certainty=LIKELY if contradicted or said.code < 500 else SURE,
        variant="door",
        server=full[0].seen.host,
        said=f"{said.code} {said.enhanced} {said.text}".replace("  ", " "),
    )


def _says_full(door: SmtpDoor, reply: SmtpReply) -> bool:
    """Whether it is this mailbox that is full, and not the whole server for everybody."""
    others = [r for r in door.rcpt if r.who != "user"]
    return reason(reply) == "full" and not any(reason(r.reply) == "full" for r in others)


def _of_others(situation: Situation, host: str) -> bool:
    """Whether a mail exchanger belongs to another provider than the mailbox."""
    owner = by_mx(host)
    return (
        owner is not None
        and situation.provider_by not in ("default", "mx")
        and owner.id != situation.provider.id
    )


def _told(situation: Situation) -> Finding | None:
    """What webmail showed to the user."""
    full = situation.answered("webmail-quota", "full")
    if full is not None:
        return finding("MAILBOX_FULL", [full], certainty=LIKELY, variant="told")
    nearly = situation.answered("webmail-quota", "nearly-full")
    if nearly is not None:
        return finding("QUOTA_NEARLY_FULL", [nearly], certainty=LIKELY, variant="told")
    return None


def _not_reported(situation: Situation) -> list[Finding]:
    """The server gives no figures: what was measured is told, nothing is guessed."""
    if situation.answered("webmail-quota", "room") is not None:
        return []
    quotas = situation.of(Quota)
    if not quotas or not any(o.seen.outcome == "ok" for o in situation.of(SignIn)):
        return []
    measured = situation.of(MailboxSize)
    whole = [size for size in measured if size.seen.octets]
    if not whole:
        return [finding("QUOTA_NOT_REPORTED", quotas, variant="")]
    return [
        finding(
            "QUOTA_NOT_REPORTED",
            [*quotas, *whole],
            variant="measured" if whole[0].seen.complete else "measured-part",
            used=octets(sum(whole[0].seen.octets.values())),
            count=sum(whole[0].seen.messages.values()),
        )
    ]


def _amount(value: int, storage: bool) -> str:
    return octets(value * _KIB) if storage else str(value)


def octets(count: int) -> str:
    """A size for people, such as ``4.8 GB``; decimal point, units of 1024."""
    size = float(count)
    for unit in ("B", "KB", "MB", "GB"):
        if size < _KIB:
            return f"{size:.0f} {unit}" if unit in ("B", "KB") else f"{size:.1f} {unit}"
        size /= _KIB
    return f"{size:.1f} TB"
