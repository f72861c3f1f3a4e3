"""Step 5: does something at the sender's end keep the mail from arriving?"""

from mailwizard.diagnosis.ground import ground
from mailwizard.diagnosis.mailbox_notices import replies_bounced
from mailwizard.diagnosis.sender_bounce import judge_bounce
from mailwizard.diagnosis.sender_domain import judge_domain
from mailwizard.diagnosis.sender_identity import judge_identity
from mailwizard.diagnosis.sender_log import judge_log
from mailwizard.diagnosis.sender_look_alike import judge_look_alike
from mailwizard.diagnosis.sender_view import arrived, found_by_user
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.seen.sender import Bounce


def judge(situation: Situation) -> list[Finding]:
    """What was brought along is judged always; look-ups only where name servers can be believed."""
    found = [*judge_bounce(situation), *judge_log(situation), *_told_by_user(situation)]
    found += judge_look_alike(situation)
    stands_on = ground(situation)
    if situation.case.sender and stands_on.names is not False and stands_on.online is not False:
        found += judge_domain(situation)
        found += judge_identity(situation)
    if not any(f.code == "SENDER_CANNOT_RECEIVE" for f in found):
        found += replies_bounced(situation)
    return _merged(found)


def _told_by_user(situation: Situation) -> list[Finding]:
    found: list[Finding] = []
    sender = situation.case.sender
    here = bool(arrived(situation)) or found_by_user(situation)
    if outbox := situation.answered("sender-status", "outbox"):
        found.append(
            finding(
                "NOT_SENT",
                [outbox],
                certainty=Certainty.LIKELY,
                outcome=Outcome.RISK if here else None,
                sender=sender,
                me=situation.case.me,
            )
        )
    failure = situation.answered("sender-status", "failed")
    elsewhere = situation.answered("bounce", "yes-elsewhere")
    if (failure or elsewhere) and not situation.of(Bounce):
        found.append(finding("ASK_FOR_SENDER_STATUS", [failure, elsewhere], sender=sender))
    none = situation.answered("bounce", "no")
    if none and not here:
        found.append(finding("NO_BOUNCE_PROVES_NOTHING", [none], sender=sender))
    return found


def _merged(found: list[Finding]) -> list[Finding]:
    """What a refusal has proved is not said again as a mere risk."""
    proved = {f.code for f in found if f.outcome is Outcome.CAUSE}
    return [f for f in found if f.outcome is not Outcome.RISK or f.code not in proved]
