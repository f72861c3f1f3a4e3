"""Two faults at once: what must be said, and what must not, whichever lies lower.

The whole diagnosis judges here, so that a fault of the line also silences what the other steps saw.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mailwizard.diagnosis.diagnose import Diagnosis, diagnose
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Certainty, Outcome, Step
from mailwizard.model.observation import Seen
from mailwizard.model.seen.network import Interface, SystemLookup
from mailwizard.providers.load import provider
from tests.diagnosis import domain_builders as domain
from tests.diagnosis import network_seen as made
from tests.diagnosis.network_seen import HOST, NOW, RIGHT, WRONG, Scene

CASE = Case(me="lin@acme-trading.com", sender="buyer@customer-gmbh.de", since=date(2026, 11, 9))
Fault = Callable[[Scene], None]
Elsewhere = list[tuple[str, Seen]]
FAKE = "198.18.0.7"
INSIDE = "10.1.2.3"

# Seen of the company's domain: its records lead nowhere, or its exchanger refuses.
MX_WRONG: Elsewhere = [
    *(("domain", answer) for answer in domain.public("MX", "nodata")),
    *(("domain", answer) for answer in domain.public("A", "nodata")),
    *(("domain", answer) for answer in domain.public("AAAA", "nodata")),
    ("domain", domain.office("nodata")),
    ("name-servers", domain.zone(1, "nodata")),
    ("registration", domain.registered()),
]
# A name server on this computer still remembers something, and nobody else answers.
ONLY_HERE: Elsewhere = [
    ("domain", domain.dns("configured", "127.0.0.53", "MX", "nxdomain")),
    *(("domain", answer) for answer in domain.public("MX", "timeout")),
]


def diagnosed(*faults: Fault, elsewhere: Elsewhere = ()) -> Diagnosis:  # type: ignore[assignment]
    scene = Scene()
    for fault in faults:
        fault(scene)
    evidence = Evidence()
    for number, (probe, record) in enumerate([*scene.seen(), *elsewhere]):
        evidence.add(probe, record, at=NOW + timedelta(milliseconds=number), seconds=0.1)
    return diagnose(Situation(CASE, evidence, provider("alimail"), "srv"))


def said(diagnosis: Diagnosis) -> set[str]:
    """What is called a cause or a risk."""
    held = (Outcome.CAUSE, Outcome.RISK)
    return {finding.code for finding in diagnosis.findings if finding.outcome in held}


def configured(status: Any = None, records: tuple[str, ...] | None = None) -> Fault:
    """What this network's own name server says of the mail server."""

    def change(scene: Scene) -> None:
        scene.configured = [
            replace(
                a,
                status=status or a.status,
                records=() if status else (records or a.records) if a.records else (),
            )
            if a.about == "provider" and a.rtype == "A"
            else a
            for a in scene.configured
        ]
        if status is not None:
            how = "no-name" if status in ("nxdomain", "nodata") else "temporary"
            scene.lookups[0] = SystemLookup(host=HOST, outcome=how)  # type: ignore[arg-type]

    return change


def second_resolver(status: Any) -> Fault:
    """Another configured name server that answers nothing (or badly) to every question."""

    def change(scene: Scene) -> None:
        scene.configured += [
            made.answer("10.66.0.2", "configured", status=status),
            made.answer("10.66.0.2", "configured", name="www.taobao.com", status=status),
            made.answer("10.66.0.2", "configured", "provider", HOST, status=status),
        ]

    return change


def second_resolver_lies(scene: Scene) -> None:
    """Another configured name server leads to a stranger; the computer uses the first."""
    scene.configured += [
        made.answer("10.66.0.2", "configured"),
        made.answer("10.66.0.2", "configured", "provider", HOST, records=(WRONG,)),
    ]
    chain = (made.certificate("www.example.com"),)
    scene.own = [*scene.own, made.no_tls(made.imap(address=WRONG), "name", chain=chain)]


def vpn(scene: Scene) -> None:
    assert scene.link is not None
    tunnel = Interface(name="tun0", addresses=("10.9.0.2",), kind="vpn")
    scene.link = replace(scene.link, interfaces=(*scene.link.interfaces, tunnel))


