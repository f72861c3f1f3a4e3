"""Promises of encryption from the signed zone to the certificate at port 25, and what is said."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from mailwizard.diagnosis import dns
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Finding, Outcome
from mailwizard.model.observation import Seen
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import HttpReply
from mailwizard.probes import domain, door
from mailwizard.probes.certificate_digests import key_of
from mailwizard.probes.dane import dane
from tests.certificates import Authority, Issued, self_signed
from tests.servers import unbound
from tests.servers.nsd import nsd
from tests.servers.nsd import why_not as no_nsd
from tests.servers.signed_zone import Key, signed
from tests.servers.smtp import smtp
from tests.worlds import NO_CONTROLS, PROVIDER, LoopbackWorld, probe_run

MX, OTHER, DNS, DNS_2 = "192.0.2.1", "192.0.2.2", "192.0.2.53", "192.0.2.54"
CASE = Case(me="zhangwei@example.com", since=date(2026, 11, 9))
missing = no_nsd() or unbound.why_not()
pytestmark = [pytest.mark.system, pytest.mark.skipif(bool(missing), reason=missing or "-")]


def digest(of: Issued, kind: str = "3 1 1") -> str:
    """A TLSA record for a certificate."""
    der = of.certificate.public_bytes(Encoding.DER)
    _usage, selector, matching = kind.split()
    data = der if selector == "0" else key_of(der)
    name = {"1": "sha256", "2": "sha512"}.get(matching)
    return f"{kind} {hashlib.new(name, data).hexdigest() if name else data.hex()}"


@contextmanager
def around(
    authority: Authority, issued: Issued | None, *records: str, denied: bool = True
) -> Iterator[LoopbackWorld]:
    """A world with a signed example.com, its exchanger, and another company's.

    ``denied`` False: the zone has no signed word that a name or type is not there.
    """
    key = Key("example.com")
    own = "@ IN NS ns1\nns1 IN A 127.0.0.1\n@ IN MX 5 mx1\n" + f"mx1 IN A {MX}\n"
    own += "".join(f"_25._tcp.mx1 IN TLSA {record}\n" for record in records)
    zone = signed(key, own)
    if not denied:
        zone = "".join(f"{line}\n" for line in zone.splitlines() if "NSEC" not in line)
    zones = {"example.com": zone,
             "other.example": f"@ IN NS ns1.example.com.\nmx IN A {OTHER}\n"}  # fmt: skip
    bare = {"EHLO": "250 mx1.example.com"} if issued is None else {}
    context = issued.server_context() if issued is not None else None
    with (
        nsd(zones) as port,
        unbound.unbound(dict.fromkeys(zones, port), (key.anchor,)) as asked,
        smtp(bare, banner="220 mx1.example.com ESMTP", tls=context) as mouth,
        smtp(banner="220 mx.other.example ESMTP") as elsewhere,
    ):
        controls = replace(NO_CONTROLS, resolvers=(DNS, DNS_2), https=("mx.other.example",),
                           smtp=("mx.other.example",))  # fmt: skip
        world = LoopbackWorld(authority=authority, controls=controls)
        for server in (DNS, DNS_2):
            world.lead(server, 53, ("127.0.0.1", asked), "udp")
            world.lead(server, 53, ("127.0.0.1", asked), "tcp")
        world.lead(MX, 25, ("127.0.0.1", mouth.port))
        world.lead(OTHER, 25, ("127.0.0.1", elsewhere.port))
        yield world


def found(world: LoopbackWorld) -> dict[str, Finding]:
    """What is said after all that is looked at; other web servers are in order."""
    log = Evidence()

    def seen(probe: str, *all_seen: Seen) -> None:
        for one in all_seen:
            log.add(probe, one, at=world.now(), seconds=0.0)

    seen("public-resolvers", DnsAnswer(via="public", about="control", server=DNS, rtype="A",
         name="mx.other.example", status="answer", records=(OTHER,)))  # fmt: skip
    seen("https", HttpReply(purpose="https", url="https://www.baidu.com/", outcome="reply",
         tls="ok", address="110.242.68.3", date=world.now(), local=world.now()))  # fmt: skip
    for probe, run in (("domain", domain.domain), ("dane", dane), ("door", door.own),
                       ("door-control", door.control)):  # fmt: skip
        run(probe_run(world, case=CASE, evidence=log, probe=probe).setting)
    said = dns.judge(Situation(CASE, log, PROVIDER))
    return {f.code: f for f in said}


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.mark.parametrize("kind", ["3 1 1", "3 1 2", "3 0 1", "3 0 0", "3 1 0"])
def test_a_record_that_fits(authority: Authority, kind: str) -> None:
    issued = self_signed("somebody.example")  # its own key: neither name nor issuer matters
    with around(authority, issued, digest(self_signed("next")), digest(issued, kind)) as world:
        assert not [code for code in found(world) if code.startswith("DANE")]


def test_a_record_of_the_former_key(authority: Authority) -> None:
    issued = authority.issue("mx1.example.com")
    with around(authority, issued, digest(authority.issue("mx1.example.com"))) as world:
        said = found(world)["DANE_MISMATCH"]
    assert said.outcome is Outcome.CAUSE
    assert said.data["key"] == digest(issued).split()[-1]
    assert said.data["places"] == ("_25._tcp.mx1.example.com",)


def test_no_encryption(authority: Authority) -> None:
    with around(authority, None, digest(authority.issue("mx1.example.com"))) as world:
        assert found(world)["DANE_NO_TLS"].outcome is Outcome.CAUSE


def test_an_authority_of_ones_own(authority: Authority) -> None:
    root = Authority("Own root")
    middle = Authority("Own authority", root)
    past = datetime.now(UTC) - timedelta(days=2)
    anchor = digest(middle.issued, "2 0 1")
    for issued, code in (
        (middle.issue("mx1.example.com"), ""),
        (middle.issue("mail.else.example"), "DANE_CERT"),
        (middle.issue("mx1.example.com", not_before=past - timedelta(9), not_after=past),
         "DANE_CERT"),
        (root.issue("mx1.example.com"), "DANE_MISMATCH"),
    ):  # fmt: skip
        with around(authority, issued, anchor) as world:
            said = [one for one in found(world) if one.startswith("DANE")]
        assert said == ([code] if code else [])


def test_no_credible_answer_about_keys(authority: Authority) -> None:
    issued = authority.issue("mx1.example.com")
    with around(authority, issued, denied=False) as world:
        said = found(world)
    assert said["DNSSEC_BROKEN"].data["variant"] == "tlsa"
    with around(authority, issued) as world:
        assert "DNSSEC_BROKEN" not in found(world)
