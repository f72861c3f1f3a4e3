"""Slow, lossy, swallowing big packets, behind a proxy, with a dead address: what is said, and not.

Each row: what was seen, the codes that must be there, in this order, and no others.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mailwizard.diagnosis import network
from mailwizard.diagnosis.ground import ground
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner
from mailwizard.model.observation import Seen
from mailwizard.model.seen.line import LineQuality, ProxyConnect
from mailwizard.model.seen.network import Endpoint, GatewayReply, Interface, SystemLookup
from tests.diagnosis import network_seen as made
from tests.diagnosis.line_seen import WEB, Times, asked, quality, tries
from tests.diagnosis.network_seen import GATEWAY, HOST, RIGHT, Scene
from tests.diagnosis.test_network import missing_words, situation

Fault = Callable[[Scene], None]


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


FINE: Times = [12.0, 14.0]
QUICK: Times = [12.0, 14.0, 11.0, 13.0, 12.0, 15.0]
NEAR: Times = [1.0, 1.2, 0.9, 1.1, 1.0]
SLOW: Times = [820.0, 790.0, 850.0, 805.0, 900.0, 830.0]


def lost(*rounds: int, by: float | None = 1012.0, base: float = 12.0, of: int = 6) -> Times:
    """Quick, but for some rounds: sent again after a second, or (None) never answered."""
    return [by if number in rounds else base for number in range(1, of + 1)]


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


# As measured on a line where every fourth packet was lost: most connections were late.
HEAVY: list[Times] = [
    [2042.0, 2033.0, 11.0, 11.0, 11.0, 2054.0],
    [1018.0, 11.0, 11.0, 2056.0, 1034.0, 2053.0],
    [10.0, 2032.0, 11.0, 2061.0, 1028.0, 11.0],
    [1018.0, 11.0, 1041.0, 2056.0, 1033.0, 11.0],
]
# Late by this and that: packets wait in a queue.
QUEUED: list[Times] = [
    [300.0, 1510.0, 990.0, 1730.0, 1280.0, 1890.0],
    [1420.0, 410.0, 1660.0, 1180.0, 2040.0, 1370.0],
    [1250.0, 1930.0, 350.0, 1580.0, 1110.0, 1790.0],
    [1490.0, 1070.0, 1840.0, 280.0, 1620.0, 1330.0],
]

LOSSY = (lost(1, 4), lost(2, by=None), lost(5), QUICK)

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


# Big packets.


def stalls(*parts: str, small: str = "") -> Fault:
    """Some parts of the scene connect and then say nothing."""

    def change(scene: Scene) -> None:
        for part in parts:
            if part == "https":
                gone = {"chain": (), "status": None, "date": None, "local": None}
                scene.https = [
                    replace(r, outcome="tls", tls="timeout", **gone)  # type: ignore[arg-type]
                    for r in scene.https
                ]
                continue
            before: list[Endpoint] = getattr(scene, part)
            after = [made.no_tls(e, "timeout", small_hello=small) for e in before]
            setattr(scene, part, after)

    return change


ALL = ("own", "controls", "others", "https")


def without(**parts: Any) -> Fault:
    def change(scene: Scene) -> None:
        for name, value in parts.items():
            setattr(scene, name, value)

    return change


def test_encryption_stalls_everywhere_and_small_exchanges_work() -> None:
    (found,) = judged(faults=(stalls(*ALL),))
    assert (found.code, found.outcome, found.owner) == (
        "PATH_MTU_SUSPECTED",
        Outcome.RISK,
        Owner.IT,
    )
    assert found.certainty is Certainty.LIKELY
    (found,) = judged(faults=(stalls(*ALL), without(https=[])))
    assert found.certainty is Certainty.POSSIBLE  # two others only


def test_a_small_hello_that_is_answered_leaves_little_doubt() -> None:
    (found,) = judged(faults=(stalls(*ALL, small="answered"),))
    assert (found.code, found.data["variant"]) == ("PATH_MTU_SUSPECTED", "measured")
    assert (found.outcome, found.certainty) == (Outcome.CAUSE, Certainty.LIKELY)
    # It stands for the small exchanges that were not made.
    (found,) = judged(faults=(stalls(*ALL, small="answered"), without(portals=[], public=[])))
    assert found.code == "PATH_MTU_SUSPECTED"


def one_control(scene: Scene) -> None:
    scene.controls = scene.controls[:1]
    scene.https = []


MTU_NOT: list[tuple[str, tuple[Fault, ...], list[str]]] = [
    ("the mail server alone", (stalls("own"),), ["IMAP_STALLED"]),
    ("the mail server alone, measured", (stalls("own", small="answered"),), ["IMAP_STALLED"]),
    ("the provider's hosts alone", (stalls("own", "others"),), ["IMAP_STALLED"]),
    ("the provider's and websites", (stalls("own", "others", "https"),), ["IMAP_STALLED"]),
    ("mail ports only", (stalls("own", "controls"),), ["PORT_BLOCKED_LOCALLY"]),
    (
        "mail ports only, measured",
        (stalls("own", "controls", small="answered"),),
        ["PORT_BLOCKED_LOCALLY"],
    ),
    ("all but the mail server", (stalls("controls", "others", "https"),), []),
]


@pytest.mark.parametrize(
    ("faults", "expected"), [row[1:] for row in MTU_NOT], ids=[row[0] for row in MTU_NOT]
)
def test_what_is_no_black_hole(faults: tuple[Fault, ...], expected: list[str]) -> None:
    assert codes(judged(faults=faults)) == expected


@pytest.mark.parametrize("less", [one_control, without(portals=[], public=[])])
def test_too_little_seen_to_speak_of_a_black_hole(less: Fault) -> None:
    assert "PATH_MTU_SUSPECTED" not in codes(judged(faults=(less, stalls(*ALL))))


# The proxy.


def proxy_only(scene: Scene) -> None:
    made.proxy_only(scene)


def names_inside_work(scene: Scene) -> None:
    scene.configured = Scene().configured


def pac_only(scene: Scene) -> None:
    made.nothing_outside(scene)
    assert scene.link is not None
    scene.link = replace(scene.link, pac="http://wpad.office/proxy.pac")


FORBIDDEN = {"status": 403, "reason": "Forbidden"}

PROXIES: list[tuple[str, list[ProxyConnect], tuple[Fault, ...], str, str, str]] = [
    ("not asked", [], (), "PROXY_REQUIRED", "", "likely"),
    (
        "lets all through",
        [asked("web", 200), asked("control", 200), asked("provider", 200)],
        (),
        "PROXY_REQUIRED",
        "open",
        "sure",
    ),
    (
        "refuses mail",
        [asked("web", 200), asked("control", 403), asked("provider", **FORBIDDEN)],  # type: ignore[arg-type]
        (),
        "PROXY_REFUSES_MAIL",
        "",
        "sure",
    ),
    (
        "refuses this mail server",
        [asked("web", 200), asked("control", 200), asked("provider", 403)],
        (),
        "PROXY_REFUSES_MAIL",
        "",
        "sure",
    ),
    (
        "signed in for mail",
        [asked("web", 200), asked("provider", 407)],
        (),
        "PROXY_REFUSES_MAIL",
        "sign-in",
        "sure",
    ),
    (
        "refuses mail, the web's way not proven",
        [asked("web", 200, tls="timeout"), asked("provider", 405)],
        (),
        "PROXY_REFUSES_MAIL",
        "",
        "likely",
    ),
    (
        "cannot reach any mail server",
        [asked("web", 200), asked("control", 503), asked("provider", 503)],
        (),
        "PROXY_REFUSES_MAIL",
        "",
        "likely",
    ),
    (
        "cannot reach this mail server",
        [asked("web", 200), asked("control", 200), asked("provider", 503)],
        (),
        "PROXY_REQUIRED",
        "",
        "sure",
    ),
    (
        "signed in for all",
        [asked("web", 407), asked("control", 407), asked("provider", 407)],
        (),
        "PROXY_REQUIRED",
        "sign-in",
        "sure",
    ),
    (
        "a page for everything",
        [asked(role, 200, body="<html>", tls="") for role in ("web", "provider")],
        (),
        "PROXY_REQUIRED",
        "",
        "likely",
    ),
    (
        "garbage",
        [asked(role, outcome="garbage") for role in ("web", "provider")],
        (),
        "PROXY_REQUIRED",
        "",
        "likely",
    ),
    (
        "refuses everything",
        [asked(role, 403) for role in ("web", "control", "provider")],
        (),
        "PROXY_REQUIRED",
        "",
        "likely",
    ),
    (
        "gone, while names work",
        [asked(role, outcome="timeout") for role in ("web", "provider")],
        (names_inside_work,),
        "PROXY_REQUIRED",
        "dead",
        "possible",
    ),
]


@pytest.mark.parametrize(
    ("records", "faults", "code", "variant", "certainty"),
    [row[1:] for row in PROXIES],
    ids=[row[0] for row in PROXIES],
)
def test_the_proxy(
    records: list[ProxyConnect],
    faults: tuple[Fault, ...],
    code: str,
    variant: str,
    certainty: str,
) -> None:
    (found,) = judged(*records, faults=(made.proxy_only, *faults))
    assert (found.code, found.data.get("variant", ""), found.certainty) == (
        code,
        variant,
        certainty,
    )
    assert (found.outcome, found.owner) == (Outcome.CAUSE, Owner.IT)
    assert ground(of(*records, faults=(made.proxy_only, *faults))).online is False


def test_a_proxy_setting_left_over_does_not_hide_a_dead_line() -> None:
    gone = [asked(role, outcome="no-address") for role in ("web", "provider")]
    assert codes(judged(*gone, faults=(made.proxy_only,))) == ["INTERNET_DOWN"]
    unreached = [asked(role, 503) for role in ("web", "control", "provider")]
    assert codes(judged(*unreached, faults=(made.proxy_only,))) == ["INTERNET_DOWN"]
    down = judged(*gone, faults=(made.proxy_only, made.gateway_down))
    assert codes(down) == ["GATEWAY_DOWN"]


def test_where_direct_connections_work_a_proxy_is_no_matter() -> None:
    def set_one(scene: Scene) -> None:
        assert scene.link is not None
        scene.link = replace(scene.link, proxies={"https": "http://proxy.office:8080"})

    refusing = [asked("web", 200), asked("provider", 403)]
    assert judged(*refusing, faults=(set_one,)) == []


def test_a_file_of_proxy_settings() -> None:
    (found,) = judged(faults=(pac_only, names_inside_work))
    assert (found.code, found.data["variant"], found.certainty) == (
        "PROXY_REQUIRED",
        "pac",
        Certainty.POSSIBLE,
    )
    assert codes(judged(faults=(pac_only,))) == ["INTERNET_DOWN"]


# Addresses.

SECOND, THIRD = "203.0.113.11", "203.0.113.12"
NEW = "2001:db8::1"


def addresses(*own: Endpoint) -> Fault:
    """This computer is given these addresses, and they were tried."""

    def change(scene: Scene) -> None:
        scene.own = list(own)
        given = tuple(endpoint.address for endpoint in own)
        scene.lookups[0] = SystemLookup(host=HOST, outcome="answer", addresses=given)
        scene.public = [
            replace(a, records=given) if a.about == "provider" else a for a in scene.public
        ]

    return change


def dead(address: str, connect: str = "timeout") -> Endpoint:
    return made.failed(made.imap(address=address), connect)


def stalled(address: str) -> Endpoint:
    return made.no_tls(made.imap(address=address), "timeout")


DEAD_ADDRESS: list[tuple[str, list[Endpoint], str]] = [
    ("one of three", [made.imap(), made.imap(address=SECOND), dead(THIRD)], ""),
    ("two of three", [made.imap(), dead(SECOND), dead(THIRD)], ""),
    ("refuses", [made.imap(), dead(SECOND, "refused")], "refuses"),
    ("stalls", [made.imap(), stalled(SECOND)], ""),
]


@pytest.mark.parametrize(
    ("own", "variant"), [row[1:] for row in DEAD_ADDRESS], ids=[row[0] for row in DEAD_ADDRESS]
)
def test_a_dead_address_of_several(own: list[Endpoint], variant: str) -> None:
    (found,) = judged(faults=(addresses(*own),))
    assert (found.code, found.outcome, found.owner) == (
        "IMAP_ADDRESS_DEAD",
        Outcome.RISK,
        Owner.PROVIDER,
    )
    assert found.data["variant"] == variant
    assert found.data["dead"] == len([e for e in own if e.tls != "ok"])
    assert found.data["of"] == len(own)


def test_what_is_no_dead_address() -> None:
    unreachable = addresses(made.imap(), dead(SECOND, "unreachable"))
    assert judged(faults=(unreachable,)) == []
    # Others' answers: this computer's programs never try that one.
    elsewhere: Fault = lambda s: setattr(s, "own", [made.imap(), dead(THIRD)])  # noqa: E731
    assert judged(faults=(elsewhere,)) == []
    # All dead is the server.
    assert codes(judged(faults=(addresses(dead(RIGHT), dead(SECOND)),))) == ["IMAP_SERVICE_DOWN"]


def test_an_address_that_answered_at_another_moment_is_not_dead() -> None:
    line = quality(FINE, FINE, FINE)
    line = replace(line, connects=(*line.connects, *tries(HOST, FINE, "provider", address=SECOND)))
    assert judged(line, faults=(addresses(made.imap(), dead(SECOND)),)) == []


def test_on_a_lossy_line_no_address_is_called_dead_for_its_silence() -> None:
    seen = quality(*LOSSY, mail=QUICK)
    silent = addresses(made.imap(), dead(SECOND))
    assert codes(judged(seen, faults=(silent,))) == ["NETWORK_LOSSY"]
    refusing = addresses(made.imap(), dead(SECOND, "refused"))
    assert codes(judged(seen, faults=(refusing,))) == ["IMAP_ADDRESS_DEAD", "NETWORK_LOSSY"]


def over_ipv6(*times: float | None) -> LineQuality:
    """An unrelated host over IPv6."""
    line = quality(FINE, FINE, FINE, mail=FINE)
    new = tries(WEB[0], list(times), address="2400:3200::1")
    return replace(line, connects=(*line.connects, *new))


IPV6: list[tuple[str, list[LineQuality], Endpoint, list[str], str]] = [
    ("no control", [], dead(NEW), ["IPV6_BROKEN"], "likely"),
    ("control dead too", [over_ipv6(None, None)], dead(NEW), ["IPV6_BROKEN"], "sure"),
    ("control answers", [over_ipv6(20.0, 21.0)], dead(NEW), ["IMAP_ADDRESS_DEAD"], "likely"),
    ("stalls", [], stalled(NEW), ["IPV6_BROKEN"], "likely"),
    ("unreachable", [], dead(NEW, "unreachable"), [], ""),
    ("refused", [], dead(NEW, "refused"), [], ""),
    ("works", [over_ipv6(None, None)], made.imap(address=NEW), [], ""),
]


@pytest.mark.parametrize(
    ("records", "new", "expected", "certainty"),
    [row[1:] for row in IPV6],
    ids=[row[0] for row in IPV6],
)
def test_ipv6(
    records: list[LineQuality], new: Endpoint, expected: list[str], certainty: str
) -> None:
    found = judged(*records, faults=(addresses(made.imap(), new),))
    assert codes(found) == expected
    assert all(f.certainty == certainty for f in found)
    assert all(f.outcome is Outcome.RISK for f in found)


def test_broken_ipv6_and_a_dead_address_are_told_apart() -> None:
    own = addresses(made.imap(), dead(SECOND), dead(NEW))
    found = judged(over_ipv6(None, None), faults=(own,))
    assert codes(found) == ["IPV6_BROKEN", "IMAP_ADDRESS_DEAD"]
    assert found[1].data["address"] == (SECOND,)
