"""Keeps passwords in this computer's keyring where it really works, else in memory for this run.

A keyring's own statement that it is there proves nothing: a test entry is written, read and
deleted first. Every call to a keyring runs on a daemon thread with a deadline, because a service
that does not answer blocks for ever.
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from mailwizard.model.secret import Secret
from mailwizard.storage import files, paths

T = TypeVar("T")

WhyNot = Literal["", "none", "disabled", "plaintext", "no-answer", "error"]

SERVICE = "mailwizard"


class _NoAnswer(Exception):
    """The keyring did not answer within the deadline."""


class _Broken(Exception):
    """The keyring answered with an error of its own."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What ``forget`` did, by address: ``kept`` could not be removed and are still stored."""

    removed: tuple[str, ...]
    kept: tuple[str, ...]


class PasswordStore:
    """Passwords by mail address. No method raises because of a keyring, none blocks for long.

    ``seconds`` bounds each exchange with the keyring. ``backend`` finds the keyring; it is
    called on the same kind of thread, because finding it already talks to the desktop's services.
    """

    def __init__(
        self,
        index: Path | None = None,
        *,
        seconds: float = 2.0,
        backend: Callable[[], Any] | None = None,
    ) -> None:
        self._index = index
        self._seconds = seconds
        self._find = backend or _system_keyring
        self._keyring: Any = None
        self._tested = False
        self._why_not: WhyNot = ""
        self._memory: dict[str, Secret] = {}

    def available(self) -> bool:
        """Whether a keyring has passed the test; tested once, when it is first needed."""
        if not self._tested:
            self._tested = True
            try:
                self._within_deadline(self._test)
            except _NoAnswer:
                self._give_up("no-answer")
            except _Broken:
                self._give_up("error")
        return self._keyring is not None

    @property
    def why_not(self) -> WhyNot:
        """Why passwords are only kept for this run; "" if they are stored, or not tested yet.

        ``none``: there is no keyring · ``disabled``: switched off by its settings ·
        ``plaintext``: it would store the password readably · ``no-answer`` · ``error``.
        """
        return self._why_not

    def get(self, address: str) -> Secret | None:
        """The password of an address, of this run or stored."""
        key = address.lower()
        if key in self._memory:
            return self._memory[key]
        if not self.available():
            return None
        keyring = self._keyring
        found = self._try(lambda: keyring.get_password(SERVICE, key))
        return Secret(found) if isinstance(found, str) and found else None

    def set(self, address: str, password: Secret) -> bool:
        """Keeps a password; True if it is stored in the keyring, False if for this run only."""
        key = address.lower()
        self._memory[key] = password
        if not self.available():
            return False
        try:
            # Listed first: an entry that nothing lists could never be forgotten again.
            self._write_index([*self.addresses(), key])
        except files.NotSaved:
            return False
        keyring = self._keyring
        stored = self._try(lambda: keyring.set_password(SERVICE, key, password.reveal()) is None)
        return bool(stored)

    def forget(self, address: str | None = None) -> Forgotten:
        """Removes the password of one address, or of all. Raises files.NotSaved for the list."""
        listed = self.addresses()
        wanted = [address.lower()] if address is not None else listed
        if address is None:
            self._memory.clear()
        else:
            self._memory.pop(wanted[0], None)
        removed: list[str] = []
        kept: list[str] = []
        for key in wanted:
            if self._deleted(key):
                removed.append(key)
            elif key in listed:
                kept.append(key)
        left = [key for key in listed if key not in removed]
        if left != listed:
            self._write_index(left)
        return Forgotten(tuple(removed), tuple(kept))

    def addresses(self) -> list[str]:
        """The addresses whose passwords were stored; a damaged list counts as empty."""
        try:
            return msgspec.json.decode(self._index_file.read_bytes(), type=list[str])
        except (OSError, ValueError):
            return []

    @property
    def _index_file(self) -> Path:
        return self._index or paths.addresses_file()

    def _write_index(self, addresses: list[str]) -> None:
        files.make_folder(self._index_file.parent)
        files.write(self._index_file, msgspec.json.encode(sorted(set(addresses))))

    def _test(self) -> None:
        """Chooses a keyring and writes, reads and deletes a random entry. Runs on the thread."""
        candidate, self._why_not = _acceptable(self._find())
        if candidate is None:
            return
        name, word = f"test-{secrets.token_hex(8)}", secrets.token_hex(16)
        candidate.set_password(SERVICE, name, word)
        read = candidate.get_password(SERVICE, name)
        candidate.delete_password(SERVICE, name)
        if read != word:
            raise ValueError("the test entry came back changed")
        self._keyring = candidate

    def _deleted(self, key: str) -> bool:
        """Whether an entry was there and is gone; what was not there is no failure either."""
        if not self.available():
            return False
        keyring = self._keyring

        def delete() -> bool:
            if keyring.get_password(SERVICE, key) is not None:
                keyring.delete_password(SERVICE, key)
            return True

        return bool(self._try(delete))

    def _try(self, call: Callable[[], T]) -> T | None:
        """One exchange; after a failure the keyring is not asked again in this run."""
        try:
            return self._within_deadline(call)
        except _NoAnswer:
            self._give_up("no-answer")
        except _Broken:
            self._give_up("error")
        return None

    def _give_up(self, reason: WhyNot) -> None:
        self._keyring = None
        self._why_not = reason

    def _within_deadline(self, call: Callable[[], T]) -> T:
        """Runs a call on a daemon thread. Raises _NoAnswer or _Broken."""
        results: list[T] = []
        done = threading.Event()

        def run() -> None:
            try:
                results.append(call())
            except Exception:  # noqa: BLE001 - backends raise anything; no result says it all
                results.clear()
            finally:
                done.set()

        threading.Thread(target=run, name="keyring", daemon=True).start()
        if not done.wait(self._seconds):
            raise _NoAnswer
        if not results:
            raise _Broken
        return results[0]


def _system_keyring() -> Any:
    import keyring

    return keyring.get_keyring()


def _acceptable(backend: Any) -> tuple[Any, WhyNot]:
    """The first safe keyring: the backend itself, or the first of those that a chain asks."""
    chained = getattr(backend, "backends", None)
    reasons: list[WhyNot] = []
    for candidate in [backend] if chained is None else chained:
        reason = _refused(candidate)
        if not reason:
            return candidate, ""
        reasons.append(reason)
    return None, "plaintext" if "plaintext" in reasons else next(iter(reasons), "none")


def _refused(backend: Any) -> WhyNot:
    module = type(backend).__module__
    if module.startswith("keyring.backends.fail"):
        return "none"
    if module.startswith("keyring.backends.null"):
        return "disabled"
    if module.startswith("keyrings.alt") or "plaintext" in type(backend).__name__.lower():
        return "plaintext"
    return ""
