"""What the wizard is given from outside: where passwords are kept, how names are hidden."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from mailwizard.model.organisation import Organisation
from mailwizard.model.secret import Secret


class PasswordStore(Protocol):
    """A place that keeps passwords beyond this run. Every call may take seconds."""

    def available(self) -> bool:
        """Whether it works: a test entry could be written, read and removed."""

    def get(self, address: str) -> Secret | None:
        """The password kept for an address."""

    def set(self, address: str, password: Secret) -> object:
        """Keeps a password."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the wizard is run. ``theme`` is a key of ``themes.OWN``.

    ``notice`` gives a sentence that the first question's screen shows, in the language in use.
    """

    password_store: PasswordStore | None = None
    organisation: Organisation | None = None
    theme: str = "dark"
    notice: Callable[[], str] | None = None
