"""Bounces of many servers, however they are brought, and input that was made to hurt."""

import base64
import codecs
import time
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.sender import Bounce, RefusedRecipient
from mailwizard.reading.bounce import read_bounce
from tests.reading import bounces
from tests.reading.bounces import TO


def only(bounce: Bounce) -> RefusedRecipient:
    assert len(bounce.recipients) == 1, bounce
    return bounce.recipients[0]


@pytest.mark.parametrize(
    ("name", "code", "enhanced", "by"),
    [
        ("EXIM", 550, "5.1.1", "mx1.provider.example"),
        ("QMAIL", 550, "", "203.0.113.11"),
        ("SENDMAIL", 550, "5.1.1", ""),
        ("EXCHANGE", 550, "5.1.1", "mx1.provider.example"),
        ("GMAIL", 550, "5.1.1", ""),
        ("QQ", 550, "", "mx1.provider.example"),
        ("NETEASE", 550, "", "mx1.provider.example"),
        ("ALIMAIL", 554, "", ""),
        ("GERMAN", 550, "5.1.1", ""),
        ("HTML", 550, "5.1.1", ""),
    ],
)
def test_dialects(name: str, code: int, enhanced: str, by: str) -> None:
    text: str = getattr(bounces, name)
    bounce = read_bounce(text.encode("latin-1" if name == "HTML" else "utf-8"))
    assert bounce.form == "text"
    recipient = only(bounce)
    assert (recipient.address, recipient.action) == (TO, "failed")
    assert (recipient.code, recipient.enhanced) == (code, enhanced)
    assert recipient.said.startswith(str(code))
    assert recipient.said_by == by
    assert bounce.sender_ip == ""


def test_report() -> None:
    bounce = read_bounce(bounces.report())
    assert (bounce.form, bounce.reporting) == ("report", "mail.customer.example")
    assert bounce.sent_from == "hans@customer.example"
    recipient = only(bounce)
    assert recipient == RefusedRecipient(
        address=TO,
        original=TO,
        action="failed",
        code=550,
        enhanced="5.1.1",
        said="550 5.1.1 <zhang.wei@acme.example>: Recipient address rejected: User unknown",
        said_by="mx1.provider.example",
    )


def test_report_of_a_refused_connection() -> None:
    said = (
        "554 5.7.1 Service unavailable; Client host [203.0.113.140] blocked using zen.example.org;"
        " https://list.example/ip/203.0.113.140"
    )
    bounce = read_bounce(bounces.report(said, status="5.7.1"))
    assert bounce.sender_ip == "203.0.113.140"
    assert only(bounce).enhanced == "5.7.1"


def test_the_other_side_is_not_the_refused_connection() -> None:
    text = f"<{TO}>: host mx1.provider.example[203.0.113.11] said: 550 5.1.1 User unknown"
    assert read_bounce(text.encode()).sender_ip == ""
    text = f"<{TO}>: host mx1[203.0.113.11] said: 554 Connection IP address:203.0.113.140 refused"
    assert read_bounce(text.encode()).sender_ip == "203.0.113.140"


def test_delayed_report() -> None:
    bounce = read_bounce(
        bounces.report(
            "connect to mx1.provider.example[203.0.113.11]:25: Connection timed out",
            action="delayed",
            status="4.4.1",
            remote="",
        )
    )
    recipient = only(bounce)
    assert (recipient.action, recipient.code, recipient.enhanced) == ("delayed", 0, "4.4.1")


def test_local_report_has_no_remote_server() -> None:
    recipient = only(read_bounce(bounces.report('unknown user: "zhang.wei"', remote="")))
    assert (recipient.code, recipient.said_by) == (0, "")


def test_a_report_without_diagnostic_takes_the_words_for_people() -> None:
    data = bounces.report(
        human=f"<{TO}>: host mx1.provider.example[203.0.113.11] said: 552 5.2.2 mailbox full"
    )
    diagnostic = data.index(b"Diagnostic-Code")
    cut = data[:diagnostic] + data[data.index(b"\n\n--4ABC", diagnostic) :]
    recipient = only(read_bounce(cut))
    assert (recipient.code, recipient.said) == (552, "552 5.2.2 mailbox full")


