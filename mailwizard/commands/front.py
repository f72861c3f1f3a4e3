"""Starts one of the two front ends on a session."""

from collections.abc import Callable

from mailwizard.commands.surroundings import Surroundings, WrongArguments
from mailwizard.engine.session import Session
from mailwizard.model.marked import N_
from mailwizard.model.organisation import Organisation
from mailwizard.text.language import _, current
from mailwizard.ui.passwords import Passwords


def needs_a_screen(surroundings: Surroundings, instead: str) -> None:
    """Raises WrongArguments where the terminal cannot show the full-screen wizard."""
    dumb = surroundings.environment.get("TERM", "") in ("dumb", "unknown")
    # The screens are drawn on standard error: sent to a file, nothing would be seen.
    streams = (
        surroundings.input.is_terminal,
        surroundings.output_is_terminal,
        surroundings.errors_is_terminal,
    )
    if all(streams) and not dumb:
        return
    raise WrongArguments(
        _(
            N_(
                "This terminal cannot show the wizard's screens. The same wizard as plain"
                " questions: {command}"
            )
        ).format(command=instead)
    )


def show(
    session: Session,
    passwords: Passwords,
    organisation: Organisation,
    surroundings: Surroundings,
    *,
    plain: bool,
    notice: Callable[[], str] | None = None,
) -> int:
    """The wizard as numbered questions, or on the full screen. Returns the exit code.

    ``notice`` is said on the first full screen, which covers what was said before it started.
    """
    if not plain:
        from mailwizard.ui.tui.run import run

        return run(
            session,
            language=current(),
            password_store=passwords,
            organisation=organisation,
            notice=notice,
        )

    from mailwizard.ui.plain import Plain
    from mailwizard.ui.talk import Talk

    def write(text: str) -> None:
        surroundings.output.write(text)
        surroundings.output.flush()

    echo = not surroundings.input.is_terminal
    talk = Talk(surroundings.read_line, write, surroundings.ask_password, echo=echo)
    return Plain(session, talk, passwords, organisation).run()
