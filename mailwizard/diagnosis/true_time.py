"""What time it really is, where this computer's clock may be wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from mailwizard.diagnosis.network_clock import dated
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.observation import Observation


@dataclass(frozen=True, slots=True)
class TrueTime:
    """``ahead``: how far this computer's clock is ahead; ``because`` empty: nobody confirmed it."""

    ahead: timedelta
    because: tuple[Observation[Any], ...]

    def of(self, moment: datetime) -> datetime:
        """The true time of something that this computer's clock dated."""
        return moment - self.ahead


def true_time(situation: Situation) -> TrueTime:
    """By the clocks of web servers that were heard, if any were."""
    heard = dated(situation)
    ahead = median(seconds for _o, seconds in heard) if heard else 0.0
    return TrueTime(timedelta(seconds=ahead), tuple(o for o, _seconds in heard))
