"""The demo's server tells of new mail by IDLE, and the customer's mail comes while one waits."""

import ssl
from dataclasses import replace

import pytest
from imapclient import IMAPClient

from mailwizard.demo import hosts, mailbox
from mailwizard.demo.scenario import PASSWORD
from mailwizard.demo.scenarios import BY_ID, SCENARIOS
from mailwizard.demo.start import Demo, start


def client(demo: Demo) -> IMAPClient:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    address, port = demo.world.route(hosts.HOSTS[hosts.IMAP], 993, "tcp")
    connection = IMAPClient(address, port=port, ssl_context=context, timeout=5)
    connection.login(mailbox.ME, PASSWORD)
    return connection


def test_the_mail_comes_while_one_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BY_ID, "never-sent", replace(BY_ID["never-sent"], resent_after=0.2))
    with start("never-sent") as demo:
        one = client(demo)
        before = one.select_folder("INBOX", readonly=True)[b"EXISTS"]
        one.idle()
        assert (before + 1, b"EXISTS") in one.idle_check(timeout=5)
        one.idle_done()
        one.idle()
        assert one.idle_check(timeout=0.5) == []
        one.idle_done()
        one.logout()


def test_some_stories_have_a_mail_to_wait_for() -> None:
    folders = {story.resent.folder for story in SCENARIOS if story.resent is not None}
    assert folders == {mailbox.INBOX, mailbox.JUNK}
