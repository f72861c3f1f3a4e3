"""Notices among the mail: found by their header, read within bounds, kept by what they say."""

import re
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from mailwizard.model.seen.notices import (
    LookAlikeMail,
    NoticesSearched,
    QuarantineNotice,
    ReplyBounced,
)
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.model.seen.sender import Bounce
from mailwizard.probes import notices as probe
from mailwizard.probes.setting import Skipped, Stopped
from tests.probes import mailbox_lab
from tests.probes.mailbox_lab import SINCE, MailboxLab, mailbox
from tests.servers.fake_imap import Dialect, Folder, Message, Session, mail
from tests.worlds import CASE

ME, CUSTOMER = CASE.me, str(CASE.sender)
ROBOT = "Mail Delivery System <mailer-daemon@mail.customer.example>"
QUARANTINE = "quarantine@example.com"


@pytest.fixture(autouse=True)
def _known_to_the_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(mailbox_lab.PROBES, "notices", probe.notices)


@dataclass
class Texts:
    """Whole messages by their header: what the fake server gives for BODY.PEEK[]."""

    bodies: dict[bytes, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    partial: bool = True

    def message(self, body: bytes | str, sender: str, subject: str, days_ago: float = 1) -> Message:
        """A message to be put into a folder."""
        made = mail(sender, subject=subject, days_ago=days_ago)
        data = body.encode() if isinstance(body, str) else body
        self.bodies[made.header] = made.header.rstrip(b"\r\n") + b"\r\n" + data
        return made

    def script(self, session: Session, tag: str, verb: str, arguments: str) -> bool:
        found = re.match(r"FETCH (\d+) \(?BODY\.PEEK\[\]<0\.(\d+)>", arguments)
        if verb != "UID" or found is None:
            return False
        assert session.folder is not None
        self.asked.append(arguments)
        number = int(found[1]) - 100
        header = session.folder.messages[number - 1].header
        data = self.bodies.get(header, header)
        if self.partial:
            data = data[: int(found[2])]
        name = b"BODY[]<0>" if self.partial else b"BODY[]"
        session.say(
            b"* %d FETCH (UID %d %s {%d}\r\n%s)" % (number, number + 100, name, len(data), data),
            f"{tag} OK done",
        )
        return True


def report(to: str, sent_from: str, said: str = "550 5.1.1 User unknown") -> str:
    """A delivery report (RFC 3464), the header's end included."""
    return (
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mail.customer.example\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: {said.split()[1]}\r\n"
        f"Diagnostic-Code: smtp; {said}\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: <{sent_from}>\r\nTo: <{to}>\r\n"
        "Subject: Angebot\r\n\r\nGuten Tag\r\n--b--\r\n"
    )


def looked(texts: Texts, *folders: Folder, **changes: object) -> MailboxLab:
    """What the probe recorded in a mailbox of these folders."""
    dialect = Dialect(script=texts.script)
    case = replace(CASE, since=SINCE, **changes)  # type: ignore[arg-type]
    with mailbox(*folders, dialect=dialect, case=case) as lab:
        lab.run("sign-in")
        lab.run("notices")
        return lab


def inbox(*messages: Message) -> Folder:
    return Folder("INBOX", messages=[mail("x@other.example", days_ago=2), *messages])


def test_the_customers_bounce_that_a_colleague_forwarded() -> None:
    texts = Texts()
    forwarded = texts.message(
        report(ME, CUSTOMER), f"Wang <wang@{ME.partition('@')[2]}>", "转发：退信 Undelivered mail"
    )
    lab = looked(texts, inbox(forwarded))
    [bounce] = lab.seen(Bounce)
    assert bounce.recipients[0].address == ME
    assert bounce.found is not None
    assert (bounce.found.folder, bounce.found.uid) == ("INBOX", 102)
    [searched] = lab.seen(NoticesSearched)
    assert (searched.candidates, searched.read, searched.complete) == (1, 1, True)


def test_the_users_own_bounced_reply_is_never_taken_for_the_missing_mails() -> None:
    texts = Texts()
    returned = texts.message(report(CUSTOMER, ME), ROBOT, "Undelivered Mail Returned to Sender")
    lab = looked(texts, inbox(returned))
    assert not lab.seen(Bounce)
    [reply] = lab.seen(ReplyBounced)
    assert (reply.recipient, reply.enhanced) == (CUSTOMER, "5.1.1")


@pytest.mark.parametrize(
    ("to", "sent_from"),
    [
        ("other@else.example", ME),
        (ME, "shop@else.example"),
        (ME, ME),
        ("wang@example.com", CUSTOMER),
    ],
    ids=["to somebody else", "of somebody else", "to oneself", "to a colleague"],
)
def test_bounces_of_other_mail_are_not_kept(to: str, sent_from: str) -> None:
    texts = Texts()
    lab = looked(texts, inbox(texts.message(report(to, sent_from), ROBOT, "Undelivered Mail")))
    assert not lab.seen(Bounce)
    assert not lab.seen(ReplyBounced)
    assert lab.seen(NoticesSearched)[0].read == 1


DIGEST = (
    "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    "<table><tr><td>{sender}</td><td>Rechnung</td></tr></table>\r\n"
)


@pytest.mark.parametrize(
    ("listed", "changes", "expected"),
    [
        (CUSTOMER.upper(), {}, ("address", CUSTOMER)),
        ("anna@customer.example", {}, ("domain", "customer.example")),
        ("spam@prize.example", {}, ("", "")),
        ("x@notcustomer.example", {}, ("", "")),
        ("someone, Angebot 2026-118", {"subject": "Re: Angebot 2026-118"}, ("subject", "")),
        ("xbuyer@customer.example.evil.example", {}, ("", "")),
        ("someone@qq.com", {"sender": "buyer@qq.com"}, ("", "")),
    ],
)
def test_whom_a_digest_names(
    listed: str, changes: dict[str, object], expected: tuple[str, str]
) -> None:
    texts = Texts()
    digest = texts.message(DIGEST.format(sender=listed), QUARANTINE, "您有 3 封邮件被隔离")
    lab = looked(texts, inbox(digest), **changes)
    [notice] = lab.seen(QuarantineNotice)
    assert (notice.names, notice.named) == expected
    assert notice.from_address == QUARANTINE
    assert "Rechnung" not in str(notice)


@pytest.mark.parametrize(
    "subject",
    ["End user digest: 3 new messages in quarantine", "垃圾邮件报告", "Spam-Bericht", "隔離通知"],
)
def test_digests_in_many_languages(subject: str) -> None:
    texts = Texts()
    digest = texts.message(DIGEST.format(sender=CUSTOMER), QUARANTINE, subject)
    assert looked(texts, inbox(digest)).seen(QuarantineNotice)


def test_look_alikes_are_noted_without_reading_them() -> None:
    texts = Texts()
    fake = mail("Hans <buyer@custorner.example>", subject="New bank account")
    lab = looked(texts, inbox(fake, mail("x@customer.com", days_ago=1)))
    [seen] = lab.seen(LookAlikeMail)
    assert seen.from_address == "buyer@custorner.example"
    assert texts.asked == []


def _five_megabytes() -> bytes:
    return b"\r\n\r\n" + b"A" * 5_000_000


def _bomb() -> bytes:
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(3000)
    )
    return b"MIME-Version: 1.0\r\n" + deep


