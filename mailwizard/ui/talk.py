"""Asks and tells, line by line: what the plain wizard speaks through. Knows no terminal."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mailwizard.model.marked import N_
from mailwizard.model.secret import Secret
from mailwizard.model.shown import shown
from mailwizard.text.language import _


class GoBack(Exception):
    """The user wants the question before."""


class Quit(Exception):
    """The user wants to end."""


class InputEnded(Exception):
    """Nothing more can be read."""


@dataclass(frozen=True, slots=True)
class Option:
    """One numbered answer. ``label`` is in the language in use."""

    id: str
    label: str


_BACK = N_("back")
_QUIT = N_("quit")
_NUMBERS_HELP = N_("Type a number, or the beginning of an answer.")
_KEYS_HELP = N_("b: back · ?: why we ask · q: quit")
_END_OF_TEXT = "."


class Talk:
    """``read`` gives one line with its end, "" at the end of input; ``write`` takes text.

    With ``echo`` what was read is written too: for a pipe, where no terminal shows it.
    """

    def __init__(
        self,
        read: Callable[[], str],
        write: Callable[[str], object],
        ask_password: Callable[[str], str],
        *,
        echo: bool = False,
    ) -> None:
        self._read = read
        self._write = write
        self._ask_password = ask_password
        self._echo = echo

    def say(self, text: str = "") -> None:
        """One line (or paragraph: the terminal, or a screen reader, breaks it)."""
        self._write(text + "\n")

    def heading(self, text: str) -> None:
        """A line that stands out without drawing."""
        self.say()
        self.say(f"== {text}")

    def choose(self, options: Sequence[Option], *, why: str = "", old: str = "") -> str:
        """The id of the option chosen by number or words; nothing typed keeps the old answer.

        Raises GoBack, Quit, InputEnded.
        """
        for number, option in enumerate(options, 1):
            self.say(f"  {number}. {option.label}")
        kept = next((option for option in options if option.id == old), None)
        while True:
            typed = self._line(self._keeps(kept.label if kept else ""), why)
            if not typed and kept:
                return kept.id
            if found := _chosen(typed, options):
                return found.id
            self.say(_(_NUMBERS_HELP) + " " + _(_KEYS_HELP))

    def ask(self, *, why: str = "", old: str = "", may_clear: bool = False) -> str:
        """One typed line; nothing typed gives the old answer, a minus takes it away.

        Raises GoBack, Quit, InputEnded.
        """
        hint = self._keeps(old)
        if old and may_clear:
            hint = _(N_("(Enter keeps: {answer}; - takes it away)")).format(answer=old)
        typed = self._line(hint, why)
        return "" if may_clear and typed == "-" else typed or old

    def ask_text(self, is_whole: Callable[[str], bool], *, why: str = "") -> str:
        """A pasted text, up to a line with a single full stop, or up to the end of input.

        A first line that ``is_whole`` is all of it. Raises GoBack, Quit, InputEnded.
        """
        first = self._line(_(N_("(end a pasted text with a line that is only a full stop)")), why)
        if not first or is_whole(first):
            return first
        lines = [first]
        while True:
            line = self._read()
            if not line or line.rstrip("\r\n") == _END_OF_TEXT:
                return "\n".join(lines)
            lines.append(line.rstrip("\r\n"))

    def ask_secret(self, prompt: str) -> Secret | None:
        """A password, not shown while it is typed; None if nothing was typed. Raises InputEnded."""
        try:
            typed = self._ask_password(prompt)
        except EOFError:
            raise InputEnded from None
        return Secret(typed) if typed else None

    def _keeps(self, old: str) -> str:
        return _(N_("(Enter keeps: {answer})")).format(answer=old) if old else ""

    def _line(self, hint: str, why: str) -> str:
        while True:
            self._write(f"{hint} > " if hint else "> ")
            line = self._read()
            if not line:
                self.say()
                raise InputEnded
            if self._echo:
                self.say(shown(line))
            typed = unicodedata.normalize("NFKC", line).strip()
            word = typed.casefold()
            if word in ("b", "back", _(_BACK).casefold()):
                raise GoBack
            if word in ("q", "quit", _(_QUIT).casefold()):
                raise Quit
            if word != "?":
                return line.strip()
            if why:
                self.say(why)
            self.say(_(_KEYS_HELP))


def _chosen(typed: str, options: Sequence[Option]) -> Option | None:
    """By number, by id or whole label, or by the beginning of exactly one label."""
    text = unicodedata.normalize("NFKC", typed).strip().rstrip(".").casefold()
    if not text:
        return None
    if text.isdecimal():
        number = int(text)
        return options[number - 1] if 0 < number <= len(options) else None
    for option in options:
        if text in (option.id.casefold(), option.label.casefold()):
            return option
    begun = [option for option in options if option.label.casefold().startswith(text)]
    return begun[0] if len(begun) == 1 else None
