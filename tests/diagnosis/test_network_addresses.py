"""One dead address of several, and IPv6 that swallows what is sent."""

from dataclasses import replace

import pytest

from mailwizard.model.finding import Outcome, Owner
from mailwizard.model.seen.line import LineQuality
from mailwizard.model.seen.network import Endpoint, SystemLookup
from tests.diagnosis import network_seen as made
from tests.diagnosis.judged_network import FINE, LOSSY, QUICK, Fault, codes, judged
from tests.diagnosis.line_seen import WEB, quality, tries
from tests.diagnosis.network_seen import HOST, RIGHT, Scene

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