def _charset() -> bytes:
    return (
        b'Content-Type: text/plain; charset="x-\x80-no-such"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + b"\xff\xfe\x00=?=" * 9000
    )


@pytest.mark.parametrize(
    "body", [_five_megabytes, _bomb, _charset, lambda: b"", lambda: b"\r\n\r\n" + b"\x00" * 70_000]
)
@pytest.mark.parametrize("subject", ["Undelivered Mail", "Quarantine digest"])
def test_hostile_texts_do_no_harm(body: Callable[[], bytes], subject: str) -> None:
    texts = Texts()
    hostile = texts.message(body(), ROBOT, subject)
    honest = texts.message(DIGEST.format(sender=CUSTOMER), QUARANTINE, "隔离", days_ago=1.5)
    tracemalloc.start()
    lab = looked(texts, inbox(honest, hostile))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert any(notice.names == "address" for notice in lab.seen(QuarantineNotice))
    assert peak < 60_000_000


def test_a_server_that_sends_whole_mails_is_left_alone() -> None:
    texts = Texts(partial=False)
    hostile = texts.message(_five_megabytes(), ROBOT, "Undelivered Mail")
    lab = looked(texts, inbox(hostile))
    [searched] = lab.seen(NoticesSearched)
    assert (searched.complete, searched.read) == (False, 0)
    assert searched.detail


