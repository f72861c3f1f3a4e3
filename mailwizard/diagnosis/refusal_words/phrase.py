"""One row of the table of refusals."""

import re
from dataclasses import dataclass, field

from mailwizard.model.finding import Certainty

SURE, LIKELY, POSSIBLE = Certainty.SURE, Certainty.LIKELY, Certainty.POSSIBLE


@dataclass(frozen=True, slots=True)
class Phrase:
    """``fragment`` (case does not matter) in a refusal by ``dialect`` means ``code``."""

    dialect: str
    fragment: str
    code: str
    source: str
    certainty: Certainty = SURE
    pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", re.compile(self.fragment, re.IGNORECASE))
