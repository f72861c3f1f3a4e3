"""What the judges of MX records share."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from mailwizard.diagnosis.door_way import intercepted
from mailwizard.diagnosis.home import home
from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.reading.smtp_refusal import Reason, reason

_ORDER = tuple(Certainty)


def about_records(
    code: str,
    situation: Situation,
    believed: MailRoute,
    because: Iterable[Observation[Any] | None] = (),
    *,
    dead: Collection[str] = (),
    **more: Any,
) -> Finding:
    """A finding about the records: its data name them as they are and as they should be.

    ``records`` are those now, ``wanted`` those to set (() where the provider is not known): no
    exchanger among ``dead``, which lead nowhere.
    ``certainty`` is never above that of the view which is believed.
    """
    lives = home(situation)
    leading = [str(mx) for mx in believed.mx if mx.host not in dead]
    wanted = lives.wanted(leading) if lives is not None else ()
    data = {"records": believed.records, **more}
    certainty = weaker(data.pop("certainty", Certainty.SURE), believed.certainty)
    return finding(
        code,
        [*believed.because, *because],
        certainty=certainty,
        domain=situation.case.domain,
        wanted=wanted,
        **data,
    )


def weaker(one: Certainty, other: Certainty) -> Certainty:
    """The less sure of two."""
    return max(one, other, key=_ORDER.index)


def weakened(found: Finding) -> Finding:
    """What rests on this network's own resolver alone is no more than a risk."""
    if found.outcome is not Outcome.CAUSE:
        return found
    return replace(found, outcome=Outcome.RISK, certainty=Certainty.POSSIBLE)


def doors_of(situation: Situation, hosts: Iterable[str]) -> list[Observation[SmtpDoor]]:
    """What was seen at the own domain's doors of these names; nothing where somebody on the way
    answers in their place."""
    wanted = frozenset(hosts) if not intercepted(situation) else frozenset()
    return [
        door
        for door in situation.of(SmtpDoor)
        if door.seen.whose == "own" and door.seen.host in wanted
    ]


def reasons(door: Observation[SmtpDoor]) -> dict[str, Reason]:
    """What a door's replies are about, by who was asked for."""
    return {said.who: reason(said.reply) for said in door.seen.rcpt}


def refusing(situation: Situation, hosts: Iterable[str]) -> list[Observation[SmtpDoor]]:
    """The doors that refuse the user and everybody else there; none if one of them does not."""
    found: list[Observation[SmtpDoor]] = []
    for door in doors_of(situation, hosts):
        given = tuple(reasons(door).values())
        if "accepted" in given:
            return []
        if given and all(why in ("unknown-user", "not-served") for why in given):
            found.append(door)
    return found
