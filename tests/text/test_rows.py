"""Rows: the state word of each probe, from how it ended and what is said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from mailwizard import plan
from mailwizard.diagnosis import network
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner, Step
from mailwizard.model.seen.mailbox import Quota, QuotaResource, SignIn
from mailwizard.model.seen.network import GatewayReply, HttpReply
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.providers.load import provider
from mailwizard.text.rows import Row, rows
from tests.diagnosis import network_seen as made
from tests.engine.builders import CASE

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class Now:
    probe: plan.Probe
    status: str
    seconds: float = 0.1
    progress: tuple[int, int] = (0, 0)


def finding(outcome: Outcome, step: Step, because: tuple[str, ...]) -> Finding:
    return Finding(
        code="X",
        step=step,
        outcome=outcome,
        owner=Owner.IT,
        certainty=Certainty.SURE,
        because=because,
    )


def of(
    status: str, probe: str = "gateway", evidence: Evidence | None = None, *findings: Finding
) -> Row:
    entry = plan.BY_ID[probe]
    return rows(entry.step, [Now(entry, status)], evidence or Evidence(), findings)[0]


def seen(probe: str, *what: object, how: str = "done", reason: str = "") -> Evidence:
    evidence = Evidence()
    for record in what:
        evidence.add(probe, record, at=AT, seconds=0.1)  # type: ignore[type-var]
    evidence.add(probe, ProbeEnded(how=how, reason=reason), at=AT, seconds=0.2)  # type: ignore[arg-type]
    return evidence


REPLY = GatewayReply(address="10.66.0.1", answered=True, how="ping", milliseconds=0.4)
SILENT = GatewayReply(address="10.66.0.1", answered=False, how="")


def test_in_order() -> None:
    row = of("done", "gateway", seen("gateway", REPLY))
    assert (row.state, row.seen) == ("ok", "10.66.0.1 answers in 1 ms")


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcome.CAUSE, "problem"), (Outcome.RISK, "risk"), (Outcome.UNKNOWN, "not known")],
)
def test_what_is_said_of_it(outcome: Outcome, state: str) -> None:
    evidence = seen("gateway", SILENT)
    assert of("done", "gateway", evidence, finding(outcome, Step.NETWORK, ("o1",))).state == state


def test_no_answer_and_nothing_said_is_not_in_order() -> None:
    assert of("done", "gateway", seen("gateway", SILENT)).state == "not known"


def test_a_finding_of_another_step_does_not_colour_it() -> None:
    evidence = seen("gateway", REPLY)
    assert of("done", "gateway", evidence, finding(Outcome.CAUSE, Step.DNS, ("o1",))).state == "ok"


def step_rows(evidence: Evidence, *findings: Finding) -> dict[str, str]:
    states = [Now(probe, "done") for probe in plan.of_step(Step.NETWORK)]
    return {row.probe: row.state for row in rows(Step.NETWORK, states, evidence, findings)}


def http(purpose: str, outcome: str, status: int | None = None) -> HttpReply:
    return HttpReply(
        purpose=purpose,  # type: ignore[arg-type]
        url="http://example.com/",
        outcome=outcome,  # type: ignore[arg-type]
        status=status,
        expected_status=204,
    )


def test_what_worked_is_not_blamed_for_what_lies_beyond() -> None:
    """The finding also stands on the router's answer: the fault lies beyond the router."""
    evidence = seen("gateway", REPLY)
    evidence.add("https", http("https", "timeout"), at=AT, seconds=1.0)
    states = step_rows(evidence, finding(Outcome.CAUSE, Step.NETWORK, ("o1", "o3")))
    assert (states["gateway"], states["https"]) == ("ok", "problem")


def test_what_could_not_work_any_more_is_not_blamed_either() -> None:
    evidence = seen("gateway", SILENT)
    evidence.add("https", http("https", "timeout"), at=AT, seconds=1.0)
    states = step_rows(evidence, finding(Outcome.CAUSE, Step.NETWORK, ("o3", "o1")))
    assert (states["gateway"], states["https"]) == ("problem", "not known")


def test_a_sign_in_page_is_blamed_and_not_what_it_holds_up() -> None:
    evidence = seen("https", http("https", "tls"))
    evidence.add("portal", http("portal", "reply", 302), at=AT, seconds=1.0)
    states = step_rows(evidence, finding(Outcome.CAUSE, Step.NETWORK, ("o1", "o3")))
    assert (states["portal"], states["https"]) == ("problem", "not known")


@pytest.mark.parametrize(
    ("status", "how", "state"),
    [
        ("skipped", "skipped", "not tested"),
        ("stopped", "stopped", "not tested"),
        ("crashed", "crashed", "not known"),
        ("deadline", "deadline", "not known"),
    ],
)
def test_how_it_ended(status: str, how: str, state: str) -> None:
    row = of(status, "gateway", seen("gateway", how=how))
    assert row.state == state
    assert row.seen


def test_what_was_missing_is_named() -> None:
    row = of("skipped", "search", seen("search", how="skipped", reason="no-sender"))
    assert row.seen == "no sender was given"


