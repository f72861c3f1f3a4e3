"""Sentences for what could not be saved or read: what it is, and what to do."""

from mailwizard.model.marked import N_
from mailwizard.model.shown import shown
from mailwizard.text.joined import listed
from mailwizard.text.language import _

_NOT_SAVED = {
    "full": N_("There is no room left on the disk for {path}. Make room, or choose another place."),
    "denied": N_("You may not write {path}. Choose another place, such as your own folder."),
    "read-only": N_("{path} is on a disk that cannot be written to. Choose another place."),
    "no-folder": N_("The folder for {path} is not there. Make it first, or choose another place."),
    "is-folder": N_("{path} is a folder. Add a file name to it."),
    "name": N_("{path} cannot be a file name here. Choose a shorter or plainer one."),
}
_NOT_SAVED_ELSE = N_("{path} could not be written. Try another place.")
_OLD_STANDS = N_("What was there before is unchanged.")

_ORGANISATION = {
    "missing": N_("There is no file {path}. Check the name that you gave for it."),
    "denied": N_("{path} cannot be read. Ask whoever set it up to let you read it."),
    "not-text": N_("{path} is not a plain text file. Save it as UTF-8 text."),
    "syntax": N_("{path} is not written as TOML requires. Often a quotation mark is missing."),
    "unknown-key": N_("{path} has an entry “{field}” that is not known here."),
    "value": N_("{path} has an entry “{field}” that cannot be used as it is written."),
}
_LINE = N_("Look at line {line}.")
_KNOWN = N_("Known are: {expected}.")
_EXPECTED = N_("Expected is: {expected}.")

_REPORT = {
    "not-a-report": N_("{path} is not a report of this program. Choose a file saved as JSON."),
    "broken": N_("{path} is a report, but it is damaged or was changed. Ask for it once more."),
    "newer": N_("{path} was saved by a newer version. Update this program to open it."),
    "too-large": N_("{path} is too large for a report. Check whether it is the right file."),
}

_WHY_NOT_STORED = {
    "none": N_(
        "This computer has no safe place for passwords, so yours is kept for this run only."
    ),
    "disabled": N_(
        "Keeping passwords is switched off on this computer, so yours is kept for this run only."
    ),
    "plaintext": N_(
        "This computer would keep passwords readable for everybody, so yours is kept for this run"
        " only."
    ),
    "no-answer": N_(
        "This computer's place for passwords does not answer, so yours is kept for this run only."
    ),
    "error": N_(
        "This computer's place for passwords does not work, so yours is kept for this run only."
    ),
}


def not_saved(reason: str, path: object) -> str:
    """For ``storage.files.NotSaved``: its reason and path."""
    sentence = _(_NOT_SAVED.get(reason, _NOT_SAVED_ELSE)).format(path=shown(str(path), 200))
    return f"{sentence} {_(_OLD_STANDS)}"


def no_room(path: object) -> str:
    """For output that the disk has no room for."""
    sentence = _NOT_SAVED["full"]
    return _(sentence).format(path=shown(str(path), 200))


def not_readable(
    reason: str, path: object, line: int = 0, field: str = "", expected: tuple[str, ...] = ()
) -> str:
    """For ``storage.organisation.NotReadable``: the organisation's file with a mistake in it."""
    parts = [_(_ORGANISATION[reason]).format(path=shown(str(path), 200), field=shown(field, 80))]
    if line:
        parts.append(_(_LINE).format(line=line))
    if expected:
        words = _KNOWN if reason == "unknown-key" else _EXPECTED
        parts.append(_(words).format(expected=listed(expected)))
    return " ".join(parts)


def not_a_report(reason: str, path: object) -> str:
    """For ``report.saved.NotOpened``: a file that ``open`` or ``compare`` cannot use."""
    return _(_REPORT[reason]).format(path=shown(str(path), 200))


def not_stored(why_not: str) -> str:
    """For ``PasswordStore.why_not``: why a password is not kept beyond this run; "" if it is."""
    return _(_WHY_NOT_STORED.get(why_not, ""))
