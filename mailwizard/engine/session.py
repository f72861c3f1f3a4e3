"""The wizard without a screen: where in the tree we are, what was answered, what is running."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from mailwizard import plan, tree
from mailwizard.diagnosis.steps import OF_THE_WHOLE
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.runner import ENDED, ProbeState, Run
from mailwizard.model.finding import Finding, Step
from mailwizard.model.secret import Secret
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.reading.attachments import looks_like_a_file
from mailwizard.text.typed import usual_since

if TYPE_CHECKING:
    from mailwizard.engine.waiting import WaitJob

"""Verdicts that no single step explains."""


_OVER_THE_LINE = (Step.NETWORK, Step.DNS, Step.SENDER)
"""Steps whose probes ask servers outside; those of the mailbox wait for signing in anew."""


_OF_THE_SERVER = ("imap-server", "provider-web")
"""Probes that ask the mailbox's server itself, apart from those that sign in there."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The way through the tree so far: the nodes visited, the last of them is the present one."""

    path: tuple[str, ...] = (tree.START,)

    @property
    def here(self) -> str:
        """The present node's id."""
        return self.path[-1]

    def to(self, node: str) -> "Walk":
        """One node further."""
        return Walk((*self.path, node))

    def back(self) -> "Walk":
        """The walk before the last move; at the start, the same."""
        return Walk(self.path[:-1]) if len(self.path) > 1 else self


