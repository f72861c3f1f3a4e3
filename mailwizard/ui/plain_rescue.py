"""Moving found mail to the inbox, in the plain wizard."""

from collections.abc import Sequence

from mailwizard.engine.repair import Movable, Repair, bring_back, movable, take_back
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.marked import N_
from mailwizard.text import moving
from mailwizard.text.junk_words import warning
from mailwizard.text.language import _
from mailwizard.text.one_mail import mail_details, why_line
from mailwizard.ui.moved_lines import advice_lines, may_undo, moved_lines
from mailwizard.ui.plain_progress import show_progress
from mailwizard.ui.talk import GoBack, Option, Talk

_MOST_EXPLAINED = 3  # of a longer list each one is explained when it is asked for


def move(session: Session, talk: Talk) -> bool:
    """Shows, asks, moves, tells; True if that solved it. Raises Quit, InputEnded."""
    try:
        mails = _selected(session, talk)
    except GoBack:
        return False
    if not mails:
        return False
    talk.say(_(N_("Moving …")))
    repair = _finished(bring_back(session, mails))
    talk.say("\n".join(moved_lines(repair, back=False)))
    if may_undo(repair):
        if lines := advice_lines(session, repair):
            talk.say("\n".join(lines))
        options = [
            Option("solved", _(N_("That solved it"))),
            Option("undo", _(N_("Undo: move it back"))),
            Option("again", _(N_("Check again"))),
        ]
        try:
            chosen = talk.choose(options)
        except GoBack:
            chosen = "again"
        if chosen == "solved":
            return True
        if chosen == "undo":
            talk.say(_(N_("Moving …")))
            talk.say("\n".join(moved_lines(_finished(take_back(session, repair.done)), back=True)))
    session.start_step(Step.SPAM)
    show_progress(session, talk, Step.SPAM)
    return False


def _selected(session: Session, talk: Talk) -> list[Movable]:
    """Asks until it is clear which mails; none for "cancel". Raises GoBack, Quit, InputEnded."""
    chosen = list(movable(session))
    while chosen:
        talk.say(moving.confirmation((found.mail, found.way) for found in chosen))
        for number, found in enumerate(chosen, 1):
            talk.say(f"  ({number}) {_line(found)}")
            if len(chosen) <= _MOST_EXPLAINED or warning(found.reasons):
                talk.say(f"      {why_line(found.role, found.reasons)}")
        options = [
            Option("move", moving.do_label({found.way for found in chosen})),
            Option("show", _(N_("Show one"))),
            Option("cancel", _(N_("Cancel"))),
        ]
        if len(chosen) > 1:
            options.insert(1, Option("without", _(N_("Leave one of them out"))))
        match talk.choose(options):
            case "move":
                return chosen
            case "cancel":
                break
            case "show":
                shown = chosen[_which(chosen, talk, _(N_("Which one?")))]
                talk.say("\n".join(mail_details(shown.mail, shown.role, shown.reasons)))
                talk.say()
            case _:
                del chosen[_which(chosen, talk, _(N_("Which one stays where it is?")))]
    return []


def _which(found: Sequence[Movable], talk: Talk, question: str) -> int:
    """The place of one mail in the list. Raises GoBack, Quit, InputEnded."""
    if len(found) == 1:
        return 0
    talk.say(question)
    return int(talk.choose([Option(f"{n}", _line(one)) for n, one in enumerate(found)]))


def _line(found: Movable) -> str:
    line = moving.mail_line(found.mail)
    return f"! {line}" if warning(found.reasons) else line


def _finished(repair: Repair) -> Repair:
    """Waits for the end; an interruption from the keyboard breaks it off between two steps."""
    try:
        while not repair.wait(0.2):
            pass
    except KeyboardInterrupt:
        repair.stop()
        raise
    return repair
