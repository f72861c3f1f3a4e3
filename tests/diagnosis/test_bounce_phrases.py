"""Every row of the table of refusals by a sample; words come first, codes after them."""

import pytest

from mailwizard.diagnosis.bounce_phrases import block_list_named, meaning
from mailwizard.diagnosis.codes import CODES
from mailwizard.diagnosis.refusal_words import PHRASES
from mailwizard.model.finding import Certainty

SAMPLES: list[tuple[str, str]] = [
    # Alimail
    ("554 RCPT (lin@acme.example) dosn't exist", "ADDRESS_UNKNOWN"),
    ("503 Rcptto account isn't a local account", "MX_DOES_NOT_SERVE_DOMAIN"),
    (
        "554 Reject by behaviour spam at Rcpt State(Connection IP address:203.0.113.9) spf check"
        " failed",
        "SENDER_SPF",
    ),
    (
        "554 Reject by behaviour spam at DATA State(Connection IP address:203.0.113.9) bad sending",
        "SENDER_LIMITED",
    ),
    ("554 mail from 203.0.113.9 was list on rbl sites", "SENDER_BLOCKLISTED"),
    ("454 Transient reject by behaviour spam at Rcpt State", "STILL_TRYING"),
    ("554 ESO_LOCAL_SPAM: spamed by local spam engine", "CONTENT_REJECTED"),
    ("553 You are not allowed to send emails to the account", "BLOCKED_BY_YOU"),
    # Tencent
    ("550 Mailbox not found. http://service.mail.qq.com/x", "ADDRESS_UNKNOWN"),
    ("550 Mailbox unavailable or access denied", "RECIPIENT_RATE_LIMIT"),
    ("550 Mail is rejected by recipients", "BLOCKED_BY_YOU"),
    ("550 Mail content denied", "CONTENT_REJECTED"),
    ("550 Sender frequency limited", "SENDER_LIMITED"),
    ("550 Domain frequency limited", "SENDER_LIMITED"),
    ("550 Connection frequency limited", "SENDER_LIMITED"),
    ("550 Suspected spam ip", "SENDER_LIMITED"),
    ("550 DMARC check failed.", "SENDER_DMARC_REJECT"),
    ("550 SPF check failed.", "SENDER_SPF"),
    ("501 Bad address syntax", "WRONG_ADDRESS"),
    # NetEase
    ("421 HL:REP 163 mx9,abc== http://mail.163.com/help", "SENDER_LIMITED"),
    ("450 MI:CEL 163 mx1", "SENDER_LIMITED"),
    ("450 RP:DRC 163 mx1", "SENDER_LIMITED"),
    ("450 DT:RBL 163 mx1", "SENDER_BLOCKLISTED"),
    ("550 MI:SPF mx14,PMCowAB", "SENDER_SPF"),
    ("550 MI:DMA mx14,PMCowAB", "SENDER_DMARC_REJECT"),
    ("554 DT:SPM 163 mx7", "CONTENT_REJECTED"),
    ("550 Invalid User: lin@acme.example", "ADDRESS_UNKNOWN"),
    ("554 MI:STC mx1", "SENDER_LIMITED"),
    # Google
    (
        "550-5.1.1 The email account that you tried to reach does not exist. - gsmtp",
        "ADDRESS_UNKNOWN",
    ),
    ("452 4.2.2 The email account that you tried to reach is over quota. - gsmtp", "MAILBOX_FULL"),
    (
        "550 5.2.1 The email account that you tried to reach is disabled. - gsmtp",
        "MAILBOX_DEACTIVATED",
    ),
    (
        "450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents"
        " additional messages - gsmtp",
        "RECIPIENT_RATE_LIMIT",
    ),
    ("550 5.7.1 blocked by rule 12 - gcdp x1", "POLICY_BLOCK"),
    (
        "421 4.7.0 Our system has detected an unusual rate of unsolicited mail - gsmtp",
        "SENDER_LIMITED",
    ),
    (
        "552 5.7.0 This message was blocked because its content presents a"
        " potential security issue",
        "ATTACHMENT_BLOCKED",
    ),
    (
        "550 5.7.26 This mail is unauthenticated, which poses a security risk",
        "SENDER_UNAUTHENTICATED",
    ),
    (
        "550 5.7.26 Unauthenticated email from customer.example is not accepted due to"
        " domain's DMARC policy",
        "SENDER_DMARC_REJECT",
    ),
    # Microsoft
    ("550 5.1.1 RESOLVER.ADR.RecipNotFound; not found", "ADDRESS_UNKNOWN"),
    (
        "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery"
        " restriction check failed because the sender was not authenticated for group",
        "GROUP_REFUSES_OUTSIDE",
    ),
    ("550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized", "GROUP_MEMBERSHIP"),
    ("550 5.7.606 Access denied, banned sending IP [203.0.113.9]", "SENDER_BLOCKLISTED"),
    ("550 5.1.8 Access denied, bad outbound sender", "SENDER_LIMITED"),
    ("550 5.0.350 x-ms rule AS345", "POLICY_BLOCK"),
    # Postfix, Exim, Dovecot, rspamd and the like
    (
        "554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.spamhaus.org",
        "SENDER_BLOCKLISTED",
    ),
    ("550 5.7.1 rejected by DMARC policy for customer.example", "SENDER_DMARC_REJECT"),
    (
        "550 5.7.23 <lin@acme.example>: Recipient address rejected: Message rejected due to:"
        " SPF fail - not authorized.",
        "SENDER_SPF",
    ),
    ("550 5.7.20 no passing DKIM signature found: DKIM failed", "SENDER_DKIM"),
    ("450 4.1.8 <b@gone.example>: Sender address rejected: Domain not found", "SENDER_DOMAIN_DEAD"),
    (
        "450 4.7.25 Client host rejected: cannot find your reverse hostname, [203.0.113.9]",
        "SENDER_PTR",
    ),
    (
        "550 5.1.1 <x@acme.example>: Recipient address rejected: User unknown in virtual mailbox"
        " table",
        "ADDRESS_UNKNOWN",
    ),
    (
        "552 5.2.2 Mailbox is full: the recipient mailbox has exceeded its storage quota",
        "MAILBOX_FULL",
    ),
    ("452 4.2.2 Quota exceeded (mailbox for user is full)", "MAILBOX_FULL"),
    ("552 5.3.4 Message size exceeds fixed limit", "TOO_LARGE"),
    ("550 5.2.3 message too large", "TOO_LARGE"),
    ("554 5.7.1 <lin@acme.example>: Relay access denied", "MX_DOES_NOT_SERVE_DOMAIN"),
    ("550 relay not permitted", "MX_DOES_NOT_SERVE_DOMAIN"),
    ("553 sorry, that domain isn't in my list of allowed rcpthosts", "MX_DOES_NOT_SERVE_DOMAIN"),
    ("550 5.1.1 Mailbox unavailable: the domain is not hosted here", "MX_DOES_NOT_SERVE_DOMAIN"),
    ("mail for acme.example loops back to myself", "MAIL_LOOP"),
    ("554 5.4.6 Too many hops", "MAIL_LOOP"),
    (
        "Host or domain name not found. Name service error for name=acme.example type=MX: Host not"
        " found",
        "NO_MAIL_ROUTE",
    ),
    ("Unrouteable address", "NO_MAIL_ROUTE"),
    ("556 5.1.10 Domain acme.example does not accept mail (nullMX)", "NULL_MX"),
    (
        "connect to mx1.provider.example[203.0.113.11]:25: Connection timed out",
        "SENDER_CANNOT_REACH_US",
    ),
    ("retry timeout exceeded", "SENDER_CANNOT_REACH_US"),
    (
        "450 4.2.0 <lin@acme.example>: Recipient address rejected: Greylisted",
        "SENDER_CANNOT_REACH_US",
    ),
    ("TLS is required, but was not offered by host mx1.provider.example", "TLS_REQUIRED_BY_SENDER"),
    ("Server certificate not verified", "MTASTS_CERT_FAIL"),
    ("5.4.8 MX hosts of acme.example failed MTA-STS validation", "MTASTS_MX_MISMATCH"),
    ("MTA-STS policy: the certificate of mx1 has expired", "MTASTS_CERT_FAIL"),
    (
        "4.7.321 starttls-not-supported: Destination mail server must support TLS (DANE)",
        "DANE_NO_TLS",
    ),
    ("4.7.323 tlsa-invalid: TLSA record does not match", "DANE_MISMATCH"),
    ("554 5.7.1 virus Eicar-Signature detected by ClamAV", "VIRUS_REJECTED"),
    ("554 5.7.1 Attachment type not allowed: .exe", "ATTACHMENT_BLOCKED"),
    ("552 5.7.0 Banned file: invoice.js", "ATTACHMENT_BLOCKED"),
    ("550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; message contains bare LF", "MALFORMED"),
    ("550 5.7.1 Messages with multiple From addresses are refused", "MALFORMED"),
    ("554 5.7.1 Spam message rejected", "CONTENT_REJECTED"),
    ("554 link on surbl list", "CONTENT_REJECTED"),
    ("550 5.1.1 on our suppression list", "SENDER_SUPPRESSION"),
    ("451 4.7.1 Rate limit exceeded", "SENDER_LIMITED"),
    ("550 5.2.1 lin@acme.example is a deactivated mailbox", "MAILBOX_DEACTIVATED"),
    ("550 5.7.1 message refused by recipient", "BLOCKED_BY_YOU"),
    ("550 External senders are not allowed for this user", "EXTERNAL_MAIL_OFF"),
    ("550 the group only accepts mail from its members", "GROUP_REFUSES_OUTSIDE"),
    ("550 5.7.1 Rejected: company policy", "POLICY_BLOCK"),
    ("452 4.3.1 Insufficient system storage", "MX_BUSY"),
    ("550 Requested action not taken: mailbox unavailable", "ADDRESS_UNKNOWN"),
    # Chinese and German words without any code
    ("收件人邮箱地址不存在", "ADDRESS_UNKNOWN"),
    ("对方邮箱已满", "MAILBOX_FULL"),
    ("邮件大小超过对方限制，邮件过大", "TOO_LARGE"),
    ("您已被收件人加入黑名单", "BLOCKED_BY_YOU"),
    ("发信IP在黑名单中", "SENDER_BLOCKLISTED"),
    ("邮件内容被反垃圾系统拦截", "CONTENT_REJECTED"),
    ("该邮件组无权限，拒收外部来信", "GROUP_REFUSES_OUTSIDE"),
    ("该用户不接收外域邮件", "EXTERNAL_MAIL_OFF"),
    ("附件含有病毒", "VIRUS_REJECTED"),
    ("收件人账号已停用", "MAILBOX_DEACTIVATED"),
    ("域名无法解析", "NO_MAIL_ROUTE"),
    ("连接对方服务器超时", "SENDER_CANNOT_REACH_US"),
    ("发信频率过高", "SENDER_LIMITED"),
    ("Das Postfach des Empfängers ist voll", "MAILBOX_FULL"),
    ("Der Empfänger lin@acme.example existiert nicht", "ADDRESS_UNKNOWN"),
    ("Die Nachricht ist zu groß", "TOO_LARGE"),
]


