"""Short forms for what can be seen of the sender customer.de."""

from datetime import timedelta
from typing import Any, Literal

from mailwizard.model.seen.dns import DnsAnswer, Status
from mailwizard.model.seen.mailbox import Folder, FolderList, FolderSearch, MailSeen, SenderHistory
from mailwizard.model.seen.sender import (
    BlockListAnswer,
    Bounce,
    DmarcRecord,
    RefusedRecipient,
    ReverseName,
    SenderLog,
    SendingServer,
    Source,
    SpfResult,
)
from tests.diagnosis.domain_builders import NOW, PUBLIC

ME = "zhangwei@acme-trading.com"
CUSTOMER = "customer.de"
ADDRESS = "203.0.113.140"
OURS = "mx1.qiye.aliyun.com"
Role = Literal["inbox", "junk", "trash", "other"]


def bounce(said: str, to: str = ME, **more: Any) -> Bounce:
    """A report about one recipient, refused by our MX unless ``by`` says otherwise."""
    code = said[:3]
    enhanced = said[4:].partition(" ")[0]
    given: dict[str, Any] = {
        "form": "report",
        "reporting": f"mail.{CUSTOMER}",
        "action": "failed",
        "by": OURS,
        "code": int(code) if code.isdigit() else 0,
        "enhanced": enhanced if enhanced[:1].isdigit() and enhanced.count(".") == 2 else "",
        "sender_ip": "",
        **more,
    }
    recipient = RefusedRecipient(
        address=to,
        action=given["action"],
        code=given["code"],
        enhanced=given["enhanced"],
        said=said,
        said_by=given["by"],
    )
    return Bounce(
        form=given["form"],
        reporting=given["reporting"],
        recipients=(recipient,),
        sender_ip=given["sender_ip"],
        sent_from=f"hans@{CUSTOMER}",
    )


def log(
    status: Literal["sent", "deferred", "bounced", "expired"] = "sent", **more: Any
) -> SenderLog:
    """A line of the sender's log: our MX took the mail."""
    given: dict[str, Any] = {
        "to": ME,
        "relay": OURS,
        "relay_address": "203.0.113.11",
        "code": 250,
        "enhanced": "2.0.0",
        "said": "250 2.0.0 Ok: queued as 4ABC",
        "queue_id": "4ABC",
        **more,
    }
    return SenderLog(understood=True, status=status, **given)


def mail(days: int = 1, **more: Any) -> MailSeen:
    """A mail of the sender, taken in by our MX from their server."""
    arrived = NOW - timedelta(days=days)
    given: dict[str, Any] = {
        "folder": "INBOX",
        "uid": 7,
        "arrived": arrived,
        "dated": arrived,
        "from_address": f"hans@{CUSTOMER}",
        "from_name": "Hans",
        "subject": "Angebot 2026-118",
        "size": 4000,
        "unread": True,
        "matched": "address",
        "return_path": f"hans@{CUSTOMER}",
        "received": (
            f"from mail.{CUSTOMER} (mail.{CUSTOMER} [{ADDRESS}]) by {OURS} with ESMTPS;"
            " Mon, 23 Nov 2026 08:00:00 +0000",
        ),
        "authentication": (
            f"{OURS}; spf=pass smtp.mailfrom=hans@{CUSTOMER}; dkim=none; dmarc=pass"
            f" header.from={CUSTOMER}",
        ),
        **more,
    }
    return MailSeen(**given)


def searched(*found: MailSeen, role: Role = "inbox", complete: bool = True) -> list[Any]:
    """A mailbox of two folders, searched; what was found is in the folder of the role."""
    roles: dict[str, Role] = {"INBOX": "inbox", "垃圾邮件": "junk"}
    folders = tuple(
        Folder(name=name, flags=(), role=of, role_by="flag") for name, of in roles.items()
    )
    searches = [
        FolderSearch(
            folder=name,
            role=of,
            role_by="flag",
            since=NOW - timedelta(days=14),
            messages=10,
            method="headers",
            examined=10,
            complete=complete,
            hits=found if of == role else (),
        )
        for name, of in roles.items()
    ]
    return [FolderList(folders=folders, delimiter="/"), *searches]


def history(*mails: MailSeen) -> SenderHistory:
    """Earlier mail of the sender."""
    return SenderHistory(mails=mails, examined=50, complete=True)


def server(source: Source = "earlier-mail", address: str = ADDRESS) -> SendingServer:
    """A server that the sender sends from."""
    return SendingServer(
        address=address, host=f"mail.{CUSTOMER}", helo=f"mail.{CUSTOMER}", source=source
    )


def spf(result: str, source: Source = "earlier-mail", domain: str = CUSTOMER) -> SpfResult:
    """SPF as evaluated today."""
    return SpfResult(
        domain=domain, server=server(source), result=result, record="v=spf1 ip4:192.0.2.9 -all"
    )


def dmarc(policy: str = "reject") -> DmarcRecord:
    """The sender's DMARC record."""
    return DmarcRecord(
        domain=CUSTOMER,
        outcome="found",
        found_at=CUSTOMER,
        record=f"v=DMARC1; p={policy}",
        policy=policy,
    )


def reverse(outcome: Literal["answer", "none", "unknown"], source: Source) -> ReverseName:
    """The reverse name of the sender's server."""
    return ReverseName(server=server(source), outcome=outcome)


def listed(*codes: str, source: Source = "earlier-mail", **more: Any) -> BlockListAnswer:
    """A block list's answer; its test entry is in order unless said otherwise."""
    given: dict[str, Any] = {
        "test": ("127.0.0.2", "127.0.0.4"),
        "test_asked": "answer",
        "asked": "answer" if codes else "not-listed",
        **more,
    }
    return BlockListAnswer(zone="zen.example.org", server=server(source), codes=codes, **given)


def theirs(rtype: str, status: Status, *records: str, name: str = CUSTOMER) -> list[DnsAnswer]:
    """The same answer about the sender's domain from two public resolvers."""
    return [
        DnsAnswer(
            via="public",
            about="sender",
            server=resolver,
            name=name,
            rtype=rtype,
            status=status,
            records=records,
        )
        for resolver in PUBLIC
    ]


def their_domain() -> list[DnsAnswer]:
    """The sender's domain in order."""
    return [
        *theirs("MX", "answer", f"10 mail.{CUSTOMER}"),
        *theirs("A", "answer", "203.0.113.141"),
        *theirs("AAAA", "nodata"),
        *theirs("A", "answer", ADDRESS, name=f"mail.{CUSTOMER}"),
        *theirs("TXT", "answer", f"v=spf1 ip4:{ADDRESS} -all"),
    ]
