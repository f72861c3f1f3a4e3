"""A lived-in mailbox, the same at every start but for its dates, which count back from today."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from typing import NamedTuple

from mailwizard.demo import hosts
from mailwizard.demo.mails import Folder

ME = "lin@acme-trading.com"
CUSTOMER = ("Hans Becker", "hans@customer-gmbh.de")

INBOX, JUNK, TRASH, SENT, DRAFTS = "INBOX", "垃圾邮件", "已删除邮件", "已发送", "草稿"
GERMANY = "客户邮件/德国"

# Folder, LIST flags, how many of the everyday mails are in it, the newest's age in days.
_FOLDERS: tuple[tuple[str, tuple[str, ...], int, float], ...] = (
    (INBOX, (), 92, 0.2),
    (SENT, ("\\Sent",), 36, 0.2),
    (DRAFTS, ("\\Drafts",), 2, 0.2),
    (TRASH, ("\\Trash",), 12, 0.2),
    (JUNK, ("\\Junk",), 9, 0.2),
    ("客户邮件", (), 10, 0.2),
    (GERMANY, (), 8, 0.2),
    ("客户邮件/英国", (), 7, 0.2),
    ("供应商", (), 14, 0.2),
    ("归档", (), 10, 200),
)
# What years of work have left: the folder and how many mails, the newest more than a year old.
_OF_YEARS: tuple[tuple[str, int], ...] = (
    (INBOX, 190),
    (SENT, 120),
    (TRASH, 45),
    ("客户邮件", 60),
    (GERMANY, 50),
    ("客户邮件/英国", 35),
    ("供应商", 95),
    ("归档", 60),
)
_PEOPLE = (
    ("王芳", "wangfang@huamao-parts.example"),
    ("李娜", "lina@shenzhen-tools.example"),
    ("陈强", "chenqiang@east-logistics.example"),
    ("张敏", "zhangmin@acme-trading.com"),
    ("刘洋", "liuyang@acme-trading.com"),
    ("Anna Schmidt", "a.schmidt@maschinenbau-nord.example"),
    ("John Smith", "john.smith@importers.example"),
    ("Maria Rossi", "maria@rossi-forniture.example"),
    ("Pierre Martin", "p.martin@export-lyon.example"),
    ("佐藤健", "sato@trading-osaka.example"),
)
_SPAMMERS = (
    ("发票代开", "service@fp-daikai.example"),
    ("Lucky Prize", "winner@prize-centre.example"),
    ("SEO Expert", "rank@first-page.example"),
)
_SUBJECTS = (
    "关于订单 {0} 的确认",
    "回复：报价单 {0}",
    "发货通知 {0}",
    "付款水单 {0}",
    "合同 {0} 即将到期",
    "样品寄送 {0}",
    "会议纪要 {0}",
    "请查收装箱单 {0}",
    "Purchase order {0}",
    "Re: quotation {0}",
    "Shipping advice {0}",
    "Invoice {0} attached",
    "Inspection report {0}",
    "Payment reminder {0}",
    "Sample request {0}",
)
_TEXTS = (
    "您好，\r\n\r\n附件请查收，如有问题请随时联系。\r\n\r\n谢谢！\r\n",
    "Dear Lin,\r\n\r\nplease find the documents attached.\r\n\r\nBest regards\r\n",
)
_SIZES = (0, 0, 0, 4_000, 30_000, 180_000, 900_000, 4_200_000)
_SIZES_OF_YEARS = (0, 0, 3_000, 20_000, 90_000, 240_000, 400_000, 700_000, 2_300_000)
_EARLIER = ((19, "Re: Anfrage 2026-073"), (47, "Anfrage 2026-073"), (88, "Muster Katalog 2026"))


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One mail of the customer (or ``sender``, name and address) that did arrive: where it lies,
    how many days ago it came. The folder is made if it is not a usual one."""

    folder: str
    days: float
    subject: str
    seen: bool = False
    spam: bool = False
    sender: tuple[str, str] = CUSTOMER
    text: str = "Guten Tag,\r\n\r\nanbei unser Angebot.\r\n\r\nHans Becker\r\n"


def build(
    now: datetime,
    arrivals: Sequence[Arrival] = (),
    silent_days: float = 0.0,
    years: float = 0.0,
) -> list[Folder]:
    """All folders, with the customer's earlier mails in the inbox and the arrivals given.

    For ``silent_days`` no everyday mail from outside has come in. With ``years`` nobody has tidied
    up for so long: some hundred older mails, of nearly 300 MB, more of them the nearer to today.
    """
    chance = random.Random(118)
    everyday = [
        # Squares put more of the mails near to today.
        _everyday(chance, name, number, now, newest + chance.random() ** 2 * 380)
        for name, _, count, newest in _FOLDERS
        for number in range(count)
    ]
    if years:
        everyday += _of_years(random.Random(2020), now, years)
    silent_since = now - timedelta(days=silent_days)
    came = [m for m in everyday if m.sender.endswith("@" + hosts.COMPANY) or m.when < silent_since]
    earlier = [Arrival(folder=INBOX, days=d, subject=s, seen=True) for d, s in _EARLIER]
    theirs = [_from_customer(arrival, now) for arrival in (*earlier, *arrivals)]
    folders = {
        name: Folder(name, flags, uidvalidity=1700000000 + number)
        for number, (name, flags, *_) in enumerate(_FOLDERS)
    }
    for number, arrival in enumerate(arrivals, len(folders)):
        folders.setdefault(arrival.folder, Folder(arrival.folder, uidvalidity=1700000000 + number))
    for mail in sorted((*came, *theirs), key=lambda mail: mail.when):
        arrived = mail.when.replace(microsecond=0)
        folders[mail.folder].add(arrived, set(mail.flags), mail.head, mail.text, mail.padding)
    return list(folders.values())


