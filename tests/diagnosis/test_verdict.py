"""The ranking across steps: pairs and triples of findings, and the verdicts where none explains."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.diagnosis.verdict import rank
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.door import RcptReply, SmtpDoor, SmtpReply
from mailwizard.model.seen.mailbox import Folder, FolderList, FolderSearch, SignIn
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.model.seen.sender import Bounce
from mailwizard.model.seen.user import Answer
from mailwizard.providers.load import provider

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CASE = Case(me="lin@acme-trading.com", sender="buyer@customer-gmbh.de", since=date(2026, 11, 9))


def situation(*seen: tuple[str, Seen], case: Case = CASE) -> Situation:
    evidence = Evidence()
    for number, (probe, record) in enumerate(seen):
        evidence.add(probe, record, at=NOW + timedelta(milliseconds=number), seconds=0.1)
    return Situation(case, evidence, provider("alimail"), "srv")


BOUNCE = ("bounce", Bounce(form="report"))
SIGNED_IN = ("sign-in", SignIn(host="imap.qiye.aliyun.com", port=993, outcome="ok"))
FOLDERS = (
    "search",
    FolderList(
        folders=(Folder(name="INBOX", flags=(), role="inbox", role_by="name"),), delimiter="/"
    ),
)
MX = (
    "domain",
    DnsAnswer(
        via="public",
        about="own",
        server="223.5.5.5",
        name="acme-trading.com",
        rtype="MX",
        status="answer",
        records=("5 mx1.qiye.aliyun.com",),
    ),
)


def searched(complete: bool = True) -> tuple[str, Seen]:
    return (
        "search",
        FolderSearch(
            folder="INBOX",
            role="inbox",
            role_by="name",
            since=NOW,
            messages=3,
            method="headers",
            examined=3,
            complete=complete,
        ),
    )


def code(name: str, *because: Observation[Seen], certainty: Certainty = Certainty.SURE) -> Finding:
    return finding(name, because, certainty=certainty)


ORDER = [
    "FOUND_IN_JUNK",
    "SENDER_SPF",  # told by a bounce
    "GATEWAY_DOWN",
    "MAILBOX_FULL",
    "COMPANY_FILTER",
    "MX_MISSING",
    "IMAP_SERVICE_DOWN",
    "AUTH_REJECTED",
]


@pytest.mark.parametrize(("better", "worse"), [*itertools.combinations(ORDER, 2)])
def test_pairs_rank_by_the_rules_in_any_order(better: str, worse: str) -> None:
    known = situation(BOUNCE)
    bounce = known.of(Bounce)[0]

    def made(name: str) -> Finding:
        return code(name, *([bounce] if name == "SENDER_SPF" else []))

    for pair in itertools.permutations([made(better), made(worse)]):
        assert rank(pair, known)[0].code == better


@pytest.mark.parametrize("triple", [*itertools.combinations(ORDER, 3)])
def test_triples_put_the_best_explanation_first(triple: tuple[str, ...]) -> None:
    known = situation(BOUNCE)
    bounce = known.of(Bounce)[0]
    found = [code(n, *([bounce] if n == "SENDER_SPF" else [])) for n in triple]
    for order in itertools.permutations(found):
        assert rank(order, known)[0].code == triple[0]


def test_found_mail_acquits_the_sender() -> None:
    ranked = rank([code("IN_INBOX"), code("SENDER_DMARC_REJECT")], situation())
    assert {f.code: f.outcome for f in ranked}["SENDER_DMARC_REJECT"] is Outcome.RISK


def test_a_risk_never_beats_a_cause() -> None:
    risk = finding("SENDER_BLOCKLISTED", [], outcome=Outcome.RISK)
    assert rank([risk, code("AUTH_REJECTED")], situation())[0].code == "AUTH_REJECTED"


def test_everything_seen_and_nothing_found_never_reached_us() -> None:
    verdict = rank([], situation(SIGNED_IN, FOLDERS, searched(), MX))[0]
    assert (verdict.code, verdict.owner) == ("NEVER_REACHED_US", "sender")
    assert verdict.because


@pytest.mark.parametrize(
    "seen",
    [
        (SIGNED_IN, FOLDERS, searched(complete=False), MX),
        (SIGNED_IN, FOLDERS, searched()),
        (SIGNED_IN, ("search", replace(FOLDERS[1], complete=False)), searched(), MX),
        (("sign-in", SignIn(host="h", port=993, outcome="not-tried")), MX),
        (("sign-in", SignIn(host="h", port=993, outcome="refused")), MX),
        (("search", ProbeEnded(how="crashed", reason="ValueError at search.py:1")), MX),
        (),
    ],
)
def test_without_the_whole_mailbox_and_the_domain_it_is_not_enough(
    seen: tuple[tuple[str, Seen], ...],
) -> None:
    assert rank([], situation(*seen))[0].code == "NOT_ENOUGH_CHECKED"


def test_the_users_own_look_ups_count_but_are_less_sure() -> None:
    told = [
        (f"user:{q}", Answer(question=q, value="no"))
        for q in ("webmail-junk", "webmail-trash", "webmail-search")
    ]
    for seen in ([*told, MX], [*told, SIGNED_IN, FOLDERS, searched(complete=False), MX]):
        verdict = rank([], situation(*seen))[0]
        assert (verdict.code, verdict.certainty) == ("NEVER_REACHED_US", Certainty.POSSIBLE)


def test_a_health_check_in_order_is_clear() -> None:
    health = Case(me="lin@acme-trading.com", since=date(2026, 11, 9))
    known = situation(SIGNED_IN, FOLDERS, searched(), MX, case=health)
    assert rank([], known)[0].code == "CLEAR"
    risk = finding("QUOTA_NEARLY_FULL", known.of(DnsAnswer))
    assert rank([risk], known)[0].code == "QUOTA_NEARLY_FULL"


def door(whose: str, connect: str, takes: bool = False) -> tuple[str, Seen]:
    accepted = RcptReply(who="user", reply=SmtpReply(code=250, enhanced="2.1.5", text="Ok"))
    return (
        "door" if whose == "own" else "door-control",
        SmtpDoor(
            whose=whose,  # type: ignore[arg-type]
            host="mx1.qiye.aliyun.com",
            address="203.0.113.11",
            connect=connect,  # type: ignore[arg-type]
            rcpt=(accepted,) if takes else (),
        ),
    )


def test_our_own_silent_server_puts_no_blame_on_the_sender() -> None:
    known = situation(SIGNED_IN, FOLDERS, searched(), MX, door("own", "timeout"))
    silent = finding("MX_UNREACHABLE", known.of(SmtpDoor))
    verdict = rank([silent], known)[0]
    assert (verdict.code, verdict.data["variant"]) == ("NOT_ENOUGH_CHECKED", "domain")
    assert set(silent.because) <= set(verdict.because)


@pytest.mark.parametrize("takes", [True, False])
def test_it_is_only_likely_where_a_door_was_seen_open(takes: bool) -> None:
    known = situation(SIGNED_IN, FOLDERS, searched(), MX, door("own", "connected", takes))
    verdict = rank([], known)[0]
    assert verdict.code == "NEVER_REACHED_US"
    assert verdict.certainty is (Certainty.LIKELY if takes else Certainty.POSSIBLE)
