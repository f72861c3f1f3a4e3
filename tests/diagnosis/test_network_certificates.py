"""Certificates and encryption, as tables: whose fault it is, and what must not be said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailwizard.diagnosis import network
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.seen.network import Certificate, Endpoint, HttpReply
from mailwizard.providers.load import provider
from mailwizard.text.finding_text import render
from tests.diagnosis import network_seen as made
from tests.diagnosis.network_seen import HOST, NOW, Scene
from tests.diagnosis.test_network import changed, judged, scene, situation

Fault = Callable[[Scene], None]
MIDDLE = "CN=R11,O=Let's Encrypt"
DAYS = timedelta(days=1)


def own_is(tls: str, *chain: Certificate, **more: Any) -> Fault:
    """The mail server's certificate alone is wrong."""

    def change(target: Scene) -> None:
        target.own = [made.no_tls(e, tls, chain=chain, **more) for e in target.own]

    return change


def controls_are(tls: str, *chain: Certificate, all_but: tuple[str, ...] = ()) -> Fault:
    """Unrelated hosts' certificates are wrong, but for some hosts."""

    def change(target: Scene) -> None:
        target.controls = [
            e if e.host in all_but else made.no_tls(e, tls, chain=chain) for e in target.controls
        ]
        target.https = [
            r if any(host in r.url for host in all_but) else failed(r, tls, *chain)
            for r in target.https
        ]

    return change


def on_port(port: int) -> Fault:
    """The user chose another port than the usual one."""

    def change(target: Scene) -> None:
        target.own = [replace(e, port=port) for e in target.own]

    return change


def failed(reply: HttpReply, tls: str, *chain: Certificate) -> HttpReply:
    return replace(
        reply,
        outcome="tls",
        tls=tls,  # type: ignore[arg-type]
        chain=chain,
        local=None,
        date=None,
        status=None,
    )


def clock_ahead(of: timedelta) -> Fault:
    """This computer's clock differs; certificates still fit by it."""

    def change(target: Scene) -> None:
        target.portals = [replace(r, local=NOW + of) for r in target.portals]
        target.https = [replace(r, local=NOW + of) if r.date else r for r in target.https]

    return change


def no_dates(target: Scene) -> None:
    target.portals = [replace(r, date=None, local=None) for r in target.portals]
    target.https = [replace(r, date=None, local=None) for r in target.https]


def leaf(**more: Any) -> Certificate:
    return made.certificate(**more)


def past(**more: Any) -> Certificate:
    return leaf(not_after=NOW - 3 * DAYS, **more)


def box(name: str = HOST, **more: Any) -> Certificate:
    return leaf(name=name, issuer=made.FORTINET, **more)


PORTAL = leaf(name="login.hotel.example", issuer=MIDDLE)


