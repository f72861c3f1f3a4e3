"""A report as Markdown (CommonMark with tables), everything that was not written by us escaped."""

import re
from collections.abc import Iterator

from mailwizard.report.document import (
    Block,
    Bullets,
    Document,
    Drawing,
    Facts,
    Numbered,
    Paragraph,
    Quote,
    Table,
)

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&$^])|(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_AT_START = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[-+=]))(.)")


def as_markdown(document: Document) -> str:
    """For tickets and wikis."""
    lines = [f"# {_escaped(document.title)}", ""]
    lines += [f"- {_escaped(label)}: {_escaped(value)}" for label, value in document.about]
    for section in document.sections:
        lines.append("")
        if section.title:
            lines += [f"## {_escaped(section.title)}", ""]
        for block in section.blocks:
            lines += [*_block(block), ""]
        lines.pop()
    return "\n".join(lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield f"**{_escaped(block.text)}**" if block.strong else _escaped(block.text)
        case Numbered():
            for number, item in enumerate(block.items, 1):
                yield f"{number}. {_escaped(item)}"
        case Bullets():
            yield from (f"- {_escaped(item)}" for item in block.items)
        case Table():
            yield _row(block.head)
            yield "|" + " --- |" * len(block.head)
            yield from (_row(row) for row in block.rows)
        case Drawing() | Quote():
            yield from (f"    {line}" for line in block.lines)
        case Facts():
            yield from (f"- {_escaped(' '.join(row))}" for row in block.rows)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |"


def _escaped(text: str) -> str:
    """One line that shows as it is: a backslash before whatever could be markup or a link."""
    line = _MARKUP.sub(lambda found: "\\" + found[0], " ".join(text.split()))
    return _AT_START.sub(r"\1\\\2", line)
