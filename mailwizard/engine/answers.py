"""Takes what was typed or chosen in answer to a question, for both front ends."""

import re
from pathlib import Path

from mailwizard import tree
from mailwizard.engine.session import Session
from mailwizard.model.marked import N_
from mailwizard.text.brought import MOST_BYTES, check_brought, read_brought
from mailwizard.text.typed import NotUnderstood, read_typed

_NAME_OF_A_FILE = re.compile(r"([/~]|\.{1,2}[/\\]|[a-z]:[/\\])\S*|\S+\.(eml|msg|txt)", re.I)


def take(session: Session, question: tree.Question, typed: str) -> None:
    """Takes an answer: typed text, or the id of a choice.

    A bounce goes into the inputs alone, so that no report repeats it. Raises NotUnderstood, whose
    sentence says what to type instead; then nothing has been changed.
    """
    match question.kind:
        case "choice":
            if typed not in {choice.id for choice in question.choices}:
                raise NotUnderstood(N_("Choose one of the answers."))
            session.answer(question.id, typed)
        case "bounce":
            named = names_a_file(typed)
            bounce = read_brought(typed) if named else typed.encode("utf-8", "replace")
            if typed.strip():
                check_brought(bounce)
            session.bring_bounce(bounce[:MOST_BYTES] if typed.strip() else None)
            session.answers[question.id] = typed.strip() if named else ""
        case kind:
            if question.may_skip and not typed.strip():
                session.answer(question.id, "")
                return
            today = session.investigation.world.now().astimezone().date()
            session.answer(question.id, read_typed(kind, typed, today))


def names_a_file(typed: str) -> bool:
    """Whether what was typed is the name of a file, rather than the pasted text itself."""
    text = typed.strip().strip("\"'")
    if not text or "\n" in text or len(text) > 1000:
        return False
    try:
        return bool(_NAME_OF_A_FILE.fullmatch(text)) or Path(text).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False
