"""What the rows and the report say of promised encryption, as it was seen."""

from typing import Any

import pytest

from mailwizard.model.evidence import Evidence
from mailwizard.model.observation import Observation, from_json, to_json
from mailwizard.model.seen.dns import MtaSts, Tlsa, TlsReports
from mailwizard.text.facts import fact
from mailwizard.text.seen_lines import seen_line, worked
from tests.diagnosis import domain_builders as b
from tests.diagnosis import policy_builders as p

PROBE = {MtaSts: "mta-sts", TlsReports: "mta-sts", Tlsa: "dane"}
SPOILT = MtaSts(domain=b.DOMAIN, txt="v=STSv1", problem="no-id")
TWICE = MtaSts(domain=b.DOMAIN, txt="v=STSv1; id=1 | v=STSv1; id=2", problem="several")
AWAY = MtaSts(domain=b.DOMAIN, txt="v=STSv1; id=1", policy_id="1", fetch="http-error",
              detail="HTTP 301", location="https://x.example/")  # fmt: skip
KEYS = p.tlsa(p.MX1, p.key_of(p.MX1))


def seen(*every: Any) -> Evidence:
    """What the two probes saw."""
    log = Evidence()
    for one in every:
        log.add(PROBE[type(one)], one, at=b.NOW, seconds=0.1)
    return log


@pytest.mark.parametrize(
    ("rules", "line", "known"),
    [
        (MtaSts(domain=b.DOMAIN, txt=""), "none published", True),
        (b.policy("enforce", "a.example"), "strict rules published", True),
        (b.policy("testing", "a.example"), "rules published, on trial", True),
        (b.policy("none"), "rules withdrawn", True),
        (SPOILT, "published, but not readable", True),
        (TWICE, "published more than once, so nobody heeds it", True),
        (AWAY, "published, but not readable", False),
        (TlsReports(domain=b.DOMAIN, txt=""), "", False),
    ],
)
def test_the_row_of_the_rules(rules: Any, line: str, known: bool) -> None:
    log = seen(rules)
    assert (seen_line("mta-sts", log), worked("mta-sts", log)) == (line, known)


@pytest.mark.parametrize(
    ("promises", "line", "known"),
    [
        (KEYS, f"published for {p.MX1}", True),
        (p.tlsa(p.MX1, p.key_of(p.MX1), mx_authenticated=False),
         "published, but not signed, so nobody heeds it", True),
        (p.tlsa(p.MX1), "none published", True),
        (p.tlsa(p.MX1, status="timeout"), "no answer from the name service", False),
    ],
)  # fmt: skip
def test_the_row_of_the_keys(promises: list[Tlsa], line: str, known: bool) -> None:
    log = seen(*promises)
    assert (seen_line("dane", log), worked("dane", log)) == (line, known)


def told(one: Any) -> str:
    """The technical line."""
    (observation,) = seen(one)
    return fact(observation)


def test_the_technical_lines() -> None:
    assert told(AWAY).endswith("http-error (HTTP 301, https://x.example/)")
    assert told(b.policy("enforce", "a.example")).endswith("enforce: a.example")
    key = p.key_of(p.MX1).data
    assert f"TLSA of {p.MX1}:25" in told(KEYS[0])
    assert told(KEYS[0]).endswith(f"3 1 1 {key} (DNSSEC)")
    unsure = p.tlsa(p.MX1, status="servfail", authenticated=False)
    assert told(unsure[0]).endswith("servfail")
    to = TlsReports(domain=b.DOMAIN, txt="v=TLSRPTv1; rua=mailto:a@b.example")
    assert told(to) == f"TLS-RPT {b.DOMAIN}: v=TLSRPTv1; rua=mailto:a@b.example"


@pytest.mark.parametrize("one", [AWAY, KEYS[0], TlsReports(domain=b.DOMAIN, txt="", to=("x",))])
def test_they_can_be_saved(one: Any) -> None:
    (observation,) = seen(one)
    again: Observation[Any] = from_json(to_json(observation))
    assert again.seen == one
