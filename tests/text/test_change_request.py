"""The change request for whoever runs the domain: what is, what should be, and nothing too much."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from mailwizard.diagnosis import dns
from mailwizard.diagnosis.diagnose import Diagnosis
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Finding
from mailwizard.model.organisation import Organisation
from mailwizard.model.seen.dns import MtaSts, StsPolicy
from mailwizard.providers.name_server_operators import operator_of
from mailwizard.text.cells import cells
from mailwizard.text.change_words import CHANGES
from mailwizard.text.language import use
from mailwizard.text.letters import Letter, letters, needed
from tests.diagnosis import domain_builders as b

OLD = "5 mail.oldhost.net"


def everywhere(*records: str, ttl: int = 3600) -> list[Any]:
    status: Any = "answer" if records else "nodata"
    return [
        *b.control(),
        *b.public("MX", status, *records, ttl=1200),
        b.zone(1, status, *records, ttl=ttl),
        b.zone(2, status, *records, ttl=ttl),
        b.registered(),
    ]


def written(situation: Situation, *given: Finding) -> tuple[Letter, ...]:
    findings = given or tuple(dns.judge(situation))
    case = situation.case
    if situation.provider_by == "user":
        case = replace(case, provider=situation.provider.id)
    diagnosis = Diagnosis(verdict=findings[0], findings=findings, steps=())
    return letters(diagnosis, case, situation.provider, Organisation(), situation.evidence)


def request(seen: list[Any], *given: Finding, by: str = "user") -> str:
    situation = b.situation(seen, by=by)
    found = [x for x in written(situation, *given) if x.kind == "domain" and x.language == "en"]
    assert len(found) == 1
    return found[0].body


def part(body: str, start: str, end: str) -> str:
    return body.partition(start)[2].partition(end)[0]


def test_it_is_there_in_chinese_and_english_and_first() -> None:
    found = written(b.situation([*everywhere(OLD), *b.there("mail.oldhost.net")], by="user"))
    languages = [x.language for x in found if x.kind == "domain"]
    assert languages[0] == "en"
    assert found[0].kind == "domain"
    try:
        use("zh_CN")
    except KeyError:
        pytest.skip("the Chinese catalogue is not compiled")
    assert languages == ["en", "zh_CN"]
    again = written(b.situation([*everywhere(OLD), *b.there("mail.oldhost.net")], by="user"))
    assert [x.language for x in again if x.kind == "domain"] == ["zh_CN", "en"]


def test_what_is_there_by_whom_it_was_seen_and_what_should_be() -> None:
    body = request([*everywhere(OLD), *b.there("mail.oldhost.net")], finding("MX_OLD_PROVIDER", []))
    now = part(body, "What is there now:", "Before and after")
    assert "  acme-trading.com.  3600  IN  MX  5 mail.oldhost.net." in now
    assert "as seen by ns1.acme-trading.com, ns2.acme-trading.com" in now
    assert "public name services 223.5.5.5 8.8.8.8" in now
    zone = part(body, "as lines of a zone file:", "The same as")
    assert zone.split("\n")[1:4] == [
        f"  acme-trading.com.  3600  IN  MX  {preference} mx{n}.qiye.aliyun.com."
        for n, preference in ((1, 5), (2, 10), (3, 15))
    ]
    assert "oldhost" not in zone
    console = part(body, "fields of a console:", "Please compare")
    assert "  @     MX    10           mx2.qiye.aliyun.com  3600" in console


def test_before_and_after_stand_side_by_side() -> None:
    records = (OLD, "5 mx1.qiye.aliyun.com")
    hosts = ("mail.oldhost.net", "mx1.qiye.aliyun.com")
    body = request([*everywhere(*records), *b.there(*hosts)], finding("MX_MIXED", []))
    table = part(body, "side by side:", "What should be there").strip("\n").split("\n")
    assert [" ".join(line.split()) for line in table if line.strip()] == [
        "Now Afterwards",
        "MX 5 mail.oldhost.net (delete)",
        "MX 5 mx1.qiye.aliyun.com MX 5 mx1.qiye.aliyun.com",
        "(add) MX 10 mx2.qiye.aliyun.com",
        "(add) MX 15 mx3.qiye.aliyun.com",
    ]
    starts = {cells(line[: line.rindex("MX ")]) for line in table if "(add)" in line}
    assert len(starts) == 1


def test_a_company_at_another_data_centre_keeps_its_own_records() -> None:
    records = ("5 mx1.sg.aliyun.com", "20 mx.old.test", "10 mx2.sg.aliyun.com")
    body = request(everywhere(*records), finding("MX_MIXED", []))
    zone = part(body, "as lines of a zone file:", "The same as")
    assert "mx1.sg.aliyun.com." in zone
    assert "mx2.sg.aliyun.com." in zone
    assert "old.test" not in zone
    assert "qiye" not in zone


@pytest.mark.parametrize("code", sorted(c for c in CHANGES if CHANGES[c].kind == "mx"))
def test_where_only_the_mx_tells_the_provider_no_records_are_demanded(code: str) -> None:
    situation = b.situation(everywhere(OLD), by="default")
    given = finding(code.partition(":")[0], [], target="mail.oldhost.net")
    body = next(x for x in written(situation, given) if x.kind == "domain").body
    assert "zone file" not in body
    assert "qiye" not in body
    assert "exactly as below" not in body


def test_a_finding_s_own_records_are_taken() -> None:
    given = finding("MX_STALE_BACKUP", [], domain=b.DOMAIN, wanted=("5 mx.acme-trading.com",))
    body = request(everywhere("5 mx.acme-trading.com", OLD), given, by="default")
    zone = part(body, "as lines of a zone file:", "The same as")
    assert "MX  5 mx.acme-trading.com." in zone
    assert "oldhost" not in zone


def test_a_key_that_is_shown_now_for_the_tlsa_record_and_the_new_address() -> None:
    mismatch = finding(
        "DANE_MISMATCH",
        [],
        places=("_25._tcp.mx.acme-trading.com",),
        records=("3 1 1 aa",),
        key="bb",
    )
    body = request(everywhere("5 mx.acme-trading.com"), mismatch)
    assert "  _25._tcp.mx.acme-trading.com.  600  IN  TLSA  3 1 1 bb" in body
    assert "TLSA  3 1 1 aa" in part(body, "What is there now:", "What should be")
    moved = finding("MX_HOST_OLD_IP", [], target="mx.acme-trading.com", new="203.0.113.99")
    body = request([*everywhere("5 mx.acme-trading.com"), *b.there("mx.acme-trading.com")], moved)
    zone = part(body, "as lines of a zone file:", "The same as")
    assert "mx.acme-trading.com.  600  IN  A  203.0.113.99\n" in zone
    assert "  mx    A     -            203.0.113.99  600" in body


def test_the_registry_s_name_servers() -> None:
    given = finding("NS_WRONG_PROVIDER", [], at_parent=("ns1.old.test",), right=("ns1.new.test",))
    zone = part(request(everywhere(OLD), given), "as lines of a zone file:", "The same as")
    assert "acme-trading.com.  600  IN  NS  ns1.new.test." in zone


def test_hosts_without_a_known_order_are_no_records_to_copy() -> None:
    given = finding("MX_MISSING", [], wanted=("mx1.feishu.cn", "mx2.feishu.cn"))
    body = request(everywhere(), given)
    assert "MX  … mx1.feishu.cn." in body
    assert "zone file" not in body


def test_an_alias_of_somebody_s_filter_is_not_replaced() -> None:
    given = finding("MX_IS_CNAME", [], target="mx.f.test", alias="a.f.test", wanted=("5 x.test",))
    assert "zone file" not in request(everywhere("5 mx.f.test"), given)


def test_what_is_right_already_is_not_asked_for() -> None:
    standard = ("5 mx1.qiye.aliyun.com", "10 mx2.qiye.aliyun.com", "15 mx3.qiye.aliyun.com")
    body = request(everywhere(*standard), finding("MX_DOES_NOT_SERVE_DOMAIN", []))
    assert "set up and switched on there" in body
    assert "exactly as below" not in body


def test_how_long_it_takes_is_told_from_what_was_seen() -> None:
    body = request(everywhere(OLD), finding("MX_OLD_PROVIDER", []))
    local = datetime(2026, 11, 23, 9, 0, tzinfo=UTC).astimezone()
    assert "for 60 minutes (its TTL)" in body
    assert f"changed at {local:%H:%M}" in body
    assert f"at {local.replace(hour=(local.hour + 1) % 24):%H:%M} (UTC" in body


def test_how_long_the_absence_of_a_record_is_kept() -> None:
    soa = b.dns("public", b.PUBLIC[0], "SOA", "answer", "ns1. host. 7 3600 600 86400 900", ttl=3600)
    silent = [*b.control(), *b.public("MX", "nodata"), b.zone(1, "nodata"), soa]
    assert "for 15 minutes (its TTL)" in request(silent, finding("MX_MISSING", []))
    unknown = [*b.control(), *b.public("MX", "nodata")]
    assert "usual 600 seconds" in request(unknown, finding("MX_MISSING", []))


def test_nothing_of_the_office_or_the_mailbox_is_in_it() -> None:
    seen = [*everywhere(OLD), b.office("answer", OLD), b.signed_in()]
    body = request(seen, finding("MX_OLD_PROVIDER", b.situation(seen).evidence.all()))
    assert "10.66.0.1" not in part(body, "What is there now", "What was seen")
    assert "Sign-in" not in body


def test_how_to_verify_it() -> None:
    lines = request(everywhere(OLD), finding("MX_OLD_PROVIDER", [])).splitlines()
    assert "  nslookup -type=MX acme-trading.com 223.5.5.5" in lines
    assert "  dig +norecurse MX acme-trading.com @ns1.acme-trading.com" in lines
    assert any(line.startswith("  mailwizard check --me zhangwei@") for line in lines)


def test_who_it_is_likely_to_be() -> None:
    hosted = b.dns("public", b.PUBLIC[0], "NS", "answer", "dns9.hichina.com", "dns10.hichina.com")
    body = request([*everywhere(OLD)[:-3], hosted, b.registered()], finding("MX_MISSING", []))
    assert "HiChina" in body
    assert "at Alibaba Cloud DNS" in body
    assert "解析设置" in body
    assert operator_of(["dns9.hichina.com", "ns1.other.example"]) is not None
    assert operator_of(["dns9.hichina.com", "f1g1ns1.dnspod.net"]) is None
    assert operator_of(["ns1.nothichina.com"]) is None


def test_name_servers_each_with_what_it_says() -> None:
    seen = [
        *everywhere("5 mx1.qiye.aliyun.com")[:4],
        b.zone(1, "answer", "5 mx1.qiye.aliyun.com"),
        b.zone(2, "answer", OLD),
    ]
    given = finding("NS_INCONSISTENT", [], servers=("ns1: 5 mx1", "ns2: 5 old"))
    body = request(seen, given)
    now = part(body, "What is there now:", "How long")
    assert "mail.oldhost.net.\n    as seen by ns2.acme-trading.com" in now
    assert "all of them the same" in " ".join(body.split())
    assert "zone file" not in body


def test_a_policy_with_the_lines_that_it_should_have() -> None:
    policy = MtaSts(
        domain=b.DOMAIN,
        txt="v=STSv1; id=1",
        policy_id="1",
        fetch="ok",
        policy=StsPolicy(mode="enforce", mx=("mx.old.test",), max_age=86400),
    )
    body = request(
        [*everywhere("5 mx1.qiye.aliyun.com"), policy],
        finding("MTASTS_MX_MISMATCH", [], missing=("mx1.qiye.aliyun.com",)),
    )
    after = part(body, "What should be there:", "How long")
    assert "mx: mx1.qiye.aliyun.com" in after
    assert "mx.old.test" not in after
    assert "id=1;" not in after
    assert "_mta-sts.acme-trading.com.  600  IN  TXT" in after
    assert "mx: mx.old.test" in part(body, "What is there now:", "What should be")


@pytest.mark.parametrize("code", sorted(CHANGES))
def test_every_kind_of_change_can_be_written(code: str) -> None:
    name, _colon, variant = code.partition(":")
    given = finding(name, [], variant=variant, domain=b.DOMAIN)
    body = request(everywhere(OLD), given)
    assert "How to verify" in body
    assert "{" not in body
    assert name in body


def test_an_unlisted_finding_of_the_domain_is_asked_for_with_its_records() -> None:
    given = replace(
        finding("MX_MISSING", [], records=("a old",), wanted=("a new",)), code="MX_OF_TOMORROW"
    )
    situation = b.situation(everywhere(OLD), by="user")
    with pytest.MonkeyPatch.context() as patch:
        from mailwizard.text import finding_text

        known = finding_text.texts()
        patch.setattr(
            finding_text, "texts", lambda: {**known, "MX_OF_TOMORROW": known["MX_MISSING"]}
        )
        body = next(x for x in written(situation, given) if x.kind == "domain").body
    assert "a old" in body
    assert "a new" in body


def test_hostile_records_steer_nothing() -> None:
    bad = "5 mx\x1b[31m.evil.test\r\nX: y"
    situation = b.situation([*everywhere(bad, *(f"{n} m{n}.test" for n in range(300)))], by="user")
    for letter in written(situation, finding("MX_MIXED", [])):
        for line in letter.body.splitlines():
            assert line.isprintable()
        assert len(letter.body) < 60_000


def test_only_who_must_act_is_written_to_in_a_report() -> None:
    situation = b.situation(everywhere(OLD), by="user")
    given = finding("MX_OLD_PROVIDER", [])
    diagnosis = Diagnosis(verdict=given, findings=(given,), steps=())
    assert {x.kind for x in needed(diagnosis, written(situation, given))} == {"domain"}
    clear = finding("CLEAR", [])
    nothing = Diagnosis(verdict=clear, findings=(clear,), steps=())
    assert not needed(nothing, written(situation, clear))
