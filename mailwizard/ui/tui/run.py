"""The way in for the command line, and what must be so before Textual is loaded."""

import os
from collections.abc import Callable

from mailwizard.engine.session import Session
from mailwizard.model.organisation import Organisation
from mailwizard.ui.tui.ports import Options, PasswordStore

# Textual reads these when it is imported: a log or a developer's console would hold every key that
# is pressed, those of the password too.
_RECORD_KEYS = ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "TEXTUAL_PRESS", "TEXTUAL_SCREENSHOT")


def run(
    session: Session,
    *,
    language: str,
    password_store: PasswordStore | None = None,
    organisation: Organisation | None = None,
    theme: str = "dark",
    notice: Callable[[], str] | None = None,
) -> int:
    """Runs the wizard until the user quits. Returns the exit code: 0, or 4 after a fault of ours.

    ``language`` is a key of ``text.language.LANGUAGES``; ``theme`` one of ``themes.OWN``.
    ``notice`` gives a sentence for the first screen, in the language in use.
    NO_COLOR in the environment is honoured. Raises KeyError for a language without a catalogue.
    """
    for name in _RECORD_KEYS:
        os.environ.pop(name, None)

    from textual import constants

    from mailwizard.text.language import use
    from mailwizard.ui.tui.app import WizardApp

    constants.LOG_FILE = None  # type: ignore[misc]  # where Textual was loaded before
    use(language)
    app = WizardApp(
        session,
        Options(
            password_store=password_store,
            organisation=organisation,
            theme=theme,
            notice=notice,
        ),
    )
    try:
        app.run()
    finally:
        session.close()
    return 4 if app.return_code else 0
