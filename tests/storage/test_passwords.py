"""Passwords go into a keyring that has been tried, else stay in memory; nothing blocks."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from mailwizard.model.secret import Secret
from mailwizard.storage.passwords import SERVICE, PasswordStore

CANARY = "kAnArIe-7391-pässwörd"


class Memory:
    """A keyring that works."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.entries.get((service, name))

    def set_password(self, service: str, name: str, password: str) -> None:
        self.entries[(service, name)] = password

    def delete_password(self, service: str, name: str) -> None:
        del self.entries[(service, name)]


class Forgetful(Memory):
    """Takes everything and gives back something else."""

    def get_password(self, service: str, name: str) -> str | None:  # noqa: ARG002
        return "something else"


class Locked(Memory):
    """Answers with an error of its own, whose message holds the password."""

    def set_password(self, service: str, name: str, password: str) -> None:  # noqa: ARG002
        raise RuntimeError(f"cannot store {password}")


class Hanging(Memory):
    """Does not answer after the first ``works`` exchanges."""

    def __init__(self, works: int = 0) -> None:
        super().__init__()
        self.works = works
        self.let_go = threading.Event()

    def set_password(self, service: str, name: str, password: str) -> None:
        self._exchange()
        super().set_password(service, name, password)

    def _exchange(self) -> None:
        self.works -= 1
        if self.works < 0:
            self.let_go.wait(30)


class PlaintextKeyring(Memory):
    """Named like those of keyrings.alt."""


class Chain:
    """keyring's ChainerBackend: asks several in turn."""

    def __init__(self, *backends: Any) -> None:
        self.backends = backends


def store(tmp_path: Path, backend: Any, seconds: float = 2.0) -> PasswordStore:
    return PasswordStore(tmp_path / "addresses.json", seconds=seconds, backend=lambda: backend)


def test_stored_found_by_another_run_and_forgotten(tmp_path: Path) -> None:
    keyring = Memory()
    first = store(tmp_path, keyring)
    assert first.available()
    assert first.why_not == ""
    assert keyring.entries == {}, "the test entry is gone"
    assert first.set("Lin@acme.com", Secret(CANARY))
    second = store(tmp_path, keyring)
    found = second.get("lin@ACME.com")
    assert found is not None
    assert found.reveal() == CANARY
    assert second.addresses() == ["lin@acme.com"]
    assert second.forget("lin@acme.com").removed == ("lin@acme.com",)
    assert keyring.entries == {}
    assert second.addresses() == []
    assert store(tmp_path, keyring).get("lin@acme.com") is None


def test_forget_all_needs_no_names(tmp_path: Path) -> None:
    keyring = Memory()
    passwords = store(tmp_path, keyring)
    for name in ("a@acme.com", "b@acme.com"):
        passwords.set(name, Secret(CANARY))
    assert store(tmp_path, keyring).forget().removed == ("a@acme.com", "b@acme.com")
    assert keyring.entries == {}


def test_what_cannot_be_removed_is_told_and_stays_listed(tmp_path: Path) -> None:
    passwords = store(tmp_path, Memory())
    passwords.set("a@acme.com", Secret(CANARY))
    gone = store(tmp_path, Locked()).forget()
    assert gone.kept == ("a@acme.com",)
    assert passwords.addresses() == ["a@acme.com"]


@pytest.mark.parametrize(
    ("backend", "why_not"),
    [
        (Forgetful(), "error"),
        (Locked(), "error"),
        (PlaintextKeyring(), "plaintext"),
        (Chain(PlaintextKeyring()), "plaintext"),
        (Chain(), "none"),
    ],
)
def test_a_keyring_that_fails_the_test_is_not_used(
    tmp_path: Path, backend: Any, why_not: str
) -> None:
    passwords = store(tmp_path, backend)
    assert not passwords.available()
    assert passwords.why_not == why_not
    assert not passwords.set("lin@acme.com", Secret(CANARY))
    kept = passwords.get("lin@acme.com")
    assert kept is not None
    assert kept.reveal() == CANARY, "kept for this run"
    assert not (tmp_path / "addresses.json").exists()
    assert CANARY not in str(getattr(backend, "entries", ""))
    assert passwords.forget("lin@acme.com").kept == ()
    assert passwords.get("lin@acme.com") is None


def test_a_chain_is_looked_into_for_a_safe_keyring(tmp_path: Path) -> None:
    safe, plain = Memory(), PlaintextKeyring()
    assert store(tmp_path, Chain(plain, safe)).set("lin@acme.com", Secret(CANARY))
    assert (SERVICE, "lin@acme.com") in safe.entries
    assert plain.entries == {}


@pytest.mark.parametrize("works", [0, 1])
def test_a_keyring_that_hangs_blocks_no_longer_than_its_deadline(
    tmp_path: Path, works: int
) -> None:
    keyring = Hanging(works)
    passwords = store(tmp_path, keyring, seconds=0.2)
    began = time.monotonic()
    stored = passwords.set("lin@acme.com", Secret(CANARY))
    kept = passwords.get("lin@acme.com")
    took = time.monotonic() - began
    keyring.let_go.set()
    assert not stored
    assert kept is not None
    assert took < 1.5
    assert passwords.why_not == "no-answer"
    assert all(t.daemon for t in threading.enumerate() if t.name == "keyring")


def test_finding_the_keyring_may_hang_too(tmp_path: Path) -> None:
    let_go = threading.Event()
    passwords = PasswordStore(tmp_path / "a.json", seconds=0.2, backend=lambda: let_go.wait(30))
    began = time.monotonic()
    assert not passwords.available()
    assert time.monotonic() - began < 1.5
    let_go.set()


@pytest.mark.parametrize(
    ("module", "name", "why_not"),
    [
        ("keyring.backends.fail", "Keyring", "none"),
        ("keyring.backends.null", "Keyring", "disabled"),
    ],
)
def test_keyrings_own_ways_of_having_none(
    tmp_path: Path, module: str, name: str, why_not: str
) -> None:
    backend = getattr(pytest.importorskip(module), name)()
    passwords = store(tmp_path, backend)
    assert not passwords.available()
    assert passwords.why_not == why_not


def test_keyrings_alt_is_known_by_its_module(tmp_path: Path) -> None:
    alternative = type("EncryptedKeyring", (Memory,), {"__module__": "keyrings.alt.file"})()
    passwords = store(tmp_path, alternative)
    assert not passwords.available()
    assert passwords.why_not == "plaintext"


def test_a_damaged_list_of_addresses_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "addresses.json").write_bytes(b"\xff[")
    passwords = store(tmp_path, Memory())
    assert passwords.addresses() == []
    assert passwords.set("lin@acme.com", Secret(CANARY))
    assert passwords.addresses() == ["lin@acme.com"]


def test_nothing_shows_the_password(tmp_path: Path) -> None:
    passwords = store(tmp_path, Locked())
    passwords.set("lin@acme.com", Secret(CANARY))
    assert CANARY not in repr(vars(passwords))
