"""The network's ladder, as tables: what was seen → the codes that must be there, and no others."""

import itertools
import random
import string
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mailwizard.diagnosis import network
from mailwizard.diagnosis.ground import Ground, ground
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Seen
from mailwizard.model.seen.door import SmtpDoor, SmtpReply
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.network import Interface, Link, SystemLookup
from mailwizard.model.seen.user import Answer
from mailwizard.providers.load import provider
from mailwizard.text.findings.network import TEXTS
from tests.diagnosis import network_seen as made
from tests.diagnosis.network_seen import GATEWAY, HOST, NOW, WRONG, Scene

CASE = Case(me="lin@acme-trading.com", sender="buyer@customer-gmbh.de", since=date(2026, 11, 9))
Fault = Callable[[Scene], None]


def situation(seen: list[tuple[str, Seen]]) -> Situation:
    evidence = Evidence()
    for number, (probe, record) in enumerate(seen):
        evidence.add(probe, record, at=NOW + timedelta(milliseconds=number), seconds=0.1)
    return Situation(CASE, evidence, provider("alimail"), "srv")


def judged(*faults: Fault) -> list[Finding]:
    """The findings; each must stand on something and have all that its words need."""
    found = network.judge(situation(scene(*faults).seen()))
    for finding in found:
        assert finding.because, finding
        assert not missing_words(finding), finding
    return found


def missing_words(finding: Finding) -> set[str]:
    """Placeholders of a finding's words that neither its data nor every provider fills."""
    variant = f"{finding.code}:{finding.data.get('variant', '')}"
    text = TEXTS.get(variant) or TEXTS[finding.code]
    needed = {
        name
        for line in (text.headline, text.meaning, *text.actions)
        for _text, name, _spec, _conversion in string.Formatter().parse(line)
        if name
    }
    filled = {name for name, value in finding.data.items() if value not in ("", None)}
    return needed - filled - {"provider", "webmail", "support", "status_page"}


def scene(*faults: Fault) -> Scene:
    made_up = Scene()
    for fault in faults:
        fault(made_up)
    return made_up


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def based(*faults: Fault) -> Ground:
    return ground(situation(scene(*faults).seen()))


def test_a_network_in_order_has_no_findings() -> None:
    assert judged() == []
    assert based() == Ground(online=True, names=True, port25=None, imap=True)


def test_nothing_looked_at_is_nothing_said() -> None:
    nothing = situation([])
    assert network.judge(nothing) == []
    assert ground(nothing) == Ground(online=None, names=None, port25=None, imap=None)


TABLE: list[tuple[Fault, str, str]] = [
    (made.offline, "LOCAL_OFFLINE", "sure"),
    (made.gateway_down, "GATEWAY_DOWN", "sure"),
    (made.nothing_outside, "INTERNET_DOWN", "sure"),
    (made.captive_portal, "CAPTIVE_PORTAL", "sure"),
    (made.proxy_only, "PROXY_REQUIRED", "likely"),
    (made.resolver_down, "LOCAL_DNS_DOWN", "sure"),
    (made.hijacked, "DNS_HIJACKED", "sure"),
    (made.clock_wrong, "CLOCK_WRONG", "sure"),
    (made.intercepted, "TLS_INTERCEPTED", "sure"),
    (made.port_blocked, "PORT_BLOCKED_LOCALLY", "sure"),
    (made.unreachable, "PROVIDER_UNREACHABLE", "sure"),
    (made.service_down, "IMAP_SERVICE_DOWN", "sure"),
    (made.stalled, "IMAP_STALLED", "sure"),
    (made.expired, "IMAP_CERT_EXPIRED", "sure"),
    (made.slow, "NETWORK_SLOW", "sure"),
]


@pytest.mark.parametrize(("fault", "code", "certainty"), TABLE)
def test_one_fault_gives_its_finding_alone(fault: Fault, code: str, certainty: str) -> None:
    (finding,) = judged(fault)
    assert (finding.code, finding.certainty) == (code, certainty)
    assert finding.because


