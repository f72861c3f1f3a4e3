"""A report in the four formats of the contract."""

from collections.abc import Callable
from typing import Literal

from mailwizard.report.as_html import as_html
from mailwizard.report.as_markdown import as_markdown
from mailwizard.report.as_text import as_text
from mailwizard.report.document import document
from mailwizard.report.report import Report
from mailwizard.report.saved import to_json

Format = Literal["text", "json", "markdown", "html"]

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": lambda report: as_text(document(report)),
    "json": to_json,
    "markdown": lambda report: as_markdown(document(report)),
    "html": lambda report: as_html(document(report)),
}


def render(report: Report, form: Format) -> str:
    """The report as text, ends in a line break. Words are in the language in use."""
    return FORMATS[form](report)
