"""What a test mail from the user's own address to itself tells of the mailbox.

It never explains a customer's missing mail: mail from outside comes in by another way. At most it
shows a risk.
"""

from mailwizard.diagnosis import quota
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner
from mailwizard.model.observation import Observation
from mailwizard.model.seen.door import SmtpReply
from mailwizard.model.seen.mailbox import Quota
from mailwizard.model.seen.self_test import SelfTest
from mailwizard.reading.smtp_refusal import reason

LIKELY, POSSIBLE = Certainty.LIKELY, Certainty.POSSIBLE

# The words of ``SelfTest.outcome`` that mean the same to the user.
_WHY_NOT = {
    "refused": "refused",
    "no-password-login": "refused",
    "unavailable": "busy",
    "unreachable": "unreachable",
    "silent": "unreachable",
    "not-verified": "not-verified",
    "unanswered": "unanswered",
    "no-server": "no-server",
    "no-mailbox": "no-mailbox",
}
_OF_THE_SERVER = ("4.3.1", "5.3.1", "5.3.4")  # its own disk is full, or this one mail is too large


def judge(situation: Situation) -> list[Finding]:
    """The newest test: seen where, or not seen, or not even sent."""
    me = situation.case.me.casefold()
    tests = [o for o in situation.of(SelfTest) if o.seen.address.casefold() == me]
    if not tests:
        return []
    newest = max(tests, key=lambda o: (o.at, o.id))
    if newest.seen.seconds is not None:
        return [_arrived(newest)]
    match newest.seen.outcome:
        case "sent":
            return [_not_seen(newest)]
        case "stopped":
            return []
        case "rejected":
            return [_rejected(situation, newest)]
        case why:
            variant = _WHY_NOT[why]
            return [finding("SELF_TEST_NOT_SENT", [newest], variant=variant, host=newest.seen.host)]


def _arrived(test: Observation[SelfTest]) -> Finding:
    seen = test.seen
    seconds = max(1, round(seen.seconds or 0))
    if seen.role == "inbox":
        return finding("SELF_TEST_ARRIVED", [test], seconds=seconds)
    code = "SELF_TEST_IN_JUNK" if seen.role == "junk" else "SELF_TEST_FILED"
    return finding(
        code,
        [test],
        certainty=POSSIBLE,
        variant="trash" if seen.role == "trash" else "",
        folder=seen.folder,
        seconds=seconds,
    )


def _not_seen(test: Observation[SelfTest]) -> Finding:
    """A risk only where all folders were looked at, after all the time that it may take."""
    seen = test.seen
    whole = seen.waited_enough and seen.folders_looked >= seen.folders > 0
    # A folder that shows all mail shows sent mail too: there it cannot be told from arrived mail.
    mixed = any(copy.role == "all" for copy in seen.copies)
    sure = whole and not mixed
    return finding(
        "SELF_TEST_NOT_SEEN",
        [test],
        certainty=POSSIBLE,
        outcome=Outcome.RISK if sure else Outcome.UNKNOWN,
        owner=Owner.MAIL_ADMIN if sure else Owner.NONE,
        variant="" if sure else "all" if mixed else "part",
        host=seen.host,
        seconds=max(1, round(seen.waited)),
        folders=seen.folders,
        subject=seen.subject,
    )


def _rejected(situation: Situation, test: Observation[SelfTest]) -> Finding:
    """The server did not take the mail: because this mailbox is full, or for another reason."""
    seen = test.seen
    if seen.reply is None:
        return finding("SELF_TEST_NOT_SENT", [test], host=seen.host)
    said = _words(seen.reply)
    if not _says_full(seen, seen.reply):
        return finding("SELF_TEST_NOT_SENT", [test], variant="rejected", host=seen.host, said=said)
    known = any(f.code == "MAILBOX_FULL" for f in quota.judge(situation))
    has_room = any(o.seen.resources for o in situation.of(Quota))
    if known or has_room:
        # Said already, or against the mailbox's own figures: then it is told, and proves nothing.
        return finding("SELF_TEST_NOT_SENT", [test], variant="full", host=seen.host, said=said)
    return finding(
        "MAILBOX_FULL",
        [test],
        certainty=LIKELY,
        variant="self-test",
        server=seen.host,
        said=said,
    )


def _says_full(seen: SelfTest, reply: SmtpReply) -> bool:
    """Whether the server speaks of the user's mailbox, not of its own disk or of this mail."""
    return (
        seen.stage in ("recipient", "message")
        and reason(reply) == "full"
        and reply.enhanced not in _OF_THE_SERVER
        and "system" not in reply.text.lower()
    )


def _words(reply: SmtpReply) -> str:
    return " ".join(filter(None, (str(reply.code), reply.enhanced, reply.text)))
