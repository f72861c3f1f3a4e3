"""The command line: the only reader of the arguments, the environment and the standard streams."""

import difflib
import errno
import os
import sys
import time
import traceback
from collections.abc import Mapping, MutableMapping, Sequence
from importlib import import_module
from pathlib import PurePath
from typing import Protocol, TextIO

from mailwizard.commands.arguments import Parser
from mailwizard.commands.surroundings import StandardInput, Surroundings, WrongArguments
from mailwizard.commands.wizard import COMMANDS
from mailwizard.model.marked import N_
from mailwizard.model.shown import shown
from mailwizard.text.language import LANGUAGES, _, system_language, use
from mailwizard.text.problems import no_room

_STARTED = time.monotonic()

WRONG_ARGUMENTS = 2
CRASHED = 4
INTERRUPTED = 130


class Command(Protocol):
    """A module of ``mailwizard.commands``."""

    def parser(self) -> Parser:
        """The command's arguments, described in the language in use."""

    def run(self, given: object, surroundings: Surroundings) -> int:
        """Does it; returns the exit code. Raises WrongArguments."""


def main() -> int:
    """The program. Returns its exit code."""
    return run(sys.argv[1:], os.environ)


def run(arguments: Sequence[str], environment: MutableMapping[str, str]) -> int:
    """Runs one command; whatever happens ends in a sentence and an exit code of the contract."""
    _prepare_streams()
    try:
        code = _dispatch(list(arguments), environment)
        sys.stdout.flush()
    except WrongArguments as problem:
        print(f"mailwizard: {problem}", file=sys.stderr)
        return WRONG_ARGUMENTS
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python would complain once more at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:  # noqa: BLE001 - the last line of defence, without any data
        if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
            print(f"mailwizard: {no_room('stdout')}", file=sys.stderr)
            return CRASHED
        print(
            _(
                N_(
                    "mailwizard stopped because of an error of its own ({place}). Nothing of yours"
                    " was changed. Please tell whoever gave you this program."
                )
            ).format(place=_place(problem)),
            file=sys.stderr,
        )
        return CRASHED
    return code


def _dispatch(arguments: list[str], environment: MutableMapping[str, str]) -> int:
    _use_system_language(environment)
    language, no_color, rest = _common(arguments)
    if language:
        _use(language)
    named = next((argument for argument in rest if not argument.startswith("-")), None)
    if named is not None and named not in COMMANDS:
        raise WrongArguments(_no_such_command(named))
    if named is not None:
        rest.remove(named)
    command: Command = import_module(f"mailwizard.commands.{named or 'wizard'}")
    parser = command.parser()
    given = parser.read(rest)
    if given is None:
        print(parser.format_help(), end="")
        return 0
    if no_color:
        environment["NO_COLOR"] = "1"  # where the screens' library looks
    return command.run(given, _surroundings(environment))


def _use_system_language(environment: Mapping[str, str]) -> None:
    try:
        use(system_language(environment))
    except KeyError:  # its catalogue is not installed
        use("en")


def _use(language: str) -> None:
    """``--lang``, also written zh-cn. Raises WrongArguments."""
    wanted = language.replace("-", "_").lower()
    try:
        use(next((known for known in LANGUAGES if known.lower() == wanted), language))
    except KeyError:
        raise WrongArguments(
            _(N_("There is no language “{language}” here. There are: {languages}.")).format(
                language=shown(language, 40), languages=", ".join(LANGUAGES)
            )
        ) from None


def _common(arguments: list[str]) -> tuple[str | None, bool, list[str]]:
    """Takes ``--lang`` and ``--no-color`` out, wherever they stand. Raises WrongArguments."""
    language: str | None = None
    no_color = False
    rest: list[str] = []
    left = iter(arguments)
    for argument in left:
        if argument == "--lang":
            language = next(left, "")
        elif argument.startswith("--lang="):
            language = argument.partition("=")[2]
        elif argument == "--no-color":
            no_color = True
        else:
            rest.append(argument)
            continue
        if language == "":
            raise WrongArguments(
                _(N_("After --lang name a language: {languages}.")).format(
                    languages=", ".join(LANGUAGES)
                )
            )
    return language, no_color, rest


def _no_such_command(named: str) -> str:
    near = difflib.get_close_matches(named, COMMANDS, n=1)
    if near:
        return _(N_("There is no command “{name}”. Do you mean “{near}”?")).format(
            name=shown(named, 40), near=near[0]
        )
    return _(N_("There is no command “{name}”. See: mailwizard --help")).format(
        name=shown(named, 40)
    )


def _prepare_streams() -> None:
    """None of them may be missing; what a terminal cannot show or send becomes a question mark."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - for as long as the program runs
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _surroundings(environment: Mapping[str, str]) -> Surroundings:
    return Surroundings(
        input=StandardInput(sys.stdin.fileno() if sys.stdin else None, _is_terminal(sys.stdin)),
        read_line=_read_line,
        output=sys.stdout,
        errors=sys.stderr,
        write_octets=_write_octets,
        ask_password=_ask_password,
        environment=environment,
        output_is_terminal=_is_terminal(sys.stdout),
        errors_is_terminal=_is_terminal(sys.stderr),
        started=_STARTED,
    )


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def _read_line() -> str:
    """One line of standard input with its end; "" at its end."""
    return sys.stdin.readline() if sys.stdin else ""


def _ask_password(prompt: str) -> str:
    """A password from the terminal without showing it; from a pipe, its next line."""
    if not _is_terminal(sys.stdin):
        print(prompt, flush=True)
        line = _read_line()
        if not line:
            raise EOFError
        return line.rstrip("\r\n")
    import getpass

    return getpass.getpass(prompt)


def _write_octets(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _place(problem: Exception) -> str:
    """The error's kind and its place in our code; never its message, which may hold data."""
    frames = [f for f in traceback.extract_tb(problem.__traceback__) if "mailwizard" in f.filename]
    where = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(problem).__name__}, {where}"
