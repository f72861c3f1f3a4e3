"""One line a probe for the screens: its state as a word, and what it saw, for both front ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from mailwizard import plan
from mailwizard.diagnosis.steps import BLIND_SPOTS
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Finding, Outcome, Step
from mailwizard.model.marked import N_
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.plan import Probe
from mailwizard.text.language import _
from mailwizard.text.not_tested import not_tested
from mailwizard.text.seen_lines import answered_wrongly, seen_line, worked

State = Literal["waiting", "running", "done", "ok", "problem", "risk", "not known", "not tested"]

STATES: dict[State, str] = {
    "waiting": N_("waiting"),
    "running": N_("running"),
    "done": N_("done"),
    "ok": N_("ok"),
    "problem": N_("problem"),
    "risk": N_("risk"),
    "not known": N_("not known"),
    "not tested": N_("not tested"),
}

SLOW_SECONDS = 5.0

_COMPARISONS = ("public-resolvers", "imap-control", "door-control")

NOT_NEEDED = N_("not needed here")
_SKIPPED = {
    "no-sender": N_("no sender was given"),
    "no-password": N_("without your password"),
    "not-signed-in": N_("needs the sign-in"),
    "none-given": N_("none was given"),
    "no-gateway": N_("no router is set"),
    "no-server": N_("no server is known"),
    "no-address": N_("no address is known"),
    "no-proxy": N_("none is set"),
    "no-answer": N_("nothing answered"),
    "no-controls": N_("nothing to compare with"),
    "no-line": N_("nothing can be reached from here"),
}
_FOR_WANT_OF_AN_ANSWER = ("no-line", "no-answer", "no-address", "not-signed-in")


class ProbeNow(Protocol):
    """A probe as it stands: ``engine.runner.ProbeState`` is one."""

    @property
    def probe(self) -> Probe:
        """Which probe."""

    @property
    def status(self) -> str:
        """``waiting``, ``running``, or how it ended."""

    @property
    def seconds(self) -> float:
        """How long it has run."""

    @property
    def progress(self) -> tuple[int, int]:
        """(done, total); total 0 if unknown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One probe's row. ``what`` and ``seen`` are in the language in use, plain text.

    ``state`` is a key of ``STATES``. ``done`` is said of a probe while others of its step still
    run: whether what it saw is in order is only judged with all of them.
    """

    probe: str
    state: State
    what: str
    seen: str
    seconds: float
    progress: tuple[int, int]


def rows(
    step: Step | None,
    states: Sequence[ProbeNow],
    evidence: Evidence,
    findings: Sequence[Finding],
) -> list[Row]:
    """A step's rows in the plan's order; ``step`` None are the rows of signing in."""
    complete = not any(state.status in ("waiting", "running") for state in states)
    return [_row(step, now, evidence, findings, complete) for now in states]


def _row(
    step: Step | None,
    now: ProbeNow,
    evidence: Evidence,
    findings: Sequence[Finding],
    complete: bool,
) -> Row:
    state = _state(step, now, evidence, findings, complete)
    why = _hidden(now, evidence, findings) if state in ("not known", "not tested") else ""
    return Row(
        probe=now.probe.id,
        state="not tested" if why else state,
        what=_(now.probe.what),
        seen=why or _seen(now, evidence),
        seconds=now.seconds,
        progress=now.progress,
    )


def _hidden(now: ProbeNow, evidence: Evidence, findings: Sequence[Finding]) -> str:
    """Which fault nearer by kept a probe from any answer; "" where none did.

    Nothing was given to it, or it does not apply: that has reasons of its own.
    """
    reason = next((o.seen.reason for o in evidence.of(ProbeEnded, now.probe.id)), "")
    of_its_own = now.status == "skipped" and reason not in _FOR_WANT_OF_AN_ANSWER
    if of_its_own or now.status == "crashed":
        return ""
    return "" if worked(now.probe.id, evidence) else not_tested(now.probe.id, findings)


def _seen(now: ProbeNow, evidence: Evidence) -> str:
    match now.status:
        case "waiting":
            return ""
        case "running":
            done, total = now.progress
            if total:
                text = _("{done} of {total} so far").format(done=done, total=total)
            else:
                text = _("asking …")
            if now.seconds > SLOW_SECONDS:
                text = _("takes longer than usual, Esc stops it")
            return text
    line = seen_line(now.probe.id, evidence)
    if line:
        return line
    match now.status:
        case "skipped":
            reason = next((o.seen.reason for o in evidence.of(ProbeEnded, now.probe.id)), "")
            return _(_SKIPPED.get(reason, NOT_NEEDED))
        case "crashed":
            return _("this check stumbled over an error of its own")
        case "deadline":
            return _("no answer in time")
        case "stopped":
            return _("stopped")
    return ""


def _state(
    step: Step | None,
    now: ProbeNow,
    evidence: Evidence,
    findings: Sequence[Finding],
    complete: bool,
) -> State:
    if now.status == "waiting":
        return "waiting"
    if now.status == "running":
        return "running"
    if not complete and now.status == "done":
        return "done"
    given = _against(step, now.probe.id, evidence, findings)
    if Outcome.CAUSE in given:
        return "problem"
    if Outcome.RISK in given:
        return "risk"
    match now.status:
        case "skipped" | "stopped":
            return "not tested"
        case "crashed" | "deadline":
            return "not known"
    saw_anything = any(
        not isinstance(o.seen, ProbeEnded) for o in evidence.from_probe(now.probe.id)
    )
    if not saw_anything:
        return "not tested"
    did_work = worked(now.probe.id, evidence)
    if did_work and step is None:
        return "ok"  # the sign-in: what could not be looked at afterwards is no word about it
    if Outcome.UNKNOWN in given or did_work is False:
        return "not known"
    return "ok"


def _against(
    step: Step | None, probe: str, evidence: Evidence, findings: Sequence[Finding]
) -> set[Outcome]:
    """The outcomes of the findings that speak of this very probe."""
    probes = {observation.id: observation.probe for observation in evidence}
    return {
        finding.outcome
        for finding in findings
        if (step is None or finding.step == step)
        and finding.code not in BLIND_SPOTS
        and probe == _spoken_of(finding, step, probes, evidence)
    }


def _spoken_of(
    finding: Finding, step: Step | None, probes: Mapping[str, str], evidence: Evidence
) -> str | None:
    """Which of a step's probes a finding speaks of: the one that it stands on first.

    On the way to the server a finding also stands on what worked, for comparison, and on what could
    not work any more further out. There it is the one nearest to this computer that did not work.
    """
    stands_on = dict.fromkeys(probes.get(name) for name in finding.because)
    rows_of_step = {probe.id: number for number, probe in enumerate(plan.of_step(step))}
    own = [probe for probe in stands_on if probe in rows_of_step]
    if step is Step.NETWORK:
        # No sign-in page that is silent is at fault: the internet is.
        own.sort(
            key=lambda probe: (
                not answered_wrongly(probe, evidence),
                probe == "portal",
                rows_of_step[probe],
            )
        )
    own.sort(key=lambda probe: probe in _COMPARISONS)
    broken = [probe for probe in own if worked(probe, evidence) is False]
    return next(iter(broken if broken and step is Step.NETWORK else own), None)
