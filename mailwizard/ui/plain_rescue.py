"""Moving found mail to the inbox, in the plain wizard."""

from mailwizard.engine.repair import Repair, bring_back, movable, take_back
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.marked import N_
from mailwizard.model.seen.mailbox import MailSeen
from mailwizard.text import moving
from mailwizard.text.language import _
from mailwizard.ui.moved_lines import advice_lines, may_undo, moved_lines
from mailwizard.ui.plain_progress import show_progress
from mailwizard.ui.talk import GoBack, Option, Talk


def move_option(session: Session) -> Option | None:
    """The choice that offers it; None where there is nothing to move."""
    found = movable(session)
    return Option("move", moving.move_label(len(found))) if found else None


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


def _selected(session: Session, talk: Talk) -> list[MailSeen]:
    """Asks until it is clear which mails; none for "cancel". Raises GoBack, Quit, InputEnded."""
    chosen = list(movable(session))
    while chosen:
        talk.say(moving.confirmation(chosen))
        for number, mail in enumerate(chosen, 1):
            talk.say(f"  ({number}) {moving.mail_line(mail)}")
        options = [Option("move", _(N_("Move"))), Option("cancel", _(N_("Cancel")))]
        if len(chosen) > 1:
            options.insert(1, Option("without", _(N_("Leave one of them out"))))
        match talk.choose(options):
            case "move":
                return chosen
            case "cancel":
                break
            case _:
                talk.say(_(N_("Which one stays where it is?")))
                lines = [Option(f"{n}", moving.mail_line(m)) for n, m in enumerate(chosen)]
                del chosen[int(talk.choose(lines))]
    return []


def _finished(repair: Repair) -> Repair:
    """Waits for the end; an interruption from the keyboard breaks it off between two steps."""
    try:
        while not repair.wait(0.2):
            pass
    except KeyboardInterrupt:
        repair.stop()
        raise
    return repair
