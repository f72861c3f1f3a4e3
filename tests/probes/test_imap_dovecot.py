"""The mailbox probes against a real Dovecot."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mailwizard.model.seen.mailbox import FolderList, FolderSearch, Quota, SenderHistory, SignIn
from mailwizard.probes.mailbox_pool import MailboxPool
from tests.probes.mailbox_lab import ADDRESS, HOST, PROBES, SINCE, authority, certificate
from tests.servers import dovecot
from tests.worlds import CASE, LoopbackWorld, ProbeRun, probe_run

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(dovecot.BINARY is None, reason="dovecot-imapd is not installed"),
]

DAY = 86_400.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dovecot.Dovecot]:
    folder: Path = tmp_path_factory.mktemp("dovecot")
    with dovecot.running(folder, certificate()) as running:
        now = time.time()
        for days, place, subject in (
            (40, "", "older"),
            (3, "", "other"),
            (1, "垃圾邮件", "missing"),
        ):
            sender = "x@other.example" if subject == "other" else "Hans <buyer@customer.example>"
            running.deliver(
                f"From: {sender}\r\nSubject: {subject}\r\n\r\nbody\r\n".encode(),
                place,
                arrived=now - days * DAY,
            )
        running.deliver(
            b"From: =?GBK?B?1cXI/Q==?= <buyer@customer.example>\r\nSubject: =?GBK?B?sai82w==?=\r\n"
            b"\r\n",
            "客户/德国",
            arrived=now - 2 * DAY,
        )
        yield running


def run_all(server: dovecot.Dovecot, *probes: str, password: str = dovecot.PASSWORD) -> ProbeRun:
    world = LoopbackWorld(authority=authority(), hosts={HOST: [ADDRESS]})
    world.lead(ADDRESS, 993, server.place)
    pool = MailboxPool()
    case = replace(CASE, me=dovecot.USER, since=SINCE)
    run = probe_run(world, case=case, password=password, mailboxes=pool, probe=probes[0])
    PROBES[probes[0]](run.setting)
    for probe in probes[1:]:
        following = probe_run(
            world,
            case=case,
            password=password,
            mailboxes=pool,
            evidence=run.evidence,
            probe=probe,
        )
        PROBES[probe](following.setting)
    pool.close()
    return run


def test_finds_the_mail_and_its_earlier_mail(server: dovecot.Dovecot) -> None:
    run = run_all(server, "sign-in", "search", "history", "quota")
    [signed] = run.evidence.of(SignIn)
    assert signed.seen.outcome == "ok"
    assert "QUOTA" in signed.seen.capabilities
    [listed] = run.evidence.of(FolderList)
    assert {f.name: (f.role, f.role_by) for f in listed.seen.folders} == {
        "垃圾邮件": ("junk", "flag"),
        "INBOX": ("inbox", "name"),
        "Trash": ("trash", "flag"),
        "客户": ("other", ""),
        "客户/德国": ("other", ""),
    }
    found = {o.seen.folder: o.seen for o in run.evidence.of(FolderSearch)}
    assert all(seen.complete for seen in found.values())
    assert [m.subject for m in found["垃圾邮件"].hits] == ["missing"]
    assert [(m.from_name, m.subject) for m in found["客户/德国"].hits] == [("张三", "报价")]
    assert (found["INBOX"].hits, found["INBOX"].others_arrived) == ((), 1)
    assert abs(found["垃圾邮件"].hits[0].arrived.timestamp() - time.time() + DAY) < 600
    [history] = run.evidence.of(SenderHistory)
    assert [m.subject for m in history.seen.mails] == ["older"]
    [quota] = run.evidence.of(Quota)
    assert [(r.resource, r.limit) for r in quota.seen.resources] == [("STORAGE", 5000)]


def test_looking_changes_nothing(server: dovecot.Dovecot) -> None:
    first = run_all(server, "sign-in", "search").evidence.of(FolderSearch)
    again = run_all(server, "sign-in", "search").evidence.of(FolderSearch)
    assert [o.seen.hits for o in first] == [o.seen.hits for o in again]
    assert all(hit.unread for o in again for hit in o.seen.hits)
    assert not list((server.folder / "mail").rglob("*:2,S*"))


def test_the_servers_own_search_is_believed(
    server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailwizard.probes.imap.looking.MANY", 0)
    found = run_all(server, "sign-in", "search").evidence.of(FolderSearch)
    by_name = {o.seen.folder: o.seen for o in found}
    assert by_name["垃圾邮件"].method == "server-search"
    assert len(by_name["垃圾邮件"].hits) == 1


def test_a_wrong_password_is_refused(server: dovecot.Dovecot) -> None:
    [seen] = run_all(server, "sign-in", password="wrong").evidence.of(SignIn)
    assert (seen.seen.outcome, seen.seen.code) == ("refused", "AUTHENTICATIONFAILED")