def test_the_newest_of_both_kinds_are_read_and_no_more() -> None:
    texts = Texts()
    bounces = [
        texts.message("\r\nno\r\n", ROBOT, f"Undelivered {n}", days_ago=n / 100) for n in range(30)
    ]
    digests = [
        texts.message("\r\nno\r\n", QUARANTINE, f"Quarantine {n}", days_ago=n / 100)
        for n in range(3)
    ]
    lab = looked(texts, inbox(*bounces, *digests))
    [searched] = lab.seen(NoticesSearched)
    assert (searched.candidates, searched.read, len(texts.asked)) == (33, 12, 12)
    assert not searched.complete
    assert len(lab.seen(QuarantineNotice)) == 3


def test_absent_peoples_replies_do_not_crowd_out_a_bounce() -> None:
    texts = Texts()
    replies = [mail("x@other.example", days_ago=0.01 * n, return_path="<>") for n in range(40)]
    lab = looked(
        texts, inbox(texts.message(report(ME, CUSTOMER), ROBOT, "Undelivered", 3), *replies)
    )
    assert len(lab.seen(Bounce)) == 1


def test_only_the_time_asked_about_and_only_some_folders() -> None:
    texts = Texts()
    old = texts.message(report(ME, CUSTOMER), ROBOT, "Undelivered", days_ago=40)
    filed = texts.message(report(ME, CUSTOMER), ROBOT, "Undelivered")
    lab = looked(texts, inbox(old), Folder("Sent", "\\Sent", [filed]))
    assert not lab.seen(Bounce)
    assert lab.seen(NoticesSearched)[0].folders == ("INBOX",)


def test_nothing_is_changed_or_marked() -> None:
    texts = Texts()
    lab = looked(texts, inbox(texts.message(report(ME, CUSTOMER), ROBOT, "Undelivered")))
    assert not set(lab.server.verbs()) & {"SELECT", "STORE", "COPY", "MOVE", "EXPUNGE"}
    assert all("PEEK" in command for command in lab.server.commands if "BODY" in command)


def test_a_folder_that_is_refused_is_said() -> None:
    texts = Texts()
    junk = Folder("Junk", "\\Junk", refuse="[NOPERM] no")
    [searched] = looked(texts, inbox(), junk).seen(NoticesSearched)
    assert not searched.complete


def test_no_notices_without_a_sender_or_a_sign_in() -> None:
    with mailbox(case=replace(CASE, since=SINCE, sender=None)) as lab, pytest.raises(Skipped):
        lab.run("notices")
    with mailbox() as lab, pytest.raises(Skipped):
        lab.run("notices")


def test_a_stop_leaves_its_coverage() -> None:
    texts = Texts()

    def stall(session: Session, tag: str, verb: str, arguments: str) -> bool:
        del session, tag
        return verb == "UID" and "BODY.PEEK[]" in arguments

    bounce = texts.message(report(ME, CUSTOMER), ROBOT, "Undelivered")
    case = replace(CASE, since=SINCE)
    with mailbox(inbox(bounce), dialect=Dialect(script=stall), case=case) as lab:
        lab.run("sign-in")
        with pytest.raises(Stopped):
            lab.run("notices", seconds=1.2)
        [searched] = lab.seen(NoticesSearched)
    assert not searched.complete
    assert not lab.seen(ProbeEnded)
