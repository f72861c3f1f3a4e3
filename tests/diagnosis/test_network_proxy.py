"""Behind a proxy: which one lets mail through, refuses it, or is not there."""

from dataclasses import replace

import pytest

from mailwizard.diagnosis.ground import ground
from mailwizard.model.finding import Certainty, Outcome, Owner
from mailwizard.model.seen.line import ProxyConnect
from tests.diagnosis import network_seen as made
from tests.diagnosis.judged_network import Fault, codes, judged, of
from tests.diagnosis.line_seen import asked
from tests.diagnosis.network_seen import Scene


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
