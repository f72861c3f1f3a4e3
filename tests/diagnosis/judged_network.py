"""Networks with a line, a proxy or one fault more, judged; and usual times of connections."""

import random
from collections.abc import Callable

from mailwizard.diagnosis import network
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Finding
from mailwizard.model.observation import Seen
from mailwizard.model.seen.line import LineQuality, ProxyConnect
from tests.diagnosis.line_seen import Times
from tests.diagnosis.network_seen import Scene
from tests.diagnosis.test_network import missing_words, situation

Fault = Callable[[Scene], None]

FINE: Times = [12.0, 14.0]
QUICK: Times = [12.0, 14.0, 11.0, 13.0, 12.0, 15.0]
NEAR: Times = [1.0, 1.2, 0.9, 1.1, 1.0]
SLOW: Times = [820.0, 790.0, 850.0, 805.0, 900.0, 830.0]


def lost(*rounds: int, by: float | None = 1012.0, base: float = 12.0, of: int = 6) -> Times:
    """Quick, but for some rounds: sent again after a second, or (None) never answered."""
    return [by if number in rounds else base for number in range(1, of + 1)]


LOSSY = (lost(1, 4), lost(2, by=None), lost(5), QUICK)
# As measured on a line where every fourth packet was lost: most connections were late.
HEAVY: list[Times] = [
    [2042.0, 2033.0, 11.0, 11.0, 11.0, 2054.0],
    [1018.0, 11.0, 11.0, 2056.0, 1034.0, 2053.0],
    [10.0, 2032.0, 11.0, 2061.0, 1028.0, 11.0],
    [1018.0, 11.0, 1041.0, 2056.0, 1033.0, 11.0],
]


def of(*records: Seen, faults: tuple[Fault, ...] = ()) -> Situation:
    """A network in order, with faults and with further records."""
    scene = Scene()
    for fault in faults:
        fault(scene)
    probe = {LineQuality: "line", ProxyConnect: "proxy"}
    return situation([*scene.seen(), *((probe[type(r)], r) for r in records)])


def judged(*records: Seen, faults: tuple[Fault, ...] = ()) -> list[Finding]:
    """The findings, whole, whatever the order in which things were seen."""
    given = of(*records, faults=faults)
    found = network.judge(given)
    shuffled = [(o.probe, o.seen) for o in given.evidence]
    random.Random(7).shuffle(shuffled)
    again = network.judge(situation(shuffled))
    assert [(f.code, f.certainty, f.data) for f in again] == [
        (f.code, f.certainty, f.data) for f in found
    ]
    for finding in found:
        assert finding.because
        assert not missing_words(finding), finding
    return found


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]