@pytest.mark.parametrize("fault", [row[0] for row in TABLE])
def test_the_order_of_the_evidence_is_no_matter(fault: Fault) -> None:
    seen = scene(fault).seen()
    first = network.judge(situation(seen))
    for seed in range(5):
        random.Random(seed).shuffle(seen)
        again = network.judge(situation(seen))
        assert [(f.code, f.certainty, f.data) for f in again] == [
            (f.code, f.certainty, f.data) for f in first
        ]


LINE = [made.offline, made.gateway_down, made.nothing_outside, made.captive_portal, made.proxy_only]
ABOVE: list[Fault] = [
    made.hijacked,
    made.intercepted,
    made.port_blocked,
    made.unreachable,
    made.service_down,
    made.stalled,
    made.expired,
]


@pytest.mark.parametrize(("line", "above"), list(itertools.product(LINE, ABOVE)))
def test_a_broken_line_silences_everything_above(line: Fault, above: Fault) -> None:
    assert codes(judged(above, line)) == codes(judged(line))
    assert based(above, line).online is False
    assert based(above, line).names is False


PAIRS: list[tuple[tuple[Fault, ...], list[str]]] = [
    # What was seen at the addresses that public name servers gave stands.
    ((made.service_down, made.resolver_down), ["LOCAL_DNS_DOWN", "IMAP_SERVICE_DOWN"]),
    ((made.port_blocked, made.resolver_down), ["LOCAL_DNS_DOWN", "PORT_BLOCKED_LOCALLY"]),
    ((made.expired, made.resolver_down), ["LOCAL_DNS_DOWN", "IMAP_CERT_EXPIRED"]),
    # A wrong clock explains every certificate but the one that is expired by the right time, too.
    ((made.expired, made.clock_wrong), ["CLOCK_WRONG", "IMAP_CERT_EXPIRED"]),
    # An interceptor's certificate hides the server's own.
    ((made.expired, made.intercepted), ["TLS_INTERCEPTED"]),
    ((made.service_down, made.port_blocked), ["PORT_BLOCKED_LOCALLY"]),
    ((made.stalled, made.slow), ["IMAP_STALLED", "NETWORK_SLOW"]),
    ((made.resolver_down, made.slow), ["LOCAL_DNS_DOWN", "NETWORK_SLOW"]),
]


@pytest.mark.parametrize(("faults", "expected"), PAIRS)
def test_two_faults_at_once(faults: tuple[Fault, ...], expected: list[str]) -> None:
    assert codes(judged(*faults)) == expected


def changed(**parts: Any) -> Fault:
    def change(target: Scene) -> None:
        for name, value in parts.items():
            setattr(target, name, value)

    return change


def test_a_router_that_does_not_answer_pings_is_no_fault_while_the_internet_works() -> None:
    deaf = made.GatewayReply(address=GATEWAY, answered=False, how="")
    assert judged(changed(gateway=deaf)) == []


def test_a_router_that_answers_names_is_alive() -> None:
    deaf = made.GatewayReply(address=GATEWAY, answered=False, how="")
    assert codes(judged(made.nothing_outside, changed(gateway=deaf))) == ["INTERNET_DOWN"]


def test_without_controls_a_dead_router_accuses_nobody() -> None:
    seen: list[tuple[str, Seen]] = [
        ("gateway", made.GatewayReply(address=GATEWAY, answered=False, how="")),
        ("imap-server", made.failed(made.imap(), "timeout")),
    ]
    assert network.judge(situation(seen)) == []


@pytest.mark.parametrize(
    ("addresses", "variant"),
    [(("169.254.7.8", "fe80::1"), "no-address"), (("10.66.0.10",), "no-route")],
)
def test_offline_without_an_address_or_a_route(addresses: tuple[str, ...], variant: str) -> None:
    lost = Link(
        interfaces=(Interface(name="eth0", addresses=addresses),),
        gateway=None,
        gateway_interface=None,
        resolvers=(),
        pinned={},
        proxies={},
    )
    (found,) = judged(made.offline, changed(link=lost))
    assert (found.code, found.data["variant"]) == ("LOCAL_OFFLINE", variant)


