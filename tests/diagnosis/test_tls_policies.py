"""MTA-STS, DANE, and neither: what was seen → what must, and what must never, be said."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mailwizard.diagnosis import dns, sender
from mailwizard.diagnosis.diagnose import diagnose
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.seen.dns import MtaSts, StsPolicy, TlsReports
from tests.diagnosis import domain_builders as b
from tests.diagnosis import policy_builders as p
from tests.diagnosis.policy_builders import MX1, MX2
from tests.diagnosis.sender_builders import bounce

CAUSE, RISK, INFO = Outcome.CAUSE, Outcome.RISK, Outcome.INFO
BOTH = ("*.qiye.aliyun.com",)
NONE = MtaSts(domain=b.DOMAIN, txt="")
ENFORCED = b.policy("enforce", *BOTH)
EXPIRED = {"tls": "expired"}
POLICY_CODES = {"MTASTS_MX_MISMATCH", "MTASTS_CERT_FAIL", "MTASTS_FETCH_FAIL", "MTASTS_ID_STALE",
                "DANE_MISMATCH", "DANE_NO_TLS", "DANE_CERT", "TLS_REQUIRED_BY_SENDER",
                "MX_CHAIN_INCOMPLETE", "MX_TLS_POLICY_ABSENT"}  # fmt: skip
ROOT = p.record(2, 0, 1, p.digest("Known CA"))


def sts(fetch: Any, **more: Any) -> MtaSts:
    """A published record whose policy was or was not fetched."""
    return MtaSts(domain=b.DOMAIN, txt="v=STSv1; id=1", policy_id="1", fetch=fetch, **more)


def old(host: str, **more: Any) -> Any:
    """A door whose certificate ran out some days ago."""
    chain = (p.certificate(host, days=-3), p.certificate("Known CA", issuer="CN=Root"))
    return p.door(host, "expired", *chain, **more)


def named(host: str, issuer: str = "CN=Known CA") -> Any:
    """A door whose certificate is for another name."""
    return p.door(host, "name", p.certificate("mail.else.example", issuer=issuer),
                  p.certificate("Known CA", issuer="CN=Root"))  # fmt: skip


def self_made(host: str) -> Any:
    """A door whose certificate nobody vouches for."""
    return p.door(host, "self-signed", p.certificate(host, issuer=f"CN={host}"))


def keys(*hosts: str, **more: Any) -> list[Any]:
    """Records for the keys that these hosts used before."""
    return [one for h in hosts for one in p.tlsa(h, p.key_of(f"old {h}"), **more)]


def good_keys(**more: Any) -> list[Any]:
    """Records that fit."""
    return [one for h in p.HOSTS for one in p.tlsa(h, p.key_of(h), **more)]


def each(*records: Any, **more: Any) -> list[Any]:
    """The same records for both exchangers."""
    return [one for h in p.HOSTS for one in p.tlsa(h, *records, **more)]


def late(tls: str = "ok", **more: Any) -> Any:
    """An unrelated web server by whose clock this computer is 30 days ahead."""
    return p.web(tls, date=b.NOW - timedelta(days=30), **more)


def dated(policy_id: str, changed: datetime | None) -> Any:
    """A policy with an id and a date of its own."""
    return MtaSts(domain=b.DOMAIN, txt=f"v=STSv1; id={policy_id}", policy_id=policy_id, fetch="ok",
                  policy=StsPolicy(mode="enforce", mx=BOTH, max_age=604800),
                  last_modified=changed)  # fmt: skip


BOX = p.web("untrusted", "CN=Office box", url="https://www.qq.com/")
BOXED = [p.door(h, "untrusted", p.certificate(h, issuer="CN=Office box")) for h in p.HOSTS]
TABLE: list[tuple[str, list[Any], dict[str, Outcome], set[str]]] = [
    # H01
    ("H01 nothing listed", [*p.around(), b.policy("enforce", "mx1.old-provider.net")],
     {"MTASTS_MX_MISMATCH": CAUSE}, {"MTASTS_CERT_FAIL", "MTASTS_FETCH_FAIL", "MX_OLD_PROVIDER"}),
    ("H01 one of two", [*p.around(), b.policy("enforce", MX1)],
     {"MTASTS_MX_MISMATCH": RISK}, {"MTASTS_CERT_FAIL"}),
    ("H01 one listed, and that without a good certificate",
     [*p.around(old(MX1), p.door(MX2)), b.policy("enforce", MX1)],
     {"MTASTS_MX_MISMATCH": CAUSE, "MTASTS_CERT_FAIL": CAUSE}, set()),
    ("H01 testing", [*p.around(), b.policy("testing", "mx1.old-provider.net")], {}, {"*"}),
    ("H01 none", [*p.around(), b.policy("none", "mx1.old-provider.net")], {}, {"*"}),
    ("H01 too many to keep all", [*p.around(), replace(ENFORCED, policy=StsPolicy(mode="enforce",
      mx=("mx1.old-provider.net",), max_age=1, cut=True))], {}, {"*"}),
    ("H01 wildcards that fit nothing", [*p.around(), b.policy("enforce",
      "mx*.qiye.aliyun.com", "*.aliyun.com")], {"MTASTS_MX_MISMATCH": CAUSE}, set()),
    ("H01 spoilt record", [*p.around(), MtaSts(domain=b.DOMAIN, txt="v=STSv1; id=1 | v=STSv1; id=2",
      problem="several")], {}, {"*"}),
    ("H01 served as something else", [*p.around(), replace(b.policy("enforce", "mx.old.net"),
      media_type="text/html")], {"MTASTS_MX_MISMATCH": RISK, "MTASTS_FETCH_FAIL": RISK}, set()),
    # H02
    ("H02 redirected", [*p.around(), sts("http-error", http_status=301,
      location="https://acme-trading.com/")], {"MTASTS_FETCH_FAIL": RISK}, {"MTASTS_MX_MISMATCH"}),
    ("H02 not there", [*p.around(), sts("http-error", http_status=404)],
     {"MTASTS_FETCH_FAIL": RISK}, {"MTASTS_MX_MISMATCH"}),
    ("H02 certificate", [*p.around(), sts("tls", fetch_tls="name", detail="Hostname mismatch")],
     {"MTASTS_FETCH_FAIL": RISK}, {"MTASTS_CERT_FAIL"}),
    ("H02 garbage", [*p.around(), sts("garbage", http_status=200, detail="version")],
     {"MTASTS_FETCH_FAIL": RISK}, set()),
    ("H02 silent", [*p.around(), sts("timeout")], {"MTASTS_FETCH_FAIL": RISK}, set()),
    ("H02 silent as all", [o for o in [*p.around(), sts("timeout")] if o != p.web()], {}, {"*"}),
    ("H02 expired by a wrong clock", [*p.around()[:-2], late(), sts("tls", fetch_tls="expired",
      detail="certificate has expired")], {}, {"*"}),
    ("H02 intercepted", [*p.around()[:-2], p.web("untrusted", "CN=Office box"),
      sts("tls", fetch_tls="untrusted")], {}, {"*"}),
    # H03
    ("H03 file newer than the id", [*p.around(), dated("20260101", b.NOW - timedelta(days=2))],
     {"MTASTS_ID_STALE": RISK}, {"MTASTS_MX_MISMATCH"}),
    ("H03 known for too long ago", [*p.around(), dated("20260101", b.NOW - timedelta(days=9))],
     {}, {"*"}),
    ("H03 same day", [*p.around(), dated("20261121", datetime(2026, 11, 22, 20, tzinfo=UTC))],
     {}, {"*"}),
    ("H03 no date in the id", [*p.around(), dated("7", b.NOW - timedelta(days=2))], {}, {"*"}),
    ("H03 no date of the file", [*p.around(), dated("20260101", None)], {}, {"*"}),
    ("H03 a file from the future", [*p.around(), dated("20260101", b.NOW + timedelta(days=2))],
     {}, {"*"}),
    # H04
    ("H04 expired", [*p.around(old(MX1), old(MX2)), ENFORCED],
     {"MTASTS_CERT_FAIL": CAUSE}, {"MTASTS_MX_MISMATCH", "IMAP_CERT_EXPIRED"}),
    ("H04 name", [*p.around(named(MX1), named(MX2)), ENFORCED], {"MTASTS_CERT_FAIL": CAUSE}, set()),
    ("H04 self-signed", [*p.around(self_made(MX1), self_made(MX2)), ENFORCED],
     {"MTASTS_CERT_FAIL": CAUSE}, set()),
    ("H04 one of two", [*p.around(old(MX1), p.door(MX2)), ENFORCED],
     {"MTASTS_CERT_FAIL": RISK}, set()),
    ("H04 one of two addresses", [*p.around(old(MX1), p.door(MX1, address="203.0.113.12"),
      old(MX2)), ENFORCED], {"MTASTS_CERT_FAIL": RISK}, set()),
    ("H04 the other one not seen", [*p.around(old(MX1)), ENFORCED], {"MTASTS_CERT_FAIL": RISK},
     set()),
    ("H04 no encryption", [*p.around(p.bare(MX1), p.bare(MX2)), ENFORCED],
     {"MTASTS_CERT_FAIL": CAUSE}, {"TLS_REQUIRED_BY_SENDER"}),
    ("H04 no encryption, here with nobody", [p.other_door(starttls=False) if o == p.other_door()
      else o for o in [*p.around(p.bare(MX1), p.bare(MX2)), ENFORCED]], {}, {"*"}),
    ("H04 only on trial", [*p.around(old(MX1), old(MX2)), b.policy("testing", *BOTH)], {}, {"*"}),
    ("H04 no policy", [*p.around(old(MX1), old(MX2)), NONE], {}, {"*"}),
    ("H04 by a wrong clock", [*p.around(old(MX1), old(MX2))[:-2], late(), ENFORCED], {}, {"*"}),
    ("H04 intercepted", [*p.around(*BOXED), BOX, ENFORCED], {}, {"*"}),
    ("H04 nothing to compare with", [*p.around(old(MX1), old(MX2))[:-2], ENFORCED], {}, {"*"}),
    ("H04 port 25 blocked here", [*p.around(b.shut(MX1, "timeout"), b.shut(MX2, "timeout"))[:-3],
      b.other_door("timeout"), p.web(), ENFORCED], {"PORT25_BLOCKED_HERE": Outcome.UNKNOWN},
     POLICY_CODES),
    # H05
    ("H05 all renewed", [*p.around(), *keys(MX1, MX2), ENFORCED],
     {"DANE_MISMATCH": CAUSE}, {"MTASTS_CERT_FAIL", "DANE_CERT", "DANE_NO_TLS"}),
    ("H05 one renewed", [*p.around(), *keys(MX1), *p.tlsa(MX2, p.key_of(MX2))],
     {"DANE_MISMATCH": RISK}, set()),
    ("H05 the other one has no records", [*p.around(), *keys(MX1), *p.tlsa(MX2)],
     {"DANE_MISMATCH": RISK}, {"MX_TLS_POLICY_ABSENT"}),
    ("H05 the old and the new key", [*p.around(), *(one for h in p.HOSTS for one in
      p.tlsa(h, p.key_of(f"old {h}"), p.key_of(h)))], {}, {"*"}),
    ("H05 resolvers know different sets", [*p.around(), *(one for h in p.HOSTS for one in
      [keys(h)[0], good_keys()[1 + 2 * p.HOSTS.index(h)]])], {}, {"*"}),
    ("H05 whole certificate", [*p.around(), *(one for h in p.HOSTS for one in
      p.tlsa(h, p.record(3, 0, 2, p.digest(h, 128))))], {}, {"*"}),
    ("H05 expired, but its own key", [*p.around(old(MX1), old(MX2)), *good_keys()], {}, {"*"}),
    ("H05 self-signed, but its own key", [*p.around(self_made(MX1), self_made(MX2)), *good_keys()],
     {}, {"*"}),
    ("H05 not signed", [*p.around(), *keys(MX1, MX2, authenticated=False, mx_authenticated=False,
      host_authenticated=None)], {}, POLICY_CODES - {"MX_TLS_POLICY_ABSENT"}),
    ("H05 the host not signed", [*p.around(), *keys(MX1, MX2, host_authenticated=False)],
     {}, {"*"}),
    ("H05 a resolver that believes all", [*p.around(), *keys(MX1, MX2, discerning=False)],
     {}, {"*"}),
    ("H05 a resolver not tried out", [*p.around(), *keys(MX1, MX2, discerning=None)], {}, {"*"}),
    ("H05 only the office's resolver", [*p.around(), *keys(MX1, MX2, via="configured")],
     {"DANE_MISMATCH": RISK}, set()),
    ("H05 taken away a moment ago", [*p.around(), *(one for h in p.HOSTS for one in
      [keys(h)[0], replace(p.tlsa(h)[1])])], {"DANE_MISMATCH": RISK}, set()),
    ("H05 usages of the web", [*p.around(), *each(p.record(0, 0, 1, p.digest("x")),
      p.record(1, 1, 1, p.digest("x")))], {}, {"*"}),
    ("H05 wrong lengths", [*p.around(), *each(p.record(3, 1, 1, "abcd"), p.record(3, 7, 9, "00"),
      p.record(3, 0, 0, ""))],
     {}, {"*"}),
    ("H05 records that could not be read", [*p.around(), *each(p.record(2, 0, 1, p.digest("x")),
      unreadable=1)], {}, {"*"}),
    ("H05 an authority in full that need not be sent", [*p.around(), *each(p.record(2, 0, 0,
      "30" * 400))], {}, {"*"}),
    ("H05 own certificate as authority", [*p.around(), *(one for h in p.HOSTS for one in
      p.tlsa(h, p.record(2, 0, 1, p.digest(h))))], {}, {"*"}),
    ("H05 intercepted", [*p.around(*BOXED), BOX, *keys(MX1, MX2)], {}, {"*"}),
    ("H05 nothing to compare with", [*p.around()[:-2], *keys(MX1, MX2)], {}, {"*"}),
    ("H05 doors not seen", [*p.around(b.shut(MX1, "timeout"), b.shut(MX2, "timeout"))[:-3],
      b.other_door("timeout"), p.web(), *keys(MX1, MX2)], {}, POLICY_CODES),
    ("H05 no answer about keys", [*p.around(), *p.tlsa(MX1, status="servfail"),
      *p.tlsa(MX2, status="servfail")], {"DNSSEC_BROKEN": CAUSE}, {"DANE_MISMATCH"}),
    ("H05 no answer about one's keys", [*p.around(), *p.tlsa(MX1, status="servfail"),
      *p.tlsa(MX2)], {"DNSSEC_BROKEN": RISK}, set()),
    ("H05 one resolver has no answer", [*p.around(), *p.tlsa(MX1, status="servfail")[:1],
      *p.tlsa(MX2)], {}, {"*"}),
    ("H05 no answer, and nothing is signed", [*p.around(), *each(status="servfail",
      mx_authenticated=False, host_authenticated=None)], {}, {"*"}),
    # H06
    ("H06 no encryption", [*p.around(p.bare(MX1), p.bare(MX2)), *good_keys()],
     {"DANE_NO_TLS": CAUSE}, {"MX_DOWN", "DANE_MISMATCH", "TLS_REQUIRED_BY_SENDER"}),
    ("H06 refused when asked for", [*p.around(*(p.door(h, "", starttls_talk="refused",
      certificates=(), digests=()) for h in p.HOSTS)), *good_keys()],
     {"DANE_NO_TLS": CAUSE}, set()),
    ("H06 one of two", [*p.around(p.bare(MX1), p.door(MX2)), *good_keys()],
     {"DANE_NO_TLS": RISK}, set()),
    ("H06 records of no use still demand it", [*p.around(p.bare(MX1), p.bare(MX2)),
      *each(p.record(1, 0, 1, p.digest("x")))],
     {"DANE_NO_TLS": CAUSE}, set()),
    ("H06 taken away on the way", [p.other_door(starttls=False) if o == p.other_door() else o for o
      in [*p.around(p.bare(MX1), p.bare(MX2)), *good_keys()]], {}, {"*"}),
    ("H06 and another key", [*p.around(p.bare(MX1), p.door(MX2)), *keys(MX1, MX2)],
     {"DANE_NO_TLS": CAUSE, "DANE_MISMATCH": CAUSE}, set()),
    # H07
    ("H07 authority fits", [*p.around(), *each(ROOT)], {}, {"*"}),
    ("H07 expired", [*p.around(old(MX1), old(MX2)), *each(ROOT)],
     {"DANE_CERT": CAUSE}, {"CLEAR", "DANE_MISMATCH"}),
    ("H07 another name", [*p.around(named(MX1), named(MX2)), *each(ROOT)],
     {"DANE_CERT": CAUSE}, {"DANE_MISMATCH"}),
    ("H07 the alias's name will do", [*p.around(named(MX1), named(MX2)), *each(ROOT,
      base="mail.else.example")], {}, {"*"}),
    ("H07 expired by a wrong clock", [*p.around(old(MX1), old(MX2))[:-2], late(),
      *each(ROOT)], {}, {"*"}),
    # H08, H09
    ("H08 no encryption", [*p.around(p.bare(MX1), p.bare(MX2)), NONE],
     {"TLS_REQUIRED_BY_SENDER": RISK}, {"CONTENT_REJECTED", "DANE_NO_TLS"}),
    ("H08 one with", [*p.around(p.bare(MX1), p.door(MX2)), NONE], {}, {"*"}),
    ("H08 nobody has it here", [p.other_door(starttls=False) if o == p.other_door() else o
      for o in [*p.around(p.bare(MX1), p.bare(MX2)), NONE]], {}, {"*"}),
    ("H09 a gap in the chain", [*p.around(p.door(MX1, "incomplete", p.certificate(MX1)),
      p.door(MX2)), NONE], {"MX_CHAIN_INCOMPLETE": RISK}, {"MTASTS_CERT_FAIL"}),
    ("H09 a box on the way", [*p.around(p.door(MX1, "incomplete", p.certificate(MX1))),
      p.web("untrusted", "CN=Known CA", url="https://www.qq.com/"), NONE], {}, {"*"}),
    # H11
    ("H11 neither", [*p.around(), NONE, *p.tlsa(MX1), *p.tlsa(MX2)],
     {"MX_TLS_POLICY_ABSENT": INFO}, set()),
    ("H11 keys not asked", [*p.around(), NONE], {}, {"*"}),
    ("H11 rules not asked", [*p.around(), *p.tlsa(MX1), *p.tlsa(MX2)], {}, {"*"}),
    ("H11 no answer", [*p.around(), NONE, *p.tlsa(MX1, status="timeout"), *p.tlsa(MX2)],
     {}, {"*"}),
    ("H11 not signed", [*p.around(), NONE, *keys(MX1, MX2, authenticated=False,
      mx_authenticated=False, host_authenticated=None)], {"MX_TLS_POLICY_ABSENT": INFO}, set()),
    ("H11 spoilt", [*p.around(), MtaSts(domain=b.DOMAIN, txt="v=STSv1", problem="no-id"),
      *p.tlsa(MX1), *p.tlsa(MX2)], {"MX_TLS_POLICY_ABSENT": INFO}, set()),
    # Both in order
    ("all in order", [*p.around(), ENFORCED, *good_keys()], {}, {"*"}),
    # Pairs
    ("E05 the MX lead to the former provider", [*b.control(),
      *b.public("MX", "answer", "5 mxbiz1.qq.com"), b.zone(1, "answer", "5 mxbiz1.qq.com"),
      *b.there("mxbiz1.qq.com"), b.registered(), b.signed_in(), p.web(), ENFORCED],
     {"MX_OLD_PROVIDER": CAUSE, "MTASTS_MX_MISMATCH": RISK}, set()),
    ("B07 a sign-in page answers for all", [*(replace(o, records=("10.0.0.1",)) for o in
      b.control()), *b.public("MX", "answer", *b.GOOD), b.policy("enforce", "mx.old.net"),
      *keys(MX1, MX2)], {}, {"*"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "required", "forbidden"), [pytest.param(*row[1:], id=row[0]) for row in TABLE]
)
def test_table(seen: list[Any], required: dict[str, Outcome], forbidden: set[str]) -> None:
    found = {f.code: f for f in dns.judge(b.situation(seen))}
    assert {code: f.outcome for code, f in found.items() if code in required} == required
    said = set(found) - set(required)
    assert not (said if "*" in forbidden else said & forbidden)
    for f in found.values():
        if f.code in POLICY_CODES and f.outcome is CAUSE:
            assert f.certainty is not Certainty.SURE  # who keeps to it is not known


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_order_of_evidence_never_matters(row: tuple[str, list[Any], Any, Any]) -> None:
    shuffled = list(row[1])
    random.Random(3).shuffle(shuffled)
    assert _said(row[1]) == _said(shuffled)


def _said(seen: list[Any]) -> set[tuple[str, str, str, str]]:
    return {
        (f.code, f.outcome, f.certainty, str(f.data.get("variant")))
        for f in dns.judge(b.situation(seen))
    }


def only(seen: list[Any], code: str) -> Finding:
    """The finding of one code."""
    return next(f for f in dns.judge(b.situation(seen)) if f.code == code)


def test_the_verdict_names_the_promise_where_every_way_in_is_closed_by_it() -> None:
    verdict = diagnose(b.situation([*p.around(), *keys(MX1, MX2)])).verdict
    assert (verdict.code, verdict.certainty) == ("DANE_MISMATCH", Certainty.LIKELY)
    verdict = diagnose(b.situation([*p.around(), *keys(MX1), *p.tlsa(MX2, p.key_of(MX2))])).verdict
    assert verdict.code != "DANE_MISMATCH"


def test_a_fact_is_no_verdict() -> None:
    seen = [*p.around(), NONE, *p.tlsa(MX1), *p.tlsa(MX2)]
    assert diagnose(b.situation(seen)).verdict.code != "MX_TLS_POLICY_ABSENT"


def test_the_reports_and_the_right_record_are_told() -> None:
    to = TlsReports(domain=b.DOMAIN, txt="v=TLSRPTv1; rua=…", to=("mailto:tls@acme-trading.com",))
    found = only([*p.around(), *keys(MX1, MX2), to], "DANE_MISMATCH")
    assert found.data["reports"] == ("tls@acme-trading.com",)
    assert found.data["key"] == ""  # each has a key of its own
    found = only([*p.around(), *keys(MX1), *p.tlsa(MX2, p.key_of(MX2))], "DANE_MISMATCH")
    assert found.data["key"] == p.key_of(MX1).data


@pytest.mark.parametrize(
    ("seen", "variant"),
    [
        (sts("http-error", http_status=302, location="https://x.example/"), "redirect"),
        (sts("http-error", http_status=500), "status"),
        (sts("tls", fetch_tls="expired", detail="certificate has expired"), "tls"),
        (sts("garbage", detail="mode"), "form"),
        (sts("no-address"), ""),
    ],
)
def test_how_a_policy_cannot_be_fetched(seen: MtaSts, variant: str) -> None:
    assert only([*p.around(), seen], "MTASTS_FETCH_FAIL").data["variant"] == variant


@pytest.mark.parametrize(
    ("said", "enhanced", "seen", "code", "certainty"),
    [
        ("", "4.7.323", keys(MX1, MX2), "DANE_MISMATCH", Certainty.SURE),
        ("", "5.7.323", [], "DANE_MISMATCH", Certainty.LIKELY),
        ("", "4.7.323", good_keys(), "DANE_MISMATCH", Certainty.LIKELY),
        ("Server certificate not verified", "4.7.5", keys(MX1, MX2), "DANE_MISMATCH",
         Certainty.SURE),
        ("Server certificate not verified", "4.7.5", [b.policy("enforce", "mx.old.net")],
         "MTASTS_MX_MISMATCH", Certainty.SURE),
        ("", "4.4.8", [b.policy("enforce", "mx.old.net")], "MTASTS_MX_MISMATCH", Certainty.SURE),
        ("", "5.7.5", [], "MTASTS_CERT_FAIL", Certainty.POSSIBLE),
        ("", "4.7.324", [], "DNSSEC_BROKEN", Certainty.LIKELY),
    ],
)  # fmt: skip
def test_a_bounce_that_names_what_is_seen_here_too_is_sure(
    said: str, enhanced: str, seen: list[Any], code: str, certainty: Certainty
) -> None:
    notice = bounce(said or f"{enhanced} refused", action="delayed", enhanced=enhanced)
    found = {f.code: f for f in sender.judge(b.situation([*p.around(), *seen, notice]))}
    assert (found[code].outcome, found[code].certainty) == (CAUSE, certainty)


def test_a_bounce_of_a_server_whose_key_fits_is_not_proved() -> None:
    seen = [*p.around(), *keys(MX1), *p.tlsa(MX2, p.key_of(MX2))]
    notice = bounce("4.7.323 refused", action="delayed", enhanced="4.7.323", by=MX2)
    (found,) = (f for f in sender.judge(b.situation([*seen, notice])) if f.code.startswith("DANE"))
    assert found.certainty is Certainty.LIKELY
