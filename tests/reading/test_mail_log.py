"""Log lines of many mail servers."""

import time

import pytest

from mailwizard.reading.mail_log import read_sender_log

ME = "lin@acme.example"
POSTFIX = (
    "Nov 23 10:00:00 mail postfix/smtp[411]: 4XYZ: to=<lin@acme.example>,"
    " relay=mx1.provider.example[203.0.113.11]:25, delay=0.5, delays=0.1/0/0.2/0.2, dsn={dsn},"
    " status={status} ({said})"
)


def postfix(status: str, dsn: str, said: str) -> str:
    return POSTFIX.format(status=status, dsn=dsn, said=said)


LINES = [
    (postfix("sent", "2.0.0", "250 2.0.0 Ok: queued as 4ABC"), "sent", 250, "2.0.0", "4ABC"),
    (
        postfix(
            "bounced",
            "5.1.1",
            "host mx1.provider.example[203.0.113.11] said: 550 5.1.1 <lin@acme.example>: Recipient"
            " address rejected: User unknown (in reply to RCPT TO command)",
        ),
        "bounced",
        550,
        "5.1.1",
        "",
    ),
    (
        postfix(
            "deferred", "4.2.0", "host mx1.provider.example[203.0.113.11] said: 450 4.2.0 wait"
        ),
        "deferred",
        450,
        "4.2.0",
        "",
    ),
    (
        "2026-11-23 10:00:00 1abc-0001-AA => lin@acme.example R=dnslookup T=remote_smtp"
        ' H=mx1.provider.example [203.0.113.11]:25 X=TLS1.3 C="250 2.0.0 Ok: queued as 4ABC"',
        "sent",
        250,
        "2.0.0",
        "4ABC",
    ),
    (
        "2026-11-23 10:00:00 1abc-0001-AA ** lin@acme.example R=dnslookup T=remote_smtp"
        " H=mx1.provider.example [203.0.113.11]: SMTP error from remote mail server after RCPT"
        " TO:<lin@acme.example>: 550 5.1.1 User unknown",
        "bounced",
        550,
        "5.1.1",
        "",
    ),
    (
        "2026-11-23 10:00:00 1abc-0001-AA == lin@acme.example R=dnslookup T=remote_smtp defer"
        " (110): Connection timed out H=mx1.provider.example [203.0.113.11]",
        "deferred",
        0,
        "",
        "",
    ),
    (
        "2026-11-23 10:00:00 1abc-0001-AA ** lin@acme.example R=dnslookup T=remote_smtp"
        " H=mx1.provider.example [203.0.113.11]: retry timeout exceeded",
        "expired",
        0,
        "",
        "",
    ),
    (
        "Nov 23 10:00:00 mail sendmail[1]: x1: to=<lin@acme.example>, delay=00:00:01,"
        " xdelay=00:00:01, mailer=esmtp, pri=120, relay=mx1.provider.example. [203.0.113.11],"
        " dsn=2.0.0, stat=Sent (Ok: queued as 4ABC)",
        "sent",
        0,
        "2.0.0",
        "4ABC",
    ),
    (
        "Nov 23 10:00:00 mail sendmail[1]: x1: to=<lin@acme.example>, mailer=esmtp,"
        " relay=mx1.provider.example. [203.0.113.11], dsn=5.1.1, stat=User unknown",
        "bounced",
        0,
        "5.1.1",
        "",
    ),
    (
        "2026-11-23T09:00:00Z,10.0.0.1,EX01,203.0.113.11,mx1.provider.example,;250 2.6.0 queued,"
        "OUT,SMTP,SENDEXTERNAL,77,<1@customer.example>,x,lin@acme.example,250 2.1.5 Recipient OK",
        "sent",
        250,
        "2.1.5",
        "",
    ),
]


