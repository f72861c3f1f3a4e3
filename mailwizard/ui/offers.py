"""What the wizard itself can do about it at a step: the same choices in both front ends."""

from dataclasses import dataclass

from mailwizard.engine.repair import movable
from mailwizard.engine.self_test import may_test
from mailwizard.engine.session import Session
from mailwizard.engine.waiting import may_wait
from mailwizard.model.finding import Outcome, Step
from mailwizard.text import line_watching, self_testing
from mailwizard.text.language import _
from mailwizard.text.moving import move_label
from mailwizard.ui.browser import sign_in_page

_EXPLAINS = (Outcome.CAUSE, Outcome.RISK)


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice; what is ``urgent`` stands first."""

    id: str
    label: str
    urgent: bool = False


def offers(session: Session, step: Step | None) -> tuple[Offer, ...]:
    """What can be done at a step, None for the hand-over, in the order of use; the urgent first."""
    if step is not None and session.running(step):
        return ()
    match step:
        case Step.SPAM:
            return _in_the_mailbox(session)
        case Step.QUOTA:
            return _about_room(session)
        case Step.NETWORK:
            return _about_the_line(session)
        case None:
            return _waiting(session)
    return ()


def _about_the_line(session: Session) -> tuple[Offer, ...]:
    watch = Offer("watch-line", line_watching.offer())
    if sign_in_page(session):
        return (Offer("open-page", _("Open the sign-in page"), urgent=True), watch)
    return (watch,)


def _in_the_mailbox(session: Session) -> tuple[Offer, ...]:
    found = movable(session)
    if found:
        return (Offer("move", move_label(len(found), {one.way for one in found}), urgent=True),)
    if _outcome(session, Step.SPAM) is Outcome.CAUSE or not may_test(session):
        return ()
    return (Offer("self-test", self_testing.offer()),)


def _about_room(session: Session) -> tuple[Offer, ...]:
    if session.sign_in_state() != "ok":
        return ()
    tight = _outcome(session, Step.QUOTA) in _EXPLAINS
    room = Offer("make-room", _("Make room"), urgent=tight)
    return (room, *_waiting(session)) if tight else (room,)


def _waiting(session: Session) -> tuple[Offer, ...]:
    """For the mail that is sent once more; not where it has been found already."""
    if not may_wait(session) or _outcome(session, Step.SPAM) is Outcome.CAUSE:
        return ()
    return (Offer("wait", _("Wait for the next mail")),)


def _outcome(session: Session, step: Step) -> Outcome | None:
    results = session.investigation.diagnosis().steps
    return next((result.outcome for result in results if result.step == step), None)
