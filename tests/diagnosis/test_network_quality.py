"""Slow and lossy lines, from their figures: what is said, and what is not."""

from dataclasses import replace

import pytest

from mailwizard.diagnosis import network
from mailwizard.model.finding import Certainty, Outcome, Owner
from mailwizard.model.seen.line import LineQuality
from mailwizard.model.seen.network import GatewayReply, Interface
from tests.diagnosis import network_seen as made
from tests.diagnosis.judged_network import (
    FINE,
    HEAVY,
    LOSSY,
    NEAR,
    QUICK,
    SLOW,
    Fault,
    codes,
    judged,
    lost,
    of,
)
from tests.diagnosis.line_seen import Times, quality
from tests.diagnosis.network_seen import GATEWAY, Scene


def slow_everywhere(scene: Scene) -> None:
    made.slow(scene)


def through_vpn(scene: Scene) -> None:
    assert scene.link is not None
    tunnel = Interface(name="tun0", addresses=("10.9.0.2",), kind="vpn")
    interfaces = (*scene.link.interfaces, tunnel)
    scene.link = replace(scene.link, interfaces=interfaces, gateway_interface="tun0")


NO_FAULT: list[tuple[str, LineQuality]] = [
    ("in order", quality(FINE, FINE, FINE, FINE, mail=FINE, near=FINE)),
    ("one late connection", quality(lost(3), QUICK, QUICK, QUICK, mail=QUICK)),
    ("one connection lost", quality(lost(3, by=None), QUICK, QUICK, QUICK, mail=QUICK)),
    ("one host far away and slow", quality(QUICK, QUICK, QUICK, SLOW, mail=QUICK)),
    ("one host steadily over a second", quality(QUICK, QUICK, QUICK, [1250.0] * 6, mail=QUICK)),
    ("one lossy host", quality(QUICK, QUICK, QUICK, lost(1, 2, 4, 6), mail=QUICK)),
    ("one dead host", quality(QUICK, QUICK, QUICK, [None] * 6, mail=QUICK)),
    ("two dead hosts", quality(QUICK, QUICK, [None] * 6, [None] * 6, mail=QUICK)),
    ("a dead mail server", quality(QUICK, QUICK, QUICK, QUICK, mail=[None] * 6)),
    ("a lossy mail server", quality(QUICK, QUICK, QUICK, QUICK, mail=lost(1, 2, 4, 5, by=None))),
    ("a lossy mail server, one late host", quality(lost(2), QUICK, QUICK, mail=lost(1, 4, 5))),
    ("a slow mail server", quality(QUICK, QUICK, QUICK, QUICK, mail=SLOW)),
    ("a moment's break", quality(lost(3), lost(3), lost(3), lost(3), mail=lost(3))),
    ("a slow router that passes on quickly", quality(QUICK, QUICK, QUICK, mail=QUICK, near=SLOW)),
    ("a router that drops what is for itself", quality(QUICK, QUICK, mail=QUICK, near=lost(1, 2))),
    ("two hosts only", quality(lost(1, 3), QUICK)),
    ("one round only", quality([1012.0], [1012.0], [1012.0], [12.0], mail=[12.0])),
    ("nothing", LineQuality(connects=(), patience=3.4)),
]


@pytest.mark.parametrize("seen", [row[1] for row in NO_FAULT], ids=[row[0] for row in NO_FAULT])
def test_no_fault_of_the_line(seen: LineQuality) -> None:
    assert judged(seen) == []
    assert judged(seen, faults=(through_vpn,)) == []


# Late by this and that: packets wait in a queue.
QUEUED: list[Times] = [
    [300.0, 1510.0, 990.0, 1730.0, 1280.0, 1890.0],
    [1420.0, 410.0, 1660.0, 1180.0, 2040.0, 1370.0],
    [1250.0, 1930.0, 350.0, 1580.0, 1110.0, 1790.0],
    [1490.0, 1070.0, 1840.0, 280.0, 1620.0, 1330.0],
]