def pinned(address: str) -> Fault:
    """The hosts file leads the mail server to an address at which it is not."""

    def change(scene: Scene) -> None:
        assert scene.link is not None
        scene.link = replace(scene.link, pinned={HOST: address})
        scene.lookups = [
            SystemLookup(host=HOST, outcome="answer", addresses=(address,)),
            *scene.lookups[1:],
        ]
        scene.own = [made.failed(made.imap(address=address), "timeout"), *scene.own]

    return change


def split(scene: Scene) -> None:
    """Both name service and computer lead to an internal address that cannot be reached."""
    configured(records=(INSIDE,))(scene)
    scene.lookups[0] = SystemLookup(host=HOST, outcome="answer", addresses=(INSIDE,))
    scene.own = [made.failed(made.imap(address=INSIDE), "timeout"), *scene.own]


def proxy_set(scene: Scene) -> None:
    assert scene.link is not None
    scene.link = replace(scene.link, proxies={"https": "http://proxy.office:8080"})


def fake_addresses(scene: Scene) -> None:
    """A proxy program gives every name an address of its own."""
    scene.configured = [replace(a, status="answer", records=(FAKE,)) for a in scene.configured]
    scene.public = [replace(a, status="answer", records=(FAKE,)) for a in scene.public]
    scene.lookups = [
        SystemLookup(host=s.host, outcome="answer", addresses=(FAKE,)) for s in scene.lookups
    ]
    scene.own = [made.imap(address=FAKE)]
    scene.controls = [replace(e, address=FAKE) for e in scene.controls]


def public_mute(scene: Scene) -> None:
    scene.public = [replace(a, status="timeout", records=()) for a in scene.public]


def portal_s_names(scene: Scene) -> None:
    """A sign-in page that also answers every name with its own address."""
    made.captive_portal(scene)
    scene.configured = [
        replace(a, status="answer", records=(made.GATEWAY,)) for a in scene.configured
    ]
    scene.lookups = [
        SystemLookup(host=s.host, outcome="answer", addresses=(made.GATEWAY,))
        for s in scene.lookups
    ]
    scene.portals = [replace(r, address=made.GATEWAY) for r in scene.portals]


DNS_OF_OURS = {"MX_MISSING", "NO_MAIL_ROUTE", "MX_OLD_PROVIDER", "MX_MIXED", "DOMAIN_EXPIRED"}

