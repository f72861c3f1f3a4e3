"""A watch of the line as lines of text, for both front ends."""

from mailwizard.engine.line_watch import Watching
from mailwizard.model.line_history import watched
from mailwizard.model.seen.line_watch import ANSWERED, RUNGS, SILENT, SLOW, LineWatched
from mailwizard.report.line_chart import newest
from mailwizard.text import line_watching as words


def so_far(now: Watching) -> LineWatched:
    """The watch as it would be recorded now."""
    if now.record is not None:
        return now.record
    return watched(
        now.looks, started=now.started, seconds=now.elapsed, host="", stopped=not now.ended
    )


def chart_lines(now: Watching, width: int) -> list[str]:
    """The chart, with the last look's times at the right; at most ``width`` cells."""
    last = now.looks[-1].ms if now.looks else (None,) * len(RUNGS)
    right = [words.milliseconds(value).rjust(8) for value in last]
    return newest(so_far(now), right, width, local=True)


def gone_lines(now: Watching) -> list[str]:
    """When something did not answer, the newest first."""
    return words.outage_lines(so_far(now), local=True)[::-1]


def change_lines(now: Watching, told: dict[str, str], begin: int) -> list[str]:
    """What has changed since the look ``begin``; ``told`` keeps each rung's last mark."""
    record = so_far(now)
    lines = []
    for look in now.looks[begin:]:
        time = words.time_of(record, look.offset, local=True)
        for rung, mark in zip(RUNGS, look.marks, strict=True):
            if mark in (ANSWERED, SLOW, SILENT) and told.get(rung) != mark:
                told[rung] = mark
                lines.append(words.change_line(time, rung, mark))
    return lines
