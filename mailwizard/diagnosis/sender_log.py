"""The line of the sender's mail log: who took the mail, or why nobody did."""

from mailwizard.diagnosis.sender_refusal import Refusal, judge
from mailwizard.diagnosis.sender_view import (
    arrived,
    domain_doubts,
    found_by_user,
    is_local,
    relation,
    searched_in_vain,
    whose,
)
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.seen.sender import SenderLog


def judge_log(situation: Situation) -> list[Finding]:
    """Findings of the log line that the user brought."""
    found: list[Finding] = []
    for log in situation.of(SenderLog):
        if not log.seen.understood:
            found.append(finding("BOUNCE_NOT_UNDERSTOOD", [log], variant="log"))
        elif log.seen.status == "sent":
            found += _sent(situation, log)
        else:
            found += judge(situation, _refusal(log))
    return found


def _refusal(log: Observation[SenderLog]) -> Refusal:
    line = log.seen
    expired = line.status == "expired"
    return Refusal(
        addresses=(line.to,) if line.to else (),
        delayed=line.status == "deferred",
        code=0 if expired else line.code,
        enhanced="4.4.7" if expired else line.enhanced,
        said="" if expired else line.said,
        said_by="" if is_local(line.relay) else line.relay,
        said_by_address=line.relay_address,
        local=is_local(line.relay),
        because=log,
    )


def _sent(situation: Situation, log: Observation[SenderLog]) -> list[Finding]:
    line = log.seen
    match relation(situation, line.to):
        case "near":
            # Taken, but under a misspelt domain, where the mailbox is somebody else's.
            return [_say("WRONG_ADDRESS", situation, log, Certainty.LIKELY, variant="sent")]
        case "colleague":
            return [
                _say("NOT_ADDRESSED_TO_YOU", situation, log, outcome=Outcome.RISK, variant="sent")
            ]
        case "other":
            return [
                _say("NOT_ADDRESSED_TO_YOU", situation, log, outcome=Outcome.INFO, variant="other")
            ]
    if arrived(situation) or found_by_user(situation):
        return []
    if is_local(line.relay):
        return [_say("SENDER_LOCAL_DELIVERY", situation, log, variant="log")]
    match whose(situation, line.relay, line.relay_address):
        case "ours" | "unknown" as owner:
            return [_accepted(situation, log, owner)]
        case "elsewhere":
            doubts = domain_doubts(situation)
            return [
                _say(
                    "SENDER_OLD_ROUTE",
                    situation,
                    log,
                    Certainty.POSSIBLE,
                    outcome=Outcome.RISK if doubts else None,
                    also=doubts,
                    variant="log",
                )
            ]
        case _:
            # Their own outgoing server, or one that our records wrongly name: no proof of loss.
            return []


def _accepted(situation: Situation, log: Observation[SenderLog], owner: str) -> Finding:
    """Our side took the mail: if it is nowhere, it got lost behind the door."""
    vain = searched_in_vain(situation)
    if not vain:
        return _say(
            "ACCEPTED_THEN_LOST",
            situation,
            log,
            Certainty.LIKELY,
            outcome=Outcome.INFO,
            variant="not-searched",
        )
    certainty = Certainty.LIKELY if owner == "ours" else Certainty.POSSIBLE
    # Where our own records are in disorder, they may have led to a server that keeps the mail.
    doubts = domain_doubts(situation)
    outcome = Outcome.RISK if doubts else None
    return _say(
        "ACCEPTED_THEN_LOST", situation, log, certainty, outcome=outcome, also=(*vain, *doubts)
    )


def _say(
    code: str,
    situation: Situation,
    log: Observation[SenderLog],
    certainty: Certainty = Certainty.SURE,
    *,
    outcome: Outcome | None = None,
    also: tuple[Observation[Seen], ...] = (),
    variant: str = "",
) -> Finding:
    line = log.seen
    return finding(
        code,
        [log, *also],
        certainty=certainty,
        outcome=outcome,
        owner=None,
        variant=variant,
        server=line.relay or line.relay_address,
        said=line.said,
        queue_id=line.queue_id,
        wrong=line.to,
        right=situation.case.me,
        me=situation.case.me,
        domain=situation.case.domain,
        sender=situation.case.sender,
    )
