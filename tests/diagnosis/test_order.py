"""The order in which things were seen decides nothing, nor what was seen before a new look."""

import random
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from mailwizard.diagnosis.diagnose import Diagnosis, diagnose
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.evidence import Evidence
from mailwizard.model.observation import Seen
from mailwizard.providers.load import provider
from tests.diagnosis import domain_builders as domain
from tests.diagnosis import network_seen as made
from tests.diagnosis.network_seen import NOW, Scene
from tests.diagnosis.test_network_pairs import CASE, Fault, pinned, split, vpn

Record = tuple[str, Seen]
MX = ("mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com")


def doors(*two: Any) -> list[Record]:
    """The domain's records in order, and its two exchangers as given."""
    sound = [*domain.control(), *domain.public("MX", "answer", *domain.GOOD), domain.other_door()]
    return [("domain", one) for one in (*sound, *two)]


def shut(how: str) -> list[Record]:
    return doors(*(domain.shut(host, how) for host in MX))


SCENES: dict[str, tuple[tuple[Fault, ...], list[Record]]] = {
    "exchangers down": ((), shut("refused")),
    "exchangers silent": ((), shut("timeout")),
    "address unknown": ((), doors(*(domain.door(host, domain.NOBODY) for host in MX))),
    "exchangers busy": (
        (),
        doors(*(domain.door(host, domain.reply(452, f"{host} is full", "4.3.1")) for host in MX)),
    ),
    "hijack, expired": ((made.expired, made.hijacked), []),
    "pin, resolver dead": ((made.resolver_down, pinned(made.WRONG)), []),
    "VPN, exchangers down": ((split, vpn), shut("refused")),
    "993 blocked, exchangers silent": ((made.port_blocked,), shut("timeout")),
    "intercepted": ((made.intercepted,), []),
    "line down": ((made.nothing_outside,), shut("timeout")),
}


def records(scene: str) -> list[Record]:
    faults, elsewhere = SCENES[scene]
    seen = Scene()
    for fault in faults:
        fault(seen)
    return [*seen.seen(), *elsewhere]


def judged(*looks: Iterable[Record]) -> Diagnosis:
    """Each look begins every probe of its own anew."""
    evidence = Evidence()
    for look in looks:
        seen = list(look)
        runs = {probe: evidence.begin(probe) for probe in dict.fromkeys(p for p, _seen in seen)}
        for probe, record in seen:
            at = NOW + timedelta(milliseconds=len(evidence))
            evidence.add(probe, record, at=at, seconds=0.1, run=runs[probe])
    return diagnose(Situation(CASE, evidence, provider("alimail"), "srv"))


def told(diagnosis: Diagnosis) -> list[tuple[Any, ...]]:
    """All that a reader gets of the findings; the observations' ids differ."""
    return [(f.code, f.outcome, f.owner, f.certainty, f.data) for f in diagnosis.findings]


@pytest.mark.parametrize("scene", SCENES)
def test_the_same_in_any_order(scene: str) -> None:
    seen = records(scene)
    expected = told(judged(seen))
    for seed in range(4):
        other = list(seen)
        random.Random(seed).shuffle(other)
        assert told(judged(other)) == expected


@pytest.mark.parametrize("scene", SCENES)
def test_what_was_seen_before_it_was_mended_weighs_nothing(scene: str) -> None:
    mended = [*Scene().seen(), *doors(*(domain.door(host) for host in MX))]
    assert told(judged(records(scene), mended)) == told(judged(mended))
