"""Keeps the catalogues complete: ``python -m mailwizard.locale.catalogues [--check]``.

Without ``--check`` the source's texts are extracted and merged into every catalogue; with it, the
exit status is 1 if a catalogue lacks a text, has one that is no longer used, or changes a
placeholder. For developers: needs Babel.
"""

import string
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from mailwizard.locale.compile_catalogues import compile_all

PACKAGE = Path(__file__).resolve().parent.parent
KEYWORDS = {"_": None, "N_": None, "translate": None}


def source() -> Catalog:
    """Every text of the source that is shown."""
    catalogue = Catalog(project="mailwizard", charset="utf-8")
    for name, line, text, comments, context in extract_from_dir(
        str(PACKAGE),
        method_map=[("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
    ):
        catalogue.add(text, None, [(name, line)], auto_comments=comments, context=context)
    return catalogue


def files() -> dict[str, Path]:
    """Every catalogue's file by its language."""
    found = sorted((PACKAGE / "locale").glob("*/LC_MESSAGES/mailwizard.po"))
    return {path.parent.parent.name: path for path in found}


def problems(language: str, path: Path) -> list[str]:
    """What is wrong with one catalogue, a line each."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    wanted = {str(message.id) for message in source() if message.id}
    lines: list[str] = []
    for text in sorted(wanted):
        message = catalogue.get(text)
        if message is None or not message.string or message.fuzzy:
            lines.append(f"{language}: not translated: {text!r}")
        elif _placeholders(text) != _placeholders(str(message.string)):
            lines.append(f"{language}: other placeholders: {text!r}")
    lines += [
        f"{language}: no longer used: {message.id!r}"
        for message in catalogue
        if message.id and str(message.id) not in wanted
    ]
    return lines


def merge(language: str, path: Path) -> None:
    """Adds new texts to a catalogue, empty, and drops those that are no longer used."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    catalogue.update(source(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, no_location=True)


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _t, name, _s, _c in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def main(arguments: list[str]) -> int:
    """Merges, or checks."""
    if arguments != ["--check"]:
        for language, path in files().items():
            merge(language, path)
        compile_all(PACKAGE / "locale")
        return 0
    lines = [line for language, path in files().items() for line in problems(language, path)]
    sys.stdout.writelines(line + "\n" for line in lines)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
