"""What a command is given of the outside: streams, environment, when the program started."""

import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TextIO

from mailwizard.model.marked import N_
from mailwizard.text.language import _


class WrongArguments(Exception):
    """The arguments cannot be used. The text is one sentence that says what to do (exit code 2)."""


@dataclass(slots=True)
class StandardInput:
    """Standard input, read unbuffered and on a daemon thread, so that a reader can give up.

    ``descriptor`` is None where the program was started without one: then it is empty.
    """

    descriptor: int | None
    is_terminal: bool
    _held: bytes = b""
    _ended: bool = False

    def line(self, seconds: float, most: int) -> bytes:
        """The first line without its end, at most ``most`` octets. Raises WrongArguments."""
        self._fill(seconds, lambda: b"\n" in self._held or len(self._held) > most)
        line, _newline, self._held = self._held.partition(b"\n")
        return line.rstrip(b"\r")

    def rest(self, seconds: float, most: int) -> bytes:
        """What has not been read yet, at most ``most`` octets. Raises WrongArguments."""
        self._fill(seconds, lambda: len(self._held) >= most)
        data, self._held = self._held[:most], b""
        return data

    def _fill(self, seconds: float, enough: Callable[[], bool]) -> None:
        done = threading.Event()

        def read() -> None:
            try:
                while self.descriptor is not None and not enough() and not self._ended:
                    data = os.read(self.descriptor, 65536)
                    self._held += data
                    self._ended = not data
            except OSError:
                self._ended = True
            done.set()

        threading.Thread(target=read, name="standard input", daemon=True).start()
        if not done.wait(max(0.1, seconds)):
            raise WrongArguments(
                _(
                    N_(
                        "Standard input does not come to an end. End it with Ctrl+D, or"
                        " name a file instead."
                    )
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The streams and the environment as the program was started with them.

    ``started`` is on ``time.monotonic``'s scale. ``write_octets`` writes to standard output what
    must not depend on the terminal's encoding.
    """

    input: StandardInput
    read_line: Callable[[], str]
    output: TextIO
    errors: TextIO
    write_octets: Callable[[bytes], None]
    ask_password: Callable[[str], str]
    environment: Mapping[str, str]
    output_is_terminal: bool
    errors_is_terminal: bool
    started: float = field(default_factory=time.monotonic)

    def say(self, text: str) -> None:
        """One line on standard error."""
        print(text, file=self.errors, flush=True)
