"""Big packets that get lost: told from servers that are merely silent."""

from dataclasses import replace
from typing import Any

import pytest

from mailwizard.model.finding import Certainty, Outcome, Owner
from mailwizard.model.seen.network import Endpoint
from tests.diagnosis import network_seen as made
from tests.diagnosis.judged_network import Fault, codes, judged
from tests.diagnosis.network_seen import Scene


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
