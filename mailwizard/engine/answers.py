"""Takes what was typed or chosen: into the case, the inputs or the evidence, or says why not."""

from dataclasses import replace

from mailwizard import tree
from mailwizard.engine.dates import DayToCome, NotADay, read_day
from mailwizard.engine.files import MOST_OCTETS, Problem, names_a_file, read_file, unreadable
from mailwizard.engine.session import Session
from mailwizard.model.case import Case, NotAnAddress, parse_address, parse_sender
from mailwizard.model.marked import N_
from mailwizard.probes import plan

__all__ = ["Problem", "take"]

_BY_SENDER = (
    "search",
    "history",
    "sender-domain",
    "sender-identity",
    "block-lists",
)
_BY_BOUNCE = ("bounce", "sender-identity", "block-lists")


def take(session: Session, question: tree.Question, typed: str) -> Problem | None:
    """Takes an answer: typed text, or the id of a choice. A Problem means that nothing was changed.

    Choices become evidence. Typed answers go into the case (a pasted bounce into the inputs), so
    that no report ever repeats them as they were typed. Where they differ from before, what was
    measured for the old ones is no longer believed.
    """
    match question.kind:
        case "choice":
            problem = _choice(session, question, typed)
        case "address":
            problem = _me(session, typed)
        case "sender":
            problem = _sender(session, typed)
        case "since":
            problem = _since(session, typed)
        case "bounce":
            problem = _bounce(session, typed)
    if problem is None:
        session.answers[question.id] = typed.strip()
    return problem


def _choice(session: Session, question: tree.Question, typed: str) -> Problem | None:
    if typed not in {choice.id for choice in question.choices}:
        return Problem(N_("Choose one of the answers."))
    session.answer(question.id, typed)
    return None


def _me(session: Session, typed: str) -> Problem | None:
    try:
        me = parse_address(typed)
    except NotAnAddress:
        if not typed.strip():
            return Problem(N_("Type your own mail address, such as lin@acme-trading.com."))
        return Problem(
            N_(
                "“{typed}” is not a complete mail address. It has a name, an @ and a domain,"
                " such as lin@acme-trading.com."
            ),
            {"typed": typed},
        )
    investigation = session.investigation
    if investigation.case.me and investigation.case.me.lower() != me.lower():
        session.stop()
        session.forget(probe.id for probe in plan.PROBES)
        investigation.password = None
        session.declined = False
        investigation.mailboxes.close()
    _change(session, replace(investigation.case, me=me))
    return None


def _sender(session: Session, typed: str) -> Problem | None:
    sender: str | None = None
    if typed.strip():
        try:
            sender = parse_sender(typed)
        except NotAnAddress:
            return Problem(
                N_(
                    "“{typed}” is neither a mail address nor a domain. Write it such as"
                    " buyer@customer-gmbh.de, or only customer-gmbh.de."
                ),
                {"typed": typed},
            )
    if sender != session.investigation.case.sender:
        session.forget(_BY_SENDER)
    _change(session, replace(session.investigation.case, sender=sender))
    return None


def _since(session: Session, typed: str) -> Problem | None:
    today = session.investigation.world.now().astimezone().date()
    try:
        since = read_day(typed, today)
    except DayToCome:
        return Problem(
            N_("“{typed}” is still to come. Give the day from which on the mail is missing."),
            {"typed": typed},
        )
    except NotADay:
        return Problem(
            N_(
                "“{typed}” is not a day we understand. Write it such as {example}, or 14 for the"
                " last 14 days."
            ),
            {"typed": typed, "example": today.isoformat()},
        )
    if since != session.investigation.case.since:
        session.forget(("search", "history", "sender-identity", "block-lists"))
    _change(session, replace(session.investigation.case, since=since))
    return None


def _bounce(session: Session, typed: str) -> Problem | None:
    data: bytes | None = None
    if names_a_file(typed):
        read = read_file(typed)
        if isinstance(read, Problem):
            return read
        data = read
        if problem := unreadable(data, typed):
            return problem
    elif typed.strip():
        data = typed.encode("utf-8", "replace")[:MOST_OCTETS]
    inputs = session.investigation.inputs
    if data != inputs.bounce:
        session.forget(_BY_BOUNCE)
        session.investigation.inputs = replace(inputs, bounce=data)
    return None


def _change(session: Session, case: Case) -> None:
    session.investigation.case = case
