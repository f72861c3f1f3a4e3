"""The argument parser: argparse with every sentence of its own in the language in use."""

import argparse
from collections.abc import Iterable, Sequence
from typing import NoReturn

from mailwizard.commands.surroundings import WrongArguments
from mailwizard.model.marked import N_
from mailwizard.model.shown import shown
from mailwizard.text.language import LANGUAGES, _

COMMON = (
    ("--lang", N_("language: {languages}; else the system's")),
    ("--no-color", N_("no colours")),
)


class _Help(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=80)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,  # noqa: ARG002 - argparse's own is not translated
    ) -> None:
        super().add_usage(usage, actions, groups, _(N_("Usage: ")))


class Parser(argparse.ArgumentParser):
    """A command's parser. What cannot be used raises WrongArguments instead of ending the program.

    Values are taken as text; each command reads them with its own words. ``--help`` is the
    attribute ``help``.
    """

    def __init__(self, command: str, description: str, usage: str = "", epilog: str = "") -> None:
        super().__init__(
            prog=f"mailwizard {command}".strip(),
            usage=f"%(prog)s {usage}".strip(),
            description=description,
            epilog=epilog or None,
            formatter_class=_Help,
            add_help=False,
            allow_abbrev=False,
            exit_on_error=False,
        )
        self.options = self.add_argument_group(_(N_("Options")))

    def option(self, name: str, text: str, *, value: str = "", default: str | None = None) -> None:
        """An option with a value (shown as ``value``), or without one."""
        if value:
            self.options.add_argument(name, metavar=value, help=text, default=default)
        else:
            self.options.add_argument(name, action="store_true", help=text)

    def read(self, arguments: Sequence[str]) -> argparse.Namespace | None:
        """The arguments; None where help was asked for. Raises WrongArguments."""
        languages = ", ".join(LANGUAGES)
        for name, text in COMMON:
            self.option(
                name,
                _(text).format(languages=languages),
                value=_(N_("LANGUAGE")) if name == "--lang" else "",
            )
        self.options.add_argument("-h", "--help", action="store_true", help=_(N_("show this help")))
        try:
            read, left = self.parse_known_args(list(arguments))
        except argparse.ArgumentError as problem:
            raise WrongArguments(
                _(N_("After {option} there is something missing or too much. See: {help}")).format(
                    option=problem.argument_name or "", help=f"{self.prog} --help"
                )
            ) from None
        if read.help:
            return None
        if left:
            raise WrongArguments(
                _(N_("“{argument}” is not understood here. See: {help}")).format(
                    argument=shown(left[0], 80), help=f"{self.prog} --help"
                )
            )
        return read

    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - English, and argparse's own
        """Whatever else argparse finds."""
        raise WrongArguments(
            _(N_("This command is not complete. See: {help}")).format(help=f"{self.prog} --help")
        )
