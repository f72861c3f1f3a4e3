"""Group addresses and the switch for mail from outside: pointed out where the answers fit."""

from dataclasses import replace
from typing import Any

import pytest

from mailwizard.diagnosis import mailbox
from mailwizard.diagnosis.diagnose import diagnose
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Certainty, Outcome
from mailwizard.model.seen.door import RcptReply, SmtpDoor, SmtpReply
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.user import Answer
from mailwizard.providers.load import provider
from mailwizard.reading.group_names import is_usual_group
from tests.diagnosis import mailbox_builders as b

TAKES = SmtpDoor(
    whose="own", host="mx1.qiye.aliyun.com", address="203.0.113.21", connect="connected",
    stage="rcpt", rcpt=(RcptReply(who="user", reply=SmtpReply(code=250, enhanced="", text="Ok")),),
)  # fmt: skip
SIGNED_IN = SignIn(host="imap.qiye.aliyun.com", port=993, outcome="ok")
NOBODY = Answer(question="others", value="no")
SOMEBODY = Answer(question="others", value="yes")
COLLEAGUES = Answer(question="internal", value="yes")
NO_COLLEAGUES = Answer(question="internal", value="no")
SALES = "sales@acme.example"


def situation(*seen: Any, me: str = b.CASE.me, by: str = "srv", at: str = "alimail") -> Situation:
    evidence = Evidence()
    for one in seen:
        evidence.add(f"test:{type(one).__name__}", one, at=b.NOW, seconds=0.1)
    case = Case(me=me, sender=b.CASE.sender, since=b.CASE.since)
    return Situation(case, evidence, provider(at), by)


# id, address, seen, code or "", outcome, variant
TABLE: list[tuple[str, str, list[Any], str, Any, str]] = [
    ("the answers fit, and the door takes mail", b.CASE.me, [NOBODY, COLLEAGUES, TAKES],
     "EXTERNAL_MAIL_OFF", Outcome.CAUSE, "answers"),
    ("the answers fit, the door is not known", b.CASE.me, [NOBODY, COLLEAGUES],
     "EXTERNAL_MAIL_OFF", Outcome.RISK, "answers"),
    ("nobody from outside, and mail is counted", b.CASE.me, [NOBODY, TAKES, b.searched("INBOX")],
     "EXTERNAL_MAIL_OFF", Outcome.RISK, "counted"),
    ("the same where colleagues' mail does not arrive either", b.CASE.me, [NOBODY, NO_COLLEAGUES,
     TAKES, b.searched("INBOX")], "", None, ""),
    ("the same with an empty window", b.CASE.me, [NOBODY, TAKES, b.searched("INBOX",
     others_arrived=0)], "", None, ""),
    ("what is sent does not count", b.CASE.me, [NOBODY, TAKES, replace(b.searched("Sent"),
     role="sent")], "", None, ""),
    ("others' mail arrives", b.CASE.me, [SOMEBODY, COLLEAGUES, TAKES], "", None, ""),
    ("D23 a group by its name", SALES, [COLLEAGUES], "GROUP_REFUSES_OUTSIDE", Outcome.RISK,
     "name-default"),
    ("D23 nobody from outside", SALES, [NOBODY], "GROUP_REFUSES_OUTSIDE", Outcome.RISK,
     "name-default"),
    ("D23 that somebody signs in with is none", SALES, [NOBODY, SIGNED_IN], "", None, ""),
    ("D23 to which others' mail arrives", SALES, [SOMEBODY, COLLEAGUES], "", None, ""),
    ("D23 nothing is said", SALES, [], "", None, ""),
    ("a person's address", b.CASE.me, [COLLEAGUES], "", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("me", "seen", "code", "outcome", "variant"),
    [pytest.param(*row[1:], id=row[0]) for row in TABLE],
)
def test_table(me: str, seen: list[Any], code: str, outcome: Any, variant: str) -> None:
    codes = ("EXTERNAL_MAIL_OFF", "GROUP_REFUSES_OUTSIDE")
    found = [f for f in mailbox.judge(situation(*seen, me=me)) if f.code in codes]
    assert {f.code for f in found} == ({code} if code else set())
    for one in found:
        assert (one.outcome, one.data["variant"]) == (outcome, variant)
        assert one.certainty is Certainty.POSSIBLE


def test_what_was_counted_is_told() -> None:
    seen = [NOBODY, TAKES, b.searched("INBOX", others_arrived=7), b.searched("Work")]
    (found,) = [f for f in mailbox.judge(situation(*seen)) if f.code == "EXTERNAL_MAIL_OFF"]
    assert found.data["arrived"] == 27


def test_a_provider_whose_groups_take_everybodys_mail_is_not_said_to_close_them() -> None:
    for at, by in (("google", "srv"), ("alimail", "default")):
        found = mailbox.judge(situation(NOBODY, me=SALES, by=by, at=at))
        assert [f.data["variant"] for f in found if f.code == "GROUP_REFUSES_OUTSIDE"] == ["name"]


def test_a_hint_never_leads() -> None:
    judged = diagnose(situation(NOBODY, COLLEAGUES, me=SALES))
    assert judged.verdict.outcome is not Outcome.CAUSE


@pytest.mark.parametrize("local", ["sales", "info", "Sales-EU", "export01", "hr", "caiwu"])
def test_usual_groups(local: str) -> None:
    assert is_usual_group(local)


@pytest.mark.parametrize("local", ["zhangwei", "li.na", "infante", "hrbecker", "", "-._", "1"])
def test_persons(local: str) -> None:
    assert not is_usual_group(local)
