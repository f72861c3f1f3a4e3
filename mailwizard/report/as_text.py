"""A report as plain text of at most 80 cells a line."""

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
from mailwizard.report.layout import cells, pad, wrap

WIDTH = 80


def as_text(document: Document) -> str:
    """For people, terminals and mail: headings underlined, no markup."""
    lines = [document.title, "=" * min(WIDTH, cells(document.title)), ""]
    label_width = max(cells(label) for label, _value in document.about) + 2
    for label, value in document.about:
        lines += wrap(value, WIDTH, pad(f"{label}:", label_width + 1), " " * (label_width + 1))
    for section in document.sections:
        lines.append("")
        if section.title:
            lines += [section.title, "-" * min(WIDTH, cells(section.title))]
        for block in section.blocks:
            lines += _block(block)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from wrap(block.text, WIDTH)
        case Numbered():
            for number, item in enumerate(block.items, 1):
                yield from wrap(item, WIDTH, f"{number:3}. ")
        case Bullets():
            for item in block.items:
                yield from wrap(item, WIDTH, "  - ")
        case Table():
            yield from _table(block)
        case Drawing():
            yield from (f"  {line}" for line in block.lines)
        case Quote():
            yield ""
            for line in block.lines:
                yield from _folded(f"  {line}")
            yield ""
        case Facts():
            for name, time, line in block.rows:
                yield from wrap(f"{time}  {line}", WIDTH, f"  {name:5}", "         ")


def _folded(line: str) -> list[str]:
    """A line as it is where it fits; else folded under its own indent."""
    if cells(line) <= WIDTH:
        return [line]
    indent = line[: len(line) - len(line.lstrip(" "))]
    return wrap(line, WIDTH, indent, f"{indent}  ")


def _table(table: Table) -> Iterator[str]:
    widths = [
        max(cells(row[i]) for row in (table.head, *table.rows)) for i in range(len(table.head))
    ]
    room = WIDTH - sum(widths[:-2]) - widths[-1] - 2 * (len(widths) - 1) - 2
    widths[-2] = max(8, min(widths[-2], room))
    for row in table.rows:
        column = wrap(row[-2], widths[-2])
        start = "  ".join(pad(text, width) for text, width in zip(row[:-2], widths, strict=False))
        end = " " * (widths[-1] - cells(row[-1])) + row[-1]
        yield f"  {start}  {pad(column[0], widths[-2])}  {end}"
        for more in column[1:]:
            yield " " * (cells(start) + 4) + more
