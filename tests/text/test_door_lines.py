"""Port 25 as text: rows and evidence lines."""

from datetime import UTC, datetime

import pytest

from mailwizard.model.seen.door import RcptReply, SmtpDoor, SmtpReply
from mailwizard.model.seen.network import Certificate
from mailwizard.text.door_lines import door_line, door_open, smtp_door_fact
from tests.diagnosis import domain_builders as b

HOST = "mx1.qiye.aliyun.com"
LEAF = Certificate(
    subject="CN=mx1", issuer="CN=Root", not_before=datetime(2026, 1, 1, tzinfo=UTC),
    not_after=datetime(2027, 1, 1, tzinfo=UTC), names=(HOST,),
)  # fmt: skip


@pytest.mark.parametrize(
    ("doors", "line", "is_open"),
    [
        ([], "", False),
        ([b.shut(HOST, "timeout")], f"{HOST} does not answer", False),
        ([b.shut(HOST, "refused"), b.door("mx2.x")], "mx2.x takes mail for you "
         "(1 of 2 addresses answer)", True),
        ([b.shut(HOST, "unreachable"), b.door(HOST)], f"{HOST} takes mail for you", True),
        ([b.door(HOST, user=b.NOBODY), b.door("mx2.x")], "mx2.x takes mail for you", True),
        ([b.door(HOST, b.reply(450, "Later"), None, None)], f"{HOST} says: 450 Later", False),
        ([b.door(HOST, None, None, None, banner=b.reply(554, "No"))], f"{HOST} says: 554 No",
         False),
        ([b.door(HOST, None, None, None, banner=None)], f"{HOST} connects, but says nothing",
         False),
        ([b.other_door()], "mxbiz1.qq.com answers", True),
    ],
)  # fmt: skip
def test_row(doors: list[SmtpDoor], line: str, is_open: bool) -> None:
    assert door_line(doors) == line
    assert door_open(doors) is is_open
    assert door_line(doors[::-1]) == line


def test_the_whole_dialogue() -> None:
    later = RcptReply(who="user", reply=SmtpReply(code=450, enhanced="4.2.0", text="Greylisted"))
    seen = b.door(
        HOST, None, None, banner_ms=20_000.0, starttls=True, starttls_talk="handshake", tls="name",
        tls_version="TLSv1.3", certificates=(LEAF,), rcpt_before=(later,),
    )  # fmt: skip
    line = smtp_door_fact(seen)
    assert line.startswith(f"SMTP {HOST} [203.0.113.11]:25: banner 220 {HOST} ESMTP (20 s); SIZE")
    for part in ("STARTTLS name TLSv1.3", "CN=Root", "RCPT TO (user) 450 4.2.0 Greylisted; some "
                 "seconds later; RCPT TO (random) 550 5.1.1"):  # fmt: skip
        assert part in line


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({"starttls": False}, "no STARTTLS"),
        ({"starttls": True, "starttls_talk": "refused"}, "STARTTLS refused"),
        ({"detail": "closed"}, "; closed"),
        ({"ehlo": b.reply(502, "what")}, "EHLO 502 what"),
    ],
)
def test_parts(more: dict[str, object], part: str) -> None:
    assert part in smtp_door_fact(b.door(HOST, **more))


def test_no_connection() -> None:
    assert smtp_door_fact(b.shut(HOST, "timeout")) == f"SMTP {HOST} [203.0.113.11]:25: timeout"