# (faults in the order in which they are laid over the scene, exactly what must be said)
TABLE: dict[str, tuple[tuple[Fault, ...], set[str]]] = {
    "portal + clock": ((made.clock_wrong, made.captive_portal), {"CAPTIVE_PORTAL"}),
    "portal that answers names": ((portal_s_names,), {"CAPTIVE_PORTAL"}),
    "portal + expired": ((made.expired, portal_s_names), {"CAPTIVE_PORTAL"}),
    "portal + pin": ((pinned(WRONG), made.captive_portal), {"CAPTIVE_PORTAL"}),
    "993 blocked + server down": (
        (made.service_down, made.port_blocked),
        {"PORT_BLOCKED_LOCALLY"},
    ),
    "993 blocked + certificate": ((made.expired, made.port_blocked), {"PORT_BLOCKED_LOCALLY"}),
    "993 blocked + provider away": (
        (made.unreachable, made.port_blocked),
        {"PORT_BLOCKED_LOCALLY"},
    ),
    "993 blocked + resolver dead": (
        (made.port_blocked, made.resolver_down),
        {"PORT_BLOCKED_LOCALLY", "LOCAL_DNS_DOWN"},
    ),
    "993 blocked + one resolver dead": (
        (made.port_blocked, second_resolver("timeout")),
        {"PORT_BLOCKED_LOCALLY", "LOCAL_DNS_DOWN"},
    ),
    "VPN + pin": ((pinned(INSIDE), vpn), {"LOCAL_OVERRIDE"}),
    "VPN + split": ((split, vpn), {"VPN_SPLIT_DNS"}),
    "VPN + split + one resolver dead": (
        (split, vpn, second_resolver("timeout")),
        {"VPN_SPLIT_DNS", "LOCAL_DNS_DOWN"},
    ),
    "pin + resolver dead": (
        (made.resolver_down, pinned(WRONG)),
        {"LOCAL_OVERRIDE", "LOCAL_DNS_DOWN"},
    ),
    "pin + expired": ((made.expired, pinned(WRONG)), {"IMAP_CERT_EXPIRED"}),
    "compulsory proxy + hijack": ((made.hijacked, made.proxy_only), {"PROXY_REQUIRED"}),
    "proxy set but not needed + hijack": ((made.hijacked, proxy_set), {"DNS_HIJACKED"}),
    "proxy set but not needed + server down": (
        (made.service_down, proxy_set),
        {"IMAP_SERVICE_DOWN"},
    ),
    "hijack + expired": ((made.expired, made.hijacked), {"DNS_HIJACKED", "IMAP_CERT_EXPIRED"}),
    "hijack + server down": (
        (made.service_down, made.hijacked),
        {"DNS_HIJACKED", "IMAP_SERVICE_DOWN"},
    ),
    "hijack + one resolver dead": (
        (made.hijacked, second_resolver("timeout")),
        {"DNS_HIJACKED", "LOCAL_DNS_DOWN"},
    ),
    "one of two resolvers leads astray": ((second_resolver_lies,), {"DNS_HIJACKED"}),
    "resolver dead + expired": (
        (made.expired, made.resolver_down),
        {"LOCAL_DNS_DOWN", "IMAP_CERT_EXPIRED"},
    ),
    "resolver dead + server down": (
        (made.service_down, made.resolver_down),
        {"LOCAL_DNS_DOWN", "IMAP_SERVICE_DOWN"},
    ),
    "resolver dead + clock": (
        (made.clock_wrong, made.resolver_down),
        {"LOCAL_DNS_DOWN", "CLOCK_WRONG"},
    ),
    # By the right time it is over, too.
    "clock + expired": ((made.expired, made.clock_wrong), {"CLOCK_WRONG", "IMAP_CERT_EXPIRED"}),
    "clock + intercepted": (
        (made.clock_wrong, made.intercepted),
        {"CLOCK_WRONG", "TLS_INTERCEPTED"},
    ),
    "intercepted + expired": ((made.expired, made.intercepted), {"TLS_INTERCEPTED"}),
    "fake addresses": ((fake_addresses,), set()),
    "fake addresses + one resolver dead": ((second_resolver("timeout"), fake_addresses), set()),
    "fake addresses + hijack": ((made.hijacked, fake_addresses), set()),
    "fake addresses + name unknown": ((configured("nxdomain"), fake_addresses), set()),
    "fake addresses + split": ((split, vpn, fake_addresses), set()),
    "public mute + server down": ((made.service_down, public_mute), {"IMAP_SERVICE_DOWN"}),
    "slow + resolver dead": ((made.resolver_down, made.slow), {"LOCAL_DNS_DOWN", "NETWORK_SLOW"}),
}


@pytest.mark.parametrize("pair", TABLE)
def test_two_faults(pair: str) -> None:
    faults, required = TABLE[pair]
    assert said(diagnosed(*faults)) == required


LINE = {
    "GATEWAY_DOWN": made.gateway_down,
    "LOCAL_OFFLINE": made.offline,
    "INTERNET_DOWN": made.nothing_outside,
    "CAPTIVE_PORTAL": made.captive_portal,
    "PROXY_REQUIRED": made.proxy_only,
}


@pytest.mark.parametrize(
    ("code", "elsewhere"),
    [
        *((code, ONLY_HERE) for code in LINE),
        # Where public name servers were heard, neither the router nor the computer is at fault.
        *((code, MX_WRONG) for code in ("INTERNET_DOWN", "CAPTIVE_PORTAL", "PROXY_REQUIRED")),
    ],
)
def test_a_line_fault_says_nothing_of_the_company_s_domain(code: str, elsewhere: Elsewhere) -> None:
    diagnosis = diagnosed(LINE[code], elsewhere=elsewhere)
    assert said(diagnosis) == {code}
    assert diagnosis.verdict.code == code
    dns = next(result for result in diagnosis.steps if result.step is Step.DNS)
    assert dns.outcome is not Outcome.CLEAR