def test_several_recipients() -> None:
    data = bounces.report().replace(
        b"\nFinal-Recipient",
        b"\nFinal-Recipient: rfc822; anna@acme.example\nAction: delivered\nStatus: 2.0.0\n"
        b"\nFinal-Recipient",
    )
    found = {r.address: r.action for r in read_bounce(data).recipients}
    assert found == {"anna@acme.example": "delivered", TO: "failed"}


def test_forwarded_as_an_attachment() -> None:
    bounce = read_bounce(bounces.forwarded())
    assert bounce.form == "report"
    assert only(bounce).address == TO
    assert bounce.sent_from == "hans@customer.example"


def test_forwarded_as_a_base64_attachment() -> None:
    outer = (
        b"From: hans@customer.example\nTo: z@acme.example\nSubject: fw\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nsee\n--x\n"
        b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(bounces.report())
        + b"--x--\n"
    )
    assert only(read_bounce(outer)).said_by == "mx1.provider.example"


def test_quoted_inline() -> None:
    assert only(read_bounce(bounces.quoted().encode())).address == TO


def test_forwarding_marks_before_a_bounce_do_not_end_it() -> None:
    text = "-----Original Message-----\n\n" + bounces.EXCHANGE
    assert only(read_bounce(text.encode())).enhanced == "5.1.1"


def test_the_source_pasted_without_its_beginning() -> None:
    text = bounces.report().decode().partition("Content-Type: message/delivery-status")[2]
    bounce = read_bounce(text.encode())
    assert (bounce.form, only(bounce).code) == ("report", 550)


def test_pasted_fields_that_lost_their_indent() -> None:
    text = (
        f"Final-Recipient: rfc822; {TO}\nAction: failed\nStatus: 5.7.1\n"
        "Diagnostic-Code: smtp; 554 5.7.1 Client host\n[203.0.113.140] blocked using"
        "\nzen.x.example\n"
    )
    recipient = only(read_bounce(text.encode()))
    assert recipient.said == ("554 5.7.1 Client host [203.0.113.140] blocked using zen.x.example")


@pytest.mark.parametrize(
    ("line", "address", "code", "enhanced"),
    [
        (f"550 5.1.1 <{TO}>: Recipient address rejected: User unknown", TO, 550, "5.1.1"),
        ("550 5.7.1 rejected by DMARC policy for customer.example", "", 550, "5.7.1"),
        ("554 5.7.1 <hans@customer.example>: Sender address rejected: no", "", 554, "5.7.1"),
        ("收件人邮箱已满，邮件被退回", "", 0, ""),
        ("#5.1.1 smtp;550 5.1.1 user unknown", "", 550, "5.1.1"),
        ("SMTP error from remote server: 552-5.2.2 full\n552 5.2.2 really", "", 552, "5.2.2"),
    ],
)
def test_single_lines(line: str, address: str, code: int, enhanced: str) -> None:
    recipient = only(read_bounce(line.encode()))
    assert (recipient.address, recipient.code, recipient.enhanced) == (address, code, enhanced)


def test_a_temporary_refusal_is_a_delay_unless_it_was_given_up() -> None:
    assert only(read_bounce(b"454 Transient reject by behaviour spam")).action == "delayed"
    warning = b"Your message could not be delivered for 4 hours.\nIt will be retried until old."
    assert only(read_bounce(warning + b"\n\n450 4.2.0 greylisted")).action == "delayed"
    final = b"Delivery has failed. Giving up.\n\n450 4.2.0 greylisted"
    assert only(read_bounce(final)).action == "failed"


@pytest.mark.parametrize("charset", ["utf-8", "gbk", "gb18030", "utf-16", "utf-8-sig"])
def test_charsets_of_pasted_text(charset: str) -> None:
    recipient = only(read_bounce(bounces.QQ.encode(charset)))
    assert (recipient.address, recipient.code) == (TO, 550)


@pytest.mark.parametrize("declared", ["us-ascii", "iso-8859-1", "utf-8", "gb2312", "x-unknown"])
@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_wrongly_declared_charsets(declared: str, charset: str) -> None:
    words = "收件人邮箱空间不足，邮件被退回".encode(charset)
    data = (
        b"From: postmaster@customer.example\nTo: hans@customer.example\nSubject: =?gbk?B?zcvQxQ==?="
        b"\nContent-Type: text/plain; charset=" + declared.encode() + b"\n\n" + words
    )
    assert "空间不足" in only(read_bounce(data)).said