def deliver(folders: Iterable[Folder], arrival: Arrival, now: datetime) -> None:
    """One more mail arrives in its folder."""
    mail = _from_customer(arrival, now)
    for folder in folders:
        if folder.name == mail.folder:
            arrived = mail.when.replace(microsecond=0)
            folder.add(arrived, set(mail.flags), mail.head, mail.text, mail.padding)


class _Written(NamedTuple):
    """A mail before it has its place in a folder."""

    folder: str
    when: datetime
    sender: str
    flags: tuple[str, ...]
    head: bytes
    text: bytes
    padding: int


def _of_years(chance: random.Random, now: datetime, years: float) -> list[_Written]:
    """The mails that nobody has tidied up, the first of the people writing most of them."""
    people = [person for n, person in enumerate(_PEOPLE) for _ in range((len(_PEOPLE) - n) ** 2)]
    sizes = [int(s * (0.4 + 1.4 * chance.random())) for s in _SIZES_OF_YEARS for _ in range(20)]
    return [
        _everyday(
            chance,
            folder,
            1000 + number,
            now,
            370 + chance.random() ** 1.5 * (years * 365 - 370),
            people,
            sizes,
        )
        for folder, count in _OF_YEARS
        for number in range(count)
    ]


def _everyday(
    chance: random.Random,
    folder: str,
    number: int,
    now: datetime,
    days: float,
    people: Sequence[tuple[str, str]] = _PEOPLE,
    sizes: Sequence[int] = _SIZES,
) -> _Written:
    when = now - timedelta(days=days)
    person = chance.choice(_SPAMMERS if folder == JUNK else people)
    me = ("Lin", ME)
    sender, to = (me, person) if folder in (SENT, DRAFTS) else (person, me)
    subject = chance.choice(_SUBJECTS).format(f"{chance.choice(('PO', 'INV', 'QT'))}-{number:04}")
    read = chance.random() < 0.5 or (days > 2 and folder != JUNK)
    flags = (*(("\\Seen",) if read else ()), *(("\\Draft",) if folder == DRAFTS else ()))
    domain = sender[1].partition("@")[2]
    inside = domain == hosts.COMPANY
    host = hosts.SUBMISSION if inside else f"mail.{domain}"
    trace = _received(sender[1], host, hosts.HOSTS.get(host, hosts.SOMEBODY), when)
    return _Written(
        folder=folder,
        when=when,
        sender=sender[1],
        flags=flags,
        head=_head(() if sender == me else trace, sender, to, subject, when, str(number)),
        text=chance.choice(_TEXTS).encode(),
        padding=chance.choice(sizes),
    )


def _from_customer(arrival: Arrival, now: datetime) -> _Written:
    when = now - timedelta(days=arrival.days)
    sender = arrival.sender
    domain = sender[1].partition("@")[2]
    host = hosts.SUBMISSION if domain == hosts.COMPANY else f"mail.{domain}"
    trace = (
        f"Return-Path: <{sender[1]}>",
        "Authentication-Results: mx1.qiye.aliyun.com;"
        f" spf=pass smtp.mailfrom={sender[1]};"
        f" dkim=pass header.d={domain} header.s=s1; dmarc=pass header.from={domain}",
        *_received(sender[1], host, hosts.HOSTS.get(host, hosts.SOMEBODY), when)[1:],
        f"Received: from [192.168.77.12] (unknown [192.168.77.12]) by {host} (Postfix) with ESMTPSA"
        f" id 4Q118; {format_datetime(when - timedelta(seconds=2))}",
    )
    spam = ("X-Spam-Flag: YES", "X-Spam-Score: 7.2") if arrival.spam else ()
    return _Written(
        folder=arrival.folder,
        when=when,
        sender=sender[1],
        flags=("\\Seen",) if arrival.seen else (),
        head=_head((*trace, *spam), sender, ("Lin", ME), arrival.subject, when, "offer"),
        text=arrival.text.encode(),
        padding=41_000,
    )


def _received(sender: str, host: str, address: str, when: datetime) -> tuple[str, ...]:
    """The trace that the provider's mail exchanger puts on top (RFC 5321, 4.4)."""
    return (
        f"Return-Path: <{sender}>",
        f"Received: from {host} ({host} [{address}]) by mx1.qiye.aliyun.com with ESMTPS id"
        f" AY{int(when.timestamp())}; {format_datetime(when)}",
    )


def _head(
    trace: Iterable[str],
    sender: tuple[str, str],
    to: tuple[str, str],
    subject: str,
    when: datetime,
    key: str,
) -> bytes:
    lines = (
        *trace,
        f"From: {_address(sender)}",
        f"To: {_address(to)}",
        f"Subject: {_encoded(subject)}",
        f"Date: {format_datetime(when - timedelta(seconds=3))}",
        f"Message-ID: <{int(when.timestamp())}.{key}@{sender[1].partition('@')[2]}>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _address(person: tuple[str, str]) -> str:
    return f"{_encoded(person[0])} <{person[1]}>"


def _encoded(text: str) -> str:
    """Encoded words (RFC 2047) where the text is not ASCII, folded for the header."""
    return text if text.isascii() else Header(text, "utf-8").encode(linesep="\r\n")
