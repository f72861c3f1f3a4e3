"""Reads a saved report that the command line names."""

from pathlib import Path
from typing import TYPE_CHECKING

from mailwizard.commands.surroundings import WrongArguments
from mailwizard.model.marked import N_
from mailwizard.model.shown import shown
from mailwizard.text.language import _

if TYPE_CHECKING:
    from mailwizard.report.saved import Saved


def read_saved(name: str) -> "Saved":
    """The saved report in a file. Raises WrongArguments, which says why not."""
    from mailwizard.report.saved import LIMIT, NotOpened, read
    from mailwizard.text.problems import not_a_report

    try:
        path = Path(name).expanduser()
        if path.exists() and not path.is_file():
            raise WrongArguments(
                _(N_("{path} is no file. Name a report that was saved as JSON.")).format(
                    path=shown(name, 200)
                )
            )
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
        return read(data)
    except NotOpened as problem:
        raise WrongArguments(not_a_report(problem.reason, name)) from None
    except FileNotFoundError:
        raise WrongArguments(
            _(N_("There is no file {path}. Check its name.")).format(path=shown(name, 200))
        ) from None
    except (OSError, ValueError, RuntimeError):
        raise WrongArguments(
            _(N_("{path} cannot be read. Copy it to your own folder first.")).format(
                path=shown(name, 200)
            )
        ) from None
