"""One case being looked into: the evidence, the probes' runs, the judgement so far."""

from collections.abc import Callable, Iterable

from mailwizard import plan
from mailwizard.diagnosis.diagnose import Diagnosis, diagnose
from mailwizard.diagnosis.ground import cut_off
from mailwizard.diagnosis.network_line import line_fault
from mailwizard.diagnosis.situation import Situation
from mailwizard.diagnosis.steps import OF_THE_WHOLE
from mailwizard.engine.runner import ProbeState, Run
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Finding
from mailwizard.model.observation import Seen
from mailwizard.model.secret import Secret
from mailwizard.model.seen.user import Answer
from mailwizard.probes.mailbox_pool import MailboxPool
from mailwizard.probes.setting import Inputs, Setting, World
from mailwizard.providers.detect import Detected, detect


class Investigation:
    """Holds what changes while one case is looked into. One thread uses it, and the probes."""

    def __init__(self, world: World, case: Case, evidence: Evidence | None = None) -> None:
        self.world = world
        self.case = case
        self.evidence = evidence if evidence is not None else Evidence()
        self.inputs = Inputs()
        self.password: Secret | None = None
        self.mailboxes = MailboxPool()
        self.started = world.now()
        self._judged: tuple[int, Case, Diagnosis] | None = None

    @property
    def detected(self) -> Detected:
        """The provider that the evidence (or the user) names, and the mailbox's server."""
        return detect(self.case, self.evidence)

    def start(
        self,
        probes: Iterable[plan.Probe],
        *,
        seconds: float = 60.0,
        on_change: Callable[[ProbeState], None] | None = None,
    ) -> Run:
        """Starts probes side by side; each waits only for what it needs and is started with it.

        As soon as it is sure that nothing outside can be reached, none is waited for any more.
        """
        return Run(
            list(probes),
            self.evidence,
            self.setting,
            seconds=seconds,
            on_change=on_change,
            pointless=lambda: "no-line" if cut_off(self.situation()) else "",
        )

    def answer(self, question: str, value: str) -> None:
        """Records the user's answer, in place of an earlier one to the same question."""
        probe = f"user:{question}"
        self.evidence.begin(probe)
        self.evidence.add(
            probe, Answer(question=question, value=value), at=self.world.now(), seconds=0.0
        )

    def withdraw(self, question: str) -> None:
        """The user went back: the answer is no longer believed."""
        self.evidence.begin(f"user:{question}")

    def situation(self) -> Situation:
        """What the diagnosis may look at now; running probes do not change it any more."""
        evidence = self.evidence.as_it_is()
        found = detect(self.case, evidence)
        return Situation(self.case, evidence, found.provider, found.by)

    def diagnosis(self) -> Diagnosis:
        """The judgement of everything seen so far."""
        if self._judged is None or self._judged[:2] != (self.evidence.version, self.case):
            situation = self.situation()
            self._judged = (situation.evidence.version, situation.case, diagnose(situation))
        return self._judged[2]

    def told_by(self, kind: type[Seen]) -> tuple[Finding, ...]:
        """The findings of one step alone that rest on records of a kind, in rank order."""
        records = {observation.id for observation in self.evidence.of(kind)}
        return tuple(
            finding
            for finding in self.diagnosis().findings
            if records.intersection(finding.because) and finding.code not in OF_THE_WHOLE
        )

    @property
    def line_broken(self) -> bool:
        """Whether nothing outside could be judged, when the line was last looked at."""
        return line_fault(self.situation()) is not None

    def leave_mailbox(self) -> None:
        """Another mailbox is asked about: what still works in this one keeps its connections.

        None of them comes to whoever asks for one from now on.
        """
        self.mailboxes.retire()
        self.mailboxes = MailboxPool()
        self.password = None

    def close(self) -> None:
        """Breaks off open mailbox connections."""
        self.mailboxes.retire()

    def setting(
        self,
        record: Callable[[Seen], None],
        remaining: Callable[[], float],
        progress: Callable[[int, int], None],
    ) -> Setting:
        """What a probe or an action is given."""
        found = self.detected
        return Setting(
            world=self.world,
            case=self.case,
            evidence=self.evidence,
            provider=found.provider,
            imap_server=found.imap_server,
            password=self.password,
            inputs=self.inputs,
            mailboxes=self.mailboxes,
            record=record,
            remaining=remaining,
            progress=progress,
        )
