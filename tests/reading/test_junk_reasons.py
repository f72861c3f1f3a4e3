"""Why a mail was sorted out: recorded headers → reasons that are told, and those that are not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailwizard.model.seen.mailbox import MailSeen
from mailwizard.reading.junk_reasons import (
    Reason,
    as_data,
    from_data,
    junk_reasons,
)
from mailwizard.reading.spam_headers import verdicts

OURS = ("mx1.qiye.aliyun.com", "acme.example")
TAKEN_IN = (
    "Received: from mail.customer.example (mail.customer.example [192.0.2.7])"
    " by mx1.qiye.aliyun.com with ESMTPS id 1; Mon, 23 Nov 2026 08:00:00 +0000"
).removeprefix("Received: ")
BY_MICROSOFT = (
    "from mail.customer.example (192.0.2.7) by AM1.mail.protection.outlook.com (10.0.0.2) with"
    " Microsoft SMTP Server id 15.20; Mon, 23 Nov 2026 08:00:00 +0000"
)
MAIL = MailSeen(
    folder="Junk",
    uid=1,
    arrived=datetime(2026, 11, 23, 8, tzinfo=UTC),
    dated=None,
    from_address="hans@customer.example",
    from_name="Hans Becker",
    subject="Angebot",
    size=1000,
    unread=True,
    matched="address",
    return_path="hans@customer.example",
    received=(TAKEN_IN,),
)
WHO = "mx1.qiye.aliyun.com"
FROM = "header.from=customer.example"


def kinds(mail: MailSeen, asked: str = "customer.example") -> list[str]:
    return [reason.kind for reason in junk_reasons(mail, OURS, asked)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            f"{WHO}; spf=pass smtp.mailfrom=hans@customer.example; dmarc=pass {FROM}",
            "authenticated",
        ),
        (f"{WHO}; spf=pass smtp.mailfrom=hans@customer.example", "authenticated"),
        (f"{WHO}; dkim=pass header.d=mail.customer.example; spf=fail", "authenticated"),
        (f"{WHO}; spf=fail; dkim=fail; dmarc=fail {FROM}", "dmarc-fail"),
        (f"{WHO}; dkim=pass header.d=customer.example; dmarc=fail {FROM}", "dmarc-fail"),
        (f"{WHO}; spf=fail smtp.mailfrom=bounce@mailer.example; dkim=none", "spf-fail"),
        (f"{WHO}; spf=none; dkim=fail header.d=customer.example", "dkim-fail"),
        (f"{WHO}; spf=none; dkim=none; dmarc=none", "no-proof"),
        (f"{WHO}; spf=temperror; dkim=none", ""),
        (f"{WHO}; spf=softfail smtp.mailfrom=customer.example; dkim=none", ""),
        (f"{WHO}; spf=pass smtp.mailfrom=x@mailer.example; dkim=pass header.d=mailer.example", ""),
        (f"{WHO}; dmarc=pass header.from=other.example", ""),
        # Forged: written by the sender's side, or by nobody that we know.
        (f"mx.customer.example; dmarc=pass {FROM}", ""),
        (f"mx1.qiye.aliyun.com.evil.example; dmarc=pass {FROM}", ""),
        (f"dmarc=pass {FROM}", ""),
        ("", ""),
        ("\x00;;;=;spf", ""),
    ],
)
def test_identity_is_what_our_own_side_found(said: str, expected: str) -> None:
    assert kinds(replace(MAIL, authentication=(said,))) == ([expected] if expected else [])


def test_the_newest_of_our_own_results_is_believed_and_not_an_older_one_of_the_sender() -> None:
    forged = f"{WHO}; dmarc=pass {FROM}"
    ours = f"{WHO}; dmarc=fail {FROM}"
    assert kinds(replace(MAIL, authentication=(ours, forged))) == ["dmarc-fail"]


def test_the_domain_that_did_not_name_the_server_is_told() -> None:
    said = f"{WHO}; spf=fail smtp.mailfrom=bounce@mailer.example"
    [reason] = junk_reasons(replace(MAIL, authentication=(said,)), OURS)
    assert reason == Reason("spf-fail", "mailer.example")


ASSASSIN = "Yes, score=7.2 required=5.0 tests=BAYES_99,HTML_MESSAGE,URIBL_BLACK autolearn=no"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            [f"x-spam-status: {ASSASSIN}"],
            ("content", "7.2", "5.0", ("BAYES_99", "HTML_MESSAGE", "URIBL_BLACK")),
        ),
        (
            [
                "x-spam-flag: YES",
                "x-spam-status: Yes, hits=6.1 tagged_above=-999.0 required=5.0 tests=[A_ONE=0.1,"
                " BAYES_99=3.5, GOOD_ONE=-2, B_TWO=1.4, C_THREE=1] autolearn=no",
            ],
            ("content", "6.1", "5.0", ("BAYES_99", "B_TWO", "C_THREE")),
        ),
        (
            [
                f"x-spam-status: {ASSASSIN}",
                "x-spam-report: * 3.5 BAYES_99 BODY: spam * 0.0 HTML_ONLY BODY * 2.1 URIBL_X URL",
            ],
            ("content", "7.2", "5.0", ("BAYES_99", "URIBL_X")),
        ),
        (["x-spam-flag: YES", "x-spam-score: 7.2"], ("content", "7.2", "", ())),
        (["x-spam: Yes"], ("content", "", "", ())),
        (
            [
                "x-spam: Yes",
                "x-spamd-result: default: False [7.10 / 15.00]; R_HAM(-2.00)[];"
                " FORGED(3.50){a}; DATE(1.00)[]; URL(5.00)[x]; LOW(0.10)[]",
            ],
            ("content", "7.10", "", ("URL", "FORGED", "DATE")),
        ),
        (
            ["x-spamd-result: default: True [17.10 / 15.00]; URL(5.00)[x]"],
            ("content", "17.10", "15.00", ("URL",)),
        ),
        (["precedence: bulk"], ("bulk", "", "", ())),
        (["list-id: <news.customer.example>"], ("bulk", "", "", ())),
    ],
)
def test_what_filters_write_is_read(
    lines: list[str], expected: tuple[str, str, str, tuple[str, ...]]
) -> None:
    [told] = verdicts(lines, microsoft=False)
    assert (told.kind, told.score, told.limit, told.rules) == expected


@pytest.mark.parametrize(
    "line",
    [
        "x-spam-status: No, score=-1.9 required=5.0 tests=BAYES_00",
        "x-spam-status: No, score=5.5 required=5.0 tests=ALLOWED",
        "x-spam-score: 9.9",
        "x-spam-flag: NO",
        "x-spamd-result: default: False [3.10 / 15.00]; A_RULE(3.00)[]",
        "x-rspamd-score: 12",
        # Their makers do not say what these mean.
        "x-alimail-antispam: AC=CONTINUE;BC=0.1;CH=blue;R=SPAM",
        "x-coremail-antispam: 1Uf129KBjvJXoW7ZFyDur",
        "x-qq-spam: 1",
        "precedence: first-class",
        # Microsoft's, but not from a server of our side.
        "x-forefront-antispam-report: CIP:1.2.3.4;SCL:9;SFV:SPM;CAT:HSPM;DIR:INB",
        "x-ms-exchange-organization-scl: 9",
        "x-spam-status",
        "",
    ],
)
def test_what_says_nothing_against_the_mail_is_no_reason(line: str) -> None:
    assert verdicts([line], microsoft=False) == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("CIP:1.2.3.4;CTRY:DE;SCL:5;SRV:;SFV:SPM;CAT:SPM;DIR:INB", ["content"]),
        ("SCL:9;SFV:SPM;CAT:HPHSH;DIR:INB", ["content", "phishing"]),
        ("SCL:6;SFV:SKB;CAT:NONE", ["own-block-list"]),
        ("SFV:SKS;CAT:NONE;SCL:6", ["company-rule"]),
        ("SCL:6", ["content"]),
        ("SCL:1;SFV:NSPM;CAT:NONE", []),
        ("SCL:-1;SFV:SKI", []),
        ("BCL:9;", ["bulk"]),
        ("BCL:3;", []),
        ("SCL:9;SFV:SPM;DIR:OUT", []),
        ("SCL:99999999999999999999", []),
    ],
)
def test_microsofts_fields_are_read_where_our_server_is_microsofts(
    value: str, expected: list[str]
) -> None:
    found = verdicts([f"x-forefront-antispam-report: {value}"], microsoft=True)
    assert [verdict.kind for verdict in found] == expected


def test_the_sender_s_own_exchange_is_not_our_filter() -> None:
    spam = ("x-forefront-antispam-report: SCL:9;SFV:SPM;CAT:SPM",)
    theirs = replace(MAIL, spam=spam, received=(TAKEN_IN, BY_MICROSOFT))
    assert kinds(theirs) == []
    assert kinds(replace(MAIL, spam=spam, received=(BY_MICROSOFT, TAKEN_IN))) == ["content"]


def test_names_and_domains_that_pretend() -> None:
    near = replace(MAIL, from_address="hans@custorner.example")
    assert kinds(near) == ["look-alike"]
    shown = replace(MAIL, from_name="hans@customer.example", from_address="x@elsewhere.example")
    assert kinds(shown) == ["name-differs"]
    assert kinds(replace(MAIL, from_name="hans@customer.example")) == []
    assert kinds(replace(MAIL, from_name="x@mail.customer.example")) == []
    assert kinds(replace(MAIL, from_address="")) == []


def test_files_that_filters_hold_back() -> None:
    [reason] = junk_reasons(replace(MAIL, attachments=("offer.pdf", "Offer.EXE")), OURS)
    assert (reason.kind, reason.domain) == ("attachment", "Offer.EXE")
    assert kinds(replace(MAIL, attachments=("offer.pdf", "exe"))) == []


def test_the_most_telling_comes_first_and_the_identity_last() -> None:
    mail = replace(
        MAIL,
        authentication=(f"{WHO}; dmarc=pass {FROM}",),
        spam=("precedence: list", f"x-spam-status: {ASSASSIN}"),
    )
    assert kinds(mail) == ["content", "bulk", "authenticated"]
    reasons = junk_reasons(mail, OURS)
    again = from_data(as_data(reasons))
    assert [(r.kind, r.domain) for r in again] == [(r.kind, r.domain) for r in reasons]
    assert (again[0].score, again[0].limit) == ("7.2", "5.0")


def test_nothing_readable_stays_said_so() -> None:
    data = as_data(())
    assert data["why"] == ("unsaid",)
    assert from_data(data) == ()
    assert from_data({}) == ()
    assert from_data({"why": ("of-tomorrow", "content"), "why_about": ("", "")}) == (
        Reason("content"),
    )
