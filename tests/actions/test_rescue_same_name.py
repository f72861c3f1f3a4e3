"""Several mails under one Message-ID: none is taken for another's copy and removed for it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from mailwizard.probes.imap.client import ImapClient
from tests.actions.box import CHANGE, Box, without_move
from tests.probes.mailbox_lab import certificate
from tests.servers import dovecot

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(dovecot.BINARY is None, reason="dovecot-imapd is not installed"),
]


@pytest.fixture(name="server")
def _server(tmp_path: Path) -> Iterator[dovecot.Dovecot]:
    with dovecot.running(tmp_path, certificate()) as server:
        yield server


@pytest.fixture(name="box")
def _box(server: dovecot.Dovecot) -> Box:
    """As a sender does that writes every mail under the name of the first."""
    box = Box(server, "Junk")
    for number in (3, 4):
        server.deliver(
            f"From: buyer@customer.example\r\nSubject: Junk {number}\r\n"
            f"Message-ID: <one@customer>\r\n\r\nbody {number}\r\n".encode(),
            "Junk",
        )
    box.search()
    return box


def copies_only(*numbers: int) -> Any:
    """A server that says OK, copies some of what it was told to, and tells no COPYUID."""

    def change(client: ImapClient, command: Any, uids: Sequence[int], *rest: Any) -> Any:
        if command == "COPY":
            CHANGE(client, command, [uid for uid in uids if uid in numbers], *rest)
            return None
        return without_move(client, command, uids, *rest)

    return change


@pytest.mark.parametrize("copied", [3, 4])
def test_one_copy_stands_for_one_original(
    copied: int, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImapClient, "change", copies_only(1, 2, copied))
    done = box.rescue()
    there, here = box.subjects("INBOX"), box.subjects("Junk")
    assert there == ["Junk 1", "Junk 2", f"Junk {copied}"]
    assert here == [f"Junk {7 - copied}"]
    assert [(left.mail.uid, left.reason) for left in done.left] == [(7 - copied, "not-seen")]


def test_all_of_them_are_moved(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImapClient, "change", copies_only(1, 2, 3, 4))
    done = box.rescue()
    assert box.subjects("INBOX") == [f"Junk {number}" for number in (1, 2, 3, 4)]
    assert (box.subjects("Junk"), done.left) == ([], ())
