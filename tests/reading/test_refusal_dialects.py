"""What mail systems say at port 25, in their own sentences, and what each is about."""

import re

import pytest

from mailwizard.model.seen.door import SmtpReply
from mailwizard.reading.refusal_dialects import DIALECTS, Reason
from mailwizard.reading.smtp import offered, parse_reply
from mailwizard.reading.smtp_refusal import reason

SAID: list[tuple[Reason, str]] = [
    # Postfix
    ("unknown-user", "550 5.1.1 <a@b.cn>: Recipient address rejected: User unknown in table"),
    ("not-served", "554 5.7.1 <a@b.cn>: Relay access denied"),
    ("our-address", "450 4.7.25 Client host rejected: cannot find your hostname, [1.2.3.4]"),
    ("our-address", "554 5.7.1 Client host [1.2.3.4] blocked using zen.spamhaus.org"),
    ("our-address", "421 4.7.0 mx.b.cn Error: too many connections from 1.2.3.4"),
    ("our-address", "504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname"),
    ("our-probe", "550 5.1.8 <>: Sender address rejected: Domain not found"),
    ("our-probe", "530 5.7.0 Must issue a STARTTLS command first"),
    ("later", "450 4.2.0 <a@b.cn>: Recipient address rejected: Greylisted, see http://postgrey"),
    ("later", "450 4.3.2 Service currently unavailable"),
    ("later", "450 4.1.1 <a@b.cn>: Recipient address rejected: unverified address: timed out"),
    ("later", "451 4.3.0 <a@b.cn>: Temporary lookup failure"),
    ("later", "452 4.5.3 Error: too many recipients"),
    ("busy", "452 4.3.1 Insufficient system storage"),
    ("busy", "421 4.3.2 All server ports are busy"),
    ("loop", "550 5.4.6 mail for b.cn loops back to myself"),
    ("full", "452 4.2.2 <a@b.cn>: Recipient address rejected: user is overquota"),
    # Exim, qmail
    ("not-served", "550 relay not permitted"),
    ("not-served", "550 Unrouteable address"),
    ("our-probe", "550 Sender verify failed"),
    ("not-served", "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"),
    ("unknown-user", "550 sorry, no mailbox here by that name (#5.1.1)"),
    # Microsoft, Google
    ("not-ready", "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)"),
    ("not-served", "550 5.7.64 TenantAttribution; Relay Access Denied"),
    ("unknown-user", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found"),
    ("our-address", "550 5.7.606 Access denied, banned sending IP [1.2.3.4]"),
    ("group", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup"),
    ("external-off", "550 5.7.134 RESOLVER.RST.SenderNotAuthenticatedForMailbox"),
    ("loop", "554 5.4.14 Hop count exceeded - possible mail loop ATTR34"),
    ("unknown-user", "550 5.1.1 The email account that you tried to reach does not exist. gsmtp"),
    ("deactivated", "550 5.2.1 The email account that you tried to reach is disabled. gsmtp"),
    ("later", "550 5.2.1 The user you try to contact is receiving mail at a rate that"),
    ("full", "552 5.2.2 The email account that you tried to reach is over quota. gsmtp"),
    # Tencent, NetEase, Coremail, Alimail
    ("unknown-user", "550 Mailbox not found. http://service.exmail.qq.com/cgi-bin/help?id=20022"),
    ("later", "550 Mailbox unavailable or access denied"),
    ("our-address", "550 Connection frequency limited"),
    ("our-address", "550 Suspected spam ip"),
    ("our-address", "421 HL:REP abc,1.2.3.4,0,http://mail.163.com/help"),
    ("our-address", "450 DT:RBL 163 smtp1"),
    ("our-probe", "450 MI:CEL 163 smtp1"),
    ("unknown-user", "550 User not found: a@163.com"),
    ("unknown-user", "550 Invalid User"),
    ("deactivated", "550 User suspended"),
    ("our-probe", "553 Requested action not taken: NULL sender is not allowed"),
    ("unknown-user", "554 RCPT (a@b.cn) dosn't exist"),
    ("not-served", "503 Rcptto account isn't a local account"),
    ("our-address", "554 Reject by behaviour spam at Rcpt State(Connection IP address:1.2.3.4)"),
    ("our-address", "454 Transient reject by behaviour spam"),
    ("deactivated", "550 a@b.cn is a deactivated mailbox"),
    # Anybody
    ("not-ready", "550 5.1.1 The mailbox is being provisioned, please try again later"),
    ("not-ready", "450 mailbox not yet available"),
    ("later", "450 please try again"),
    ("unknown-user", "550 该用户不存在"),
    ("full", "552 收件人空间不足"),
    ("deactivated", "550 该邮箱已被停用"),
    ("not-ready", "550 邮箱尚未生效"),
    ("not-served", "550 域名不存在"),
    ("our-address", "554 您的IP在黑名单中"),
    ("external-off", "550 该邮箱拒收外域邮件"),
    ("busy", "421 系统繁忙"),
    ("accepted", "250 2.1.5 Ok"),
    ("accepted", "251 User not local; will forward"),
]  # fmt: skip


def read(line: bytes) -> SmtpReply:
    """A reply as it comes over the line."""
    found = parse_reply([line + b"\r\n"])
    assert found is not None
    return found


@pytest.mark.parametrize(("about", "line"), SAID, ids=[line[:40] for _about, line in SAID])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_said(about: Reason, line: str, charset: str) -> None:
    assert reason(read(line.encode(charset))) == about


def test_a_temporary_refusal_is_never_final() -> None:
    for _about, line in SAID:
        _code, _, words = line.partition(" ")
        words = re.sub(r"^5\.", "4.", words)
        assert reason(read(f"450 {words}".encode())) in {
            "our-address", "our-probe", "full", "not-ready", "later", "busy",
            "group", "external-off",
        }, line  # fmt: skip


def test_every_dialect_has_its_words_and_where_they_are_explained() -> None:
    for _reason, words, explained in DIALECTS:
        assert re.compile(words)
        assert "." in explained


def test_a_user_may_be_called_anything() -> None:
    assert reason(read(b"550 5.1.1 <relay.loop.quota@b.cn>: User unknown")) == "unknown-user"


def test_what_is_offered() -> None:
    lines = [b"250-mx", b"250-PIPELINING\r\n", b"250-SIZE 5", b"250-", b"250 starttls"]
    assert offered(lines) == {"PIPELINING", "SIZE", "STARTTLS"}
    assert offered([]) == frozenset()
