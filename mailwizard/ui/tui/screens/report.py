"""The report: previewed, with names replaced unless the user wants them in."""

from typing import Literal

from mailwizard.report import formats
from mailwizard.report.report import build
from mailwizard.text import language
from mailwizard.text.language import _
from mailwizard.ui.tui.screens.saving import TextScreen
from mailwizard.ui.tui.widgets.choices import Item

Format = Literal["text", "json", "markdown", "html"]

_FORMATS: dict[Format, str] = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}


class ReportScreen(TextScreen):
    """What is seen here is what is saved or copied."""

    def __init__(self) -> None:
        super().__init__()
        self._redact = True
        self._format: Format = "text"

    def title_text(self) -> str:
        return _("Report")

    def head_text(self) -> str:
        if self._redact or self.wizard.hiding.on:
            return _("Names, addresses and subjects are replaced by placeholders.")
        return _("Names, addresses and subjects are in it. No password, no text of a mail.")

    def text(self) -> str:
        investigation = self.session.investigation
        seconds = (investigation.world.now() - investigation.started).total_seconds()
        report = build(
            investigation,
            language=language.current(),
            redact=self._redact or self.wizard.hiding.on,
            seconds=seconds,
        )
        return formats.render(report, self._format)

    def file_name(self) -> str:
        return f"mailwizard-report.{_FORMATS[self._format]}"

    def more_choices(self) -> list[Item]:
        names = _("With names") if self._redact else _("Without names")
        return [Item("names", names), Item("format", _("As {form}").format(form=self._next()))]

    def _next(self) -> Format:
        forms = list(_FORMATS)
        return forms[(forms.index(self._format) + 1) % len(forms)]

    def chosen(self, item: str) -> None:
        if item == "names":
            self._redact = not self._redact
        else:
            self._format = self._next()
        self.run_worker(self.rebuild(), name="report", exclusive=True)
