"""What webmail shows of the space, as the user told it: evidence with the certainty of a report."""

from mailwizard.diagnosis.quota_amounts import (
    LEAST_FREE,
    NEARLY,
    biggest,
    measured,
    room_for,
    with_data,
)
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.amounts import octets
from mailwizard.model.finding import Certainty, Finding, Outcome, Value
from mailwizard.model.observation import Observation
from mailwizard.model.seen.user import Answer
from mailwizard.reading.space_words import SpaceTold, read_space

LIKELY, POSSIBLE = Certainty.LIKELY, Certainty.POSSIBLE
SMALL_SHARE = 0.3  # of the used space that mail takes, where something else fills it


def space_told(situation: Situation) -> tuple[Observation[Answer], SpaceTold] | None:
    """The figures that webmail shows, and the answer that tells them; None for "I don't know"."""
    answer = situation.answers.get("webmail-space")
    told = read_space(answer.seen.value) if answer is not None else None
    return (answer, told) if answer is not None and told is not None else None


def room(situation: Situation) -> bool:
    """Whether webmail shows that there is room; its figures count for more than a glance."""
    told = space_told(situation)
    if told is None:
        return situation.answered("webmail-quota", "room") is not None
    return told[1].total == 0 or (told[1].share or 0.0) < NEARLY * 100


def judge(situation: Situation) -> list[Finding]:
    """From the figures where they were told, else from the choice."""
    told = space_told(situation)
    if told is not None:
        found = _figures(situation, *told)
        return [found] if found is not None else []
    full = situation.answered("webmail-quota", "full")
    if full is not None:
        most = biggest(situation)
        return [finding("MAILBOX_FULL", [full], certainty=LIKELY, variant="told", biggest=most)]
    nearly = situation.answered("webmail-quota", "nearly-full")
    if nearly is not None:
        return [
            finding(
                "QUOTA_NEARLY_FULL",
                [nearly],
                certainty=LIKELY,
                variant="told",
                biggest=biggest(situation),
            )
        ]
    return []


def _figures(situation: Situation, answer: Observation[Answer], told: SpaceTold) -> Finding | None:
    if told.total == 0 or told.share is None:
        return None
    known = told.used is not None and told.total is not None
    free = max(0, told.total - told.used) if told.used is not None and told.total else None
    data: dict[str, Value] = {
        "variant": "told-figures" if known else "told-share",
        "used": octets(told.used) if told.used is not None else "",
        "limit": octets(told.total) if told.total is not None else "",
        "free": octets(free) if free is not None else "",
        "percent": min(999 if told.share >= 100 else 99, round(told.share)),  # 99.8 is not full
        "biggest": biggest(situation),
    }
    if told.share >= 100 or (free is not None and free < LEAST_FREE):
        if shared := _unseen(situation, answer, told):
            return shared
        return with_data(finding("MAILBOX_FULL", [answer], certainty=LIKELY), data)
    if free is not None and (tight := room_for(situation, free)):
        told_tight = finding(
            "QUOTA_TIGHT_FOR_SIZE", [answer], certainty=LIKELY, outcome=Outcome.CAUSE
        )
        return with_data(told_tight, {**data, **tight.data})
    if told.share >= NEARLY * 100:
        return with_data(finding("QUOTA_NEARLY_FULL", [answer], certainty=LIKELY), data)
    return None


def _unseen(situation: Situation, answer: Observation[Answer], told: SpaceTold) -> Finding | None:
    """Webmail shows much more than all mails that can be seen over IMAP take."""
    size = measured(situation)
    if size is None or told.used is None or told.total is None:
        return None
    mail = sum(size.seen.octets.values())
    if mail >= told.used * SMALL_SHARE:
        return None
    return finding(
        "QUOTA_SHARED_STORAGE",
        [answer, size],
        certainty=POSSIBLE,
        variant="told",
        used=octets(told.used),
        limit=octets(told.total),
        mail=octets(mail),
    )
