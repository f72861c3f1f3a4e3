"""This computer's clock, against the Date headers of others (RFC 9110)."""

from datetime import datetime, timedelta
from statistics import median
from typing import Any

from mailwizard.diagnosis.outside import BY_DATE, expected, hosts, looks
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.network import Endpoint, HttpReply

TOLERATED = timedelta(minutes=5)
_IN_OUR_TIME = range(2024, 2100)  # other years are nonsense, not the time of day
HOSTS = 2


def dated(situation: Situation) -> list[tuple[Observation[HttpReply], float]]:
    """Replies that tell the time, with how many seconds this computer's clock is ahead."""
    return [
        (o, (o.seen.local - o.seen.date).total_seconds())
        for o in looks(situation, HttpReply)
        if o.seen.date is not None
        and o.seen.local is not None
        and o.seen.date.year in _IN_OUR_TIME
        and (o.seen.tls == "ok" or expected(o.seen))
    ]


def clock_wrong(situation: Situation) -> Finding | None:
    """Several hosts agree with each other, and none with this computer.

    One host's time is enough where the certificates of others only fit by that time, too.
    """
    ahead = _ahead(situation)
    if ahead is None:
        return None
    away, seconds = ahead
    explained = _explained(situation)
    if len(hosts(away)) < HOSTS:
        if len(hosts(explained)) < HOSTS:
            return None
        certainty = Certainty.LIKELY
    else:
        certainty = Certainty.SURE
    hours = abs(seconds) / 3600
    own = [o for o in looks(situation, Endpoint) if o.seen.role == "provider"]
    works = any(o.seen.tls == "ok" for o in own)
    local = max(o.seen.local for o in away if o.seen.local is not None)
    return finding(
        "CLOCK_WRONG",
        [*away, *own, *(o for o in explained if o not in own)],
        # As long as no certificate fails for it, mail is not held up by the clock.
        outcome=Outcome.CAUSE if explained and not works else Outcome.RISK,
        certainty=certainty,
        hours=round(hours) if hours >= 10 else round(hours, 1),
        variant="fast" if seconds > 0 else "slow",
        shown=f"{local:%Y-%m-%d %H:%M}",
        right=f"{local - timedelta(seconds=seconds):%Y-%m-%d %H:%M}",
    )


def right_time(situation: Situation) -> datetime | None:
    """The time of the check as others tell it, where this computer's clock disagrees."""
    ahead = _ahead(situation)
    return max(o.seen.date for o in ahead[0] if o.seen.date is not None) if ahead else None


def _ahead(situation: Situation) -> tuple[list[Observation[HttpReply]], float] | None:
    """The replies whose time is not ours, and by how many seconds this clock is ahead.

    None where any reply agrees with this computer, or where they differ among themselves.
    """
    offsets = dated(situation)
    tolerated = TOLERATED.total_seconds()
    seconds = [value for _o, value in offsets]
    if not offsets or any(abs(value) <= tolerated for value in seconds):
        return None
    if max(seconds) - min(seconds) > tolerated:
        return None
    return [o for o, _value in offsets], median(seconds)


def _explained(situation: Situation) -> list[Observation[Any]]:
    """TLS that failed for its dates, at any host, and would not have by the right time."""
    now = right_time(situation)
    if now is None:
        return []
    tried: list[Observation[Any]] = [*looks(situation, Endpoint), *looks(situation, HttpReply)]
    return [
        o
        for o in tried
        if o.seen.tls in BY_DATE and all(c.not_before <= now <= c.not_after for c in o.seen.chain)
    ]


def true_now(situation: Situation) -> tuple[datetime | None, list[Observation[HttpReply]]]:
    """The time of the newest observation by others' clocks, and whose; by ours where none tells.

    None where somebody's time is not ours, and no two agree on which is right.
    """
    now, told = situation.now, dated(situation)
    if now is None or not told:
        return now, []
    middle = median(seconds for _o, seconds in told)
    tolerated = TOLERATED.total_seconds()
    agreed = [o for o, seconds in told if abs(seconds - middle) <= tolerated]
    if len(hosts(agreed)) < HOSTS and any(abs(seconds) > tolerated for _o, seconds in told):
        return None, []
    return now - timedelta(seconds=middle), agreed


def clock_right(situation: Situation) -> list[Observation[HttpReply]]:
    """Replies whose time agrees with this computer's."""
    tolerated = TOLERATED.total_seconds()
    return [o for o, seconds in dated(situation) if abs(seconds) <= tolerated]
