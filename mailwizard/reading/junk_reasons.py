"""Why a mail may have been sorted out, and whether it is really the sender's: from its headers."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mailwizard.model.case import domain_of
from mailwizard.model.finding import Value
from mailwizard.model.seen.mailbox import MailSeen
from mailwizard.reading.addresses import same_organisation
from mailwizard.reading.authentication_results import Results, own_results
from mailwizard.reading.look_alike import looks_like
from mailwizard.reading.received import handed_over, parse_hop
from mailwizard.reading.spam_headers import Judged, verdicts

Kind = (
    Judged
    | Literal[
        "dmarc-fail",
        "spf-fail",
        "dkim-fail",
        "look-alike",
        "name-differs",
        "attachment",
        "no-proof",
        "authenticated",
    ]
)

# The most telling first; the identity that was proven is said last.
_ORDER: tuple[Kind, ...] = (
    *("own-block-list", "company-rule", "malware"),
    *("look-alike", "name-differs", "dmarc-fail", "phishing"),
    *("spf-fail", "dkim-fail", "content", "attachment", "bulk", "no-proof", "authenticated"),
)
DOUBTFUL: frozenset[Kind] = frozenset({"look-alike", "name-differs", "dmarc-fail", "phishing"})
"""With one of these somebody else may have written the mail."""

# Files that Outlook ("Blocked attachments in Outlook", support.microsoft.com) and Gmail ("File
# types blocked in Gmail", support.google.com/mail/answer/6590) both hold back.
_HELD_BACK = frozenset(
    (
        *("bat", "chm", "cmd", "com", "cpl", "exe", "hta", "iso", "jar", "js", "jse", "lnk"),
        *("msc", "msi", "msp", "pif", "scr", "vb", "vbe", "vbs", "ws", "wsf", "wsh"),
    )
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
_MICROSOFT = "microsoft smtp server"  # what Exchange and Microsoft 365 write into Received


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. ``domain`` is the one that it is about, or the file's name of an attachment.

    ``score``, ``limit`` and ``rules`` are those of ``spam_headers.Verdict``.
    """

    kind: Kind
    domain: str = ""
    score: str = ""
    limit: str = ""
    rules: tuple[str, ...] = ()


def junk_reasons(mail: MailSeen, ours: Collection[str], asked: str = "") -> tuple[Reason, ...]:
    """The reasons that can be read, the most telling first; () where the headers say nothing.

    ``ours`` are host names of our provider, our company and its mail exchangers: what others wrote
    about the sender's identity is not believed. ``asked`` is the domain that the user asked about.
    """
    found = [*_filters(mail, ours), *_names(mail, asked), *_files(mail)]
    own = own_words(mail, ours)
    if own is not None:
        found += _identity(mail, own)
    first = {reason.kind: reason for reason in reversed(found)}
    return tuple(first[kind] for kind in _ORDER if kind in first)


def own_words(mail: MailSeen, ours: Collection[str]) -> Results | None:
    """What our own side found out about the sender's identity; None if it did not say."""
    hop = handed_over(mail.received, ours)
    return own_results(mail.authentication, [*ours, *((hop.by,) if hop and hop.by else ())])


def as_data(reasons: Sequence[Reason]) -> dict[str, Value]:
    """The reasons as a finding's data: ``why`` are the kinds, ``why_about`` each one's domain.

    ``why`` is ``unsaid`` alone where there are none: that, too, is told.
    """
    scored = next((reason for reason in reasons if reason.score), None)
    return {
        "why": tuple(reason.kind for reason in reasons) or ("unsaid",),
        "why_about": tuple(reason.domain for reason in reasons),
        "why_score": scored.score if scored else "",
        "why_limit": scored.limit if scored else "",
    }


def from_data(data: Mapping[str, Value]) -> tuple[Reason, ...]:
    """The reasons from a finding's data; kinds that this version does not know are left out."""
    kinds, about = data.get("why"), data.get("why_about")
    if not isinstance(kinds, tuple) or not isinstance(about, tuple):
        return ()
    score, limit = str(data.get("why_score", "")), str(data.get("why_limit", ""))
    return tuple(
        Reason(kind, domain, score, limit)
        for kind, domain in zip(kinds, about, strict=False)
        if kind in _ORDER
    )


def _identity(mail: MailSeen, own: Results) -> Iterator[Reason]:
    """One reason about who wrote it. A DMARC result counts more than what it is made of."""
    author = _domain(mail.from_address)
    policy = own.of("dmarc")
    about = [r for r in policy if r.domain("header.from") in ("", author)]
    if any(result.result == "fail" for result in about):
        yield Reason("dmarc-fail", author)
        return
    passed = any(result.result == "pass" for result in about) or _aligned(own, author)
    if passed and author:
        yield Reason("authenticated", author)
        return
    if own.said("spf", "fail", "hardfail") and not own.said("dkim", "pass"):
        named = next(r for r in own.of("spf") if r.result in ("fail", "hardfail"))
        sent_for = named.domain("smtp.mailfrom", "smtp.mail", "smtp.helo")
        yield Reason("spf-fail", sent_for or _domain(mail.return_path) or author)
    elif own.said("dkim", "fail", "permerror") and not own.said("dkim", "pass"):
        yield Reason("dkim-fail", author)
    elif (own.of("spf") or own.of("dkim")) and all(
        result.result in ("none", "neutral") for result in own.results
    ):
        yield Reason("no-proof", author)


def _aligned(own: Results, author: str) -> bool:
    """Whether SPF or DKIM passed for the author's own organisation (RFC 9989's relaxed mode)."""
    proven = [r.domain("header.d", "header.i") for r in own.of("dkim") if r.result == "pass"]
    proven += [r.domain("smtp.mailfrom", "smtp.mail") for r in own.of("spf") if r.result == "pass"]
    return any(domain == author or same_organisation(domain, author) for domain in proven)


def _filters(mail: MailSeen, ours: Collection[str]) -> Iterator[Reason]:
    for verdict in verdicts(mail.spam, microsoft=_taken_in_by_microsoft(mail, ours)):
        yield Reason(verdict.kind, score=verdict.score, limit=verdict.limit, rules=verdict.rules)


def _taken_in_by_microsoft(mail: MailSeen, ours: Collection[str]) -> bool:
    """Whether the server that took the mail in for us, or one behind it, is Microsoft's."""
    hop = handed_over(mail.received, ours)
    for field in mail.received if hop is not None else mail.received[:1]:
        if _MICROSOFT in field.lower():
            return True
        if parse_hop(field) == hop:
            break
    return False


def _names(mail: MailSeen, asked: str) -> Iterator[Reason]:
    author = _domain(mail.from_address)
    if asked and author and looks_like(author, asked):
        yield Reason("look-alike", author)
    shown = _ADDRESS.search(mail.from_name)
    if shown and author and not same_organisation(domain_of(shown[1]), author):
        yield Reason("name-differs", domain_of(shown[1]))


def _files(mail: MailSeen) -> Iterator[Reason]:
    for name in mail.attachments:
        _stem, dot, ending = name.lower().strip().rpartition(".")
        if dot and ending in _HELD_BACK:
            yield Reason("attachment", name)


def _domain(address: str) -> str:
    return domain_of(address) if "@" in address else ""
