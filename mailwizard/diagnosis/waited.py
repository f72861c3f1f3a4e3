"""The user has waited for the re-sent mail, and it has not come: a note, never a cause.

Mail may take hours, and the sender may not have sent it again at all.
"""

from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Finding
from mailwizard.model.seen.arrived import Waited

LEAST_SECONDS = 300.0  # a waiting that was stopped before says nothing
MOST_BLIND = 0.2  # of the time: without a connection for longer, nobody knows what was seen


def judge(situation: Situation) -> list[Finding]:
    """The last waiting for this sender, where it was long enough and came to nothing."""
    for observation in situation.of(Waited):
        seen = observation.seen
        if seen.sender != situation.case.sender or not _tells_something(seen):
            continue
        return [
            finding(
                "WAITED_IN_VAIN",
                [observation],
                variant="others" if seen.others_arrived else "",
                sender=seen.sender,
                minutes=max(1, round(seen.waited / 60)),
                others=seen.others_arrived,
                folders=seen.folders,
                total=seen.folders_listed,
            )
        ]
    return []


def _tells_something(seen: Waited) -> bool:
    if seen.outcome not in ("over", "stopped") or seen.blind_at_end or not seen.folders:
        return False
    if seen.outcome == "stopped" and seen.waited < LEAST_SECONDS:
        return False
    return seen.blind <= MOST_BLIND * seen.waited
