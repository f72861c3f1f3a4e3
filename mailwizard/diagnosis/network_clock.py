"""This computer's clock, against the Date headers of others (RFC 9110)."""

from datetime import timedelta
from statistics import median
from urllib.parse import urlsplit

from mailwizard.diagnosis.outside import expected, looks
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.network import Endpoint, HttpReply

TOLERATED = timedelta(minutes=5)
HOSTS = 2


def dated(situation: Situation) -> list[tuple[Observation[HttpReply], float]]:
    """Replies that tell the time, with how many seconds this computer's clock is ahead."""
    return [
        (o, (o.seen.local - o.seen.date).total_seconds())
        for o in looks(situation, HttpReply)
        if o.seen.date is not None
        and o.seen.local is not None
        and (o.seen.tls == "ok" or expected(o.seen))
    ]


def clock_wrong(situation: Situation) -> Finding | None:
    """Several hosts agree with each other, and none with this computer."""
    offsets = dated(situation)
    tolerated = TOLERATED.total_seconds()
    away = [(o, seconds) for o, seconds in offsets if abs(seconds) > tolerated]
    if len(away) < len(offsets) or len({urlsplit(o.seen.url).hostname for o, _ in away}) < HOSTS:
        return None
    seconds = [value for _o, value in away]
    if max(seconds) - min(seconds) > tolerated:
        return None
    ahead = median(seconds)
    hours = abs(ahead) / 3600
    own = [o for o in looks(situation, Endpoint) if o.seen.role == "provider"]
    works = [o for o in own if o.seen.tls == "ok"]
    local = max(o.seen.local for o, _ in away if o.seen.local is not None)
    return finding(
        "CLOCK_WRONG",
        [*(o for o, _ in away), *own],
        # As long as the mail server's certificate still fits, mail is not held up by it.
        outcome=Outcome.RISK if works else Outcome.CAUSE,
        hours=round(hours) if hours >= 10 else round(hours, 1),
        variant="fast" if ahead > 0 else "slow",
        shown=f"{local:%Y-%m-%d %H:%M}",
        right=f"{local - timedelta(seconds=ahead):%Y-%m-%d %H:%M}",
    )


def clock_right(situation: Situation) -> list[Observation[HttpReply]]:
    """Replies whose time agrees with this computer's."""
    tolerated = TOLERATED.total_seconds()
    return [o for o, seconds in dated(situation) if abs(seconds) <= tolerated]
