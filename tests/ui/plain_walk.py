"""Somebody who sits before the plain wizard and types from a script."""

from collections.abc import Iterable, Iterator

from mailwizard.engine.session import Session
from mailwizard.model.organisation import Organisation
from mailwizard.model.secret import Secret
from mailwizard.ui.plain import Plain
from mailwizard.ui.talk import Talk


class Kept:
    """Passwords for one run; ``works`` tells whether there is a keyring."""

    def __init__(self, works: bool = False) -> None:
        self.works = works
        self.known: dict[str, Secret] = {}

    def available(self) -> bool:
        return self.works

    def get(self, address: str) -> Secret | None:
        return self.known.get(address)

    def set(self, address: str, password: Secret) -> bool:
        self.known[address] = password
        return self.works


def typing(lines: Iterable[str]) -> Iterator[str]:
    """The lines with their ends, then the end of input for ever."""
    for line in lines:
        yield line + "\n"
    while True:
        yield ""


def walk(
    session: Session,
    *lines: str,
    passwords: Iterable[str] = (),
    kept: Kept | None = None,
) -> str:
    """Plays the script; what was written."""
    written: list[str] = []
    typed = typing(lines)
    secrets = iter(passwords)

    def ask_password(prompt: str) -> str:
        written.append(prompt)
        try:
            return next(secrets)
        except StopIteration:
            raise EOFError from None

    talk = Talk(lambda: next(typed), written.append, ask_password)
    assert Plain(session, talk, kept or Kept(), Organisation()).run() == 0
    return "".join(written)
