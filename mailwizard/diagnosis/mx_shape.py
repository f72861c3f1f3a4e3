"""MX records that no sender can follow, or not all senders do: judged one by one."""

from dataclasses import dataclass, field

from mailwizard.diagnosis.delegation import Answer
from mailwizard.diagnosis.home import home
from mailwizard.diagnosis.mail_route import MailRoute, addresses
from mailwizard.diagnosis.mx_parts import about_records
from mailwizard.diagnosis.mx_slips import nearest_mx
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Finding, Outcome
from mailwizard.providers.load import all_providers
from mailwizard.providers.match import by_mx, takes_mail_for
from mailwizard.reading.mx import Mx


@dataclass(slots=True)
class _Sorted:
    """The records by what is wrong with them, each with the answers that show it."""

    numbers: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    misspelt: dict[str, tuple[str, str]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    answers: dict[str, tuple[Answer, ...]] = field(default_factory=dict)


def judge(situation: Situation, believed: MailRoute) -> list[Finding]:
    """NULL_MX, NULL_MX_MIXED, MX_IS_IP, MX_TARGET_MISSING, MX_TYPO, MX_IS_CNAME."""
    if all(mx.is_null for mx in believed.mx):
        return [about_records("NULL_MX", situation, believed)]
    found: list[Finding] = []
    if any(mx.is_null for mx in believed.mx):
        found.append(about_records("NULL_MX_MIXED", situation, believed))
    return [*found, *_targets(situation, believed)]


def unusable(situation: Situation, believed: MailRoute) -> frozenset[str]:
    """The exchangers that the findings of this module speak of as leading nowhere."""
    kinds = _sorted(situation, believed)
    return frozenset((*kinds.numbers, *kinds.missing, *kinds.misspelt))


def _targets(situation: Situation, believed: MailRoute) -> list[Finding]:
    kinds = _sorted(situation, believed)
    dead = {*kinds.numbers, *kinds.missing, *kinds.misspelt}
    # Senders go on to the next exchanger: a record beside it that works saves the mail.
    saved = any(host not in dead for host in believed.hosts)
    outcome = Outcome.RISK if saved else Outcome.CAUSE
    found: list[Finding] = []
    if kinds.numbers:
        found.append(
            about_records(
                "MX_IS_IP",
                situation,
                believed,
                dead=dead,
                outcome=outcome,
                target=kinds.numbers[0],
                targets=tuple(kinds.numbers),
            )
        )
    if kinds.missing:
        found.append(
            about_records(
                "MX_TARGET_MISSING",
                situation,
                believed,
                [o for host in kinds.missing for o in kinds.answers[host]],
                dead=dead,
                outcome=outcome,
                variant="some" if saved else "",
                target=kinds.missing[0],
                targets=tuple(kinds.missing),
            )
        )
    found += [
        about_records(
            "MX_TYPO",
            situation,
            believed,
            kinds.answers[host],
            dead=dead,
            outcome=outcome,
            variant=variant,
            target=host,
            meant=meant,
        )
        for host, (meant, variant) in kinds.misspelt.items()
    ]
    found += [
        about_records(
            "MX_IS_CNAME", situation, believed, kinds.answers[host], target=host, alias=alias
        )
        for host, alias in kinds.aliases.items()
    ]
    return found


def _sorted(situation: Situation, believed: MailRoute) -> _Sorted:
    kinds = _Sorted()
    for mx in dict.fromkeys(believed.mx):
        if not mx.is_null:
            _sort(situation, mx, kinds)
    return kinds


def _sort(situation: Situation, mx: Mx, kinds: _Sorted) -> None:
    host = mx.host
    if mx.is_address:
        if host not in kinds.numbers:
            kinds.numbers.append(host)
        return
    if host in kinds.answers:
        return
    there, answers = addresses(situation, host)
    kinds.answers[host] = answers
    meant = _missing_dot(host, situation.case.domain)
    # With a wildcard record even a misspelt name has an address.
    if meant and (there is False or (there and by_mx(meant))):
        kinds.misspelt[host] = (meant, "")
    elif there is False and (similar := _similar(situation, host)):
        kinds.misspelt[host] = (similar, "similar")
    elif there is False:
        kinds.missing.append(host)
    elif there and by_mx(host) is None:
        alias = next((o.seen.cname[-1] for o in answers if o.seen.cname), "")
        if alias:
            kinds.aliases[host] = alias


def _missing_dot(host: str, domain: str) -> str:
    """The name that was meant, where the domain was added to a full name without a final dot."""
    meant = host.removesuffix(f".{domain}")
    if meant == host or "." not in meant:
        return ""
    return meant if by_mx(meant) or meant.endswith(domain) or meant.count(".") > 1 else ""


def _similar(situation: Situation, host: str) -> str:
    """The provider's exchanger that a name without any address was meant to be."""
    lives = home(situation)
    if any(takes_mail_for(provider, host) for provider in all_providers().values()):
        return ""  # right beside a provider's own: one that was taken out of service, rather
    own = nearest_mx(host, (lives.provider,)) if lives is not None else ""
    return own or nearest_mx(host, all_providers().values())
