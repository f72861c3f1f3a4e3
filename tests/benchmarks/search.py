"""One sender in 14 days over 24 folders and 120,000 messages.

The whole ``search`` probe on a pool that is signed in, against a raw-socket script that sends the
very commands that the probe sent, one connection beside the other, and only counts octets.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.benchmarks.mailbox import Post

FOLDERS, MESSAGES, DAYS = 24, 5_000, 460
_NAMES = ("INBOX", "垃圾邮件", "Trash", "Sent", "客户/德国")


def posts(now: datetime) -> Iterator[Post]:
    """120,000 messages of the last 460 days, 5,000 a folder, one in 500 from the sender."""
    dice = random.Random(7)
    for folder in range(FOLDERS):
        name = _NAMES[folder] if folder < len(_NAMES) else f"Project {folder:02d}"
        for number in range(MESSAGES):
            arrived = now - timedelta(days=DAYS * (1 - (number + 1) / (MESSAGES + 1)))
            yield Post(name, _message(folder, number, arrived, dice), arrived, r"\Seen")


def _message(folder: int, number: int, arrived: datetime, dice: random.Random) -> bytes:
    tied = number % 500 == 499
    sender = "buyer@customer.example" if tied else f"p{dice.randrange(900)}@other.example"
    host = sender.partition("@")[2]
    lines = (
        f"Return-Path: <{sender}>",
        f"Received: from mx.{host} (mx.{host} [198.51.100.{dice.randrange(250)}])",
        f"\tby mx1.example.com with ESMTPS id {dice.randrange(10**12):x}; {arrived:%c} +0000",
        f"From: =?utf-8?B?5byg5LiJ?= <{sender}>",
        "To: lin@example.com",
        f"Subject: Order {folder}-{number} and what belongs to it",
        f"Date: {arrived:%a, %d %b %Y %H:%M:%S} +0000",
        f"Message-ID: <{folder}.{number}@{host}>",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "Good morning, please see below. " * dice.randrange(5, 20),
        "",
    )
    return "\r\n".join(lines).encode()
