"""Each step's own result: the gravest outcome of its findings, and what was covered."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailwizard import plan
from mailwizard.diagnosis import quota_told
from mailwizard.diagnosis.ground import ground
from mailwizard.diagnosis.quota import has_figures
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Finding, Outcome, Step
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.model.seen.mailbox import FolderList, FolderSearch
from mailwizard.model.seen.network import Endpoint
from mailwizard.model.seen.run import ProbeEnded


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step: ``outcome`` None if it was never begun.

    ``folders`` is (searched completely, all) in the spam step, else None. ``seconds`` from the
    first probe's start to the last one's end.
    """

    step: Step
    outcome: Outcome | None
    folders: tuple[int, int] | None
    seconds: float


# Verdicts on the whole case: they say nothing of the one step that they are filed under.
OF_THE_WHOLE = frozenset({"NEVER_REACHED_US", "NOT_ENOUGH_CHECKED", "CLEAR"})

# What can never be seen from here, or was no more than an extra. As long as it is unknown, it is
# said, but does not make a step unknown whose every other part was seen in order.
BLIND_SPOTS = frozenset(
    {
        "RULES_NOT_READABLE",
        "JUNK_FOLDER_GUESSED",
        "BLOCKLIST_QUERY_REFUSED",
        "SELF_TEST_NOT_SENT",
        "SELF_TEST_NOT_SEEN",
    }
)

_GRAVEST = (Outcome.CAUSE, Outcome.RISK, Outcome.UNKNOWN)
_INTERRUPTED = ("crashed", "deadline", "stopped")


def results(situation: Situation, findings: Sequence[Finding]) -> tuple[StepResult, ...]:
    """Every step's result, in the tree's order."""
    return tuple(
        StepResult(
            step=step,
            outcome=_outcome(step, situation, findings),
            folders=_folders(situation) if step is Step.SPAM else None,
            seconds=_seconds(step, situation),
        )
        for step in Step
    )


def _outcome(step: Step, situation: Situation, findings: Sequence[Finding]) -> Outcome | None:
    in_order = seen_in_order(step, situation)
    given = {
        f.outcome
        for f in findings
        if f.step == step and f.code not in OF_THE_WHOLE and not (in_order and _is_blind_spot(f))
    }
    for outcome in _GRAVEST:
        if outcome in given:
            return outcome
    ended = [situation.ended(probe.id) for probe in plan.of_step(step)]
    ends = [end.how for end in ended if end is not None]
    if any(how in _INTERRUPTED for how in ends):
        return Outcome.UNKNOWN
    if in_order:
        return Outcome.CLEAR
    return Outcome.UNKNOWN if any(how == "done" for how in ends) else None


def _is_blind_spot(finding: Finding) -> bool:
    return finding.code in BLIND_SPOTS and finding.outcome is Outcome.UNKNOWN


def seen_in_order(step: Step, situation: Situation) -> bool:
    """Whether something of a step was really seen, so that no finding means "in order"."""
    match step:
        case Step.SPAM:
            done, total = _folders(situation) or (0, 0)
            listed = all(folders.seen.complete for folders in situation.of(FolderList))
            return listed and total > 0 and done == total
        case Step.QUOTA:
            return has_figures(situation) or quota_told.room(situation)
        case Step.NETWORK:
            return any(e.seen.role == "provider" and e.seen.spoke for e in situation.of(Endpoint))
        case Step.DNS:
            return _answered(situation, "own") and ground(situation).names is not False
        case Step.SENDER:
            return _answered(situation, "sender") and ground(situation).names is not False


def _answered(situation: Situation, about: str) -> bool:
    return any(
        answer.seen.about == about and answer.seen.rtype == "MX" and answer.seen.status in DEFINITE
        for answer in situation.of(DnsAnswer)
    )


def _folders(situation: Situation) -> tuple[int, int] | None:
    """(searched completely, all that can be opened), or None where no folder was listed."""
    for listed in situation.of(FolderList):
        names = {folder.name for folder in listed.seen.folders if folder.selectable}
        done = {s.seen.folder for s in situation.of(FolderSearch) if s.seen.complete}
        return len(names & done), len(names)
    return None


def _seconds(step: Step, situation: Situation) -> float:
    """From the start of the step's first probe to the end of its last, in seconds."""
    starts: list[float] = []
    ends: list[float] = []
    for probe in plan.of_step(step):
        for ended in situation.evidence.of(ProbeEnded, probe.id):
            ends.append(ended.at.timestamp())
            starts.append(ended.at.timestamp() - ended.seconds)
    return round(max(ends) - min(starts), 3) if ends else 0.0