def test_western_text_is_not_taken_for_chinese() -> None:
    data = "Zurückgewiesen: Postfach von zhang.wei@acme.example für Empfänger voll".encode("cp1252")
    assert "für Empfänger voll" in only(read_bounce(data)).said


def test_words_of_servers_are_made_harmless() -> None:
    said = only(read_bounce(b"550 5.1.1 \x1b[31mred\x07 \xe2\x80\xae[bold]user unknown")).said
    assert "\x1b" not in said
    assert "\u202e" not in said


@pytest.mark.parametrize(
    ("data", "form", "detail"),
    [
        (b"", "unreadable", "empty"),
        (b" \r\n\x00\n", "unreadable", "empty"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "unreadable", "picture"),
        (b"%PDF-1.7 ...", "unreadable", "document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unreadable", "outlook"),
        (bytes(range(256)) * 40, "unreadable", "binary"),
        (b"Dear Lin, 250 pieces cost 550 EUR. hans@customer.example", "not-a-bounce", ""),
        (b"hello", "not-a-bounce", ""),
    ],
)
def test_what_is_no_bounce(data: bytes, form: str, detail: str) -> None:
    assert (read_bounce(data).form, read_bounce(data).detail) == (form, detail)


def test_an_ordinary_mail_is_no_bounce() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@x.example", "b@y.example", "Offer"
    mail.set_content("The failed order 550 could not be sent to anna@z.example. Price: 552.")
    assert read_bounce(mail.as_bytes()).form == "not-a-bounce"


def _quick(data: bytes, seconds: float = 3.0) -> Bounce:
    started = time.monotonic()
    bounce = read_bounce(data)
    assert time.monotonic() - started < seconds
    return bounce


def test_fifty_megabytes() -> None:
    assert only(_quick(bounces.report() + b"A" * 50_000_000)).address == TO
    assert _quick(b"x" * 50_000_000).form == "not-a-bounce"


@pytest.mark.parametrize(
    "unit",
    [
        b"550 5.1.1 <a@b.example> ",
        b"550 ",
        b"<a@b",
        b"a@a.a.a",
        b"to ",
        b"RCPT TO:<",
        b"host mx1.a.b [1.2.3.4] said ",
        b"user a@b.example \n",
        b"5.1.1\n\n",
        "收件人".encode(),
        b"> ",
        b"=\n=3D",
        b"1.2.3.4 ",
        b"<!--<style",
    ],
)
def test_endless_repetition(unit: bytes) -> None:
    _quick(unit * (1_000_000 // len(unit)))


def test_nested_parts_end() -> None:
    head = b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\n"
    data = head
    for number in range(4_000):
        data += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    _quick(data + b"\n550 5.1.1 user unknown")
    _quick(head + b"Content-Type: message/rfc822\n\n" * 20_000)


def test_a_thousand_parts_end() -> None:
    head = (
        b"From: postmaster@x.example\nTo: c@d.example\nContent-Type: multipart/mixed; boundary=b\n"
    )
    _quick(head + b"\n--b\nContent-Type: text/plain\n\n550 5.1.1 gone" * 20_000)


def test_many_recipients_are_bounded() -> None:
    group = "\nFinal-Recipient: rfc822; a{}@b.example\nAction: failed\nStatus: 5.1.1\n"
    text = "Reporting-MTA: dns; x.example\n" + "".join(group.format(n) for n in range(5_000))
    assert len(_quick(text.encode()).recipients) <= 20


@given(st.binary(max_size=2_000))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_record(data: bytes) -> None:
    Evidence().add("bounce", read_bounce(data), at=datetime.now(UTC), seconds=0)


@given(st.integers(0, 3_000), st.binary(max_size=30))
@settings(max_examples=150, deadline=None)
def test_damaged_reports_give_a_record(place: int, noise: bytes) -> None:
    data = bounces.report()
    read_bounce(data[:place] + noise + data[place + len(noise) :])
    read_bounce(codecs.BOM_UTF8 + data[:place])
