"""A connection that is opened again when it is lost, for work that may take hours."""

import time

from mailwizard.actions.archive.outcome import CannotGoOn
from mailwizard.model.secret import Secret
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.probes.imap.client import ImapClient, Opened
from mailwizard.probes.imap.lending import left_open, refused_already, signed_in
from mailwizard.probes.imap.opening import open_mailbox
from mailwizard.probes.setting import Setting, Stopped

PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # seconds before each further attempt
_HOPELESS = ("refused", "not-verified", "no-password-login")


class Lasting:
    """One signed-in connection after another; never more than one at a time.

    Only attempts without any success count up to the end: see ``went_on``.
    """

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._client: ImapClient | None = None
        self._fruitless = 0
        self._why = ""
        self._first = True
        self._open: tuple[bytes, bool] | None = None
        self._opened: Opened | None = None

    def client(self) -> ImapClient:
        """The connection, a new one if need be. Raises CannotGoOn, Stopped."""
        while self._client is None or self._client.broken:
            self._open = None
            self._client = self._first_one() if self._first else self._next_one()
        return self._client

    def folder(self, wire_name: bytes, *, to_change: bool = False) -> tuple[ImapClient, Opened]:
        """The connection with this folder opened. Raises Refused, Broken, Garbled and the same."""
        client = self.client()
        if self._open != (wire_name, to_change) or self._opened is None:
            self._open = None
            self._opened = client.select(wire_name) if to_change else client.examine(wire_name)
            self._open = (wire_name, to_change)
        return client, self._opened

    def went_on(self) -> None:
        """Something was reached since the connection was opened."""
        self._fruitless = 0

    def lost(self, why: str) -> None:
        """The connection is of no more use."""
        self._why = why
        self.close()

    def close(self) -> None:
        """Ends the connection."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _first_one(self) -> ImapClient | None:
        """Whoever was signed in goes on; the first attempt may be in vain like any other."""
        self._first = False
        if not signed_in(self._setting.evidence):
            raise CannotGoOn("no-connection", "not-signed-in")
        return left_open(self._setting) or self._next_one()

    def _next_one(self) -> ImapClient | None:
        password = self._setting.password
        if password is None or self._fruitless >= len(PAUSES):
            raise CannotGoOn("no-connection", self._why)
        self._wait(PAUSES[self._fruitless])
        if (refused := refused_already(self._setting.evidence)) is not None:
            raise CannotGoOn("no-connection", f"refused {refused.text}".strip())
        self._fruitless += 1
        return self._opened_again(password)

    def _opened_again(self, password: Secret) -> ImapClient | None:
        client, seen = open_mailbox(self._setting, password)
        if client is None:
            self._why = f"{seen.outcome} {seen.text}".strip()
            if seen.outcome in _HOPELESS:
                self._tell(seen)
                raise CannotGoOn("no-connection", self._why)
            return None
        self._setting.mailboxes.opened(client)
        return client

    def _tell(self, seen: SignIn) -> None:
        """A refused password is recorded, so that nobody tries it again."""
        if seen.outcome == "refused":
            self._setting.record(seen)

    def _wait(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            if self._setting.stopped:
                raise Stopped
            time.sleep(min(0.1, left))
