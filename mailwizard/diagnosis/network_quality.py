"""Works, but badly: a line that is slow or loses packets."""

from statistics import median
from typing import Any

from mailwizard.diagnosis.network_segment import lossy_segment, routers, slow_segment
from mailwizard.diagnosis.outside import host_of, looks
from mailwizard.diagnosis.resent_packets import SENT_AGAIN_MS, in_rhythm, sent_again
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.observation import Observation
from mailwizard.model.seen.line import LineQuality, TimedConnect
from mailwizard.model.seen.network import Endpoint, HttpReply

SLOW_MS = 700.0
CONNECTS = 4
HOSTS = 3
UNRELATED = 2

# Of connections that the other probes happen to make, all at one moment.
LOSSY_CONNECTS = 8
LOSSY_HOSTS = 3
LOSSY_SHARE = 0.2

# Of well-spaced connections. A moment's break shows in one round only.
SPACED_SHARE = 0.08
SPACED_LATE = 3
SPACED_ROUNDS = 2

Timed = list[tuple[Observation[Any], str, float]]


def weak_line(situation: Situation) -> Finding | None:
    """NETWORK_LOSSY or NETWORK_SLOW. On such a line another's silence is weak evidence."""
    return lossy(situation) or slow(situation)


def slow(situation: Situation) -> Finding | None:
    """The usual connection takes most of a second, to several hosts that are nobody's together."""
    for timed in (_spaced(situation), _spaced(situation) + _beside(situation)):
        hosts = {host for _o, host, _ms in timed}
        unrelated = hosts - _providers(situation)
        if len(timed) < CONNECTS or len(hosts) < HOSTS or len(unrelated) < UNRELATED:
            continue
        # Each host counts once, however often it was asked; the provider's own prove nothing of
        # the line.
        middle = median(median(_of(timed, host)) for host in unrelated)
        if middle < SLOW_MS or median(median(_of(timed, host)) for host in hosts) < SLOW_MS:
            return None
        variant = slow_segment(situation)
        return finding(
            "NETWORK_SLOW",
            [
                *(o for o, _host, _ms in timed),
                *(routers(situation) if variant == "office" else []),
            ],
            variant=variant,
            milliseconds=round(middle),
            connections=len(timed),
            hosts=len(hosts),
        )
    return None


def lossy(situation: Situation) -> Finding | None:
    """Most connections are quick, and a share to several hosts needed a second packet."""
    for o in looks(situation, LineQuality):
        if _rounds(o.seen) >= SPACED_ROUNDS:
            return _spaced_loss(situation, o)
    timed = _beside(situation)
    if len(timed) < LOSSY_CONNECTS:
        return None
    middle = median(ms for _o, _host, ms in timed)
    late = [(o, host) for o, host, ms in timed if ms - middle >= SENT_AGAIN_MS]
    hosts = {host for _o, host in late} - _providers(situation)
    if middle >= SLOW_MS or len(hosts) < LOSSY_HOSTS or len(late) < LOSSY_SHARE * len(timed):
        return None
    return finding(
        "NETWORK_LOSSY",
        (o for o, _host, _ms in timed),
        certainty=Certainty.LIKELY,
        late=len(late),
        of=len(timed),
        hosts=len({host for _o, host, _ms in timed}),
        percent=round(100 * len(late) / len(timed)),
        milliseconds=round(middle),
    )


def _spaced_loss(situation: Situation, line: Observation[LineQuality]) -> Finding | None:
    """What was late or never answered, at hosts that otherwise answer, in more than one moment."""
    tries = _alive(_outward(line.seen))
    answered = [c.milliseconds for c in tries if c.milliseconds is not None]
    if not answered:
        return None
    middle = median(answered)
    lost = [c for c in tries if sent_again(c, tries, middle)]
    if middle >= SLOW_MS and in_rhythm(lost, tries):
        middle = median(
            c.milliseconds for c in tries if c.milliseconds is not None and c not in lost
        )
    hosts = {c.host for c in lost if c.segment == "control"}
    if (
        len(lost) < max(SPACED_LATE, SPACED_SHARE * len(tries))
        or len({c.round for c in lost}) < SPACED_ROUNDS
        or len(hosts) < UNRELATED
        or middle >= SLOW_MS
    ):
        return None
    share = len(lost) / len(tries)
    variant = lossy_segment(situation, line.seen)
    return finding(
        "NETWORK_LOSSY",
        [line, *(routers(situation) if variant == "office" else [])],
        certainty=Certainty.SURE if share >= LOSSY_SHARE else Certainty.LIKELY,
        variant=variant,
        late=len(lost),
        of=len(tries),
        hosts=len({c.host for c in tries}),
        percent=round(100 * share),
        milliseconds=round(middle),
    )


def _alive(tries: list[TimedConnect]) -> list[TimedConnect]:
    """Connections to addresses that answered at all: a dead one is no lossy line."""
    alive = {c.address for c in tries if c.milliseconds is not None}
    return [c for c in tries if c.address in alive]


def _outward(line: LineQuality) -> list[TimedConnect]:
    return [c for c in line.connects if c.segment != "gateway"]


def _rounds(line: LineQuality) -> int:
    return len({c.round for c in _outward(line)})


def _spaced(situation: Situation) -> Timed:
    return [
        (o, c.host, c.milliseconds)
        for o in looks(situation, LineQuality)
        if _rounds(o.seen) >= SPACED_ROUNDS
        for c in _outward(o.seen)
        if c.milliseconds is not None
    ]


def _beside(situation: Situation) -> Timed:
    """Every connection that the other probes made, and how long it took, in milliseconds."""
    timed: Timed = [
        (o, host_of(o), o.seen.connect_ms)
        for o in looks(situation, Endpoint)
        if o.seen.connect_ms is not None
    ]
    timed += [
        (o, host_of(o), o.seen.connect_ms)
        for o in looks(situation, HttpReply)
        if o.seen.connect_ms is not None
    ]
    return timed


def _providers(situation: Situation) -> set[str]:
    """The hosts of the user's own provider, which may all be slow together."""
    hosts = {o.seen.host for o in looks(situation, Endpoint) if o.seen.role != "control"}
    return hosts | {
        c.host
        for o in looks(situation, LineQuality)
        for c in o.seen.connects
        if c.segment == "provider"
    }


def _of(timed: Timed, host: str) -> list[float]:
    return [ms for _o, other, ms in timed if other == host]
