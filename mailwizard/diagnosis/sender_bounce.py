"""The bounce that the sender got: what it proves about this mail."""

from mailwizard.diagnosis.sender_refusal import Refusal, judge
from mailwizard.diagnosis.sender_view import relation
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Finding
from mailwizard.model.observation import Observation
from mailwizard.model.seen.sender import Bounce, RefusedRecipient

_NEAREST = ("me", "unnamed", "colleague", "near", "other")


def judge_bounce(situation: Situation) -> list[Finding]:
    """Findings of every bounce; of its recipients only those that stand nearest to the user."""
    return [f for bounce in situation.of(Bounce) for f in _bounce(situation, bounce)]


def _bounce(situation: Situation, bounce: Observation[Bounce]) -> list[Finding]:
    if bounce.seen.form in ("unreadable", "not-a-bounce"):
        known = ("empty", "picture", "document", "outlook")
        variant = bounce.seen.detail if bounce.seen.detail in known else bounce.seen.form
        return [finding("BOUNCE_NOT_UNDERSTOOD", [bounce], variant=variant)]
    refused = [r for r in bounce.seen.recipients if r.action in ("failed", "delayed", "")]
    if not refused:
        return []
    by_relation = {r: relation(situation, r.address, r.original) for r in refused}
    nearest = min(by_relation.values(), key=_NEAREST.index)
    chosen = [r for r in refused if by_relation[r] == nearest][: 1 if nearest == "other" else 3]
    return [f for recipient in chosen for f in judge(situation, _refusal(bounce, recipient))]


def _refusal(bounce: Observation[Bounce], recipient: RefusedRecipient) -> Refusal:
    return Refusal(
        addresses=tuple(a for a in (recipient.address, recipient.original) if a),
        delayed=recipient.action == "delayed",
        code=recipient.code,
        enhanced=recipient.enhanced,
        said=recipient.said,
        said_by=recipient.said_by,
        reporting=bounce.seen.reporting,
        sender_ip=bounce.seen.sender_ip,
        because=bounce,
    )
