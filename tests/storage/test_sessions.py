"""Saved sessions: found again, damaged ones too, and forgotten."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailwizard.storage import files, sessions

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def report(me: str) -> str:
    return json.dumps(
        {
            "schema": "mailwizard.report/1",
            "started": "2026-11-23T09:00:00Z",
            "case": {"me": me, "sender": "buyer@customer-gmbh.de"},
            "verdict": {"headline": "The mail is in\u001b[31m your junk folder."},
        }
    )


def test_saved_listed_loaded_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "sessions"
    sessions.save(report("lin@acme.com"), at=AT, folder=folder)
    path = sessions.save(report("wang@acme.com"), at=AT + timedelta(days=1), folder=folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    newest, oldest = sessions.saved(folder)
    assert (newest.me, oldest.me) == ("wang@acme.com", "lin@acme.com")
    assert "\x1b" not in newest.headline
    assert json.loads(sessions.load(newest.id, folder))["case"]["me"] == "wang@acme.com"
    assert sessions.forget("LIN@acme.com", folder) == 1
    assert [session.me for session in sessions.saved(folder)] == ["wang@acme.com"]
    assert sessions.forget(None, folder) == 1
    assert sessions.saved(folder) == ()


def test_two_of_the_same_second_both_stay(tmp_path: Path) -> None:
    for _ in range(5):
        sessions.save(report("lin@acme.com"), at=AT, folder=tmp_path)
    assert len(sessions.saved(tmp_path)) == 5


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\0", b"[" * 100_000, b'{"case": 1}'])
def test_a_damaged_one_is_listed_as_such_and_kept_until_all_go(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "2026-11-23T090000Z-abc.json").write_bytes(content)
    assert [session.readable for session in sessions.saved(tmp_path)] == [False]
    assert sessions.forget("lin@acme.com", tmp_path) == 0
    assert sessions.forget(None, tmp_path) == 1


def test_an_unknown_one_is_said(tmp_path: Path) -> None:
    with pytest.raises(sessions.NoSuchSession):
        sessions.load("../../etc/passwd", tmp_path)


def test_a_state_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(files.NotSaved):
        sessions.save("{}", at=AT, folder=tmp_path / "file" / "sessions")