LINE: list[tuple[str, LineQuality, tuple[Fault, ...], str, str]] = [
    ("lossy", quality(*LOSSY, mail=lost(3)), (), "NETWORK_LOSSY", ""),
    ("lossy Wi-Fi", quality(*LOSSY, mail=QUICK, near=lost(2, 5)), (), "NETWORK_LOSSY", "office"),
    ("lossy line", quality(*LOSSY, mail=QUICK, near=NEAR), (), "NETWORK_LOSSY", "line"),
    ("one at the router", quality(*LOSSY, mail=QUICK, near=lost(2)), (), "NETWORK_LOSSY", ""),
    ("very lossy", quality(*HEAVY, mail=QUICK), (), "NETWORK_LOSSY", ""),
    ("long queues", quality(*QUEUED, mail=QUEUED[0]), (), "NETWORK_SLOW", "line"),
    ("hardly asked router", quality(*LOSSY, mail=QUICK, near=[1.0]), (), "NETWORK_LOSSY", ""),
    (
        "lossy VPN",
        quality(*LOSSY, mail=QUICK, near=lost(2, 5)),
        (through_vpn,),
        "NETWORK_LOSSY",
        "vpn",
    ),
    (
        "lossy, and a host dead besides",
        quality(lost(1, 4), lost(2), [None] * 6, lost(5), mail=QUICK),
        (),
        "NETWORK_LOSSY",
        "",
    ),
    (
        "slow line",
        quality(SLOW, SLOW, SLOW, SLOW, mail=SLOW, near=NEAR),
        (),
        "NETWORK_SLOW",
        "line",
    ),
    ("slow Wi-Fi", quality(SLOW, SLOW, SLOW, mail=SLOW, near=SLOW), (), "NETWORK_SLOW", "office"),
    (
        "slow VPN",
        quality(SLOW, SLOW, SLOW, mail=SLOW, near=SLOW),
        (through_vpn,),
        "NETWORK_SLOW",
        "vpn",
    ),
    (
        "slow and lossy: slow tells more",
        quality(lost(1, 4, base=900.0, by=1900.0), lost(2, base=900.0, by=None), SLOW, mail=SLOW),
        (made.slow,),
        "NETWORK_SLOW",
        "line",  # the scene's router answers a ping in a millisecond
    ),
]


@pytest.mark.parametrize(
    ("seen", "faults", "code", "variant"), [row[1:] for row in LINE], ids=[row[0] for row in LINE]
)
def test_the_line(seen: LineQuality, faults: tuple[Fault, ...], code: str, variant: str) -> None:
    (found,) = judged(seen, faults=faults)
    assert (found.code, found.data["variant"]) == (code, variant)
    assert (found.outcome, found.owner) == (Outcome.RISK, Owner.IT)


def test_the_figures_are_those_of_the_line() -> None:
    (found,) = judged(quality(*LOSSY, mail=lost(3)))
    assert (found.data["late"], found.data["of"], found.data["hosts"]) == (5, 30, 5)
    assert (found.data["percent"], found.data["milliseconds"]) == (17, 12)
    assert found.certainty is Certainty.LIKELY
    (found,) = judged(quality(*[lost(1, 3, 5)] * 4, mail=lost(2, 4)))
    assert found.certainty is Certainty.SURE
    (found,) = judged(quality(SLOW, SLOW, SLOW, mail=SLOW))
    assert (found.data["milliseconds"], found.data["connections"], found.data["hosts"]) == (
        825,
        24,
        4,
    )


def test_the_line_is_judged_by_the_line_s_own_row() -> None:
    for seen in (quality(*LOSSY, mail=lost(3)), quality(SLOW, SLOW, SLOW, mail=SLOW)):
        given = of(seen)
        (found,) = network.judge(given)
        assert {o.probe for o in given.evidence if o.id in found.because} == {"line"}


def test_a_ping_that_was_sent_twice_counts_as_lost_near_by() -> None:
    def late_ping(scene: Scene) -> None:
        scene.gateway = GatewayReply(
            address=GATEWAY, answered=True, how="ping", milliseconds=1001.3
        )

    seen = quality(*LOSSY, mail=QUICK, near=lost(2))
    (found,) = judged(seen, faults=(late_ping,))
    assert found.data["variant"] == "office"
    # Alone it is nothing.
    assert judged(quality(FINE, FINE, FINE, mail=FINE, near=FINE), faults=(late_ping,)) == []


def test_on_a_lossy_line_the_server_s_silence_is_weak_evidence() -> None:
    seen = quality(*LOSSY, mail=[None] * 6)
    down, weak = judged(
        seen, faults=(lambda s: setattr(s, "own", [made.failed(made.imap(), "timeout")]),)
    )
    assert (down.certainty, weak.code) == (Certainty.POSSIBLE, "NETWORK_LOSSY")


@pytest.mark.parametrize(
    "fault", [made.offline, made.gateway_down, made.nothing_outside, made.captive_portal]
)
def test_a_broken_line_has_no_quality(fault: Fault) -> None:
    dead = quality([None] * 2, [None] * 2, [None] * 2, mail=[None] * 2, near=NEAR)
    assert codes(judged(dead, faults=(fault,))) == codes(judged(faults=(fault,)))
