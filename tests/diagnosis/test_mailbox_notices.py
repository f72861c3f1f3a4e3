"""What notices in the mailbox prove, and what they must never be taken for."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailwizard.diagnosis import mailbox, sender
from mailwizard.diagnosis.diagnose import diagnose
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Seen
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.mailbox import Folder, FolderList
from mailwizard.model.seen.notices import LookAlikeMail, QuarantineNotice, ReplyBounced
from mailwizard.model.seen.sender import Bounce, FoundIn, RefusedRecipient
from mailwizard.text.finding_text import render
from tests.diagnosis.mailbox_builders import (
    CASE,
    NOW,
    PROVIDER,
    answers,
    door,
    mail,
    searched,
    situation,
)

LISTED = FolderList(
    folders=(
        Folder(name="INBOX", flags=(), role="inbox", role_by="name"),
        Folder(name="Junk", flags=("\\Junk",), role="junk", role_by="flag"),
    ),
    delimiter="/",
)
VAIN: list[Seen] = [LISTED, searched("INBOX"), searched("Junk")]


def notice(**changes: Any) -> QuarantineNotice:
    """A digest of the company's own filter that names the customer."""
    seen = QuarantineNotice(
        folder="INBOX",
        uid=7,
        arrived=NOW - timedelta(days=2),
        from_address="quarantine@acme.example",
        subject="3 mails in quarantine",
        names="address",
        named="hans@customer.example",
    )
    return replace(seen, **changes)


def told(*seen: Seen, case: Any = CASE) -> list[Finding]:
    return [
        f
        for judge in (mailbox.judge, sender.judge)
        for f in judge(situation(*seen, case=case, provider=PROVIDER))
    ]


def quarantined(*seen: Seen, **more: Any) -> list[Finding]:
    return [f for f in told(*seen, **more) if f.code == "PROBABLY_QUARANTINED"]


def test_a_digest_that_names_the_customer() -> None:
    [found] = quarantined(*VAIN, notice())
    assert (found.outcome, found.certainty) == (Outcome.CAUSE, Certainty.LIKELY)
    assert "hans@customer.example" in render(found, PROVIDER).meaning
    assert diagnose(situation(*VAIN, notice())).verdict.code == "PROBABLY_QUARANTINED"


def test_a_digest_that_names_nobody_is_a_risk() -> None:
    [found] = quarantined(*VAIN, notice(names="", named=""))
    assert (found.outcome, found.certainty) == (Outcome.RISK, Certainty.POSSIBLE)


@pytest.mark.parametrize(
    "seen",
    [
        notice(folder="Junk"),
        notice(from_address="quarantine@evil.example", names="", named=""),
        notice(from_address="quarantine@acme-example.com", folder="Junk"),
        notice(authentication=("mx.acme.example; dmarc=fail header.from=acme.example",)),
        notice(from_address=""),
    ],
    ids=["in the spam folder", "a stranger's", "both", "forged", "nobody"],
)
def test_baits_are_not_believed(seen: QuarantineNotice) -> None:
    assert quarantined(*VAIN, seen) == []


@pytest.mark.parametrize(
    ("address", "believed"), [("lucky118@qq.com", False), ("10000@qq.com", True)]
)
def test_at_a_public_mail_service_only_its_own_names_are_believed(
    address: str, believed: bool
) -> None:
    home = replace(PROVIDER, mx=("mxbiz1.qq.com",))
    seen = [*VAIN, notice(from_address=address)]
    [found] = [
        f
        for f in mailbox.judge(situation(*seen, provider=home))
        if f.code == "PROBABLY_QUARANTINED"
    ]
    assert (found.outcome is Outcome.CAUSE) is believed


def test_a_strangers_notice_that_names_the_customer_is_passed_on_with_care() -> None:
    [found] = quarantined(*VAIN, notice(from_address="digest@filter-rental.example"))
    assert (found.outcome, found.data["variant"]) == (Outcome.RISK, "stranger")


def test_a_bounce_that_repeats_the_subject_is_not_the_missing_mail() -> None:
    asked = replace(CASE, subject="Angebot 2026-118")
    robot = mail(
        "INBOX",
        matched="subject",
        from_address="MAILER-DAEMON@mail.acme.example",
        subject="Undeliverable: Angebot 2026-118",
    )
    assert not told(LISTED, searched("INBOX", robot), searched("Junk"), case=asked)


def test_a_filter_makers_own_digest_is_believed() -> None:
    assert quarantined(*VAIN, notice(from_address="quarantine@messaging.microsoft.com"))


@pytest.mark.parametrize(
    "seen",
    [[searched("INBOX", mail("INBOX"))], [searched("INBOX"), *answers(webmail_junk="yes")]],
    ids=["found", "seen in webmail"],
)
def test_found_mail_is_in_no_quarantine(seen: list[Seen]) -> None:
    assert quarantined(LISTED, *seen, notice()) == []


def test_where_the_subject_is_known_another_mail_of_theirs_proves_less() -> None:
    asked = replace(CASE, subject="Angebot 2026-118")
    [found] = quarantined(*VAIN, notice(names="domain", named="customer.example"), case=asked)
    assert found.outcome is Outcome.RISK
    [found] = quarantined(*VAIN, notice(names="subject", named=""), case=asked)
    assert found.outcome is Outcome.CAUSE


def reply(enhanced: str = "5.4.4", **changes: Any) -> ReplyBounced:
    seen = ReplyBounced(
        folder="INBOX",
        uid=9,
        arrived=NOW - timedelta(days=1),
        recipient="hans@customer.example",
        code=550,
        enhanced=enhanced,
        said=f"550 {enhanced} no",
    )
    return replace(seen, **changes)


