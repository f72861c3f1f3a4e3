"""A mistake in the organisation's file is named with its line and with what is expected."""

import os
from pathlib import Path

import pytest

from mailwizard.storage import organisation
from mailwizard.storage.organisation import NotReadable
from mailwizard.text.problems import not_readable

GOOD = """\
name = "Acme Trading"
provider = "alimail"
imap = "imap.sg.aliyun.com:993"
language = "zh_CN"

[administrator]
name = "Wang"
mail = "it@acme-trading.com"

[reseller]
name = "Cloud House"
phone = "+86 21 5555 0100"

[controls]
resolvers = ["223.5.5.5"]
portals = [{url = "http://portal.acme-trading.com/204", status = 204}]
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "organisation.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_everything_that_may_stand_in_it(tmp_path: Path) -> None:
    read = organisation.load(written(tmp_path, GOOD))
    assert (read.name, read.provider, read.language) == ("Acme Trading", "alimail", "zh_CN")
    assert (read.imap_host, read.imap_port) == ("imap.sg.aliyun.com", 993)
    assert read.administrator is not None
    assert read.administrator.mail == "it@acme-trading.com"
    assert read.reseller is not None
    assert read.reseller.phone == "+86 21 5555 0100"
    assert read.controls["resolvers"] == ("223.5.5.5",)
    assert read.controls["portals"][0].status == 204


def test_controls_may_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "controls.toml").write_text('imap = ["imap.corp.cn"]\n', "utf-8")
    read = organisation.load(written(tmp_path, 'controls_file = "controls.toml"\n'))
    assert read.controls == {"imap": ("imap.corp.cn",)}


def test_none_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert organisation.load() == organisation.Organisation()
    (tmp_path / "mailwizard").mkdir()
    written(tmp_path / "mailwizard", 'name = "Acme"\n')
    assert organisation.load().name == "Acme"


@pytest.mark.parametrize(
    ("text", "reason", "line", "field"),
    [
        ('name = "Acme\nprovider = "alimail"\n', "syntax", 1, ""),
        ('name = "Acme"\n\n[reseller\n', "syntax", 3, ""),
        ('nmae = "Acme"\n', "unknown-key", 1, "nmae"),
        ('[reseller]\nname = "C"\nfax = "1"\n', "unknown-key", 3, "reseller.fax"),
        ("[reseller]\nphone = 4008013260\n", "value", 2, "reseller.phone"),
        ('reseller = "Cloud House"\n', "value", 1, "reseller"),
        ('[administrator]\nmail = "it at acme"\n', "value", 2, "administrator.mail"),
        ('name = "A"\nprovider = "alibaba"\n', "value", 2, "provider"),
        ('language = "de"\n', "value", 1, "language"),
        ('imap = "imap.acme.com:imap"\n', "value", 1, "imap"),
        ('[controls]\nresolvers = "223.5.5.5"\n', "value", 2, "controls.resolvers"),
        ('[controls]\nportals = [{url = "x"}]\n', "value", 2, "controls.portals"),
        ('[controls]\nping = ["a"]\n', "unknown-key", 2, "controls.ping"),
        ('# 联系人\nname = "阿里"\n'.encode("gbk"), "not-text", 1, ""),
        (b"\x89PNG\r\n\x1a\n\0\0", "not-text", 1, ""),
    ],
)
def test_a_mistake_is_named(
    tmp_path: Path, text: str | bytes, reason: str, line: int, field: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(NotReadable) as caught:
        organisation.load(path)
    found = caught.value
    assert (found.reason, found.line, found.field) == (reason, line, field)
    sentence = not_readable(found.reason, found.path, found.line, found.field, found.expected)
    assert "organisation.toml" in sentence
    assert str(line) in sentence
    assert field in sentence


def test_a_named_file_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotReadable) as caught:
        organisation.load(tmp_path / "other.toml")
    assert caught.value.reason == "missing"


def test_known_entries_are_listed(tmp_path: Path) -> None:
    with pytest.raises(NotReadable) as caught:
        organisation.load(written(tmp_path, '[reseller]\nfon = "1"\n'))
    assert caught.value.expected == ("name", "phone", "mail")


@pytest.mark.parametrize("file", ["/dev/zero", "~no-such-user/controls.toml", "/"])
def test_what_is_no_file_of_controls_is_said(tmp_path: Path, file: str) -> None:
    with pytest.raises(NotReadable):
        organisation.load(written(tmp_path, f'controls_file = "{file}"\n'))


def test_a_pipe_in_its_place_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "organisation.toml"
    os.mkfifo(path)
    with pytest.raises(NotReadable) as caught:
        organisation.load(path)
    assert caught.value.reason == "not-text"
