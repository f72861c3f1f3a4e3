"""What people type and paste as an address."""

import pytest

from mailwizard.model.case import NotAnAddress, domain_of, parse_address, parse_sender


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("lin@acme.com", "lin@acme.com"),
        (" Lin Mei <lin@acme.com> ", "lin@acme.com"),
        ("ｌｉｎ＠ａｃｍｅ．ｃｏｍ", "lin@acme.com"),
        ("lin@acme。com", "lin@acme.com"),
        ("lin@acme.com.", "lin@acme.com"),
        ("\u200blin@acme.com\u200b", "lin@acme.com"),
        ("\u202alin@acme.com\u202c", "lin@acme.com"),
        ("“lin@acme.com”", "lin@acme.com"),
        ("'lin@acme.com'", "lin@acme.com"),
        ("李@公司.cn", "李@公司.cn"),
    ],
)
def test_an_address_as_it_is_pasted(typed: str, read: str) -> None:
    assert parse_address(typed) == read
    assert parse_sender(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "lin",
        "lin@",
        "@",
        "lin@acme",
        "lin mei@acme.com",
        "lin@acme..com",
        "lin@-acme.com",
        "lin@192.0.2.1",
        "lin@acme.com, mei@acme.com",
        "a" * 300 + "@acme.com",
        "lin@" + "公" * 60 + ".cn",
        "\x1bclin@acme.com",
        "lin\x00@acme.com",
        "lin\udcff@acme.com",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(NotAnAddress):
        parse_address(typed)


def test_a_domain_of_another_alphabet() -> None:
    assert domain_of(parse_address("李@公司.cn")) == "xn--55qx5d.cn"
    assert parse_sender("@ａｃｍｅ．ｃｏｍ") == "acme.com"
