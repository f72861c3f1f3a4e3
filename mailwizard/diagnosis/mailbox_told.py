"""What the user saw in webmail, and answered: evidence with the certainty of a report."""

from mailwizard.diagnosis.door import taking_doors
from mailwizard.diagnosis.mailbox_figures import INCOMING, arrivals
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.mailbox import FolderSearch, SignIn
from mailwizard.model.seen.user import Answer
from mailwizard.reading.group_names import is_usual_group

LIKELY, POSSIBLE = Certainty.LIKELY, Certainty.POSSIBLE

_LOOK_UPS = (
    ("webmail-junk", "yes", "FOUND_IN_JUNK"),
    ("webmail-trash", "yes", "FOUND_IN_TRASH"),
    ("webmail-search", "inbox", "IN_INBOX"),
    ("webmail-search", "folder", "FOUND_IN_FOLDER"),
)


def judge(situation: Situation, measured: frozenset[str]) -> list[Finding]:
    """Findings from look-ups and answers. ``measured`` are the codes of mail that we found."""
    found: list[Finding] = []
    told: Observation[Answer] | None = None
    for question, value, code in _LOOK_UPS:
        answer = situation.answered(question, value)
        if answer is not None:
            told = answer
            if code not in measured:
                found.append(_told(situation, code, answer))
    if measured or told is not None:
        return found
    return found + _log(situation) + _external_mail_off(situation) + _group(situation)


def seen_by_user(situation: Situation) -> bool:
    """Whether the user saw the mail in webmail."""
    return any(situation.answered(question, value) for question, value, _code in _LOOK_UPS)


def _told(situation: Situation, code: str, answer: Observation[Answer]) -> Finding:
    return finding(code, [answer], certainty=LIKELY, variant="told", sender=situation.case.sender)


def _log(situation: Situation) -> list[Finding]:
    """What the provider's own log of received mail says, as the user read it."""
    sender = situation.case.sender
    rule = situation.answered("webmail-log", "rule")
    if rule is not None:
        return [finding("RULE_MAY_DELETE", [rule], certainty=LIKELY, sender=sender)]
    blocked = situation.answered("webmail-log", "blocked")
    if blocked is not None:
        return [
            finding("COMPANY_FILTER", [blocked], certainty=LIKELY, sender=sender),
            finding(
                "BLOCKED_BY_YOU",
                [blocked],
                certainty=POSSIBLE,
                outcome=Outcome.RISK,
                sender=sender,
            ),
        ]
    return []


def _external_mail_off(situation: Situation) -> list[Finding]:
    """Colleagues' mail arrives and nobody else's does: a switch may be off.

    Where the user does not tell of colleagues, the mail that was counted since tells that
    somebody's arrives. As a cause only where a mail exchanger takes mail for this address at the
    door: else the same answers fit every fault of the domain's records.
    """
    nobody = situation.answered("others", "no")
    internal = situation.answered("internal", "yes")
    if nobody is None:
        return []
    accepted = taking_doors(situation)
    counted = [s for s in situation.of(FolderSearch) if s.seen.role in INCOMING]
    arrived = sum(arrivals(search.seen) for search in counted)
    if internal is not None:
        return [
            finding(
                "EXTERNAL_MAIL_OFF",
                [nobody, internal, *accepted],
                certainty=POSSIBLE,
                outcome=None if accepted else Outcome.RISK,
                variant="answers",
                me=situation.case.me,
            )
        ]
    if not accepted or not arrived or situation.answered("internal", "no"):
        return []
    return [
        finding(
            "EXTERNAL_MAIL_OFF",
            [nobody, *counted, *accepted],
            certainty=POSSIBLE,
            outcome=Outcome.RISK,
            variant="counted",
            me=situation.case.me,
            arrived=arrived,
            since=situation.case.since.isoformat(),
        )
    ]


def _group(situation: Situation) -> list[Finding]:
    """The address looks like a group's, and such groups often take mail from colleagues only.

    Never where somebody signed in with it: a group has no mailbox of its own.
    """
    nobody = situation.answered("others", "no")
    internal = situation.answered("internal", "yes")
    local = situation.case.me.rpartition("@")[0]
    if not (nobody or internal) or situation.answered("others", "yes"):
        return []
    if not is_usual_group(local) or any(o.seen.outcome == "ok" for o in situation.of(SignIn)):
        return []
    usual = situation.provider.groups_internal_by_default and situation.provider_by != "default"
    return [
        finding(
            "GROUP_REFUSES_OUTSIDE",
            [nobody, internal],
            certainty=POSSIBLE,
            outcome=Outcome.RISK,
            variant="name-default" if usual else "name",
            me=situation.case.me,
        )
    ]
