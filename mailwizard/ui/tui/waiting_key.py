"""What the top line of every screen says of a waiting in the background."""

from mailwizard.engine.session import Session
from mailwizard.text import waiting as words
from mailwizard.ui.tui.widgets.key_line import Key


def waiting_keys(session: Session) -> list[Key]:
    """The key that opens it, with the time left; none where its end has been seen."""
    job = session.waiting
    if job is None or job.known:
        return []
    now = job.snapshot()
    return [Key("F5", words.beside(now.state, now.left), "app.show_waiting")]
