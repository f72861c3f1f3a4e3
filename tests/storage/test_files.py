"""A file is written whole or not at all, and nobody else can read it."""

import errno
import os
import stat
from pathlib import Path

import pytest

from mailwizard.storage import files
from mailwizard.text.problems import not_saved


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old", "utf-8")
    target.chmod(0o644)
    files.write(target, "新的")
    assert target.read_text("utf-8") == "新的"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EIO, "other"),
        (errno.EROFS, "read-only"),
    ],
)
def test_what_stood_there_stands_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old", "utf-8")

    def full(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(files.NotSaved) as caught:
        files.write(target, "new")
    assert caught.value.reason == reason
    assert target.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]
    assert str(target) in not_saved(caught.value.reason, caught.value.path)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "is-folder"), ("no/such/report.txt", "no-folder"), ("a" * 300, "name"), ("a\0b", "name")],
)
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(files.NotSaved) as caught:
        files.write(tmp_path / name, "text")
    assert caught.value.reason == reason


def test_the_target_of_a_link_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    target, link = tmp_path / "real.txt", tmp_path / "link.txt"
    target.write_text("old", "utf-8")
    link.symlink_to(target)
    files.write(link, "new")
    assert link.is_symlink()
    assert target.read_text("utf-8") == "new"


def test_a_loop_of_links_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(files.NotSaved):
        files.write(tmp_path / "a", "text")


def test_a_device_is_written_to_and_stays_a_device() -> None:
    files.write(Path(os.devnull), "text")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_a_write_protected_file_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old", "utf-8")
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)  # as for anybody but root
    with pytest.raises(files.NotSaved) as caught:
        files.write(target, "new")
    assert caught.value.reason == "denied"
    assert target.read_text("utf-8") == "old"


def test_a_home_folder_of_nobody_is_no_place() -> None:
    with pytest.raises(files.NotSaved):
        files.named("~no-such-user/report.txt")
    assert files.named("~/report.txt").is_absolute()
