"""The test mail to oneself: what it tells, and what it must never be taken for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailwizard.diagnosis import self_test
from mailwizard.diagnosis.diagnose import diagnose
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner, Step
from mailwizard.model.observation import Seen, from_json, to_json
from mailwizard.model.seen.door import SmtpReply
from mailwizard.model.seen.mailbox import Role
from mailwizard.model.seen.self_test import OwnCopy, SelfTest
from mailwizard.report.redaction import Redactor
from mailwizard.text.facts import fact
from mailwizard.text.self_testing import afterwards
from tests.diagnosis.mailbox_builders import (
    CASE,
    NOW,
    door,
    figures,
    listed,
    mail,
    searched,
    signed_in,
    situation,
)


def a_test(**changes: Any) -> SelfTest:
    """A test mail that the server took and that was looked for everywhere, in vain."""
    seen = SelfTest(
        host="smtp.example.com",
        port=465,
        outcome="sent",
        address=CASE.me,
        stage="message",
        reply=SmtpReply(code=250, enhanced="2.0.0", text="queued as 4Q118"),
        subject="mailwizard test mail 0123",
        sent_at=NOW,
        waited=120.0,
        waited_enough=True,
        folders_looked=14,
        folders=14,
    )
    return replace(seen, **changes)


def seen_in(folder: str, role: Role, **changes: Any) -> SelfTest:
    """The same, seen after some seconds."""
    copy = OwnCopy(folder=folder, role=role, seconds=2.4, fate="removed")
    return a_test(folder=folder, role=role, seconds=2.4, copies=(copy,), **changes)


def refused(code: int, enhanced: str, text: str, stage: str = "recipient") -> SelfTest:
    """A test mail that the server did not take."""
    reply = SmtpReply(code=code, enhanced=enhanced, text=text)
    return a_test(outcome="rejected", stage=stage, reply=reply, sent_at=None)


def judged(*seen: Seen) -> list[Finding]:
    found = self_test.judge(situation(*seen))
    assert found == self_test.judge(situation(*seen))
    for finding in found:
        assert finding.because
        assert finding.outcome is not Outcome.CAUSE or finding.code == "MAILBOX_FULL"
    return found


FULL = refused(552, "5.2.2", "Mailbox full")
Row = tuple[str, Sequence[Seen], str, str, Outcome, Owner]
TABLE: list[Row] = [
    ("inbox", [seen_in("INBOX", "inbox")], "SELF_TEST_ARRIVED", "", Outcome.INFO, Owner.NONE),
    ("junk", [seen_in("Junk", "junk")], "SELF_TEST_IN_JUNK", "", Outcome.RISK, Owner.YOU),
    ("folder", [seen_in("客户", "other")], "SELF_TEST_FILED", "", Outcome.RISK, Owner.YOU),
    ("archive", [seen_in("归档", "archive")], "SELF_TEST_FILED", "", Outcome.RISK, Owner.YOU),
    ("trash", [seen_in("Trash", "trash")], "SELF_TEST_FILED", "trash", Outcome.RISK, Owner.YOU),
    ("not seen", [a_test()], "SELF_TEST_NOT_SEEN", "", Outcome.RISK, Owner.MAIL_ADMIN),
    (
        "no answer, but seen",
        [seen_in("INBOX", "inbox", outcome="unanswered")],
        "SELF_TEST_ARRIVED",
        "",
        Outcome.INFO,
        Owner.NONE,
    ),
    *(
        (
            why,
            [a_test(**changes)],
            "SELF_TEST_NOT_SEEN",
            variant,
            Outcome.UNKNOWN,
            Owner.NONE,
        )
        for why, changes, variant in (
            ("broken off", {"waited": 3.0, "waited_enough": False}, "part"),
            ("a folder left out", {"folders_looked": 13}, "part"),
            ("no folder", {"folders_looked": 0, "folders": 0}, "part"),
            (
                "only among all mail",
                {"copies": (OwnCopy(folder="All", role="all", seconds=1.0),)},
                "all",
            ),
        )
    ),
    *(
        (
            why,
            [a_test(outcome=why, reply=None, sent_at=None)],
            "SELF_TEST_NOT_SENT",
            variant,
            Outcome.UNKNOWN,
            Owner.NONE,
        )
        for why, variant in (
            ("refused", "refused"),
            ("no-password-login", "refused"),
            ("unavailable", "busy"),
            ("unreachable", "unreachable"),
            ("silent", "unreachable"),
            ("not-verified", "not-verified"),
            ("unanswered", "unanswered"),
            ("no-mailbox", "no-mailbox"),
            ("no-server", "no-server"),
            ("rejected", ""),
        )
    ),
    *(
        (
            f"{reply.reply}",
            [reply],
            "SELF_TEST_NOT_SENT",
            "rejected",
            Outcome.UNKNOWN,
            Owner.NONE,
        )
        for reply in (
            refused(452, "4.3.1", "Insufficient system storage"),
            refused(452, "", "Insufficient system storage"),
            refused(552, "5.3.4", "Message size exceeds fixed limit"),
            refused(552, "5.2.2", "Mailbox full", "sender"),
            refused(550, "5.7.1", "Rejected as spam", "message"),
            refused(550, "5.1.1", "unknown user"),
        )
    ),
    ("full", [FULL], "MAILBOX_FULL", "self-test", Outcome.CAUSE, Owner.YOU),
    (
        "full, in the message",
        [refused(452, "4.2.2", "over quota", "message")],
        "MAILBOX_FULL",
        "self-test",
        Outcome.CAUSE,
        Owner.YOU,
    ),
    (
        "full, against the figures",
        [FULL, figures(10, 1000_000)],
        "SELF_TEST_NOT_SENT",
        "full",
        Outcome.UNKNOWN,
        Owner.NONE,
    ),
    (
        "full, and the quota step says so already",
        [FULL, door(552, "5.2.2", "Mailbox full")],
        "SELF_TEST_NOT_SENT",
        "full",
        Outcome.UNKNOWN,
        Owner.NONE,
    ),
]


@pytest.mark.parametrize(
    ("seen", "code", "variant", "outcome", "owner"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_what_it_tells(
    seen: list[Seen], code: str, variant: str, outcome: Outcome, owner: Owner
) -> None:
    [finding] = judged(*seen)
    assert (finding.code, finding.data.get("variant", "")) == (code, variant)
    assert (finding.outcome, finding.owner) == (outcome, owner)
    if outcome is Outcome.RISK:
        assert finding.certainty is Certainty.POSSIBLE
    if code == "MAILBOX_FULL":
        assert finding.certainty is Certainty.LIKELY


@pytest.mark.parametrize(
    "seen",
    [[], [a_test(outcome="stopped", sent_at=None)], [a_test(address="another@acme.example")]],
)
def test_what_tells_nothing(seen: list[Seen]) -> None:
    assert judged(*seen) == []


def test_the_newest_counts() -> None:
    evidence = Evidence()
    for hours, seen in ((1, seen_in("INBOX", "inbox")), (0, seen_in("Junk", "junk"))):
        at = NOW - timedelta(hours=hours)
        evidence.add(f"test-{hours}", seen, at=at, seconds=1)
    [finding] = self_test.judge(replace(situation(), evidence=evidence))
    assert finding.code == "SELF_TEST_IN_JUNK"


MAILBOX = [signed_in(), listed(), searched("INBOX"), searched("Junk")]


@pytest.mark.parametrize("seen", [seen for _name, seen, *_rest in TABLE])
def test_found_mail_comes_first(seen: list[Seen]) -> None:
    found = [signed_in(), listed(), searched("INBOX"), searched("Junk", mail("Junk"))]
    assert diagnose(situation(*found, *seen)).verdict.code == "FOUND_IN_JUNK"


@pytest.mark.parametrize(
    "seen", [seen for _name, seen, code, *_rest in TABLE if code != "MAILBOX_FULL"]
)
def test_it_never_is_the_explanation(seen: list[Seen]) -> None:
    if any(not isinstance(one, SelfTest) for one in seen):
        return
    without = diagnose(situation(*MAILBOX)).verdict.code
    assert diagnose(situation(*MAILBOX, *seen)).verdict.code == without


def spam_step(*seen: Seen) -> Outcome | None:
    return next(r.outcome for r in diagnose(situation(*seen)).steps if r.step is Step.SPAM)


def test_a_test_that_was_not_made_does_not_make_the_step_unknown() -> None:
    assert spam_step(*MAILBOX) is Outcome.CLEAR
    assert spam_step(*MAILBOX, a_test(outcome="no-server")) is Outcome.CLEAR
    assert spam_step(*MAILBOX, a_test(waited_enough=False)) is Outcome.CLEAR
    assert spam_step(*MAILBOX, a_test()) is Outcome.RISK


def test_saved_and_redacted() -> None:
    evidence = Evidence()
    seen = seen_in("客户/德国", "other")
    observation = evidence.add("self-test", seen, at=NOW, seconds=3.0)
    assert from_json(to_json(observation)) == observation
    told = repr(Redactor(CASE, evidence).observation(observation))
    assert "德国" not in told
    assert CASE.me not in told


@pytest.mark.parametrize("seen", [seen[0] for _name, seen, *_rest in TABLE])
def test_has_a_line_for_the_helpdesk(seen: Seen) -> None:
    line = fact(Evidence().add("self-test", seen, at=NOW, seconds=3.0))
    assert "smtp.example.com:465" in line
    assert "{" not in line


def copies(*fates: str) -> tuple[OwnCopy, ...]:
    return tuple(
        OwnCopy(folder=f"F{n}", role="other", seconds=1.0, fate=fate)  # type: ignore[arg-type]
        for n, fate in enumerate(fates)
    )


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, ["It stopped in the middle."]),
        (a_test(outcome="stopped"), ["No test mail was sent."]),
        (a_test(outcome="refused", sent_at=None), []),
        (a_test(), ["If it arrives later"]),
        (a_test(seconds=1.0, copies=copies("removed", "removed")), ["was removed again"]),
        (a_test(seconds=1.0, copies=copies("removed", "left")), ["could not be removed from F1"]),
        (a_test(seconds=1.0, copies=copies("marked")), ["marked as deleted in F0"]),
        (a_test(seconds=1.0, copies=copies("trashed")), ["out of F0"]),
    ],
)
def test_what_became_of_the_mail(result: SelfTest | None, words: list[str]) -> None:
    told = afterwards(result)
    assert len(told) == len(words)
    for line, word in zip(told, words, strict=True):
        assert word in line