TABLE: dict[str, tuple[tuple[Fault, ...], dict[str, str]]] = {
    # Interception.
    "all but one host": (
        (
            own_is("untrusted", box()),
            controls_are("untrusted", box(), all_but=("imap.qq.com", "www.microsoft.com")),
        ),
        {"TLS_INTERCEPTED": "cause sure"},
    ),
    "one other host is enough": (
        (
            own_is("untrusted", box()),
            controls_are(
                "untrusted", box(), all_but=("imap.qq.com", "www.baidu.com", "www.taobao.com")
            ),
        ),
        {"TLS_INTERCEPTED": "cause sure"},
    ),
    "without the box's own certificate": (
        (own_is("incomplete", box()), controls_are("incomplete", box())),
        {"TLS_INTERCEPTED": "cause sure"},
    ),
    "the box's expired certificate": (
        (
            own_is("expired", past(issuer=made.FORTINET)),
            controls_are("expired", past(issuer=made.FORTINET)),
        ),
        {"TLS_INTERCEPTED": "cause likely"},
    ),
    "one certificate for all names": (
        (own_is("name", PORTAL), controls_are("name", PORTAL)),
        {"TLS_INTERCEPTED": "cause likely"},
    ),
    "the mail server is left out": (
        (controls_are("untrusted", box()),),
        {},
    ),
    # A public authority's certificates are everywhere: two careless servers are no interception.
    "two servers forgot to renew": (
        (
            own_is("expired", past(issuer=MIDDLE)),
            lambda s: setattr(
                s,
                "https",
                [failed(s.https[0], "expired", past(issuer=MIDDLE)), *s.https[1:]],
            ),
        ),
        {"IMAP_CERT_EXPIRED": "cause sure"},
    ),
    # A sign-in page answers for everybody: it comes before all that it spoils.
    "sign-in page and a bad certificate": (
        (own_is("expired", past()), made.captive_portal),
        {"CAPTIVE_PORTAL": "cause sure"},
    ),
    "sign-in page with its own certificate": (
        (
            made.captive_portal,
            lambda s: setattr(s, "own", [made.no_tls(made.imap(), "self-signed", chain=(PORTAL,))]),
        ),
        {"CAPTIVE_PORTAL": "cause sure"},
    ),
    # Clock and dates.
    "the clock alone": ((made.clock_wrong,), {"CLOCK_WRONG": "cause sure"}),
    "the clock hides a certificate that is really expired": (
        (made.expired, made.clock_wrong),
        {"CLOCK_WRONG": "cause sure", "IMAP_CERT_EXPIRED": "risk likely"},
    ),
    "a clock a little off does not explain an expired certificate": (
        (own_is("expired", past()), clock_ahead(timedelta(minutes=20))),
        {"CLOCK_WRONG": "risk sure", "IMAP_CERT_EXPIRED": "cause likely"},
    ),
    "a clock a little off has nothing to do with a stranger's certificate": (
        (own_is("untrusted", leaf(issuer="CN=Own CA")), clock_ahead(timedelta(minutes=20))),
        {"CLOCK_WRONG": "risk sure", "IMAP_CERT_UNTRUSTED": "cause sure"},
    ),
    "a clock a little off has nothing to do with a closed door": (
        (made.service_down, clock_ahead(timedelta(minutes=20))),
        {"CLOCK_WRONG": "risk sure", "IMAP_SERVICE_DOWN": "cause sure"},
    ),
    "all expired by one clock that nobody contradicts": (
        (made.clock_wrong, no_dates),
        {},
    ),
    "all expired though the clock is right": (
        (own_is("expired", past()), controls_are("expired", past(issuer="CN=Another"))),
        {},
    ),
    # The server's own.
    "expired": ((own_is("expired", past()),), {"IMAP_CERT_EXPIRED": "cause sure"}),
    "expired, and no time heard": (
        (own_is("expired", past()), no_dates),
        {"IMAP_CERT_EXPIRED": "cause likely"},
    ),
    "private authority": (
        (own_is("untrusted", leaf(issuer="CN=Own CA"), verify=19),),
        {"IMAP_CERT_UNTRUSTED": "cause sure"},
    ),
    "issuer not sent, unknown elsewhere": (
        (own_is("incomplete", leaf(issuer="CN=Middle"), verify=20),),
        {"IMAP_CHAIN_INCOMPLETE": "cause likely"},
    ),
    "issuer not sent, seen at another server": (
        (
            own_is("incomplete", leaf(issuer=MIDDLE), verify=20),
            lambda s: setattr(
                s,
                "controls",
                [
                    replace(e, chain=(leaf(name=e.host, issuer=MIDDLE), leaf(name="x")))
                    if n
                    else replace(
                        e,
                        chain=(
                            leaf(name=e.host, issuer=MIDDLE),
                            replace(leaf(), subject=MIDDLE),
                        ),
                    )
                    for n, e in enumerate(s.controls)
                ],
            ),
        ),
        {"IMAP_CHAIN_INCOMPLETE": "cause sure"},
    ),
    "old TLS": (
        (own_is("protocol", leaf(), offers="TLSv1 AES128-SHA"),),
        {"IMAP_TLS_OLD": "cause sure"},
    ),
    "no common TLS, and nothing learnt": ((own_is("protocol"),), {"IMAP_TLS_OLD": "cause likely"}),
    "weak key": ((own_is("protocol", leaf(), verify=66),), {"IMAP_TLS_OLD": "cause sure"}),
    "plain text": ((own_is("plaintext"),), {"IMAP_PORT_SECURITY_MISMATCH": "cause sure"}),
    "no STARTTLS": (
        (own_is("plaintext", port=143, starttls="not-offered", greeting="* OK hi", spoke=True),),
        {"IMAP_NO_STARTTLS": "cause likely"},
    ),
    "STARTTLS refused": (
        (own_is("plaintext", port=143, starttls="refused", greeting="* OK hi", spoke=True),),
        {"IMAP_NO_STARTTLS": "cause likely"},
    ),
    "plain text after STARTTLS": (
        (own_is("error", port=143, starttls="injected", greeting="* OK hi", spoke=True),),
        {"IMAP_NO_STARTTLS": "cause likely"},
    ),
    "nonsense instead of TLS": ((own_is("error"),), {"IMAP_SERVICE_DOWN": "cause possible"}),
    # Nobody else was tried on the old port: that it is closed proves nothing about the server.
    "the old port refused": (
        (made.service_down, on_port(143)),
        {"IMAP_PORT_SECURITY_MISMATCH": "cause likely"},
    ),
    "the old port silent": (
        (lambda s: setattr(s, "own", [made.failed(e, "timeout") for e in s.own]), on_port(143)),
        {"IMAP_PORT_SECURITY_MISMATCH": "cause likely"},
    ),
    "the old port silent, and all of the provider's": (
        (made.unreachable, on_port(143)),
        {"PROVIDER_UNREACHABLE": "cause sure"},
    ),
    "the old port silent behind": (
        (own_is("timeout", port=143, starttls="silent"),),
        {"IMAP_STALLED": "cause sure"},
    ),
    "the old port busy": (
        (own_is("", port=143, starttls="busy", greeting="* BYE full", spoke=True),),
        {"IMAP_BUSY": "risk sure"},
    ),
    "a stranger behind STARTTLS": (
        (own_is("self-signed", leaf(), port=143, starttls="ready", spoke=True),),
        {"IMAP_CERT_UNTRUSTED": "cause sure"},
    ),
    "the old port in order": (
        (lambda s: setattr(s, "own", [replace(e, port=143, starttls="ready") for e in s.own]),),
        {},
    ),
    # Others' doors at the same provider are not the mail server.
    "only webmail's certificate is bad": (
        (
            lambda s: setattr(
                s, "others", [made.no_tls(e, "expired", chain=(past(),)) for e in s.others]
            ),
        ),
        {},
    ),
}