def test_no_default_route_but_a_working_internet_is_no_fault() -> None:
    lost = replace(made.LINK, gateway=None, gateway_interface=None)
    assert judged(changed(link=lost, gateway=None)) == []


def test_a_control_site_that_changed_its_answer_is_no_sign_in_page() -> None:
    moved = made.portal("www.gstatic.com", status=302, location="https://elsewhere.example/")
    assert judged(changed(portals=[moved, made.portal("connect.rom.miui.com")])) == []
    assert judged(changed(portals=[moved])) == []  # encrypted sites verify: the line is open


def test_silent_portal_controls_are_no_sign_in_page() -> None:
    silent = [replace(r, outcome="timeout", status=None) for r in made.Scene().portals]
    assert judged(changed(portals=silent)) == []


def test_a_page_instead_of_the_expected_body_is_a_sign_in_page() -> None:
    page = made.portal(
        "www.msftconnecttest.com",
        status=200,
        expected_status=200,
        expected_body="Microsoft Connect Test",
        body="<html>Welcome to the hotel",
    )
    (found,) = judged(made.captive_portal, changed(portals=[page]))
    assert (found.code, found.certainty) == ("CAPTIVE_PORTAL", Certainty.LIKELY)


def test_everything_refused_is_a_closed_network_not_a_server_down() -> None:
    (found,) = judged(lambda s: made.nothing_outside(s, "refused"))
    assert (found.code, found.certainty) == ("INTERNET_DOWN", Certainty.LIKELY)
    assert found.data["variant"] == "closed"


def test_one_of_two_name_servers_dead_is_a_risk() -> None:
    def half(target: Scene) -> None:
        target.configured += [
            made.answer("10.66.0.2", "configured", status="timeout"),
            made.answer("10.66.0.2", "configured", name="www.taobao.com", status="timeout"),
        ]

    (found,) = judged(half)
    assert (found.code, found.outcome) == ("LOCAL_DNS_DOWN", Outcome.RISK)
    assert found.data["resolver"] == ("10.66.0.2",)


def test_public_name_servers_blocked_is_no_fault() -> None:
    mute = [replace(a, status="timeout", records=()) for a in made.Scene().public]
    assert judged(changed(public=mute)) == []
    assert based(changed(public=mute)).names is True


def test_names_that_resolve_otherwise_than_by_the_configured_server_are_not_down() -> None:
    def stub(target: Scene) -> None:
        target.configured = [replace(a, status="refused", records=()) for a in target.configured]

    assert judged(stub) == []


OTHER_REGION = "203.0.113.77"


def elsewhere(address: str, *endpoints: Any) -> Fault:
    """This computer resolves the mail server to another address than public name servers do."""

    def change(target: Scene) -> None:
        target.configured = [
            replace(a, records=(address,)) if a.about == "provider" and a.records else a
            for a in target.configured
        ]
        target.lookups[0] = SystemLookup(host=HOST, outcome="answer", addresses=(address,))
        target.own = [*endpoints, *target.own]

    return change


def test_another_region_s_address_is_no_hijack_where_the_certificate_fits() -> None:
    assert judged(elsewhere(OTHER_REGION, made.imap(address=OTHER_REGION))) == []


def test_an_address_without_a_service_is_a_likely_hijack() -> None:
    dead = made.failed(made.imap(address=OTHER_REGION), "timeout")
    (found,) = judged(elsewhere(OTHER_REGION, dead))
    assert (found.code, found.certainty) == ("DNS_HIJACKED", Certainty.LIKELY)


