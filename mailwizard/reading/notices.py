"""Notices among other mail: which look like one by their header fields, and whom their text names.

Only a first sieve, so that few texts need to be read: what a notice proves is judged elsewhere.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from mailwizard.model.case import Case, domain_of
from mailwizard.reading.free_mail import is_free_mail
from mailwizard.reading.headers import decoded, mailboxes
from mailwizard.reading.html_text import html_to_text
from mailwizard.reading.mime_parts import parts
from mailwizard.reading.subjects import subject_key

Kind = Literal["bounce", "robot", "quarantine"]
Names = Literal["address", "domain", "subject", ""]

FILTER_MAKERS = (
    *("messaging.microsoft.com", "barracudanetworks.com", "mimecast.com", "ppe-hosted.com"),
    *("hornetsecurity.com", "retarus.com", "trendmicro.com", "spamexperts.com", "mailchannels.net"),
    *("securence.com", "antispameurope.com", "nospamproxy.de", "mailguard.com.au"),
)
"""Domains from which makers of mail filters send their own notices of held-back mail."""

_MOST_TEXT = 200_000
_TELLING = 8  # characters of a subject that is hardly anybody else's
_ROBOT = re.compile(
    r"mailer-daemon|postmaster|mail delivery (?:sub)?system|microsoftexchange", re.I
)
_SERVER_NAME = re.compile(r"(?:quarantine|spam-?(?:digest|report)|bounces?)[@+.-]", re.I)
_NO_PERSON = re.compile(r"(?:no-?reply|do-?not-?reply|10000)[@+.-]", re.I)
_BOUNCE = re.compile(
    r"undeliver|delivery (?:status|failure|has failed|delayed|incomplete)|returned mail"
    r"|failure notice|mail delivery (?:failed|failure)|not (?:be )?delivered|delivery notification"
    r"|unzustellbar|zurückgewiesen|nicht zugestellt|fehler bei der zustellung"
    r"|退信|退回|投递失败|发送失败|无法投递|无法送达|未送达|未能送达|無法傳送|無法投遞"
    r"|配信不能|配信できません|送信できません|non remis|échec de la remise|no se (?:ha )?pud",
    re.I,
)
_QUARANTINE = re.compile(
    r"quarant|held (?:message|mail|e-?mail)"
    r"|(?:messages?|mails?) (?:were |was |are )?(?:held|on hold)"
    r"|blocked (?:message|mail|e-?mail)s?|spam (?:digest|report|summary|notification|manager)"
    r"|junk (?:mail )?(?:digest|report|summary)|(?:digest|summary|report) of (?:spam|blocked|held)"
    r"|spam-?(?:bericht|report|übersicht|zusammenfassung)|zurückgehalten"
    r"|blockierte (?:e-?mail|nachr)"
    r"|隔离|隔離|拦截|攔截|垃圾邮件(?:报告|通知|摘要|日报|提醒|清单)|垃圾郵件(?:報告|通知|摘要)"
    r"|待审核邮件|邮件(?:被)?拦截|検疫|迷惑メール(?:通知|レポート)",
    re.I,
)


def kind_of(fields: Mapping[str, Sequence[bytes]]) -> Kind | None:
    """What a mail may be by its raw header fields (names in lower case); None for other mail.

    Of a ``robot`` nothing tells what it wrote: a bounce, or the reply of somebody who is absent.
    """
    subject = _first(fields, "subject")
    sender = _first(fields, "from")
    report = "report" in _first(fields, "content-type").partition(";")[0].lower()
    if report or fields.get("x-failed-recipients") or _BOUNCE.search(subject):
        return "bounce"
    if _QUARANTINE.search(subject):
        return "quarantine"
    empty_path = any(value.strip() == b"<>" for value in fields.get("return-path", [])[:1])
    return "robot" if _ROBOT.search(sender) or empty_path else None


def from_mail_server(address: str) -> bool:
    """Whether an address is one that mail servers and filters write from."""
    return bool(_ROBOT.search(address) or _SERVER_NAME.match(address))


def from_no_person(address: str) -> bool:
    """Whether an address is one that public mail services keep for themselves."""
    return from_mail_server(address) or bool(_NO_PERSON.match(address))


def names(data: bytes, case: Case) -> tuple[Names, str]:
    """What of the case a mail's own text names, and the address or domain. Never raises.

    Public mail services' domains name nobody, and neither do subjects of a word or two.
    """
    words = " ".join(_texts(data).casefold().split())
    address, domain = case.sender_address, case.sender_domain
    if address and _stands_alone(address, words):
        return "address", address
    subject = subject_key(case.subject or "")
    if len(subject) >= _TELLING and subject in words:
        return "subject", ""
    if domain and not is_free_mail(domain) and _stands_alone(domain, words):
        return "domain", domain
    return "", ""


def author(fields: Mapping[str, Sequence[bytes]]) -> str:
    """The first author's address, "" if there is none."""
    return next((m.address for v in fields.get("from", [])[:1] for m in mailboxes(v)), "")


def of_domain(address: str, domain: str | None) -> bool:
    """Whether an address is of a domain, or of one below it."""
    if not domain or "@" not in address:
        return False
    own = domain_of(address)
    return own == domain or own.endswith("." + domain)


def _texts(data: bytes) -> str:
    told: list[str] = []
    room = _MOST_TEXT
    for part in parts(data):
        if not part.type.startswith("text/") or room <= 0:
            continue
        text = part.text[:room]
        room -= len(text)
        told.append(html_to_text(text) if part.type == "text/html" else text)
    return "\n".join(told)


def _stands_alone(word: str, text: str) -> bool:
    """Whether a text holds an address or domain that is no part of a longer one."""
    return bool(re.search(rf"(?<![\w.@-]){re.escape(word)}(?![\w-]|\.\w)", text)) or (
        "@" not in word and bool(re.search(rf"[@.]{re.escape(word)}(?![\w-]|\.\w)", text))
    )


def _first(fields: Mapping[str, Sequence[bytes]], name: str) -> str:
    return next((decoded(value) for value in fields.get(name, [])[:1]), "")
