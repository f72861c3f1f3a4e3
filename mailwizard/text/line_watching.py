"""The words of a watch of the line: for both front ends and the report."""

from datetime import timedelta

from mailwizard.model.line_history import NAMES, Outage, bounded, outages
from mailwizard.model.marked import N_
from mailwizard.model.seen.line_watch import (
    ANSWERED,
    SILENT,
    SLOW,
    LineWatched,
    Rung,
    RungWatched,
)
from mailwizard.text.joined import labelled, listed
from mailwizard.text.language import _
from mailwizard.text.waiting import clock

_STATES = {
    "watching": N_("Watching the line …"),
    "over": N_("The line was watched to the end."),
    "stopped": N_("You have stopped watching the line."),
    "failed": N_("The watching stopped because of a fault of this program."),
}
_MARKS = {ANSWERED: N_("answers"), SLOW: N_("answers slowly"), SILENT: N_("no answer")}


def offer() -> str:
    """The choice that opens it."""
    return _("Watch the line")


def question() -> str:
    """What is asked before."""
    return _("How long shall we watch the line?")


def reason() -> str:
    """What will be done, under the question."""
    return _(
        "Does it work at one moment and not at the next? Then one look is not enough. Every few"
        " seconds we look at your router, the name service, the internet, webmail and the mail"
        " server, and draw what answered when. Nobody signs in, and nothing is changed."
    )


def choices(minutes: tuple[int, ...]) -> list[tuple[int, str]]:
    """The times that are offered, in minutes, with their words."""
    return [(number, _("{minutes} minutes").format(minutes=number)) for number in minutes]


def headline(state: str) -> str:
    """What is going on, in one line."""
    return _(_STATES[state])


def meaning(looks: int, left: float, *, ended: bool) -> str:
    """How far it is."""
    if ended:
        return _("Looks so far: {count}.").format(count=looks)
    return _("Looks so far: {count}. Time left: {left}. It ends by itself.").format(
        count=looks, left=clock(left)
    )


def legend() -> str:
    """What the marks of the chart mean."""
    return _(". answered   ~ slowly   X no answer   ? not known   (blank) not tested")


def name(rung: Rung) -> str:
    """A rung's name."""
    return _(NAMES[rung])


def milliseconds(value: float | None) -> str:
    """Such as ``12 ms``; "" where no time is known."""
    return "" if value is None else f"{max(1, round(bounded(value)))} ms"


def outage_lines(watched: LineWatched, *, local: bool) -> list[str]:
    """Every time that something did not answer, in the order of time."""
    found = [
        (outage.start, place, rung.rung, outage)
        for place, rung in enumerate(watched.rungs)
        for outage in outages(rung.history, watched.offsets, watched.seconds)
    ]
    found.sort(key=lambda item: item[:2])
    return [
        f"{time_of(watched, outage.start, local=local)}  {labelled(name(rung), _how_long(outage))}"
        for _start, _place, rung, outage in found
    ]


def _how_long(outage: Outage) -> str:
    if not outage.ended:
        return _("no answer from then on")
    return _("no answer for {seconds} s").format(seconds=max(1, round(outage.seconds)))


def change_line(time: str, rung: Rung, mark: str) -> str:
    """One rung's change, for those who read lines; "" for a mark that tells nothing."""
    if mark not in _MARKS:
        return ""
    return f"{time}  {labelled(name(rung), _(_MARKS[mark]))}"


def time_of(watched: LineWatched, offset: float, *, local: bool) -> str:
    """The time of day of a look, such as ``09:14:05``: here, or in UTC."""
    try:
        moment = watched.started + timedelta(seconds=offset)
        return f"{moment.astimezone() if local else moment:%H:%M:%S}"
    except (OverflowError, ValueError):
        return "-"


def figures(rung: RungWatched) -> str:
    """One rung's figures in a line."""
    parts = [
        _("{answered} answered, {silent} without an answer").format(
            answered=rung.answered, silent=rung.silent
        )
    ]
    if rung.median_ms is not None and rung.worst_ms is not None:
        parts.append(
            _("usually {median}, at worst {worst}").format(
                median=milliseconds(rung.median_ms), worst=milliseconds(rung.worst_ms)
            )
        )
    if rung.outages:
        parts.append(
            _("longest gap {seconds} s").format(seconds=round(bounded(rung.longest_seconds)))
        )
    return labelled(name(rung.rung), listed(parts))


def summary_lines(watched: LineWatched) -> list[str]:
    """The figures of the rungs that were looked at."""
    return [figures(rung) for rung in watched.rungs if rung.answered or rung.silent]


def told(watched: LineWatched) -> str:
    """All of it in one line, for the evidence."""
    rungs = "; ".join(_in_short(rung) for rung in watched.rungs if rung.answered or rung.silent)
    return _("Line watched for {seconds} s, {looks} looks. {rungs}").format(
        seconds=round(bounded(watched.seconds)), looks=watched.looks, rungs=rungs or "-"
    )


def _in_short(rung: RungWatched) -> str:
    times = (milliseconds(rung.median_ms), milliseconds(rung.worst_ms))
    answered = _("{answered} of {asked}").format(
        answered=rung.answered, asked=rung.answered + rung.silent
    )
    return labelled(name(rung.rung), f"{answered} {'/'.join(filter(None, times))}".rstrip())