def as_said(findings: list[Finding]) -> dict[str, str]:
    return {f.code: f"{f.outcome.value} {f.certainty.value}" for f in findings}


@pytest.mark.parametrize("name", TABLE)
def test_what_is_said_of_certificates(name: str) -> None:
    faults, expected = TABLE[name]
    assert as_said(judged(*faults)) == expected


@pytest.mark.parametrize("name", TABLE)
def test_without_controls_nobody_is_accused(name: str) -> None:
    faults, _expected = TABLE[name]
    alone = changed(controls=[], https=[], portals=[], others=[])
    said = {f.code for f in judged(*faults, alone) if f.outcome is Outcome.CAUSE}
    assert not said - {"CAPTIVE_PORTAL"}


def only(*faults: Fault) -> Finding:
    (found,) = judged(*faults)
    return found


@pytest.mark.parametrize("tls", ["untrusted", "self-signed", "incomplete"])
def test_the_interceptor_is_named(tls: str) -> None:
    found = only(own_is(tls, box()), controls_are(tls, box(name="www.example")))
    assert found.data["issuer"] == "Fortinet_CA_SSL"
    found = only(own_is("name", PORTAL), controls_are("name", PORTAL))
    assert found.data["issuer"] == "login.hotel.example"


def test_the_certificate_that_ran_out_is_told_not_the_one_that_did_not() -> None:
    middle = replace(past(), subject="CN=Old Middle,O=Trust Ltd")
    found = only(own_is("expired", leaf(issuer="CN=Old Middle"), middle))
    assert (found.data["variant"], found.data["authority"]) == ("issuer", "Old Middle")
    assert found.data["expired_on"] == f"{middle.not_after:%Y-%m-%d}"
    # Where none of those that were sent has run out, no date is told.
    found = only(own_is("expired", leaf()))
    assert (found.data["variant"], found.data["expired_on"]) == ("unread", "")


