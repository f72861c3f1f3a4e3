"""Signs beyond hits, seen in a real Dovecot and judged: notices, hidden mail, an emptied inbox."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from mailwizard.diagnosis.diagnose import diagnose
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Finding
from mailwizard.model.observation import Seen
from mailwizard.model.seen.notices import NoticesSearched, QuarantineNotice
from mailwizard.model.seen.sender import Bounce
from mailwizard.probes.mailbox_pool import MailboxPool
from mailwizard.probes.notices import notices
from tests.probes.mailbox_lab import ADDRESS, HOST, PROBES, SINCE, authority, certificate
from tests.probes.test_notices import DIGEST, report
from tests.servers import dovecot
from tests.worlds import CASE, PROVIDER, LoopbackWorld, probe_run

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(dovecot.BINARY is None, reason="dovecot-imapd is not installed"),
]

CUSTOMER = str(CASE.sender)
DAY = 86_400.0


def written(sender: str, subject: str, rest: str = "\r\nbody\r\n", trace: str = "") -> bytes:
    return f"{trace}From: {sender}\r\nSubject: {subject}\r\n{rest}".encode()


def looked(server: dovecot.Dovecot) -> tuple[list[Seen], list[Finding]]:
    """What search and notices saw, and what is concluded."""
    world = LoopbackWorld(authority=authority(), hosts={HOST: [ADDRESS]})
    world.lead(ADDRESS, 993, server.place)
    pool = MailboxPool()
    case = replace(CASE, me=dovecot.USER, since=SINCE)
    evidence = Evidence()
    for probe in ("sign-in", "search", "notices"):
        run = probe_run(
            world,
            case=case,
            password=dovecot.PASSWORD,
            mailboxes=pool,
            probe=probe,
            evidence=evidence,
        )
        (PROBES | {"notices": notices})[probe](run.setting)
    pool.close()
    seen = [o.seen for o in evidence]
    return seen, list(diagnose(Situation(case, evidence, PROVIDER, "user")).findings)


def test_notices_are_read_in_part_and_judged(tmp_path: Path) -> None:
    now = time.time()
    with dovecot.running(tmp_path, certificate()) as server:
        bounce = report(dovecot.USER, CUSTOMER, "552 5.2.2 Mailbox full")
        server.deliver(
            written("Hans <" + CUSTOMER + ">", "Fwd: Undelivered Mail", bounce), arrived=now - DAY
        )
        server.deliver(
            written("quarantine@example.com", "隔离通知", DIGEST.format(sender=CUSTOMER)),
            arrived=now - 2 * DAY,
        )
        server.deliver(
            written("MAILER-DAEMON", "Undelivered", "\r\n" + "x" * 20_000_000), arrived=now - DAY
        )
        seen, found = looked(server)
    assert [s.names for s in seen if isinstance(s, QuarantineNotice)] == ["address"]
    assert [s.recipients[0].enhanced for s in seen if isinstance(s, Bounce)] == ["5.2.2"]
    [searched] = [s for s in seen if isinstance(s, NoticesSearched)]
    assert (searched.read, searched.complete) == (3, True)
    assert {"IN_INBOX", "MAILBOX_FULL"} <= {f.code for f in found}


def test_hidden_mail_is_told_and_not_offered_as_filed(tmp_path: Path) -> None:
    now = time.time()
    with dovecot.running(tmp_path, certificate()) as server:
        for number, sender in enumerate((CUSTOMER, "a@b.example", "c@d.example", "e@f.example")):
            server.deliver(
                written(sender, "Invoice", trace="Received: from x by y\r\n"),
                "RSS Feeds",
                arrived=now - number * DAY,
            )
        for message in (tmp_path / "mail" / dovecot.USER / "RSS Feeds" / "new").iterdir():
            message.rename(message.parent.parent / "cur" / f"{message.name}:2,S")
        server.deliver(written("x@other.example", "hello"), arrived=now - DAY)
        _seen, found = looked(server)
    codes = {f.code for f in found}
    assert found[0].code == "HIDDEN_BY_RULE_SECURITY"
    assert "FOUND_IN_FOLDER" not in codes
