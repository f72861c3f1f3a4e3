"""Waiting for the re-sent mail in a real Dovecot: wherever it arrives, whatever happens."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from imapclient import IMAPClient

from tests.actions.waiting_lab import QUICK, Relay, Room, room, until
from tests.probes.mailbox_lab import authority, certificate
from tests.servers import dovecot

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(dovecot.BINARY is None, reason="dovecot-imapd is not installed"),
]
JUNK = "垃圾邮件"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dovecot.Dovecot]:
    folder: Path = tmp_path_factory.mktemp("dovecot")
    with dovecot.running(folder, certificate()) as running:
        running.deliver(mail("somebody@else.example", "before"), "Kunden/Deutschland")
        running.deliver(mail("buyer@customer.example", "before"), JUNK)
        running.deliver(mail("buyer@customer.example", "before"), "")
        yield running


@pytest.fixture
def relay(server: dovecot.Dovecot) -> Iterator[Relay]:
    between = Relay(server.place)
    yield between
    between.close()


@pytest.fixture
def mailbox(relay: Relay) -> Room:
    return room(relay.place, dovecot.USER, dovecot.PASSWORD)


def mail(sender: str = "buyer@customer.example", subject: str = "Angebot") -> bytes:
    return (
        f"From: {sender}\r\nSubject: {subject}\r\n"
        f"Message-ID: <{time.time_ns()}@test>\r\n\r\nbody\r\n"
    ).encode()


def other_program(server: dovecot.Dovecot) -> IMAPClient:
    """Another program's connection to the same mailbox."""
    context = authority().client_context()
    context.check_hostname = False
    host, port = server.place
    client = IMAPClient(host, port=port, ssl_context=context, timeout=5)
    client.login(dovecot.USER, dovecot.PASSWORD)
    return client


@pytest.mark.parametrize(
    ("folder", "role"),
    [("", "inbox"), (JUNK, "junk"), ("Kunden/Deutschland", "other"), ("Trash", "trash")],
)
def test_seen_where_it_arrives(
    server: dovecot.Dovecot, relay: Relay, mailbox: Room, folder: str, role: str
) -> None:
    with mailbox.waiting() as run:
        begun = run.begun()
        assert begun.came == ()
        assert begun.folders[0] == begun.folders[1] >= 4
        server.deliver(mail("somebody@else.example", "newsletter"))
        run.until(lambda now: now.others == 1)
        server.deliver(mail(subject="Angebot, noch einmal"), folder)
        end = run.end()
    assert end.state == "arrived"
    [came] = end.came
    assert (came.role, came.mail.subject, came.expected) == (role, "Angebot, noch einmal", True)
    [seen] = mailbox.arrived
    assert (seen.folder, seen.role) == (folder or "INBOX", role)
    assert mailbox.waited.outcome == "arrived"
    assert mailbox.waited.others_arrived == 1
    assert relay.most <= 3


def test_at_once_in_the_inbox(server: dovecot.Dovecot, mailbox: Room) -> None:
    idle_alone = replace(QUICK, idle=60.0, quick=60.0, full=60.0, listing=60.0)
    with mailbox.waiting(60.0, idle_alone) as run:
        run.until(lambda now: now.at_once and now.inbox_looked is not None)
        server.deliver(mail())
        assert run.end(20).state == "arrived"


def test_a_new_folder(server: dovecot.Dovecot, mailbox: Room) -> None:
    with mailbox.waiting() as run:
        run.begun()
        server.deliver(mail(), "made/meanwhile")
        end = run.end()
    assert end.came[0].mail.folder == "made/meanwhile"


@pytest.mark.parametrize("folder", ["", "Kunden/Deutschland"])
def test_what_came_while_the_line_was_cut(
    server: dovecot.Dovecot, relay: Relay, mailbox: Room, folder: str
) -> None:
    with mailbox.waiting() as run:
        run.begun()
        relay.cut(shut=True)
        run.until(lambda now: now.state == "reconnecting")
        server.deliver(mail(), folder)
        until(lambda: relay.open == 0)
        assert not run.now.came
        relay.shut = False
        end = run.end()
    assert end.state == "arrived"
    assert mailbox.waited.blind > 0
    assert relay.most <= 3
    assert mailbox.outcomes == ["ok"]  # the drop says nothing of the sign-in


def test_moved_mail_does_not_arrive(server: dovecot.Dovecot, mailbox: Room) -> None:
    mailbox.probe("search")
    with mailbox.waiting() as run:
        run.begun()
        client = other_program(server)
        client.select_folder(JUNK)
        client.copy(client.search(["SUBJECT", "before"]), "INBOX")
        client.logout()
        server.deliver(mail("somebody@else.example", "marker"))
        run.until(lambda now: now.others == 1)
        assert run.now.came == ()
        server.deliver(mail())
        assert run.end().came[0].mail.subject == "Angebot"


def test_stopped_at_once(mailbox: Room) -> None:
    with mailbox.waiting() as run:
        run.begun()
        run.setting.stop()
        end = run.end(QUICK.idle / 2)
    assert end.state == "stopped"
    assert mailbox.waited.outcome == "stopped"


def test_over_by_itself(server: dovecot.Dovecot, mailbox: Room) -> None:
    with mailbox.waiting(seconds=1.0) as run:
        run.begun()
        server.deliver(mail("somebody@else.example", "newsletter"))
        end = run.end(3)
    assert end.state == "over"
    assert end.left == 0
    waited = mailbox.waited
    assert (waited.outcome, waited.others_arrived, waited.blind_at_end) == ("over", 1, False)
    assert waited.folders == waited.folders_listed
    assert 1.0 <= waited.waited < 1.5
