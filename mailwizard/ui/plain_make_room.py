"""Making room in the plain wizard: the picture as lines with bars, then what can be done."""

from mailwizard.engine import make_room
from mailwizard.engine import space as survey
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.marked import N_
from mailwizard.model.space import Space
from mailwizard.text import making_room as words
from mailwizard.text.language import _
from mailwizard.ui.bar_text import counts, line
from mailwizard.ui.plain_progress import show_progress
from mailwizard.ui.plain_room_archive import go_on, save_and_delete
from mailwizard.ui.plain_room_empty import empty_folder
from mailwizard.ui.room_folder import emptiable
from mailwizard.ui.room_rows import VIEWS, WEIGHTS, Names, View, measured, rows
from mailwizard.ui.talk import GoBack, Option, Talk

_WIDTH = 76
_MOST_ROWS = 20


def run(session: Session, talk: Talk) -> bool:
    """Measures, shows, offers; True if anything was deleted, and the quota is looked at anew.

    Raises Quit, InputEnded.
    """
    deleted = False
    try:
        while True:
            found = _measured(session, talk)
            if not _one_round(session, talk, found):
                break
            deleted = True
    except GoBack:
        pass
    if deleted:
        session.start_step(Step.QUOTA)
        show_progress(session, talk, Step.QUOTA)
    return deleted


def _measured(session: Session, talk: Talk) -> Space:
    """Waits for the survey; an interruption from the keyboard keeps what is known by then."""
    talk.say(_(N_("Measuring your mailbox. Nothing is changed by this. Ctrl+C stops it.")))
    job = survey.measure(session)
    try:
        while not job.wait(5.0):
            talk.say("  " + measured(job.snapshot(), ended=False))
    except KeyboardInterrupt:
        job.stop()
        job.wait(2.0)
    return job.snapshot()


def _one_round(session: Session, talk: Talk, found: Space) -> bool:
    """Shows and offers until something was deleted (True) or the user is done (False)."""
    _show(talk, found, "folders")
    while True:
        unfinished = make_room.unfinished(session, make_room.documents())
        chosen = talk.choose(_options(found, unfinished))
        what, _space, which = chosen.partition(" ")
        try:
            match what:
                case "choose" if save_and_delete(session, talk, found):
                    return True
                case "resume" if go_on(session, talk, unfinished[int(which)]):
                    return True
                case "empty":
                    if empty_folder(session, talk, emptiable(found)[int(which)]):
                        return True
                case "view":
                    _show(talk, found, _view(which))
                case "back":
                    return False
        except GoBack:
            continue


def _options(found: Space, unfinished: tuple[make_room.Unfinished, ...]) -> list[Option]:
    options = [
        Option(f"resume {n}", words.unfinished(one.started, one.done, one.total, one.phase))
        for n, one in enumerate(unfinished)
    ]
    if found.folders:
        options.append(Option("choose", _(N_("Save old mails here, then delete them"))))
    options += [
        Option(f"empty {n}", words.empty_label(one.role, one.folder.count))
        for n, one in enumerate(emptiable(found))
    ]
    options += [
        Option(f"view {view}", _(N_("Show: {view}")).format(view=_(label)))
        for view, label in VIEWS.items()
    ]
    return [*options, Option("back", _(N_("Back to the step")))]


def _view(name: str) -> View:
    return next(view for view in VIEWS if view == name)


def _show(talk: Talk, found: Space, view: View) -> None:
    """One view as lines, the most important first."""
    talk.say()
    talk.say(measured(found, ended=True))
    talk.say(_(VIEWS[view]) + ":")
    shown = rows(view, found, Names())
    most = max((row.octets for row in shown), default=0)
    for row in shown[:_MOST_ROWS]:
        talk.say("  " + line(row, most, counts(shown), _WIDTH, WEIGHTS[view]).rstrip())
    if len(shown) > _MOST_ROWS:
        talk.say("  " + _(N_("and {count} more")).format(count=len(shown) - _MOST_ROWS))