def test_the_same_domain_is_judged_where_the_line_is_in_order() -> None:
    assert said(diagnosed(elsewhere=MX_WRONG)) & DNS_OF_OURS


@pytest.mark.parametrize("lower", [made.resolver_down, made.service_down, made.port_blocked])
def test_a_fault_that_leaves_public_names_leaves_the_domain_s(lower: Fault) -> None:
    assert said(diagnosed(lower, elsewhere=MX_WRONG)) & DNS_OF_OURS


def test_fake_addresses_leave_the_domain_unknown_not_in_order() -> None:
    diagnosis = diagnosed(fake_addresses, elsewhere=MX_WRONG)
    assert said(diagnosis) == set()
    assert "NAMES_MADE_UP" in {finding.code for finding in diagnosis.findings}
    dns = next(result for result in diagnosis.steps if result.step is Step.DNS)
    assert dns.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("status", "code", "variant"),
    [
        ("nxdomain", "DNS_HIJACKED", "hidden"),
        ("nodata", "DNS_HIJACKED", "hidden"),
        ("refused", "DNS_HIJACKED", "hidden"),
        ("servfail", "LOCAL_DNS_DOWN", "host"),
        ("timeout", "LOCAL_DNS_DOWN", "host"),
        ("garbage", "LOCAL_DNS_DOWN", "host"),
    ],
)
def test_what_the_own_name_server_says_of_the_mail_server_alone(
    status: str, code: str, variant: str
) -> None:
    (found,) = [f for f in diagnosed(configured(status)).findings if f.step is Step.NETWORK]
    assert (found.code, found.data["variant"], found.outcome) == (code, variant, Outcome.CAUSE)


@pytest.mark.parametrize("status", ["servfail", "refused", "timeout", "garbage", "unreachable"])
def test_one_of_two_name_servers_is_a_risk_whatever_is_wrong_with_it(status: str) -> None:
    (found,) = [f for f in diagnosed(second_resolver(status)).findings if f.step is Step.NETWORK]
    assert (found.code, found.outcome) == ("LOCAL_DNS_DOWN", Outcome.RISK)
    assert found.data["resolver"] == ("10.66.0.2",)


def test_one_of_two_name_servers_leads_astray_and_the_provider_is_not_accused() -> None:
    (found,) = [f for f in diagnosed(second_resolver_lies).findings if f.step is Step.NETWORK]
    assert (found.code, found.outcome, found.data["variant"]) == (
        "DNS_HIJACKED",
        Outcome.RISK,
        "one",
    )
    assert found.data["resolver"] == "10.66.0.2"


def test_a_strange_certificate_where_only_this_network_led_is_never_sure() -> None:
    chain = (made.certificate("www.example.com"),)

    def stranger(scene: Scene) -> None:
        public_mute(scene)
        scene.own = [made.no_tls(made.imap(address=RIGHT), "name", chain=chain)]

    (found,) = [f for f in diagnosed(stranger).findings if f.step is Step.NETWORK]
    assert (found.code, found.certainty) == ("IMAP_CERT_NAME", Certainty.LIKELY)


def test_a_pop_server_that_answers_shows_that_the_provider_is_there() -> None:
    pop = replace(
        made.imap("pop.qiye.aliyun.com", "203.0.113.15"),
        role="pop",
        service="pop3",
        port=995,
        greeting="+OK ready",
    )

    def with_pop(scene: Scene) -> None:
        made.unreachable(scene)
        scene.others.append(pop)

    assert said(diagnosed(made.unreachable)) == {"PROVIDER_UNREACHABLE"}
    assert said(diagnosed(with_pop)) == {"IMAP_SERVICE_DOWN"}
