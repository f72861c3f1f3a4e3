"""Where only this computer or this network names the mail server's address, or where a proxy, a
port or a sign-in page was not looked for: what is said, how surely, and of whom nothing is said."""

from dataclasses import replace

import pytest

from mailwizard.diagnosis.diagnose import Diagnosis
from mailwizard.model.finding import Certainty, Finding, Outcome, Step
from mailwizard.model.seen.network import SystemLookup
from tests.diagnosis import network_seen as made
from tests.diagnosis.network_seen import HOST, WRONG, Scene
from tests.diagnosis.test_network_pairs import (
    INSIDE,
    Fault,
    diagnosed,
    pinned,
    public_mute,
    said,
    split,
    vpn,
)

SURE, LIKELY, POSSIBLE = Certainty.SURE, Certainty.LIKELY, Certainty.POSSIBLE


def of_the_network(diagnosis: Diagnosis) -> list[Finding]:
    held = (Outcome.CAUSE, Outcome.RISK)
    return [f for f in diagnosis.findings if f.step is Step.NETWORK and f.outcome in held]


def unknown_outside(scene: Scene) -> None:
    """No name server outside knows the server's name."""
    scene.public = [
        replace(a, status="nxdomain", records=()) if a.about == "provider" else a
        for a in scene.public
    ]
    scene.configured = [
        replace(a, status="nxdomain", records=()) if a.about == "provider" else a
        for a in scene.configured
    ]
    scene.lookups[0] = SystemLookup(host=HOST, outcome="no-name")
    scene.own = []


def every_name_answered(how: str) -> Fault:
    """The name service here gives its own address to every name that nobody has."""

    def change(scene: Scene) -> None:
        scene.configured = [
            replace(a, status="answer", records=(WRONG,)) if a.status == "nxdomain" else a
            for a in scene.configured
        ]
        scene.lookups[0] = SystemLookup(host=HOST, outcome="answer", addresses=(WRONG,))
        scene.own = [made.failed(made.imap(address=WRONG), how)]

    return change


def only_what_is_led_to(scene: Scene) -> None:
    """Only the addresses that this computer uses were tried."""
    used = {a for o in scene.lookups for a in o.addresses}
    scene.own = [e for e in scene.own if e.address in used]


def inside_with_another_name(scene: Scene) -> None:
    split(scene)
    chain = (made.certificate("mail.acme.lan"),)
    scene.own = [made.no_tls(made.imap(address=INSIDE), "name", chain=chain)]


# (faults in the order in which they are laid over the scene, what must be said exactly, how)
TABLE: dict[str, tuple[tuple[Fault, ...], str, str, Certainty]] = {
    "pinned, and the own name server knows better": (
        (pinned(WRONG), public_mute),
        *("LOCAL_OVERRIDE", "", SURE),
    ),
    "pinned, and nobody knows the name": (
        (unknown_outside, pinned(WRONG), only_what_is_led_to),
        *("LOCAL_OVERRIDE", "alone", LIKELY),
    ),
    "an internal address through a VPN, nobody else asked": (
        (vpn, split, public_mute, only_what_is_led_to),
        *("VPN_SPLIT_DNS", "inside", LIKELY),
    ),
    "an internal address, nobody else asked": (
        (split, public_mute, only_what_is_led_to),
        *("VPN_SPLIT_DNS", "inside", POSSIBLE),
    ),
    "an internal address, unknown outside": (
        (unknown_outside, split, only_what_is_led_to),
        *("VPN_SPLIT_DNS", "inside", LIKELY),
    ),
    "a stranger under a name that nobody knows": (
        (unknown_outside, made.hijacked, only_what_is_led_to),
        *("IMAP_HOST_WRONG", "", LIKELY),
    ),
    "a server inside with a certificate for another name": (
        (unknown_outside, inside_with_another_name),
        *("IMAP_CERT_NAME", "", LIKELY),
    ),
    "only this network led to a server that refuses": (
        (public_mute, made.service_down),
        *("IMAP_SERVICE_DOWN", "", LIKELY),
    ),
    "only this network led to a server that stalls": (
        (public_mute, made.stalled),
        *("IMAP_STALLED", "", LIKELY),
    ),
    "only this network led to the provider": (
        (public_mute, made.unreachable),
        *("PROVIDER_UNREACHABLE", "", LIKELY),
    ),
}


@pytest.mark.parametrize("scene", TABLE)
def test_known_only_here(scene: str) -> None:
    faults, code, variant, certainty = TABLE[scene]
    [found] = of_the_network(diagnosed(*faults))
    assert (found.code, found.data.get("variant", "")) == (code, variant)
    assert found.certainty is certainty


@pytest.mark.parametrize("how", ["timeout", "refused"])
def test_a_name_service_that_knows_every_name_accuses_no_server(how: str) -> None:
    diagnosis = diagnosed(unknown_outside, every_name_answered(how))
    assert said(diagnosis) == {"IMAP_HOST_WRONG", "DNS_HIJACKED"}
    assert diagnosis.verdict.code == "IMAP_HOST_WRONG"


def no_link(scene: Scene) -> None:
    scene.link = None


def no_portals(scene: Scene) -> None:
    scene.portals = []


def no_public(scene: Scene) -> None:
    scene.public = []


@pytest.mark.parametrize("unseen", [no_link, no_portals, no_public])
def test_a_line_is_only_surely_down_where_every_way_out_was_looked_for(unseen: Fault) -> None:
    [found] = of_the_network(diagnosed(made.nothing_outside))
    assert (found.code, found.certainty) == ("INTERNET_DOWN", SURE)
    [found] = of_the_network(diagnosed(made.nothing_outside, unseen))
    assert (found.code, found.certainty) == ("INTERNET_DOWN", LIKELY)


@pytest.mark.parametrize("how", ["timeout", "unreachable"])
def test_silence_over_ipv6_alone_is_not_the_server_s_where_nobody_answers_over_it(
    how: str,
) -> None:
    def only_new(scene: Scene) -> None:
        scene.own = [made.failed(made.imap(address="2001:db8::10"), how)]

    def others_answer(scene: Scene) -> None:
        only_new(scene)
        scene.controls.append(replace(made.control("imap.163.com"), address="2001:db8::163"))

    assert "IMAP_SERVICE_DOWN" not in said(diagnosed(only_new))
    assert "IMAP_SERVICE_DOWN" in said(diagnosed(others_answer))


def test_one_silent_port_is_not_yet_the_whole_internet() -> None:
    def mail_only(scene: Scene) -> None:
        made.nothing_outside(scene)
        scene.portals, scene.https, scene.others = [], [], []

    assert said(diagnosed(mail_only)) == set()


def test_a_port_that_is_closed_here_and_silent_there_is_less_surely_blocked() -> None:
    [found] = of_the_network(diagnosed(made.port_blocked, made.service_down))
    assert (found.code, found.certainty) == ("PORT_BLOCKED_LOCALLY", LIKELY)


def test_a_web_server_that_stalls_is_no_proof_that_the_web_works() -> None:
    def everything_else_stalls(scene: Scene) -> None:
        made.service_down(scene)
        for endpoints in (scene.controls, scene.others):
            endpoints[:] = [made.no_tls(e, "timeout") for e in endpoints]
        scene.https = []

    assert said(diagnosed(everything_else_stalls)) == set()
