"""The sender's side: recorded evidence → findings that must be there, and that must never be."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from mailwizard.diagnosis import sender
from mailwizard.diagnosis.diagnose import diagnose
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner
from mailwizard.model.seen.sender import Bounce
from mailwizard.model.seen.user import Answer
from mailwizard.text.finding_text import render
from tests.diagnosis.domain_builders import (
    GOOD,
    healthy,
    policy,
    public,
    shut,
    signed_in,
    situation,
    zone,
)
from tests.diagnosis.domain_builders import (
    control as resolvers,
)
from tests.diagnosis.sender_builders import (
    CUSTOMER,
    bounce,
    dmarc,
    history,
    listed,
    log,
    mail,
    reverse,
    searched,
    spf,
    their_domain,
    theirs,
)

CAUSE, RISK, INFO, UNKNOWN = Outcome.CAUSE, Outcome.RISK, Outcome.INFO, Outcome.UNKNOWN
BLOCKED = (
    "554 5.7.1 Service unavailable; Client host [203.0.113.140] blocked using zen.spamhaus.org"
)
NOBODY = "550 5.1.1 Recipient address rejected: User unknown in virtual mailbox table"
BY_DMARC = "550 5.7.1 rejected by DMARC policy for customer.de"


@dataclass
class Row:
    """``must`` maps a code to its outcome (or None for any); ``never`` are codes in any outcome."""

    seen: Iterable[Any]
    must: dict[str, Outcome | None] = field(default_factory=dict)
    never: tuple[str, ...] = ()
    owner: Owner | None = None
    by: str = "srv"


ROWS: dict[str, Row] = {
    # What a bounce proves
    "block list named": Row(
        [bounce(BLOCKED)], {"SENDER_BLOCKLISTED": CAUSE}, ("POLICY_BLOCK",), Owner.SENDER_IT
    ),
    "dmarc": Row([bounce(BY_DMARC)], {"SENDER_DMARC_REJECT": CAUSE}, ("COMPANY_FILTER",)),
    "spf": Row([bounce("550 5.7.23 SPF fail")], {"SENDER_SPF": CAUSE}, (), Owner.SENDER_IT),
    "misspelt name": Row(
        [bounce(NOBODY, "zhang.wei@acme-trading.com")],
        {"WRONG_ADDRESS": CAUSE},
        ("ADDRESS_UNKNOWN", "MAILBOX_FULL"),
        Owner.SENDER,
    ),
    "misspelt domain, unknown there": Row(
        [bounce("550 5.1.1 User unknown", "zhangwei@acme-tradng.com", by="mx.else.example")],
        {"WRONG_ADDRESS": CAUSE},
        ("ADDRESS_UNKNOWN", "SENDER_OLD_ROUTE"),
    ),
    "misspelt domain, no such name": Row(
        [
            bounce(
                "Host or domain name not found. Name service error for name=acme-trading.cm",
                "zhangwei@acme-trading.cm",
                by="",
                enhanced="5.4.4",
            )
        ],
        {"WRONG_ADDRESS": CAUSE},
        ("SENDER_CANNOT_REACH_US",),
    ),
    "right address unknown": Row(
        [bounce(NOBODY)], {"ADDRESS_UNKNOWN": CAUSE}, ("WRONG_ADDRESS",), Owner.MAIL_ADMIN
    ),
    "unknown, no address told": Row(
        [bounce("550 5.1.1 User unknown", "")], {"WRONG_ADDRESS": CAUSE}, ("ADDRESS_UNKNOWN",)
    ),
    "somebody else's bounce": Row(
        [bounce(BLOCKED, "anna@elsewhere.example")],
        {"NOT_ADDRESSED_TO_YOU": INFO},
        ("SENDER_BLOCKLISTED", "WRONG_ADDRESS"),
    ),
    "a colleague's mailbox is full": Row(
        [bounce("552 5.2.2 Mailbox is full", "lisi@acme-trading.com")],
        {"NOT_ADDRESSED_TO_YOU": INFO},
        ("MAILBOX_FULL", "WRONG_ADDRESS"),
    ),
    "a colleague's bounce names the sender's fault": Row(
        [bounce(BLOCKED, "lisi@acme-trading.com")], {"SENDER_BLOCKLISTED": CAUSE}
    ),
    "full": Row([bounce("552 5.2.2 Mailbox is full")], {"MAILBOX_FULL": CAUSE}, ("TOO_LARGE",)),
    "full, still trying": Row(
        [bounce("452 4.2.2 Mailbox is full", action="delayed")],
        {"MAILBOX_FULL": CAUSE, "STILL_TRYING": INFO},
    ),
    "too large": Row(
        [bounce("552 5.3.4 Message size exceeds fixed limit")],
        {"TOO_LARGE": CAUSE},
        ("MAILBOX_FULL",),
        Owner.SENDER,
    ),
    "content": Row(
        [bounce("554 5.7.1 Spam message rejected")],
        {"CONTENT_REJECTED": CAUSE},
        ("WRONG_ADDRESS",),
    ),
    "delayed": Row(
        [bounce("connect to mx1[1.2.3.4]:25: Connection timed out", by="", action="delayed")],
        {"STILL_TRYING": CAUSE},
        ("CONTENT_REJECTED", "SENDER_CANNOT_REACH_US"),
        Owner.WAIT,
    ),
    "greylisted": Row(
        [bounce("450 4.2.0 Recipient address rejected: Greylisted", action="delayed")],
        {"STILL_TRYING": CAUSE},
        ("ADDRESS_UNKNOWN", "MX_BUSY"),
    ),
    "expired": Row(
        [*healthy(), bounce("connect to mx1[1.2.3.4]:25: Connection timed out", by="")],
        {"SENDER_CANNOT_REACH_US": CAUSE},
        ("CONTENT_REJECTED",),
        Owner.SENDER_IT,
    ),
    "expired, and our door is closed": Row(
        [
            *resolvers(),
            *public("MX", "answer", *GOOD),
            shut("mx1.qiye.aliyun.com", "refused"),
            shut("mx2.qiye.aliyun.com", "refused"),
            *[d for d in healthy() if getattr(d, "whose", "") == "control"],
            bounce("connect to mx1[1.2.3.4]:25: Connection refused", by=""),
        ],
        {"SENDER_CANNOT_REACH_US": RISK},
    ),
    "their name service does not see us": Row(
        [*healthy(), bounce("Host or domain name not found", by="", enhanced="5.4.4")],
        {"SENDER_CANNOT_REACH_US": CAUSE},
    ),
    "our name is gone: that is not the sender's fault": Row(
        [
            *resolvers(),
            *public("MX", "nxdomain"),
            bounce("Host or domain name not found", by="", enhanced="5.4.4"),
        ],
        {},
        ("SENDER_CANNOT_REACH_US", "WRONG_ADDRESS"),
    ),
    "they take themselves for us": Row(
        [*healthy(), bounce('unknown user: "zhangwei"', by="", enhanced="5.1.1")],
        {"SENDER_LOCAL_DELIVERY": CAUSE},
        ("ADDRESS_UNKNOWN", "WRONG_ADDRESS"),
        Owner.SENDER_IT,
    ),
    "refused by a server that is not ours": Row(
        [*healthy(), bounce("550 5.1.1 the domain is not hosted here", by="mail.oldhost.net")],
        {"SENDER_OLD_ROUTE": CAUSE},
        ("ADDRESS_UNKNOWN", "MX_DOES_NOT_SERVE_DOMAIN", "MX_OLD_PROVIDER"),
        Owner.SENDER_IT,
    ),
    "refused by a server that our records wrongly name": Row(
        [
            *resolvers(),
            *public("MX", "answer", "10 mail.oldhost.net"),
            bounce("550 5.1.1 the domain is not hosted here", by="mail.oldhost.net"),
        ],
        {"MX_DOES_NOT_SERVE_DOMAIN": RISK},
        ("SENDER_OLD_ROUTE", "ADDRESS_UNKNOWN"),
    ),
    "waiting, while our own records are missing": Row(
        [
            *resolvers(),
            *public("MX", "nodata"),
            log(
                "deferred",
                relay="acme-trading.com",
                relay_address="198.51.100.140",
                code=0,
                enhanced="4.4.1",
                said="connect to acme-trading.com[198.51.100.140]:25: Connection refused",
            ),
        ],
        {"STILL_TRYING": RISK},
        ("SENDER_CANNOT_REACH_US", "SENDER_OLD_ROUTE"),
    ),
    "given up, while our name servers disagree": Row(
        [
            *resolvers(),
            zone(1, "answer", *GOOD),
            zone(2, "servfail"),
            bounce("Host or domain name not found", by="", enhanced="5.4.4"),
        ],
        {},
        ("SENDER_CANNOT_REACH_US",),
    ),
    "a foreign exchanger without encryption": Row(
        [
            *resolvers(),
            *public("MX", "answer", "5 mxbiz1.qq.com", "10 mxbiz2.qq.com"),
            log(
                "deferred",
                relay="mxbiz2.qq.com",
                relay_address="198.51.100.142",
                code=0,
                enhanced="4.7.4",
                said="TLS is required, but was not offered by host mxbiz2.qq.com",
            ),
        ],
        {"TLS_REQUIRED_BY_SENDER": RISK},
        ("SENDER_OLD_ROUTE",),
    ),
    "an unverified server that our policy leaves out": Row(
        [
            *healthy(),
            policy("enforce", "mail.acme-trading.com"),
            bounce("Server certificate not verified", action="delayed", enhanced="4.7.5"),
        ],
        {"MTASTS_MX_MISMATCH": CAUSE},
        ("MTASTS_CERT_FAIL", "MX_OLD_PROVIDER"),
    ),
    "an unverified server that our policy names": Row(
        [
            *healthy(),
            policy("enforce", "*.qiye.aliyun.com"),
            bounce("Server certificate not verified", action="delayed", enhanced="4.7.5"),
        ],
        {"MTASTS_CERT_FAIL": CAUSE},
        ("MTASTS_MX_MISMATCH",),
    ),
    "a colleague unknown to a server that is not ours": Row(
        [
            *healthy(),
            bounce(NOBODY, "lisi@acme-trading.com", by="mail.oldhost.net"),
        ],
        {"SENDER_OLD_ROUTE": CAUSE},
        ("WRONG_ADDRESS",),
    ),
    "relaying denied by our own": Row(
        [*healthy(), bounce("554 5.7.1 Relay access denied")],
        {"MX_DOES_NOT_SERVE_DOMAIN": CAUSE},
        ("CONTENT_REJECTED",),
    ),
    "no reverse name": Row(
        [bounce("550 5.7.25 Client host rejected: cannot find your reverse hostname")],
        {"SENDER_PTR": CAUSE},
        ("CONTENT_REJECTED",),
    ),
    "words nobody knows": Row(
        [bounce("550 Xyzzy")], {"BOUNCE_NOT_UNDERSTOOD": UNKNOWN}, ("WRONG_ADDRESS",)
    ),
    "a picture": Row(
        [Bounce(form="unreadable", detail="picture")], {"BOUNCE_NOT_UNDERSTOOD": UNKNOWN}
    ),
    "delivered": Row([bounce("250 Ok", action="delivered")]),
    "refused once, arrived since": Row(
        [bounce(BLOCKED), *searched(mail())],
        {"SENDER_BLOCKLISTED": RISK},
    ),
    # What a log proves
    "taken, and nowhere": Row(
        [*healthy(), *searched(), log()],
        {"ACCEPTED_THEN_LOST": CAUSE},
        ("NOT_SENT", "SENDER_SPF"),
        Owner.PROVIDER,
    ),
    "taken, and not all folders seen": Row(
        [*healthy(), *searched(complete=False), log()], {"ACCEPTED_THEN_LOST": INFO}
    ),
    "taken, and here": Row([*healthy(), *searched(mail()), log()], {}, ("ACCEPTED_THEN_LOST",)),
    "taken by a stranger": Row(
        [*healthy(), *their_domain(), *searched(), log(relay="mx.oldhost.net", relay_address="")],
        {"SENDER_OLD_ROUTE": CAUSE},
        ("ACCEPTED_THEN_LOST",),
    ),
    "taken by a foreign exchanger of ours": Row(
        [
            *resolvers(),
            *public("MX", "answer", "5 mx1.qiye.aliyun.com", "10 mail.oldhost.net"),
            *searched(),
            log(relay="mail.oldhost.net", relay_address=""),
        ],
        {},
        ("ACCEPTED_THEN_LOST", "SENDER_OLD_ROUTE"),
    ),
    "taken by our web server, for want of mail records": Row(
        [
            *resolvers(),
            *public("MX", "nodata"),
            *searched(),
            log(relay="acme-trading.com", relay_address="198.51.100.140"),
        ],
        {"ACCEPTED_THEN_LOST": RISK},
        ("SENDER_OLD_ROUTE",),
    ),
    "taken by a stranger, while our name servers disagree": Row(
        [
            *resolvers(),
            zone(1, "answer", *GOOD),
            zone(2, "answer", "10 mail.oldhost.net"),
            *searched(),
            log(relay="mail.oldhost.net", relay_address=""),
        ],
        {"ACCEPTED_THEN_LOST": RISK},
        ("SENDER_OLD_ROUTE",),
    ),
    "taken by their own outgoing server": Row(
        [*healthy(), *searched(), log(relay="smtp.customer.de", relay_address="")],
        {},
        ("ACCEPTED_THEN_LOST", "SENDER_OLD_ROUTE"),
    ),
    "kept on their own disk": Row(
        [*healthy(), *searched(), log(relay="virtual", relay_address="")],
        {"SENDER_LOCAL_DELIVERY": CAUSE},
        ("ACCEPTED_THEN_LOST",),
    ),
    "sent to a near miss": Row(
        [*healthy(), *searched(), log(to="zhangwei@acmetrading.com", relay="mx.else.example")],
        {"WRONG_ADDRESS": CAUSE},
        ("ACCEPTED_THEN_LOST", "SENDER_OLD_ROUTE"),
    ),
    "log: deferred": Row(
        [log("deferred", code=0, enhanced="4.4.1", said="connect: Connection timed out")],
        {"STILL_TRYING": CAUSE},
    ),
    "log: bounced": Row(
        [log("bounced", code=550, enhanced="5.7.23", said="550 5.7.23 SPF fail")],
        {"SENDER_SPF": CAUSE},
    ),
    "log: expired": Row([*healthy(), log("expired")], {"SENDER_CANNOT_REACH_US": CAUSE}),
    # What look-ups let conclude
    "all in order": Row(
        [*healthy(), *their_domain(), *searched(), spf("pass"), dmarc(), listed()],
        {},
        ("SENDER_SPF", "SENDER_DMARC_REJECT", "SENDER_BLOCKLISTED", "SENDER_DOMAIN_DEAD"),
    ),
    "no such domain": Row(
        [
            *healthy(),
            *(a for rtype in ("MX", "A", "AAAA") for a in theirs(rtype, "nxdomain")),
        ],
        {"SENDER_DOMAIN_DEAD": CAUSE},
        ("MX_MISSING", "NO_MAIL_ROUTE"),
        Owner.SENDER,
    ),
    "no such domain, but one resolver alone says so": Row(
        [*healthy(), *(theirs(rtype, "nxdomain")[0] for rtype in ("MX", "A", "AAAA"))],
        {},
        ("SENDER_DOMAIN_DEAD",),
    ),
    "no such domain, said by liars": Row(
        [
            *(a for rtype in ("MX", "A", "AAAA") for a in theirs(rtype, "nxdomain")),
            *(
                a
                for a in [resolvers()[0]]
                for a in [type(a)(**{**a.__dict__, "about": "random", "status": "answer"})]
            ),
        ],
        {},
        ("SENDER_DOMAIN_DEAD",),
    ),
    "no MX, but an address": Row(
        [*healthy(), *theirs("MX", "nodata"), *theirs("A", "answer", "192.0.2.1")],
        {},
        ("SENDER_DOMAIN_DEAD", "SENDER_CANNOT_RECEIVE"),
    ),
    "null MX": Row(
        [*healthy(), *theirs("MX", "answer", "0 .")],
        {"SENDER_CANNOT_RECEIVE": RISK},
        ("NULL_MX", "SENDER_DOMAIN_DEAD"),
    ),
    "targets gone": Row(
        [
            *healthy(),
            *theirs("MX", "answer", "5 mx.customer.de"),
            *theirs("A", "nxdomain", name="mx.customer.de"),
            *theirs("AAAA", "nxdomain", name="mx.customer.de"),
        ],
        {"SENDER_CANNOT_RECEIVE": RISK},
        ("MX_DOWN",),
    ),
    "spf fails today, passed before, dmarc rejects": Row(
        [*healthy(), *searched(), history(mail(40)), spf("fail"), dmarc()],
        {"SENDER_DMARC_REJECT": CAUSE},
        ("MX_OLD_PROVIDER",),
        Owner.SENDER_IT,
    ),
    "the same with an aligned signature": Row(
        [
            *healthy(),
            *searched(),
            history(
                mail(
                    40,
                    authentication=(
                        "mx1.qiye.aliyun.com; spf=pass; dkim=pass header.d=customer.de",
                    ),
                )
            ),
            spf("fail"),
            dmarc(),
        ],
        {"SENDER_SPF": RISK},
        ("SENDER_DMARC_REJECT",),
    ),
    "the same, but it came through failing before": Row(
        [
            *healthy(),
            *searched(),
            history(mail(40, authentication=("mx1.qiye.aliyun.com; spf=fail; dmarc=fail",))),
            spf("fail"),
            dmarc(),
        ],
        {"SENDER_SPF": RISK},
        ("SENDER_DMARC_REJECT",),
    ),
    "a forged result of earlier mail is no signature": Row(
        [
            *healthy(),
            *searched(),
            history(mail(40, authentication=("mx.evil.example; dkim=pass header.d=customer.de",))),
            spf("fail"),
            dmarc(),
        ],
        {"SENDER_DMARC_REJECT": CAUSE},
    ),
    "a guessed server proves nothing": Row(
        [*healthy(), *searched(), spf("fail", "mx"), dmarc(), reverse("none", "mx")],
        {},
        ("SENDER_SPF", "SENDER_DMARC_REJECT", "SENDER_PTR"),
    ),
    "spf cannot be read": Row(
        [*healthy(), spf("permerror", "mx")], {"SENDER_SPF_BROKEN": RISK}, ("SENDER_LOOKALIKE",)
    ),
    "spf could not be asked": Row(
        [*healthy(), spf("temperror")], {}, ("SENDER_SPF", "SENDER_SPF_BROKEN")
    ),
    "one of their servers passes": Row(
        [*healthy(), spf("fail"), spf("pass"), dmarc()], {}, ("SENDER_SPF", "SENDER_DMARC_REJECT")
    ),
    "failing, but in the inbox": Row(
        [*healthy(), *searched(mail()), spf("fail", "mail"), dmarc("none")],
        {},
        ("SENDER_SPF", "SENDER_DMARC_REJECT"),
    ),
    "failing, and in junk": Row(
        [
            *healthy(),
            *searched(
                mail(authentication=("mx1.qiye.aliyun.com; spf=fail; dmarc=fail",)), role="junk"
            ),
            spf("fail", "mail"),
            dmarc("quarantine"),
        ],
        {"SENDER_DMARC_JUNK": RISK, "SENDER_SPF": RISK},
        ("SENDER_DMARC_REJECT",),
    ),
    "listed": Row([*healthy(), *searched(), listed("127.0.0.4")], {"SENDER_BLOCKLISTED": RISK}),
    "listed, but a guess": Row(
        [*healthy(), listed("127.0.0.4", source="mx")], {"SENDER_BLOCKLISTED": RISK}
    ),
    "listed, but in the inbox": Row(
        [*healthy(), *searched(mail()), listed("127.0.0.4")], {}, ("SENDER_BLOCKLISTED",)
    ),
    "the list refuses to answer": Row(
        [*healthy(), listed("127.255.255.254", test=("127.255.255.254",))],
        {"BLOCKLIST_QUERY_REFUSED": UNKNOWN},
        ("SENDER_BLOCKLISTED",),
    ),
    "the list has no test entry": Row(
        [*healthy(), listed("127.0.0.4", test=(), test_asked="not-listed")],
        {},
        ("SENDER_BLOCKLISTED",),
    ),
    "the list lists everything": Row(
        [*healthy(), listed("203.0.113.7", test=("203.0.113.7",))], {}, ("SENDER_BLOCKLISTED",)
    ),
    "no reverse name there": Row(
        [*healthy(), reverse("none", "earlier-mail")], {"SENDER_PTR": RISK}, ("CONTENT_REJECTED",)
    ),
    "a name almost the same": Row(
        [
            *healthy(),
            *searched(),
            history(mail(from_address="hans@custommer.de", matched="name")),
        ],
        {"SENDER_LOOKALIKE": RISK},
        ("SENDER_DOMAIN_DEAD",),
    ),
    # What the user told
    "still in the outbox": Row(
        [Answer(question="sender-status", value="outbox")], {"NOT_SENT": CAUSE}, (), Owner.SENDER
    ),
    "no bounce": Row(
        [Answer(question="bounce", value="no")], {"NO_BOUNCE_PROVES_NOTHING": INFO}, ("NOT_SENT",)
    ),
    "a bounce that is elsewhere": Row(
        [Answer(question="bounce", value="yes-elsewhere")], {"ASK_FOR_SENDER_STATUS": INFO}
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_table(name: str) -> None:
    row = ROWS[name]
    case = situation(row.seen, row.by)
    found = {f.code: f for f in sender.judge(case)}
    for code, outcome in row.must.items():
        assert code in found, sorted(found)
        assert outcome is None or found[code].outcome is outcome
    assert not set(row.never) & set(found)
    for f in found.values():
        assert f.because
        words = render(f, case.provider)
        assert "…" not in words.headline + words.meaning + "".join(words.actions)
    if row.owner:
        assert found[next(iter(row.must))].owner is row.owner
    causes = [f for f in found.values() if f.outcome is CAUSE]
    assert len(causes) <= 1


@pytest.mark.parametrize("name", ROWS)
def test_order_does_not_matter(name: str) -> None:
    def said(seen: Iterable[Any]) -> set[tuple[str, Outcome, Certainty]]:
        return {(f.code, f.outcome, f.certainty) for f in sender.judge(situation(seen))}

    seen = list(ROWS[name].seen)
    assert said(seen) == said(reversed(seen))


def _of(seen: Iterable[Any], code: str) -> Finding:
    return next(f for f in sender.judge(situation(seen)) if f.code == code)


def test_both_addresses_are_shown() -> None:
    found = _of([bounce(NOBODY, "zhang.wei@acme-trading.com")], "WRONG_ADDRESS")
    assert found.data["wrong"] == "zhang.wei@acme-trading.com"
    assert found.data["right"] == "zhangwei@acme-trading.com"
    assert found.certainty is Certainty.SURE


def test_the_list_and_the_address_are_named() -> None:
    found = _of([bounce(BLOCKED, sender_ip="203.0.113.140")], "SENDER_BLOCKLISTED")
    assert found.data["list"] == "zen.spamhaus.org"
    assert found.data["address"] == "203.0.113.140"


def test_a_proof_is_not_repeated_as_a_risk() -> None:
    found = sender.judge(situation([*healthy(), bounce(BLOCKED), listed("127.0.0.4")]))
    assert [f.outcome for f in found if f.code == "SENDER_BLOCKLISTED"] == [CAUSE]


def test_an_address_that_works_makes_a_bounce_less_sure() -> None:
    assert _of([bounce(NOBODY)], "ADDRESS_UNKNOWN").certainty is Certainty.SURE
    assert _of([bounce(NOBODY), signed_in()], "ADDRESS_UNKNOWN").certainty is Certainty.LIKELY


def test_a_stray_signature_of_another_domain_is_not_aligned() -> None:
    other = mail(
        40, authentication=("mx1.qiye.aliyun.com; spf=pass; dkim=pass header.d=esp.example",)
    )
    found = _of(
        [*healthy(), *searched(), history(other), spf("fail"), dmarc()], "SENDER_DMARC_REJECT"
    )
    assert found.outcome is CAUSE


@pytest.mark.parametrize(
    "name", ["dmarc", "block list named", "misspelt name", "taken, and nowhere"]
)
def test_it_is_the_verdict(name: str) -> None:
    row = ROWS[name]
    seen = [*healthy(), *searched(), *row.seen]
    assert diagnose(situation(seen)).verdict.code == next(iter(row.must))


def test_of_several_recipients_only_the_nearest_counts() -> None:
    mine, other = bounce(BY_DMARC), bounce(NOBODY, "anna@elsewhere.example")
    both = Bounce(
        form="report",
        reporting=mine.reporting,
        recipients=(*other.recipients, *mine.recipients),
    )
    assert [f.code for f in sender.judge(situation([both]))] == ["SENDER_DMARC_REJECT"]


def test_without_a_sender_a_bounce_still_speaks() -> None:
    found = sender.judge(situation([bounce(BY_DMARC), *their_domain()], sender=None))
    assert [f.code for f in found] == ["SENDER_DMARC_REJECT"]
    assert CUSTOMER in str(found[0].data["server"]) or found[0].data["server"]