def test_a_hijack_does_not_hide_a_dead_server() -> None:
    stranger = made.no_tls(made.imap(address=WRONG), "name")
    found = judged(made.service_down, elsewhere(WRONG, stranger))
    assert codes(found) == ["DNS_HIJACKED", "IMAP_SERVICE_DOWN"]
    # Only likely: the right server cannot be compared.
    assert found[0].certainty is Certainty.LIKELY


def test_a_loopback_address_for_a_public_name_is_a_hijack() -> None:
    dead = made.failed(made.imap(address="127.0.0.1"), "refused")
    (found,) = judged(elsewhere("127.0.0.1", dead))
    assert (found.code, found.certainty) == ("DNS_HIJACKED", Certainty.SURE)


@pytest.mark.parametrize(("kind", "certainty"), [("vpn", "sure"), ("cable", "likely")])
def test_an_unreachable_internal_address_is_a_vpn_s(kind: Any, certainty: str) -> None:
    def tunnel(target: Scene) -> None:
        assert target.link is not None
        more = Interface(name="tun0", addresses=("10.9.0.2",), kind=kind)
        target.link = replace(target.link, interfaces=(*target.link.interfaces, more))

    dead = made.failed(made.imap(address="10.1.2.3"), "timeout")
    (found,) = judged(elsewhere("10.1.2.3", dead), tunnel)
    assert (found.code, found.certainty) == ("VPN_SPLIT_DNS", certainty)


def test_a_pinned_address_is_the_computer_s_own_setting() -> None:
    def pin(target: Scene) -> None:
        assert target.link is not None
        target.link = replace(target.link, pinned={HOST: WRONG})
        target.lookups[0] = SystemLookup(host=HOST, outcome="answer", addresses=(WRONG,))
        target.own = [made.no_tls(made.imap(address=WRONG), "name"), *target.own]

    (found,) = judged(pin)
    assert (found.code, found.certainty) == ("LOCAL_OVERRIDE", Certainty.SURE)


def test_a_denied_name_that_works_elsewhere_is_a_hijack() -> None:
    def deny(target: Scene) -> None:
        target.configured = [
            replace(a, status="nxdomain", records=()) if a.about == "provider" else a
            for a in target.configured
        ]
        target.lookups[0] = SystemLookup(host=HOST, outcome="no-name")

    (found,) = judged(deny)
    assert (found.code, found.data["variant"]) == ("DNS_HIJACKED", "hidden")


def test_invented_names_are_a_risk_while_the_mail_server_is_right() -> None:
    def invent(target: Scene) -> None:
        target.configured = [
            replace(a, status="answer", records=(WRONG,)) if a.about == "random" else a
            for a in target.configured
        ]

    (found,) = judged(invent)
    assert (found.code, found.outcome) == ("DNS_HIJACKED", Outcome.RISK)


def test_a_proxy_program_s_stand_in_addresses_are_no_fault_but_no_ground_either() -> None:
    def stand_in(target: Scene) -> None:
        target.configured = [
            replace(a, status="answer", records=("198.18.0.7",)) for a in target.configured
        ]
        target.lookups[0] = SystemLookup(host=HOST, outcome="answer", addresses=("198.18.0.7",))
        target.own = [made.imap(address="198.18.0.7"), *target.own]

    assert judged(stand_in) == []
    assert based(stand_in).names is False
    assert based(stand_in).online is True


def nowhere(target: Scene) -> None:
    """Nobody knows the mail server's name."""
    target.configured = [
        replace(a, status="nxdomain", records=()) if a.about == "provider" else a
        for a in target.configured
    ]
    target.public = [
        replace(a, status="nxdomain", records=()) if a.about == "provider" else a
        for a in target.public
    ]
    target.lookups[0] = SystemLookup(host=HOST, outcome="no-name")
    target.own = [made.failed(replace(target.own[0], address=""), "no-address")]


def test_a_name_that_nobody_knows() -> None:
    assert codes(judged(nowhere)) == ["IMAP_HOST_WRONG"]


