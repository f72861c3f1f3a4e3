"""What a benchmark gives back."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Result:
    """One figure and its bound; ``unit`` is ``x`` for a ratio of two things measured in one run.

    ``at_least`` turns the bound round. ``detail`` says what was measured, for the reader.
    """

    name: str
    figure: float
    bound: float
    unit: Literal["x", "s", "MB", "commands"]
    detail: str = ""
    at_least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the bound is kept."""
        return self.figure >= self.bound if self.at_least else self.figure <= self.bound