@pytest.mark.parametrize(("said", "code"), SAMPLES)
def test_words(said: str, code: str) -> None:
    read = meaning(said)
    assert read is not None
    assert read.code == code
    assert read.by == "phrase"


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: f"{row.dialect}-{row.fragment[:30]}")
def test_every_row_has_a_sample_and_a_code(row: object) -> None:
    first = [next((p for p in PHRASES if p.pattern.search(said)), None) for said, _code in SAMPLES]
    assert row in first
    assert row.code in CODES  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("enhanced", "code"),
    [
        ("5.1.1", "ADDRESS_UNKNOWN"),
        ("5.2.1", "MAILBOX_DEACTIVATED"),
        ("5.2.2", "MAILBOX_FULL"),
        ("4.2.2", "MAILBOX_FULL"),
        ("5.3.4", "TOO_LARGE"),
        ("4.4.1", "SENDER_CANNOT_REACH_US"),
        ("5.4.1", "MX_DOES_NOT_SERVE_DOMAIN"),
        ("4.4.7", "SENDER_CANNOT_REACH_US"),
        ("5.4.300", "SENDER_CANNOT_REACH_US"),
        ("4.4.8", "MTASTS_MX_MISMATCH"),
        ("4.4.317", "MX_CHAIN_INCOMPLETE"),
        ("5.4.14", "MAIL_LOOP"),
        ("5.7.12", "EXTERNAL_MAIL_OFF"),
        ("5.7.23", "SENDER_SPF"),
        ("5.7.25", "SENDER_PTR"),
        ("5.7.509", "SENDER_DMARC_REJECT"),
        ("5.7.620", "SENDER_BLOCKLISTED"),
        ("5.7.502", "SENDER_LIMITED"),
        ("4.7.325", "DANE_CERT"),
    ],
)
def test_standard_codes_speak_where_no_words_do(enhanced: str, code: str) -> None:
    read = meaning(f"550 {enhanced} abc", 550, enhanced)
    assert read is not None
    assert (read.code, read.by) == (code, "enhanced")
    assert code in CODES
    assert read.certainty is not Certainty.SURE


def test_words_overrule_a_generic_code() -> None:
    read = meaning("552 5.2.2 message size exceeds limit", 552, "5.2.2")
    assert read is not None
    assert read.code == "TOO_LARGE"


def test_the_plain_code_is_only_a_possibility() -> None:
    read = meaning("552 sorry", 552)
    assert read is not None
    assert (read.code, read.certainty) == ("MAILBOX_FULL", Certainty.POSSIBLE)
    assert meaning("550 no", 550) is None
    assert meaning("") is None


def test_hostile_words_are_read_in_no_time() -> None:
    for unit in ("spf ", "domain ", "list ", "mailbox ", "收件人", "exceeds maximum "):
        meaning(unit * 200)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Client host [203.0.113.9] blocked using zen.spamhaus.org; see x", "zen.spamhaus.org"),
        ("is listed in bl.spamcop.net.", "bl.spamcop.net"),
        ("rejected, see https://www.spamhaus.org/query", ""),
    ],
)
def test_the_named_list(said: str, zone: str) -> None:
    assert block_list_named(said) == zone
