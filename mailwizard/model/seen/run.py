"""What happened to a probe itself."""

from typing import Literal

from mailwizard.model.observation import Seen, seen


@seen("probe-ended")
class ProbeEnded(Seen):
    """A probe came to its end.

    ``crashed``: an error of ours, ``reason`` names its type and place, never its values.
    ``deadline`` and ``stopped``: what it saw until then stands, but is incomplete.
    ``skipped``: it had nothing to ask (``reason`` is a word of the probe's, e.g. ``no-sender``).
    """

    how: Literal["done", "crashed", "deadline", "stopped", "skipped"]
    reason: str = ""