@pytest.mark.parametrize("enhanced", ["5.1.1", "5.1.2", "5.2.2", "5.4.4", "4.4.1"])
def test_a_reply_that_came_back_is_a_risk_on_their_side(enhanced: str) -> None:
    found = told(*VAIN, reply(enhanced))
    [risk] = [f for f in found if f.code == "SENDER_CANNOT_RECEIVE"]
    assert risk.outcome is Outcome.RISK
    assert not any(f.outcome is Outcome.CAUSE for f in found)


@pytest.mark.parametrize(
    "seen",
    [reply("5.7.1"), reply("5.3.4"), reply(""), reply(recipient="x@else.example")],
    ids=["a policy of theirs", "the user's own large mail", "no reason", "somebody else"],
)
def test_what_is_said_of_the_users_own_mail_accuses_nobody(seen: ReplyBounced) -> None:
    assert not [f for f in told(*VAIN, seen) if f.outcome in (Outcome.CAUSE, Outcome.RISK)]


def test_a_bounce_in_the_mailbox_counts_as_if_it_had_been_brought() -> None:
    seen = Bounce(
        form="report",
        reporting="mail.customer.example",
        recipients=(
            RefusedRecipient(
                address=CASE.me,
                action="failed",
                code=552,
                enhanced="5.2.2",
                said="552 5.2.2 Mailbox full",
            ),
        ),
        sent_from="hans@customer.example",
        found=FoundIn(folder="INBOX", uid=4, arrived=NOW),
    )
    assert "MAILBOX_FULL" in {f.code for f in told(*VAIN, seen)}
    assert diagnose(situation(*VAIN, seen)).verdict.code == "MAILBOX_FULL"


def alike(address: str) -> LookAlikeMail:
    return LookAlikeMail(
        folder="INBOX", uid=3, arrived=NOW, from_address=address, subject="New bank account"
    )


@pytest.mark.parametrize("here", [VAIN, [searched("INBOX", mail("INBOX"))]])
def test_look_alikes_are_warned_of_whether_the_customers_mail_is_there_or_not(
    here: list[Seen],
) -> None:
    [found] = [
        f for f in told(*here, alike("hans@custorner.example")) if f.code == "SENDER_LOOKALIKE"
    ]
    assert found.outcome is Outcome.RISK
    assert found.data["other"] == "custorner.example"


def test_mail_found_under_another_name_of_a_look_alike_domain_is_warned_of() -> None:
    fake = mail("INBOX", matched="reply-to", from_address="hans@custorner.example")
    codes = {f.code for f in told(searched("INBOX", fake))}
    assert codes == {"FOUND_OTHER_FROM", "SENDER_LOOKALIKE"}


@pytest.mark.parametrize(
    "address", ["hans@customer.com", "a@mail.customer.example", "x@else.example"]
)
def test_other_domains_are_no_look_alikes(address: str) -> None:
    assert "SENDER_LOOKALIKE" not in {f.code for f in told(*VAIN, alike(address))}


def mx(*records: str) -> list[Seen]:
    """What two public resolvers say of the company's mail exchangers."""
    return [
        DnsAnswer(
            via="public",
            about="own",
            server=server,
            name="acme.example",
            rtype="MX",
            status="answer" if records else "nodata",
            records=records,
        )
        for server in ("192.0.2.53", "198.51.100.53")
    ]


def test_a_wrong_mail_record_explains_the_silence_better_than_a_forwarding() -> None:
    last = NOW - timedelta(days=20)
    figures = {"others_arrived": 0, "last": last, "oldest": NOW - timedelta(days=300)}
    quiet: list[Seen] = [
        LISTED,
        searched("INBOX", arrived_before=80, **figures),
        searched("Junk", arrived_before=0, **figures),
        door(250, "2.1.5", "ok"),
    ]
    in_order = diagnose(situation(*quiet, *mx("10 mx.acme.example.")))
    assert in_order.verdict.code == "FORWARDED_AWAY"
    missing = diagnose(situation(*quiet, *mx()))
    assert missing.verdict.code in ("MX_MISSING", "NO_MAIL_ROUTE")
    assert "FORWARDED_AWAY" not in {f.code for f in missing.findings}


def test_a_strangers_exchanger_that_takes_our_mail_explains_the_silence_itself() -> None:
    last = NOW - timedelta(days=20)
    figures = {"others_arrived": 0, "last": last, "oldest": NOW - timedelta(days=300)}
    seen: list[Seen] = [
        LISTED,
        searched("INBOX", arrived_before=80, **figures),
        searched("Junk", arrived_before=0, **figures),
        door(250, "2.1.5", "ok", host="mx.former-host.example"),
        *mx("10 mx.former-host.example."),
    ]
    home = replace(PROVIDER, mx=("mx.present-host.example",))
    found = mailbox.judge(situation(*seen, provider=home))
    assert "FORWARDED_AWAY" not in {f.code for f in found}


def test_mail_of_others_speaks_for_our_own_side() -> None:
    inbox = searched("INBOX", others_arrived=34, others_read=30, senders=12)
    seen = [LISTED, inbox, searched("Junk"), door(250, "2.1.5", "ok"), *mx("10 mx.acme.example.")]
    verdict = diagnose(situation(*seen)).verdict
    assert (verdict.code, verdict.data["others"], verdict.data["senders"]) == (
        "NEVER_REACHED_US",
        34,
        12,
    )
    assert "34" in render(verdict, PROVIDER).meaning
