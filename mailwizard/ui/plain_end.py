"""What the plain wizard offers at the end: the letters, and the report."""

from collections.abc import Callable
from pathlib import Path

from mailwizard.engine.session import Session
from mailwizard.model.marked import N_
from mailwizard.model.organisation import Organisation
from mailwizard.model.shown import shown
from mailwizard.report.formats import Format, render
from mailwizard.report.report import Report, build
from mailwizard.storage.files import NotSaved, named, write
from mailwizard.text.language import _, current
from mailwizard.text.letters import Letter, letters
from mailwizard.text.problems import not_saved
from mailwizard.tree import NO, YES
from mailwizard.ui.talk import Option, Talk

_BY_ENDING: dict[str, Format] = {
    ".json": "json",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
}


class HandOver:
    """Writes to those who must act, and saves what was found."""

    def __init__(self, session: Session, talk: Talk, organisation: Organisation) -> None:
        self._session = session
        self._talk = talk
        self._organisation = organisation
        self._letters: dict[str, Letter] = {}

    def options(self, *, with_letters: bool) -> list[Option]:
        """What can be handed over now."""
        investigation = self._session.investigation
        self._letters = {}
        if with_letters:
            written = letters(
                investigation.diagnosis(),
                investigation.case,
                investigation.detected.provider,
                self._organisation,
                investigation.evidence,
            )
            self._letters = {letter.id: letter for letter in written}
        return [
            *(Option(name, letter.title) for name, letter in self._letters.items()),
            Option("show-report", _(N_("Show the report"))),
            Option("save-hidden", _(N_("Save the report, with names hidden"))),
            Option("save-full", _(N_("Save the full report, with all names"))),
        ]

    def do(self, chosen: str) -> None:
        """Does one of the ``options``. Raises GoBack, Quit, InputEnded."""
        match chosen:
            case "show-report":
                self._talk.say(render(self._report(redact=False), "text"))
            case "save-hidden":
                self._save_report(self._report(redact=True))
            case "save-full":
                self._save_report(self._report(redact=False))
            case _:
                self._letter(self._letters[chosen])

    def _letter(self, letter: Letter) -> None:
        talk = self._talk
        talk.heading(letter.title)
        talk.say(_(N_("To: {to}")).format(to=letter.to))
        talk.say(_(N_("Subject: {subject}")).format(subject=letter.subject))
        talk.say()
        talk.say(letter.body)
        talk.say(_(N_("Save this letter as a file?")))
        if self._confirmed():
            text = f"{letter.subject}\n\n{letter.body}"
            self._ask_for_name(f"mailwizard-{letter.id}.txt", lambda _path: text)

    def _report(self, *, redact: bool) -> Report:
        investigation = self._session.investigation
        took = (investigation.world.now() - investigation.started).total_seconds()
        return build(investigation, language=current(), redact=redact, seconds=max(0.0, took))

    def _save_report(self, report: Report) -> None:
        day = self._session.investigation.world.now().astimezone().date()
        self._talk.say(_(N_("The ending of the name chooses the form: .html, .txt, .md or .json")))
        self._ask_for_name(
            f"mailwizard-{day.isoformat()}.html",
            lambda path: render(report, _BY_ENDING.get(path.suffix.lower(), "text")),
        )

    def _ask_for_name(self, usual: str, content: Callable[[Path], str]) -> None:
        """Asks for a file name until the file is written."""
        self._talk.say(_(N_("Which name shall the file have?")))
        while True:
            try:
                path = named(self._talk.ask(old=usual).strip("\"'"))
                if _exists(path):
                    question = _(N_("{path} is there already. Replace it?"))
                    self._talk.say(question.format(path=shown(str(path), 200)))
                    if not self._confirmed():
                        continue
                write(path, content(path))
            except NotSaved as problem:
                self._talk.say(not_saved(problem.reason, problem.path))
                continue
            self._talk.say(_(N_("Saved: {path}")).format(path=shown(str(path), 200)))
            return

    def _confirmed(self) -> bool:
        answers = [Option("yes", _(YES.label)), Option("no", _(NO.label))]
        return self._talk.choose(answers, old="no") == "yes"


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
