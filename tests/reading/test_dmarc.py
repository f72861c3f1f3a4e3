"""DMARC records and the tree walk of RFC 9989."""

import pytest

from mailwizard.reading.dmarc import (
    Record,
    aligned,
    names_to_ask,
    organizational_domain,
    parse,
    policy_record,
    record_of,
    walk_ends,
)


def record(text: str) -> Record:
    found = parse(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "policy", "subdomain", "testing"),
    [
        ("v=DMARC1; p=reject", "reject", "", False),
        ("v=DMARC1;p=Quarantine;sp=none;adkim=s;aspf=S", "quarantine", "none", False),
        ("v=DMARC1 ; p=none; rua=mailto:a@b.example", "none", "", False),
        ("v=DMARC1; rua=mailto:a@b.example", "none", "", False),
        ("v=DMARC1; p=rejekt; rua=mailto:a@b.example", "none", "", False),
        ("v=DMARC1; p=rejekt", "", "", False),
        ("v=DMARC1", "", "", False),
        ("v=DMARC1; p=reject; t=y; psd=n; =; ;x", "reject", "", True),
    ],
)
def test_records(text: str, policy: str, subdomain: str, testing: bool) -> None:
    found = record(text)
    assert (found.policy, found.subdomain_policy, found.testing) == (policy, subdomain, testing)


@pytest.mark.parametrize("text", ["", "v=spf1 -all", "V=dmarc1; p=reject", "p=reject; v=DMARC1"])
def test_other_texts_are_no_records(text: str) -> None:
    assert parse(text) is None


def test_alignment_tags() -> None:
    strict = record("v=DMARC1; p=reject; adkim=s; aspf=x")
    assert (strict.dkim_alignment, strict.spf_alignment) == ("s", "r")


def test_several_records_count_as_none() -> None:
    assert record_of(("v=DMARC1; p=none", "v=DMARC1; p=reject")) == (None, True)
    assert record_of(("v=spf1 -all",)) == (None, False)
    found, several = record_of(("other", "v=DMARC1; p=none"))
    assert found is not None
    assert not several


def test_the_walk_goes_up_in_eight_steps() -> None:
    assert names_to_ask("mail.customer.example") == (
        "mail.customer.example",
        "customer.example",
        "example",
    )
    assert names_to_ask("a.b.c.d.e.f.g.h.i.j.mail.example.com") == (
        "a.b.c.d.e.f.g.h.i.j.mail.example.com",
        "g.h.i.j.mail.example.com",
        "h.i.j.mail.example.com",
        "i.j.mail.example.com",
        "j.mail.example.com",
        "mail.example.com",
        "example.com",
        "com",
    )
    assert len(names_to_ask(".".join("abcdefgh"))) == 8
    assert len(names_to_ask("x." * 500 + "example")) == 8
    assert names_to_ask("example") == ("example",)


def test_where_the_walk_ends() -> None:
    assert walk_ends(record("v=DMARC1; p=none; psd=n"), at_start=True)
    assert walk_ends(record("v=DMARC1; p=none; psd=y"), at_start=False)
    assert not walk_ends(record("v=DMARC1; p=none; psd=y"), at_start=True)
    assert not walk_ends(record("v=DMARC1; p=none"), at_start=False)
    assert not walk_ends(None, at_start=False)


PLAIN = record("v=DMARC1; p=reject; sp=none")


@pytest.mark.parametrize(
    ("domain", "found", "organisation"),
    [
        ("a.mail.customer.example", {"customer.example": PLAIN}, "customer.example"),
        (
            "a.mail.customer.example",
            {"mail.customer.example": PLAIN, "customer.example": PLAIN},
            "customer.example",
        ),
        (
            "a.mail.customer.example",
            {
                "mail.customer.example": record("v=DMARC1; p=reject; psd=n"),
                "customer.example": PLAIN,
            },
            "mail.customer.example",
        ),
        (
            "a.giant.bank.example",
            {"bank.example": record("v=DMARC1; p=reject; psd=y")},
            "giant.bank.example",
        ),
        ("customer.example", {}, "customer.example"),
    ],
)
def test_organizational_domain(domain: str, found: dict[str, Record], organisation: str) -> None:
    assert organizational_domain(domain, found) == organisation


def test_which_record_applies() -> None:
    found = {"customer.example": PLAIN}
    applies = policy_record("news.customer.example", found)
    assert applies == ("customer.example", PLAIN)
    assert PLAIN.policy_for("news.customer.example", "customer.example") == "none"
    assert PLAIN.policy_for("customer.example", "customer.example") == "reject"
    assert policy_record("customer.example", {}) is None
    suffix = record("v=DMARC1; p=reject; psd=y")
    assert policy_record("a.bank.example", {"bank.example": suffix}) == ("bank.example", suffix)


def test_a_policy_under_test_is_softened() -> None:
    assert record("v=DMARC1; p=reject; t=y").policy_for("x.example", "x.example") == "quarantine"
    assert record("v=DMARC1; p=quarantine; t=y").policy_for("x.example", "x.example") == "none"


@pytest.mark.parametrize(
    ("identity", "mode", "expected"),
    [
        ("customer.example", "r", True),
        ("customer.example", "s", True),
        ("mail.customer.example", "r", True),
        ("mail.customer.example", "s", False),
        ("notcustomer.example", "r", False),
        ("esp.example", "r", False),
        ("", "r", False),
    ],
)
def test_alignment(identity: str, mode: str, expected: bool) -> None:
    assert aligned(identity, "customer.example", "customer.example", mode) is expected