@pytest.mark.parametrize(
    ("tls", "code"),
    [
        ("name", "IMAP_CERT_NAME"),
        ("untrusted", "IMAP_CERT_UNTRUSTED"),
        ("self-signed", "IMAP_CERT_UNTRUSTED"),
        ("incomplete", "IMAP_CHAIN_INCOMPLETE"),
        ("not-yet-valid", "IMAP_CERT_EXPIRED"),
        ("protocol", "IMAP_TLS_OLD"),
        ("plaintext", "IMAP_PORT_SECURITY_MISMATCH"),
        ("reset", "IMAP_SERVICE_DOWN"),
        ("closed", "IMAP_SERVICE_DOWN"),
    ],
)
def test_faults_of_the_server_s_own_encryption(tls: str, code: str) -> None:
    own = [made.no_tls(made.imap(), tls, chain=(made.certificate(issuer="CN=Own CA"),))]
    assert codes(judged(changed(own=own))) == [code]
    if tls != "incomplete":  # is only told from a chain that could be read
        unread = [replace(endpoint, chain=()) for endpoint in own]
        assert codes(judged(changed(own=unread))) == [code]
    # Without anything to compare, nothing is said.
    assert judged(changed(own=own, https=[], controls=[], others=[], portals=[])) == []


def test_one_bad_certificate_among_several_addresses_is_a_risk() -> None:
    bad = made.no_tls(made.imap(address=OTHER_REGION), "name")
    (found,) = judged(changed(own=[made.imap(), bad]))
    assert (found.code, found.outcome) == ("IMAP_CERT_NAME", Outcome.RISK)


@pytest.mark.parametrize(
    ("greeting", "detail", "code"),
    [
        ("* BYE too many connections", "", "IMAP_BUSY"),
        ("", "silent", "IMAP_STALLED"),
        ("", "closed", "IMAP_SERVICE_DOWN"),
        ("HTTP/1.1 400 Bad Request", "", "IMAP_PORT_SECURITY_MISMATCH"),
        ("x" * 200, "endless", "IMAP_PORT_SECURITY_MISMATCH"),
    ],
)
def test_what_is_said_after_encryption(greeting: str, detail: str, code: str) -> None:
    own = [made.imap(greeting=greeting, spoke=bool(greeting), detail=detail)]
    assert codes(judged(changed(own=own))) == [code]


def test_a_server_that_answered_the_sign_in_is_not_down() -> None:
    seen = scene(made.service_down).seen()
    seen.append(("sign-in", SignIn(host=HOST, port=993, outcome="refused")))
    assert network.judge(situation(seen)) == []


def test_silence_on_the_mail_port_alone() -> None:
    own = [made.failed(made.imap(), "timeout")]
    (found,) = judged(changed(own=own))
    assert (found.code, found.certainty) == ("IMAP_SERVICE_DOWN", Certainty.LIKELY)
    (found,) = judged(changed(own=own, others=[]))
    assert found.certainty is Certainty.POSSIBLE
    yes = Answer(question="webmail-opens", value="yes")
    (found,) = judged(made.unreachable, changed(answers=[yes]))
    assert (found.code, found.certainty) == ("IMAP_SERVICE_DOWN", Certainty.LIKELY)


def test_no_mail_control_tried_means_no_word_about_the_server() -> None:
    for fault in (made.service_down, made.stalled, made.unreachable):
        assert judged(fault, changed(controls=[])) == []


def test_a_small_wrong_clock_is_a_risk_while_encryption_works() -> None:
    def late(target: Scene) -> None:
        target.https = [replace(r, local=NOW + timedelta(minutes=20)) for r in target.https]
        target.portals = [replace(r, local=NOW + timedelta(minutes=20)) for r in target.portals]

    (found,) = judged(late)
    assert (found.code, found.outcome) == ("CLOCK_WRONG", Outcome.RISK)


def test_one_host_s_odd_date_is_not_our_clock() -> None:
    odd = made.web("www.odd.example", date=NOW - timedelta(days=3))
    assert judged(changed(https=[*made.Scene().https, odd])) == []


