"""Saved sessions: one report (JSON, unredacted) a file, in the state folder, for the owner only."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from mailwizard.model.shown import shown
from mailwizard.storage import files, paths

LIMIT = 50_000_000
"""Octets; a larger file is none of ours."""


class NoSuchSession(LookupError):
    """There is no saved session of that name, or it cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSession:
    """One saved session in a list. Only ``id`` and ``path`` are known of one that is damaged."""

    id: str
    path: Path
    readable: bool
    me: str = ""
    sender: str = ""
    started: str = ""
    headline: str = ""


class _Case(msgspec.Struct):
    me: str
    sender: str | None = None


class _Verdict(msgspec.Struct):
    headline: str = ""


class _Head(msgspec.Struct):
    case: _Case
    verdict: _Verdict
    started: str = ""


def save(report: str, *, at: datetime, folder: Path | None = None) -> Path:
    """Saves a report's JSON; ``at`` names the file. Raises files.NotSaved."""
    where = folder or paths.sessions_folder()
    files.make_folder(where)
    path = where / f"{at:%Y-%m-%dT%H%M%SZ}-{secrets.token_hex(3)}.json"
    files.write(path, report)
    return path


def saved(folder: Path | None = None) -> tuple[SavedSession, ...]:
    """Every saved session, the newest first."""
    return tuple(_entry(path) for path in sorted(_files(folder), reverse=True))


def load(session: str, folder: Path | None = None) -> str:
    """A saved session's JSON by its id. Raises NoSuchSession."""
    for path in _files(folder):
        if path.stem == session:
            try:
                return path.read_text("utf-8")
            except (OSError, UnicodeDecodeError) as problem:
                raise NoSuchSession(session) from problem
    raise NoSuchSession(session)


def forget(address: str | None = None, folder: Path | None = None) -> int:
    """Removes the sessions of one address, or all of them; gives how many. Raises files.NotSaved.

    What cannot be read is removed only with all the others: whose it is cannot be told.
    """
    gone = 0
    for path in _files(folder):
        if address is None or _entry(path).me.lower() == address.lower():
            try:
                path.unlink(missing_ok=True)
            except OSError as problem:
                raise files.NotSaved(path, "denied") from problem
            gone += 1
    return gone


def _files(folder: Path | None) -> list[Path]:
    where = folder or paths.sessions_folder()
    return [path for path in where.glob("*.json") if path.is_file()]


def _entry(path: Path) -> SavedSession:
    try:
        if path.stat().st_size > LIMIT:
            return SavedSession(id=path.stem, path=path, readable=False)
        head = msgspec.json.decode(path.read_bytes(), type=_Head)
    except (OSError, ValueError, RecursionError):  # msgspec's own errors are ValueErrors
        return SavedSession(id=path.stem, path=path, readable=False)
    return SavedSession(
        id=path.stem,
        path=path,
        readable=True,
        me=shown(head.case.me, 254),
        sender=shown(head.case.sender or "", 254),
        started=shown(head.started, 40),
        headline=shown(head.verdict.headline, 200),
    )
