"""Where a front end finds and keeps passwords."""

from typing import Protocol

from mailwizard.model.secret import Secret


class Passwords(Protocol):
    """``storage.passwords.PasswordStore``, or the demo's own. Calls may take seconds."""

    def available(self) -> bool:
        """Whether it keeps them beyond this run."""

    def get(self, address: str) -> Secret | None:
        """The kept password of an address."""

    def set(self, address: str, password: Secret) -> bool:
        """Keeps one."""
