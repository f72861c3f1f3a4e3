"""What the plain wizard offers at the end: the report, and saving it."""

from pathlib import Path

from mailwizard.engine.session import Session
from mailwizard.model.marked import N_
from mailwizard.report.formats import Format, render
from mailwizard.report.report import Report, build
from mailwizard.storage.files import NotSaved, write
from mailwizard.text.language import _, current
from mailwizard.text.problems import not_saved
from mailwizard.tree import NO, YES
from mailwizard.ui.talk import Option, Talk

_BY_ENDING: dict[str, Format] = {
    ".json": "json",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
}


def options() -> list[Option]:
    """What can be done with the report."""
    return [
        Option("show-report", _(N_("Show the report"))),
        Option("save-hidden", _(N_("Save the report, with names hidden"))),
        Option("save-full", _(N_("Save the full report, with all names"))),
    ]


def do(chosen: str, session: Session, talk: Talk) -> None:
    """Does one of the ``options``. Raises GoBack, Quit, InputEnded."""
    match chosen:
        case "show-report":
            talk.say(render(_report(session, redact=False), "text"))
        case "save-hidden":
            _save(_report(session, redact=True), session, talk)
        case "save-full":
            _save(_report(session, redact=False), session, talk)


def _report(session: Session, *, redact: bool) -> Report:
    investigation = session.investigation
    took = (investigation.world.now() - investigation.started).total_seconds()
    return build(investigation, language=current(), redact=redact, seconds=max(0.0, took))


def _save(report: Report, session: Session, talk: Talk) -> None:
    """Asks for a file name until the report is written."""
    day = session.investigation.world.now().astimezone().date()
    usual = f"mailwizard-{day.isoformat()}.html"
    talk.say(_(N_("File name? Its ending chooses the form: .html, .txt, .md or .json")))
    while True:
        path = Path(talk.ask(old=usual).strip("\"'")).expanduser()
        if _exists(path) and not _replace(path, talk):
            continue
        form = _BY_ENDING.get(path.suffix.lower(), "text")
        try:
            write(path, render(report, form))
        except NotSaved as problem:
            talk.say(not_saved(problem.reason, problem.path))
            continue
        talk.say(_(N_("Saved: {path}")).format(path=path))
        return


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _replace(path: Path, talk: Talk) -> bool:
    talk.say(_(N_("{path} is there already. Replace it?")).format(path=path))
    answers = [Option("yes", _(YES.label)), Option("no", _(NO.label))]
    return talk.choose(answers, old="no") == "yes"