def test_nothing_is_judged_while_others_run() -> None:
    gateway, link = plan.BY_ID["gateway"], plan.BY_ID["link"]
    states = [Now(link, "running", progress=(2, 9)), Now(gateway, "done")]
    evidence = seen("gateway", SILENT)
    running, done = rows(Step.NETWORK, states, evidence, ())
    assert (running.state, running.seen) == ("running", "2 of 9 so far")
    assert done.state == "done"


def test_waiting_says_nothing() -> None:
    assert (of("waiting").state, of("waiting").seen) == ("waiting", "")


def test_how_full() -> None:
    quota = Quota(
        supported=True,
        resources=(QuotaResource(root="", resource="STORAGE", used=512, limit=1024),),
    )
    assert of("done", "quota", seen("quota", quota)).seen.startswith("50 % full")


def climbed(*faults: Callable[[made.Scene], None], step: Step | None = Step.NETWORK) -> list[Row]:
    """The rows of a step after a ladder with faults; what was not asked there was skipped."""
    scene = made.Scene()
    for fault in faults:
        fault(scene)
    evidence = Evidence()
    for probe, record in scene.seen():
        evidence.add(probe, record, at=AT, seconds=0.1)
    asked = {observation.probe for observation in evidence}
    findings = network.judge(Situation(CASE, evidence, provider("alimail"), "srv"))
    states = []
    for probe in plan.of_step(step):
        status = "done" if probe.id in asked else "skipped"
        reason = "" if status == "done" else "no-line"
        evidence.add(probe.id, ProbeEnded(how=status, reason=reason), at=AT, seconds=0.2)
        states.append(Now(probe, status))
    return rows(step, states, evidence, findings)


@pytest.mark.parametrize(
    ("fault", "rung", "words"),
    [
        (made.offline, "link", "not tested: this computer is in no network"),
        (made.gateway_down, "gateway", "not tested: the router must answer first"),
        (made.nothing_outside, "https", "not tested: the internet must be there first"),
        (made.captive_portal, "portal", "not tested: sign in to the Wi-Fi first"),
    ],
)
def test_a_broken_rung_is_the_only_fault_and_what_lies_beyond_says_so(
    fault: Callable[[made.Scene], None], rung: str, words: str
) -> None:
    ladder = climbed(fault)
    assert [row.probe for row in ladder if row.state in ("problem", "risk")] == [rung]
    hidden = [row for row in ladder if row.state not in ("ok", "problem")]
    assert {"imap-server", "imap-control", "provider-web"} <= {row.probe for row in hidden}
    assert {(row.state, row.seen) for row in hidden} == {("not tested", words)}
    for step in (None, Step.DNS, Step.SPAM, Step.QUOTA):
        assert {row.seen for row in climbed(fault, step=step)} == {words}


def test_a_dead_name_service_hides_only_what_could_not_be_found() -> None:
    states = {row.probe: row.state for row in climbed(made.resolver_down)}
    assert states["resolvers"] == "problem"
    assert states["imap-server"] == "ok"  # found by public name servers, and it works


def test_a_wrong_clock_hides_what_is_encrypted() -> None:
    ladder = {row.probe: row for row in climbed(made.clock_wrong)}
    assert [row.probe for row in ladder.values() if row.state == "problem"] == ["https"]
    for probe in ("imap-server", "imap-control", "provider-web"):
        assert (ladder[probe].state, ladder[probe].seen) == (
            "not tested",
            "not tested: the clock must be right first",
        )


def test_what_a_person_brought_is_not_hidden_by_the_line() -> None:
    states = {row.probe: row.seen for row in climbed(made.gateway_down, step=Step.SENDER)}
    assert states["bounce"] == "nothing can be reached from here"
    assert states["sender-domain"] == "not tested: the router must answer first"


def test_what_could_not_be_looked_at_is_no_word_about_the_sign_in() -> None:
    attempt = SignIn(host="imap.acme.example", port=993, outcome="ok")
    unknown = finding(Outcome.UNKNOWN, Step.SPAM, ("o1",))
    assert of("done", "sign-in", seen("sign-in", attempt), unknown).state == "ok"


def test_a_page_that_answers_instead_is_not_called_silent() -> None:
    wrong = made.portal("connect.rom.miui.com", status=302, location="http://10.66.0.1/")
    assert of("done", "portal", seen("portal", wrong)).seen == "another page answers instead"


def test_certificates_of_somebody_else_are_no_silence() -> None:
    good = made.web("www.baidu.com")
    other = made.web("www.taobao.com", outcome="error", tls="untrusted")
    row = of("done", "https", seen("https", good, other, other))
    assert row.seen == "2 of 3 certificates not good"


def test_what_is_wrong_with_the_server_is_not_cut_off() -> None:
    """Half of a row is for a host's name; the fault stands before it."""
    expired = made.no_tls(made.imap(), "expired")
    row = of("done", "imap-server", seen("imap-server", expired))
    assert row.seen == "certificate has expired: imap.qiye.aliyun.com"
