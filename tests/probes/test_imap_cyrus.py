"""The mailbox probes against a real Cyrus."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from imapclient import IMAPClient

from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.mailbox import FolderList, FolderSearch, SenderHistory, SignIn
from mailwizard.probes.mailbox_pool import MailboxPool
from tests.probes.mailbox_lab import ADDRESS, HOST, PROBES, SINCE, authority, certificate
from tests.servers import cyrus
from tests.worlds import CASE, LoopbackWorld, probe_run

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(bool(cyrus.why_not()), reason=cyrus.why_not() or "-"),
]

DAY = 86_400.0
FROM = "From: Hans <buyer@customer.example>\r\n"
PARTS = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHi\r\n--b\r\n"
    "Content-Type: application/pdf\r\nContent-Disposition: attachment;"
    " filename*=gbk''%B1%A8%BC%DB.pdf\r\n\r\nx\r\n--b--\r\n"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cyrus.Cyrus]:
    folder: Path = tmp_path_factory.mktemp("cyrus")
    with cyrus.running(folder, certificate()) as running:
        context = authority().client_context()
        context.check_hostname = False
        client = IMAPClient(*running.place, ssl_context=context)
        client.login(cyrus.USER, cyrus.PASSWORD)
        for days, place, text in (
            (40, "INBOX", f"{FROM}Subject: older\r\n\r\nx\r\n"),
            (3, "INBOX", "From: x@other.example\r\nSubject: other\r\n\r\nx\r\n"),
            (1, "垃圾邮件", f"{FROM}Subject: missing\r\n\r\nx\r\n"),
            (2, "客户/德国", "From: scan@printer.example\r\nSubject: Scan\r\n" + PARTS),
        ):
            if not client.folder_exists(place):
                client.create_folder(place)
            arrived = datetime.fromtimestamp(time.time() - days * DAY, UTC)
            client.append(place, text.encode(), msg_time=arrived)
        client.logout()
        yield running


def run_all(
    server: cyrus.Cyrus, *probes: str, attachment: str | None = None
) -> tuple[Evidence, dict[str, FolderSearch]]:
    world = LoopbackWorld(authority=authority(), hosts={HOST: [ADDRESS]})
    world.lead(ADDRESS, 993, server.place)
    pool, evidence = MailboxPool(), Evidence()
    case = replace(CASE, me=cyrus.USER, since=SINCE, attachment=attachment)
    for probe in probes:
        run = probe_run(
            world,
            case=case,
            password=cyrus.PASSWORD,
            mailboxes=pool,
            evidence=evidence,
            probe=probe,
        )
        PROBES[probe](run.setting)
    pool.close()
    return evidence, {o.seen.folder: o.seen for o in evidence.of(FolderSearch)}


def test_finds_the_mail_and_its_earlier_mail(server: cyrus.Cyrus) -> None:
    evidence, found = run_all(server, "sign-in", "search", "history")
    assert [o.seen.outcome for o in evidence.of(SignIn)] == ["ok"]
    roles = {f.name: f.role for o in evidence.of(FolderList) for f in o.seen.folders}
    assert (roles["垃圾邮件"], roles["Trash"], roles["INBOX"]) == ("junk", "trash", "inbox")
    assert all(seen.complete for seen in found.values())
    assert [m.subject for m in found["垃圾邮件"].hits] == ["missing"]
    inbox = found["INBOX"]
    assert (inbox.hits, inbox.others_arrived, inbox.senders) == ((), 1, 1)
    assert inbox.oldest is not None
    assert inbox.uidvalidity is not None
    [history] = evidence.of(SenderHistory)
    assert [m.subject for m in history.seen.mails] == ["older"]


def test_finds_the_mail_by_its_file(server: cyrus.Cyrus) -> None:
    _evidence, found = run_all(server, "sign-in", "search", attachment="报价")
    assert [(m.matched, m.attachments) for m in found["客户/德国"].hits] == [
        ("attachment", ("报价.pdf",))
    ]


def test_the_servers_own_search_is_believed(
    server: cyrus.Cyrus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailwizard.probes.imap.looking.MANY", 0)
    _evidence, found = run_all(server, "sign-in", "search")
    assert found["垃圾邮件"].method == "server-search"
    assert len(found["垃圾邮件"].hits) == 1