@dataclass
class Session:
    """Both front ends drive this; neither decides anything itself.

    ``answers`` keeps what was answered last, also after going back, to offer it again.
    """

    investigation: Investigation
    walk: Walk = field(default_factory=Walk)
    answers: dict[str, str] = field(default_factory=dict)
    declined: bool = False
    waiting: "WaitJob | None" = None  # for the re-sent mail, perhaps in the background
    _runs: dict[str, Run] = field(default_factory=dict)
    _newest: dict[str, Run] = field(default_factory=dict)  # the newest run of each probe

    @property
    def node(self) -> tree.Node:
        """The present node."""
        return tree.BY_ID[self.walk.here]

    def progress(self) -> tree.Progress:
        """What the tree's edges decide by."""
        diagnosis = self.investigation.diagnosis()
        return tree.Progress(
            answers=self.answers,
            sign_in=self.sign_in_state(),
            outcomes={r.step: r.outcome for r in diagnosis.steps if r.outcome is not None},
            visited=self.walk.path,
        )

    def sign_in_state(self) -> tree.SignInState:
        """How the last attempt to sign in ended, in the tree's words."""
        if self.declined:
            return "declined"
        for observation in self.investigation.evidence.of(SignIn):
            match observation.seen.outcome:
                case "ok":
                    return "ok"
                case "not-tried":
                    return "not-tried"
                case "refused" | "no-password-login":
                    return "refused"
                case _:
                    return "unreachable"
        return "not-tried"

    def answer(self, question: str, value: str) -> None:
        """Records an answer to a question, look-up, account choice or "did that solve it?".

        A typed answer is in its normal form (``text.typed``), "" for one that was skipped.
        """
        self.answers[question] = value
        self._update_case(question, value)
        self.investigation.answer(question, value)

    def believes(self, question: str) -> bool:
        """Whether the question was answered on this walk, and the answer not taken back."""
        return bool(self.investigation.evidence.from_probe(f"user:{question}"))

    def bring_bounce(self, bounce: bytes | None) -> None:
        """Takes the bounce that the sender got; None for none. It is read when its probe runs."""
        if bounce != self.investigation.inputs.bounce:
            self.investigation.inputs = replace(self.investigation.inputs, bounce=bounce)
            self.forget(p.id for p in plan.PROBES if _waits_for(p, "bounce"))

    def forget(self, probes: Iterable[str]) -> None:
        """What these probes saw was seen for a question that has changed: it counts no more."""
        for probe in probes:
            if self._newest.pop(probe, None) or self.investigation.evidence.from_probe(probe):
                self.investigation.evidence.begin(probe)

    def advance(self) -> tree.Node:
        """Moves along the first edge that holds; at an end node stays there."""
        try:
            target = tree.next_node(self.walk.here, self.progress())
        except LookupError:
            return self.node
        self.walk = self.walk.to(target)
        return self.node

    def back(self) -> tree.Node:
        """Moves back; the answer given at the node we return to is no longer believed."""
        self.walk = self.walk.back()
        here = self.node
        self.investigation.withdraw(here.id)
        if isinstance(here, tree.StepNode) and self.answers.pop(
            tree.solved_question(here.step), ""
        ):
            self.investigation.withdraw(tree.solved_question(here.step))
        return here

    def jump(self, node: str) -> tree.Node:
        """Opens a step directly ("check everything" opens the one that explains the mail)."""
        if node != self.walk.here:
            self.walk = self.walk.to(node)
        return self.node

    def sign_in(
        self, password: Secret | None, on_change: Callable[[ProbeState], None] | None = None
    ) -> Run | None:
        """Tries to sign in with a password; None declines, and nothing is started."""
        self.declined = password is None
        self.investigation.password = password
        self._stop("sign-in")
        self.forget(p.id for p in plan.PROBES if _waits_for(p, "sign-in"))
        if password is None:
            return None
        return self._start("sign-in", tuple(p.id for p in plan.of_step(None)), on_change)

    def other_site(self) -> str | None:
        """The server at which to sign in instead, where the refused one seems to be the wrong."""
        for finding in self.investigation.diagnosis().findings:
            if finding.code == "SIGN_IN_AT_OTHER_SITE":
                return str(finding.data["other_host"])
        return None

    def move_to(self, host: str) -> None:
        """From now on the mailbox is looked for at ``host``; the password is asked for anew."""
        self.stop()
        self.investigation.case = replace(self.investigation.case, imap_host=host, imap_port=None)
        self.investigation.mailboxes.close()
        self.investigation.password = None
        self.declined = False
        self.forget(p.id for p in plan.PROBES if p.id in _OF_THE_SERVER or _waits_for(p, "sign-in"))

    def start_step(self, step: Step, on_change: Callable[[ProbeState], None] | None = None) -> Run:
        """Starts (or repeats) a step's own probes, and what they need that was never run."""
        if step is Step.NETWORK:
            self._forget_broken_line()
        return self._start(step, tuple(p.id for p in plan.of_step(step)), on_change)

    def start_everything(self, on_change: Callable[[ProbeState], None] | None = None) -> Run:
        """Starts all probes that have not been run, those of the mailbox only with a password."""
        self.stop()
        self._forget_broken_line()
        done = self._done()
        missing = tuple(p.id for p in plan.PROBES if p.id not in done)
        return self._start("everything", missing, on_change)

    def _forget_broken_line(self) -> None:
        """What was asked over a line that was broken then is asked anew on the line of now.

        What the customer's side and the domain kept silent about would else be judged as theirs as
        soon as the line is mended.
        """
        if self.investigation.line_broken:
            self.forget(p.id for step in _OVER_THE_LINE for p in plan.of_step(step))

    def find_provider(self, on_change: Callable[[ProbeState], None] | None = None) -> Run | None:
        """Finds out who runs the mailbox, once, so that the sign-in can say where it goes to."""
        if "provider" in self._newest:
            return None
        return self._start("provider", ("provider",), on_change)

    def states(self, step: Step | None) -> tuple[ProbeState, ...]:
        """Every probe of a step as it stands, whichever run it was in; None for signing in."""
        return tuple(self._state(probe) for probe in plan.of_step(step))

    def begun(self, step: Step | None) -> bool:
        """Whether all of a step's probes have been started, or were read from a saved report."""
        return all(
            p.id in self._newest or self.investigation.evidence.from_probe(p.id)
            for p in plan.of_step(step)
        )

    def running(self, step: Step | None) -> bool:
        """Whether any probe of a step is on its way."""
        return any(
            p.id in self._newest and self._state(p).status not in ENDED for p in plan.of_step(step)
        )

    def stop(self) -> None:
        """Ends all probes now; what they have seen stands."""
        for name in list(self._runs):
            self._stop(name)

    def explaining_step(self) -> str:
        """The node that shows the verdict: its step, or the hand-over where none explains it."""
        verdict = self.investigation.diagnosis().verdict
        return "hand-over" if verdict.code in OF_THE_WHOLE else verdict.step

    def findings(self, step: Step) -> tuple[Finding, ...]:
        """A step's own findings in rank order, without what is only said of the whole."""
        of_step = self.investigation.diagnosis().of_step(step)
        return tuple(finding for finding in of_step if finding.code not in OF_THE_WHOLE)

    def close(self) -> None:
        """Stops everything that runs; returns at once."""
        self.stop()
        if self.waiting is not None:
            self.waiting.stop()
        self.investigation.close()

    def _start(
        self, name: str, ids: tuple[str, ...], on_change: Callable[[ProbeState], None] | None
    ) -> Run:
        self._stop(name)
        if name != "sign-in":
            self._drop_refused()
        known = self._done()
        # Asked again: the step's own probes. What they wait for is taken as it is, if it is there.
        needed = [p for p in plan.with_needed(ids) if p.id in ids or p.id not in known]
        if self.investigation.password is None:
            needed = [p for p in needed if p.id != "sign-in" or "sign-in" not in known]
        run = self.investigation.start(needed, on_change=on_change)
        self._runs[name] = run
        self._newest.update((probe.id, run) for probe in needed)
        return run

    def _done(self) -> set[str]:
        """The probes that came to their end with something to say."""
        return {p.id for p in plan.PROBES if self._state(p).status == "done"}

    def _state(self, probe: plan.Probe) -> ProbeState:
        if probe.id in self._newest:
            return self._newest[probe.id].state(probe.id)
        for observation in self.investigation.evidence.of(ProbeEnded, probe.id):
            return ProbeState(probe, observation.seen.how, observation.seconds)
        return ProbeState(probe)

    def _update_case(self, question: str, value: str) -> None:
        """What is asked about changed: what was seen for the old question is no longer believed."""
        case = self.investigation.case
        match question:
            case "me":
                changed = replace(case, me=value)
            case "customer":
                changed = replace(case, sender=value or None)
            case "since":
                today = self.investigation.world.now().astimezone().date()
                day = date.fromisoformat(value) if value else usual_since(today)
                changed = replace(case, since=day)
            case "about":
                file = value if looks_like_a_file(value) else None
                changed = replace(case, subject=None if file else value or None, attachment=file)
            case _:
                return
        if changed == case:
            return
        self._drop_refused()
        self.investigation.case = changed
        self.stop()
        if self.waiting is not None and (changed.me, changed.sender) != (case.me, case.sender):
            self.waiting.stop()
        self.forget(p.id for p in plan.PROBES)
        if changed.me != case.me:
            self.investigation.leave_mailbox()
            self.declined = False

    def _drop_refused(self) -> None:
        """A password that was refused is not kept, so that nothing can try it again by itself."""
        if self.sign_in_state() == "refused":
            self.investigation.password = None

    def _stop(self, name: str) -> None:
        run = self._runs.get(name)
        if run is not None:
            run.stop()


def _waits_for(probe: plan.Probe, other: str) -> bool:
    """Whether a probe is this one, or needs what it saw."""
    return other in {needed.id for needed in plan.with_needed((probe.id,))}