def test_interception_needs_more_than_the_mail_server() -> None:
    own = [made.no_tls(made.imap(), "untrusted", chain=(made.certificate(issuer=made.FORTINET),))]
    assert codes(judged(changed(own=own))) == ["IMAP_CERT_UNTRUSTED"]
    (found,) = judged(made.intercepted)
    assert found.data["issuer"] == "Fortinet_CA_SSL"


def test_ipv6_that_swallows_connections() -> None:
    lost = made.failed(made.imap(address="2001:db8::1"), "timeout")
    (found,) = judged(changed(own=[made.imap(), lost]))
    assert (found.code, found.outcome) == ("IPV6_BROKEN", Outcome.RISK)
    absent = made.failed(made.imap(address="2001:db8::1"), "unreachable")
    assert judged(changed(own=[made.imap(), absent])) == []


def test_a_line_that_loses_packets() -> None:
    def lose(target: Scene) -> None:
        target.https = [replace(r, connect_ms=1015.0) for r in target.https[:2]] + target.https[2:]
        target.controls = [replace(target.controls[0], connect_ms=1011.0), target.controls[1]]

    (found,) = judged(lose)
    assert (found.code, found.data["late"]) == ("NETWORK_LOSSY", 3)
    silent = [made.failed(made.imap(), "timeout")]
    down, weak = judged(lose, changed(own=silent))
    assert (down.certainty, weak.code) == (Certainty.POSSIBLE, "NETWORK_LOSSY")


def test_one_late_connection_is_no_loss() -> None:
    late = [made.web("www.far.example", connect_ms=1500.0)]
    assert judged(changed(https=[*made.Scene().https, *late])) == []


def test_a_mail_server_in_the_own_house_does_not_prove_the_internet() -> None:
    def at_home(target: Scene) -> None:
        target.own = [made.imap(address="10.66.0.20")]
        target.lookups[0] = SystemLookup(host=HOST, outcome="answer", addresses=("10.66.0.20",))

    assert codes(judged(made.nothing_outside, at_home)) == ["INTERNET_DOWN"]


def test_the_ground_of_port_25() -> None:
    door = SmtpDoor(whose="control", host="mx.example", address=WRONG, connect="timeout")
    seen = Scene().seen()
    assert ground(situation([*seen, ("door-control", door)])).port25 is False
    greeted = replace(
        door, connect="connected", banner=SmtpReply(code=220, enhanced="", text="hello")
    )
    assert ground(situation([*seen, ("door-control", greeted)])).port25 is True


@pytest.mark.parametrize("fault", [made.gateway_down, made.offline, made.nothing_outside])
def test_what_answered_before_the_line_broke_does_not_vouch_for_it(fault: Fault) -> None:
    """The steps behind have seen servers outside minutes ago; now the cable is out."""
    before = Evidence()
    healthy = SmtpDoor(
        whose="own",
        host="mx1.qiye.aliyun.com",
        address="198.51.100.21",
        connect="connected",
        banner=SmtpReply(code=220, enhanced="", text="ready"),
    )
    name = made.answer("223.5.5.5", about="own", name="acme-trading.com")
    router = made.answer(GATEWAY, via="configured", about="own", name="acme-trading.com")
    for number, seen in enumerate((made.imap(), healthy, name, router)):
        before.add(f"earlier-{number}", seen, at=NOW - timedelta(minutes=2), seconds=0.1)
    now = situation(scene(fault).seen())
    evidence = Evidence([*before, *now.evidence])
    found = network.judge(replace(now, evidence=evidence))
    assert [f.code for f in found] == [f.code for f in judged(fault)]


def test_what_answers_while_the_line_is_looked_at_vouches_for_it() -> None:
    seen = scene(made.gateway_down).seen()
    assert [f.code for f in network.judge(situation([*seen, ("imap-server", made.imap())]))] != [
        "GATEWAY_DOWN"
    ]
