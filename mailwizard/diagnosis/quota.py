"""The quota step: is there room in the mailbox for new mail?"""

from mailwizard.diagnosis import quota_told
from mailwizard.diagnosis.door_way import intercepted
from mailwizard.diagnosis.quota_amounts import (
    LEAST_FREE,
    NEARLY,
    biggest,
    measured,
    room_for,
    with_data,
)
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.amounts import KIB, octets
from mailwizard.model.finding import Certainty, Finding, Outcome, Value
from mailwizard.model.observation import Observation
from mailwizard.model.seen.door import SmtpDoor, SmtpReply
from mailwizard.model.seen.mailbox import MailboxSize, Quota, QuotaResource, SignIn
from mailwizard.providers.match import by_mx
from mailwizard.reading.smtp_refusal import reason

SURE, LIKELY = Certainty.SURE, Certainty.LIKELY


def judge(situation: Situation) -> list[Finding]:
    """From the server's figures, its mail exchangers' words, and what the user saw in webmail."""
    return [*_of_the_mailbox(situation), *_other_roots(situation)]


def _of_the_mailbox(situation: Situation) -> list[Finding]:
    figures = _figures(situation)
    if any(f.code in ("MAILBOX_FULL", "QUOTA_SHARED_STORAGE") for f in figures):
        return figures
    refused = _refused_at_the_door(situation, contradicted=has_figures(situation))
    told = quota_told.judge(situation)
    if refused is not None:
        return [refused]
    if any(f.code in ("MAILBOX_FULL", "QUOTA_SHARED_STORAGE") for f in told):
        return told
    if figures or has_figures(situation):
        return figures
    return told or _not_reported(situation)


def _resources(situation: Situation) -> list[tuple[Observation[Quota], QuotaResource]]:
    """What has a limit: 0 is none (so do several servers write "as much as you like")."""
    return [
        (quota, resource)
        for quota in situation.of(Quota)
        for resource in quota.seen.resources
        if resource.resource in ("STORAGE", "MESSAGE") and resource.limit > 0
    ]


def _of_inbox(resource: QuotaResource) -> bool:
    """New mail comes into the inbox: its roots decide, whichever others there are."""
    return not resource.folders or any(name.upper() == "INBOX" for name in resource.folders)


def has_figures(situation: Situation) -> bool:
    """Whether the server tells how full the mailbox is, that new mail comes into."""
    return any(_of_inbox(resource) for _quota, resource in _resources(situation))


def _figures(situation: Situation) -> list[Finding]:
    """The worst of the server's own figures."""
    found = [_figure(situation, *one) for one in _resources(situation) if _of_inbox(one[1])]
    order = ("QUOTA_SHARED_STORAGE", "MAILBOX_FULL", "QUOTA_TIGHT_FOR_SIZE", "QUOTA_NEARLY_FULL")
    grave = [f for f in found if f is not None]
    grave.sort(key=lambda f: order.index(f.code))
    if grave and grave[0].code in order[:2]:
        return grave[:1]
    return list({f.code: f for f in reversed(grave)}.values())[::-1]


def _free(resource: QuotaResource) -> int:
    """In octets, or in messages; negative where more is used than there is."""
    unit = KIB if resource.resource == "STORAGE" else 1
    return (resource.limit - resource.used) * unit


def _is_full(resource: QuotaResource) -> bool:
    least = LEAST_FREE if resource.resource == "STORAGE" else 1
    return _free(resource) < least


def _figure(
    situation: Situation, quota: Observation[Quota], resource: QuotaResource
) -> Finding | None:
    storage = resource.resource == "STORAGE"
    data: dict[str, Value] = {
        "variant": "figures" if storage else "messages",
        "used": _amount(resource.used, storage),
        "limit": _amount(resource.limit, storage),
        "free": _amount(max(0, resource.limit - resource.used), storage),
        "percent": min(999, resource.used * 100 // resource.limit),
        "biggest": biggest(situation),
    }
    if _is_full(resource):
        shared = _shared(situation, quota, resource) if storage else None
        return with_data(shared or finding("MAILBOX_FULL", [quota]), data)
    tight = room_for(situation, _free(resource)) if storage else None
    if tight is not None:
        # It is this mail that does not fit: no risk for some mail, but why this one is missing.
        told = finding(
            "QUOTA_TIGHT_FOR_SIZE", [quota], certainty=tight.certainty, outcome=Outcome.CAUSE
        )
        return with_data(told, {**data, **tight.data})
    if resource.used >= resource.limit * NEARLY:
        return with_data(finding("QUOTA_NEARLY_FULL", [quota]), data)
    return None


def _shared(
    situation: Situation, quota: Observation[Quota], resource: QuotaResource
) -> Finding | None:
    """The space is used up, but mail takes little of it: files share it."""
    size = measured(situation)
    if size is None:
        return None
    elsewhere = {
        name
        for other in quota.seen.resources
        if not _of_inbox(other)
        for name in other.folders
        if name not in resource.folders
    }
    mail = sum(count for name, count in size.seen.octets.items() if name not in elsewhere)
    if mail >= resource.used * KIB * quota_told.SMALL_SHARE:
        return None
    return finding("QUOTA_SHARED_STORAGE", [quota, size], certainty=LIKELY, mail=octets(mail))


def _other_roots(situation: Situation) -> list[Finding]:
    """Folders with a limit of their own that is reached: a risk, and not the user's mailbox."""
    full = [one for one in _resources(situation) if not _of_inbox(one[1]) and _is_full(one[1])]
    if not full:
        return []
    quota, resource = max(full, key=lambda one: one[1].used / one[1].limit)
    storage = resource.resource == "STORAGE"
    return [
        finding(
            "FOLDERS_FULL",
            [quota],
            variant="" if storage else "messages",
            folders=tuple(dict.fromkeys(name for _q, r in full for name in r.folders)),
            used=_amount(resource.used, storage),
            limit=_amount(resource.limit, storage),
        )
    ]


def _refused_at_the_door(situation: Situation, *, contradicted: bool) -> Finding | None:
    """A mail exchanger of the user's own provider says that this mailbox is full."""
    full: list[Observation[SmtpDoor]] = []
    said: SmtpReply | None = None
    for door in situation.of(SmtpDoor) if not intercepted(situation) else ():
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
        biggest=biggest(situation),
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


def _not_reported(situation: Situation) -> list[Finding]:
    """The server gives no figures: what was measured is told, nothing is guessed."""
    if quota_told.room(situation):
        return []
    quotas = situation.of(Quota)
    if not quotas or not any(o.seen.outcome == "ok" for o in situation.of(SignIn)):
        return []
    whole = [size for size in situation.of(MailboxSize) if size.seen.octets]
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
    return octets(value * KIB) if storage else str(value)