@pytest.mark.parametrize(("line", "status", "code", "enhanced", "queue_id"), LINES)
def test_dialects(line: str, status: str, code: int, enhanced: str, queue_id: str) -> None:
    log = read_sender_log(line.encode(), ME)
    assert (log.understood, log.status, log.to) == (True, status, ME)
    assert (log.code, log.enhanced, log.queue_id) == (code, enhanced, queue_id)
    assert log.relay == "mx1.provider.example"
    assert log.relay_address == "203.0.113.11"


@pytest.mark.parametrize(
    ("line", "status", "queue_id"),
    [
        ("250 Data Ok: queued as freedom", "sent", "freedom"),
        ("250 Mail OK queued as smtp7,EMmowABC 1732352400", "sent", "smtp7,EMmowABC"),
        ("250 2.0.0 OK  1732352400 d9443c01-abc.12 - gsmtp", "sent", "1732352400"),
        ("状态：投递成功 收件人：lin@acme.example", "sent", ""),
        ("550 5.7.1 rejected by DMARC policy", "bounced", ""),
        ("451 4.7.1 try later", "deferred", ""),
    ],
)
def test_any_line_with_a_reply(line: str, status: str, queue_id: str) -> None:
    log = read_sender_log(line.encode())
    assert (log.status, log.queue_id) == (status, queue_id)


def test_a_local_delivery_has_no_server() -> None:
    line = postfix("sent", "2.0.0", "delivered to maildir").replace(
        "mx1.provider.example[203.0.113.11]:25", "virtual"
    )
    assert read_sender_log(line.encode()).relay == "virtual"
    socket = postfix("sent", "2.0.0", "250 Saved").replace(
        "mx1.provider.example[203.0.113.11]:25", "mail.customer.example[private/dovecot-lmtp]"
    )
    assert read_sender_log(socket.encode()).relay == "local"


def test_no_server_was_reached() -> None:
    line = postfix("deferred", "4.4.1", "connect to mx1.provider.example[203.0.113.11]:25: timeout")
    log = read_sender_log(line.replace("mx1.provider.example[203.0.113.11]:25", "none", 1).encode())
    assert (log.relay, log.relay_address) == ("mx1.provider.example", "203.0.113.11")


def test_the_last_line_about_the_address_counts() -> None:
    other = postfix("sent", "2.0.0", "250 ok").replace("lin@acme", "anna@elsewhere")
    lines = [
        postfix("deferred", "4.2.0", "450 4.2.0 wait"),
        postfix("sent", "2.0.0", "250 2.0.0 Ok: queued as 4ABC"),
        other,
    ]
    assert read_sender_log("\n".join(lines).encode(), ME).queue_id == "4ABC"
    assert read_sender_log(other.encode(), ME).to == "anna@elsewhere.example"


def test_expired_follows_its_recipient() -> None:
    lines = [
        postfix("deferred", "4.4.1", "connect to mx1[203.0.113.11]:25: timed out"),
        "Nov 28 10:00:00 mail postfix/qmgr[9]: 4XYZ: from=<h@c.example>, status=expired,"
        " returned to sender",
    ]
    log = read_sender_log("\n".join(lines).encode(), ME)
    assert (log.status, log.to) == ("expired", ME)


def test_a_soft_wrapped_line() -> None:
    line = postfix("sent", "2.0.0", "250 2.0.0 Ok: queued as 4ABC").replace(", ", ",\n  ")
    assert read_sender_log(line.encode("utf-16"), ME).queue_id == "4ABC"


@pytest.mark.parametrize(
    "data", [b"", b"hello world", b"\xff\xd8\xff\xe0", b"Nov 23 connect from x"]
)
def test_what_is_no_log(data: bytes) -> None:
    assert not read_sender_log(data, ME).understood


@pytest.mark.parametrize(
    "unit", [b"to=<a@b>, relay=", b"=> a@b.c ", b"\n250 ", b"delivery 1: success: ", b"status=sent"]
)
def test_endless_repetition(unit: bytes) -> None:
    started = time.monotonic()
    read_sender_log(unit * (1_000_000 // len(unit)), ME)
    assert time.monotonic() - started < 3
