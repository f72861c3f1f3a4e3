"""A saved report, judged anew: nothing is probed."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from mailwizard.diagnosis.diagnose import Diagnosis, diagnose
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.providers.detect import Detected, detect


@dataclass
class Reopened:
    """An investigation of the past: what it was about and what was seen."""

    case: Case
    evidence: Evidence
    started: datetime

    @cached_property
    def detected(self) -> Detected:
        """The provider that the evidence names, by today's profiles."""
        return detect(self.case, self.evidence)

    @cached_property
    def _diagnosis(self) -> Diagnosis:
        found = self.detected
        return diagnose(Situation(self.case, self.evidence, found.provider, found.by))

    def diagnosis(self) -> Diagnosis:
        """The judgement by this version of the program."""
        return self._diagnosis