def named(*names: str) -> Certificate:
    return replace(leaf(), subject=f"CN={names[0]}", names=names)


@pytest.mark.parametrize(
    ("names", "fits", "suggested", "variant"),
    [
        # The same address proves itself under a neighbouring name.
        (("mail.qiye.aliyun.com",), ("mail.qiye.aliyun.com",), "mail.qiye.aliyun.com", "suggested"),
        # A host of the provider's profile.
        (("imap.sg.aliyun.com",), (), "imap.sg.aliyun.com", "suggested"),
        (("*.sg.aliyun.com",), (), "imap.sg.aliyun.com", "suggested"),
        # Whoever sits on the way can have a genuine certificate for a name of his own.
        (("imap.evil.example",), ("imap.evil.example",), "imap.evil.example", "asked"),
        (("www.example.com",), (), "", ""),
        (("*.example.com",), (), "", ""),
    ],
)
def test_the_right_name_is_suggested(
    names: tuple[str, ...], fits: tuple[str, ...], suggested: str, variant: str
) -> None:
    found = only(own_is("name", named(*names), fits=fits))
    assert (found.code, found.data["suggested"]) == ("IMAP_CERT_NAME", suggested)
    assert found.data["variant"] == variant


def test_a_refusal_that_is_no_stranger_s_is_told_in_the_verifier_s_words() -> None:
    refused = own_is("untrusted", leaf(), verify=47, detail="permitted subtree violation")
    found = only(refused)
    assert (found.data["variant"], found.data["fault"]) == (
        "refused",
        "permitted subtree violation",
    )
    assert any(
        "permitted subtree violation" in action
        for action in render(found, provider("alimail")).actions
    )
    assert only(own_is("untrusted", leaf(), verify=19, detail="x")).data["variant"] == ""


@pytest.mark.parametrize(
    ("more", "variant"),
    [
        ({"offers": "TLSv1.1 AES128-SHA"}, "offers"),
        ({"verify": 66}, "certificate"),
        ({}, ""),
    ],
)
def test_what_is_too_old_is_told(more: dict[str, Any], variant: str) -> None:
    found = only(own_is("protocol", leaf(), **more))
    assert (found.code, found.data["variant"]) == ("IMAP_TLS_OLD", variant)


def test_one_host_s_time_and_two_others_dates_tell_a_wrong_clock() -> None:
    found = only(made.clock_wrong, lambda s: setattr(s, "portals", s.portals[:1]))
    assert (found.code, found.certainty) == ("CLOCK_WRONG", Certainty.LIKELY)


def test_one_good_address_makes_every_fault_a_risk() -> None:
    for tls in ("name", "untrusted", "incomplete", "expired", "protocol"):
        bad = made.no_tls(made.imap(address="203.0.113.77"), tls, chain=(past(),))
        (found,) = judged(changed(own=[made.imap(), bad]))
        assert found.outcome is Outcome.RISK, tls


def test_the_order_of_the_evidence_is_no_matter() -> None:
    for faults, _expected in TABLE.values():
        seen = scene(*faults).seen()
        first = [(f.code, f.certainty, f.data) for f in network.judge(situation(seen))]
        again = network.judge(situation(seen[::-1]))
        assert [(f.code, f.certainty, f.data) for f in again] == first


def test_an_endpoint_of_an_older_report_is_judged_as_before() -> None:
    old = Endpoint(
        role="provider",
        service="imap",
        host=HOST,
        address="203.0.113.10",
        port=993,
        connect="connected",
        tls="untrusted",
        chain=(leaf(issuer="CN=Own CA"),),
        detail="self-signed certificate in certificate chain",
    )
    found = only(changed(own=[old]))
    assert (found.code, found.data["variant"]) == ("IMAP_CERT_UNTRUSTED", "")
