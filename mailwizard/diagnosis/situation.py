"""What a judgement may look at, and how it makes a finding."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from mailwizard.diagnosis.codes import CODES
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner, Value
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.provider import Provider
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.model.seen.user import Answer

S = TypeVar("S", bound=Seen)

WEBMAIL_LOOK_UPS = ("webmail-junk", "webmail-trash", "webmail-search")
"""The questions of ``tree.py`` that together look through the whole mailbox."""


@dataclass(frozen=True, slots=True)
class Situation:
    """The case, everything seen, and the provider that the mailbox is at.

    ``provider_by`` tells how the provider is known: ``user``, ``srv``, ``cname``, ``mx``, ``spf``,
    or ``default`` (nothing pointed anywhere: nothing may be concluded from the profile).
    """

    case: Case
    evidence: Evidence
    provider: Provider
    provider_by: str = "default"
    answers: dict[str, Observation[Answer]] = field(init=False)

    def __post_init__(self) -> None:
        newest: dict[str, Observation[Answer]] = {}
        for observation in self.of(Answer):
            known = newest.get(observation.seen.question)
            if known is None or known.at <= observation.at:
                newest[observation.seen.question] = observation
        object.__setattr__(self, "answers", newest)

    def of(self, kind: type[S]) -> list[Observation[S]]:
        """The believed observations of one kind."""
        return self.evidence.of(kind)

    def answered(self, question: str, *values: str) -> Observation[Answer] | None:
        """The user's answer to a question, if it is one of ``values``."""
        answer = self.answers.get(question)
        return answer if answer is not None and answer.seen.value in values else None

    @property
    def looked_in_vain(self) -> tuple[Observation[Answer], ...]:
        """The user's own look-ups in webmail, if all were made and none found the mail; else ()."""
        answers = [self.answered(question, "no") for question in WEBMAIL_LOOK_UPS]
        made = tuple(answer for answer in answers if answer is not None)
        return made if len(made) == len(answers) else ()

    def ended(self, probe: str) -> ProbeEnded | None:
        """How a probe ended, or None if it has not (or was never started)."""
        for observation in self.evidence.of(ProbeEnded, probe):
            return observation.seen
        return None

    @property
    def now(self) -> datetime | None:
        """When the newest observation was made: the judgement's own "today"."""
        return max((o.at for o in self.evidence), default=None)


def ids(observations: Iterable[Observation[Any] | None]) -> tuple[str, ...]:
    """The ids of observations, for ``because``; None is passed over, none stands twice."""
    return tuple(dict.fromkeys(o.id for o in observations if o is not None))


def finding(
    code: str,
    because: Iterable[Observation[Any] | None],
    *,
    certainty: Certainty = Certainty.SURE,
    outcome: Outcome | None = None,
    owner: Owner | None = None,
    **data: Value,
) -> Finding:
    """A finding with its code's usual step, outcome and owner, where nothing else is said."""
    facts = CODES[code]
    return Finding(
        code=code,
        step=facts.step,
        outcome=outcome or facts.outcome,
        owner=owner or facts.owner,
        certainty=certainty,
        because=ids(because),
        data=data,
    )
