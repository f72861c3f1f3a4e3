"""An investigation with evidence of every kind, in which each party's names are canaries."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from mailwizard.diagnosis.diagnose import Diagnosis
from mailwizard.diagnosis.situation import finding
from mailwizard.diagnosis.steps import StepResult
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Certainty, Outcome, Step
from mailwizard.model.observation import Seen
from mailwizard.model.provider import Provider
from mailwizard.model.seen import dns, door, mailbox, network, run, sender, user
from mailwizard.providers.load import provider

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CASE = Case(
    me="xiaolin.zhao@acme-trading.com",
    sender="h.beckmann@customer-gmbh.de",
    since=date(2026, 11, 9),
    subject="Angebot Zahnrad 118",
)

# Whatever of these is left in a redacted text gives somebody away.
CANARIES = (
    "xiaolin",
    "zhao",
    "acme",
    "beckmann",
    "customer-gmbh",
    "customergmbh",
    "zahnrad",
    "赵小林",
    "小林",
    "Exch07",
    "203.0.113.9",
    "198.51.100.77",
    "2a01:4f8",
    "Kundenordner",
    "msgid-4711",
    "oldhoster",
    "beckmann-pc",
)

MAIL = mailbox.MailSeen(
    folder="垃圾邮件",
    uid=3,
    arrived=AT,
    dated=AT,
    from_address="H.Beckmann@customer-gmbh.de",
    from_name="Hans Beckmann",
    subject="Re: Angebot Zahnrad 118 für 赵小林",
    size=48_000,
    unread=True,
    matched="address",
    message_id="<msgid-4711@exch07.customer-gmbh.de>",
    return_path="bounce+xiaolin.zhao=acme-trading.com@customer-gmbh.de",
    received=(
        "from mail.customer-gmbh.de (unknown [203.0.113.9]) by mx1.qiye.aliyun.com with SMTP id"
        " 77; for <xiaolin.zhao@acme-trading.com>; Mon, 23 Nov 2026 17:00:00 +0800",
        "from EXCH07 (EXCH07.customer-gmbh.local [10.1.2.3]) by mail.customer-gmbh.de",
    ),
    authentication=(
        "mx1.qiye.aliyun.com; spf=fail smtp.mailfrom=h.beckmann@customer-gmbh.de;"
        " dkim=pass header.d=customer-gmbh.de",
    ),
    spam=("X-Spam-Status: Yes, for ACME Trading",),
)
SERVER = sender.SendingServer(
    address="203.0.113.9", host="mail.customer-gmbh.de", helo="EXCH07", source="mail"
)
REPLY = door.SmtpReply(code=250, enhanced="2.1.5", text="XiaoLin.Zhao@ACME-trading.com ok")
SEEN: tuple[tuple[str, Seen], ...] = (
    (
        "search",
        mailbox.FolderList(
            folders=(
                mailbox.Folder(name="INBOX", flags=(), role="inbox", role_by="name"),
                mailbox.Folder(name="垃圾邮件", flags=("\\Junk",), role="junk", role_by="flag"),
                mailbox.Folder(name="Kundenordner/小林", flags=(), role="other", role_by=""),
            ),
            delimiter="/",
        ),
    ),
    (
        "search",
        mailbox.FolderSearch(
            folder="垃圾邮件",
            role="junk",
            role_by="flag",
            since=AT - timedelta(days=14),
            messages=4,
            method="headers",
            examined=3,
            complete=True,
            hits=(MAIL,),
        ),
    ),
    (
        "history",
        mailbox.SenderHistory(
            mails=(MAIL, replace(MAIL, from_name="赵小林", subject="")), examined=9, complete=True
        ),
    ),
    ("quota", mailbox.MailboxSize(octets={"Kundenordner/小林": 7}, messages={}, complete=True)),
    (
        "sign-in",
        mailbox.SignIn(
            host="imap.qiye.aliyun.com",
            port=993,
            outcome="ok",
            text="xiaolin.zhao@acme-trading.com logged in",
            greeting="* OK AliYun IMAP Server Ready",
        ),
    ),
    (
        "domain",
        dns.DnsAnswer(
            via="authoritative",
            about="own",
            server="198.51.100.77",
            server_name="ns1.oldhoster.net",
            name="acme-trading.com",
            rtype="MX",
            status="answer",
            records=("5 mx1.qiye.aliyun.com", "20 mail.acme-trading.com", "30 mx.oldhoster.net"),
        ),
    ),
    (
        "sender-domain",
        dns.DnsAnswer(
            via="configured",
            about="sender",
            server="10.66.0.1",
            name="_dmarc.customer-gmbh.de",
            rtype="TXT",
            status="answer",
            records=("v=DMARC1; p=reject; rua=mailto:d.beckmann@customer-gmbh.de",),
        ),
    ),
    (
        "door",
        door.SmtpDoor(
            whose="own",
            host="mail.acme-trading.com",
            address="198.51.100.77",
            connect="connected",
            stage="rcpt",
            banner=door.SmtpReply(code=220, enhanced="", text="ACME Trading mail gateway"),
            rcpt=(door.RcptReply(who="user", reply=REPLY),),
        ),
    ),
    (
        "sender-identity",
        sender.SpfResult(
            domain="customer-gmbh.de",
            server=SERVER,
            result="fail",
            record="v=spf1 ip4:198.51.100.77/28 ip6:2a01:4f8:1::5 include:spf.qiye.aliyun.com -all",
        ),
    ),
    (
        "block-lists",
        sender.BlockListAnswer(
            zone="zen.spamhaus.org", server=SERVER, asked="answer", codes=("127.0.0.2",)
        ),
    ),
    (
        "bounce",
        sender.Bounce(
            form="report",
            reporting="beckmann-pc.customer-gmbh.de",
            recipients=(
                sender.RefusedRecipient(
                    address="xiaolin.zhao@acme-trading.com",
                    action="failed",
                    code=550,
                    said="RCPT (xiaolin.zhao) dosn't exist at ACME-TRADING, 赵小林",
                ),
            ),
            sent_from="Hans Beckmann <h.beckmann@customer-gmbh.de>",
        ),
    ),
    (
        "imap-control",
        network.Endpoint(
            role="control",
            service="imap",
            host="imap.control-host.net",
            address="9.9.9.10",
            port=993,
            connect="connected",
        ),
    ),
    (
        "portal",
        network.HttpReply(
            purpose="portal",
            url="http://www.msftconnecttest.com/connecttest.txt",
            outcome="reply",
            status=200,
            location="http://login.beckmann-hotel.de/?ip=198.51.100.77",
        ),
    ),
    ("user:others", user.Answer(question="others", value="yes")),
    ("search", run.ProbeEnded(how="done")),
)


def evidence() -> Evidence:
    """One observation of everything in SEEN, a second apart."""
    log = Evidence()
    for number, (probe, record) in enumerate(SEEN):
        log.add(probe, record, at=AT + timedelta(seconds=number), seconds=0.25)
    return log


@dataclass(frozen=True)
class Found:
    """A detected provider."""

    provider: Provider = field(default_factory=lambda: provider("alimail"))
    by: str = "cname"


@dataclass
class Looked:
    """What a report needs of an investigation, with a diagnosis made by hand."""

    case: Case = CASE
    evidence: Evidence = field(default_factory=evidence)
    started: datetime = AT
    detected: Found = field(default_factory=Found)

    def diagnosis(self) -> Diagnosis:
        log = self.evidence.all()
        verdict = finding(
            "NEVER_REACHED_US",
            log[1:2],
            certainty=Certainty.LIKELY,
            sender=self.case.sender,
            since="2026-11-09",
            folders=6,
        )
        failed = finding("CHECK_FAILED", log[-1:], what="Quota", reason="KeyError at x.py:1")
        outcomes = (Outcome.CLEAR, Outcome.UNKNOWN, None, Outcome.CLEAR, Outcome.CAUSE)
        return Diagnosis(
            verdict=verdict,
            findings=(verdict, failed),
            steps=tuple(
                StepResult(
                    step=step,
                    outcome=outcome,
                    folders=(2, 2) if step is Step.SPAM else None,
                    seconds=1.25,
                )
                for step, outcome in zip(Step, outcomes, strict=True)
            ),
        )
