"""A report as one HTML page: nothing is loaded, nothing runs, it prints well."""

from collections.abc import Iterator
from html import escape

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

_STYLE = """\
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
       max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; break-after: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8888; padding: .2rem .5rem; text-align: left;
         vertical-align: top; }
pre { font: .85rem/1.3 ui-monospace, monospace; overflow-x: auto; }
pre.letter { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid #8888;
             padding-left: 1rem; }
ul.facts { font: .85rem/1.4 ui-monospace, monospace; padding-left: 1rem; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; } ul.facts { font-size: .7rem; } }
"""
# No script, no image, no font and no request, whatever a name or subject may contain.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"


def as_html(document: Document) -> str:
    """For printing, and for people who open files in a browser."""
    title = escape(document.title)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(document.language.replace("_", "-"))}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>\n{_STYLE}</style>",
            "</head>",
            "<body>",
            f"<h1>{title}</h1>",
            "<dl>",
            *(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in document.about),
            "</dl>",
            *_sections(document),
            "</body>",
            "</html>",
            "",
        ]
    )


def _sections(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield "<section>"
        if section.title:
            yield f"<h2>{escape(section.title)}</h2>"
        for block in section.blocks:
            yield from _block(block)
        yield "</section>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            text = escape(block.text)
            yield f"<p><strong>{text}</strong></p>" if block.strong else f"<p>{text}</p>"
        case Numbered():
            yield from _list("ol", block.items)
        case Bullets():
            yield from _list("ul", block.items)
        case Table():
            yield "<table>"
            yield _row("th", block.head)
            yield from (_row("td", row) for row in block.rows)
            yield "</table>"
        case Drawing():
            yield f"<pre>{escape(chr(10).join(block.lines))}</pre>"
        case Quote():
            yield f'<pre class="letter">{escape(chr(10).join(block.lines))}</pre>'
        case Facts():
            yield '<ul class="facts">'
            yield from (f"<li>{escape(' '.join(row))}</li>" for row in block.rows)
            yield "</ul>"


def _list(tag: str, items: tuple[str, ...]) -> Iterator[str]:
    yield f"<{tag}>"
    yield from (f"<li>{escape(item)}</li>" for item in items)
    yield f"</{tag}>"


def _row(tag: str, cells: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"
