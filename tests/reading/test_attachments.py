"""Names of files from BODYSTRUCTURE, in every way that mail programs write them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailwizard.reading.attachments import (
    attachment_names,
    files,
    looks_like_a_file,
    same_file_name,
)

TEXT = b'("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT" 12 1 NIL NIL NIL NIL)'


def structure(*parts: bytes) -> bytes:
    return b"* 1 FETCH (UID 5 BODYSTRUCTURE (" + b"".join(parts) + b' "MIXED" NIL NIL NIL))\r\n'


def pdf(parameters: bytes = b"NIL", disposition: bytes = b"NIL") -> bytes:
    return b'("APPLICATION" "PDF" %s NIL NIL "BASE64" 4096 NIL %s NIL NIL)' % (
        parameters,
        disposition,
    )


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (pdf(b'("NAME" "offer.pdf")'), "offer.pdf"),
        (pdf(disposition=b'("ATTACHMENT" ("FILENAME" "offer.pdf"))'), "offer.pdf"),
        (pdf(b'("NAME" "x")', b'("attachment" ("filename" "offer.pdf"))'), "offer.pdf"),
        (pdf(b'("NAME" "=?utf-8?B?5oql5Lu3LnBkZg==?=")'), "报价.pdf"),
        (pdf(b'("NAME" "=?gb2312?B?sai82y5wZGY=?=")'), "报价.pdf"),
        (pdf(b'("NAME" "' + "报价.pdf".encode("gbk") + b'")'), "报价.pdf"),
        (pdf(b'("NAME" "' + "报价.pdf".encode() + b'")'), "报价.pdf"),
        (
            pdf(disposition=b'("ATTACHMENT" ("FILENAME*" "utf-8\'\'%E6%8A%A5%E4%BB%B7.pdf"))'),
            "报价.pdf",
        ),
        (pdf(disposition=b'("ATTACHMENT" ("FILENAME*" "gbk\'zh\'%B1%A8%BC%DB.pdf"))'), "报价.pdf"),
        (
            pdf(
                disposition=b'("ATTACHMENT" ("FILENAME*1*" "%E4%BB%B7" "FILENAME*2" ".pdf"'
                b' "FILENAME*0*" "utf-8\'\'%E6%8A%A5"))'
            ),
            "报价.pdf",
        ),
        (
            pdf(disposition=b'("ATTACHMENT" ("FILENAME*0" "of" "FILENAME*1" "fer 5%.pdf"))'),
            "offer 5%.pdf",
        ),
        (pdf(disposition=b'("ATTACHMENT" ("FILENAME*" "x-no\'\'offer.pdf"))'), "offer.pdf"),
        (pdf(b'("NAME" "of\\"fer\\\\.pdf")'), 'of"fer\\.pdf'),
        (pdf(disposition=b'("ATTACHMENT" ("FILENAME" "\x1b[31m\xe2\x80\xaefdp.pdf"))'), None),
    ],
)
def test_names(part: bytes, name: str | None) -> None:
    [found] = attachment_names(structure(TEXT, part), ())
    assert "\x1b" not in found
    assert "\u202e" not in found
    assert name is None or found == name


def test_a_message_that_is_one_file() -> None:
    text = b"* 1 FETCH (UID 5 BODYSTRUCTURE " + pdf(b'("NAME" "offer.pdf")') + b")\r\n"
    [found] = files(text, ())
    assert (found.name, found.octets) == ("offer.pdf", 4096)


def test_names_in_literals_and_header_literals_before_them() -> None:
    part = pdf(b'("NAME" {9}\r\n)')
    text = b"* 1 FETCH (UID 5 BODY[HEADER] {4}\r\n " + structure(TEXT, part)[17:]
    assert attachment_names(text, (b"X: y", b"offer.pdf")) == ("offer.pdf",)


def test_files_of_a_forwarded_mail() -> None:
    envelope = b"(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)"
    inner = b"(" + TEXT + pdf(b'("NAME" "inner.pdf")') + b' "MIXED")'
    mail = b'("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 99 ' + envelope + b" " + inner + b" 5)"
    assert attachment_names(structure(TEXT, mail, pdf(b'("NAME" "b.pdf")')), ()) == (
        "inner.pdf",
        "b.pdf",
    )


@pytest.mark.parametrize(
    "text",
    [
        b"* 1 FETCH (UID 5 BODYSTRUCTURE " + b"(" * 200_000,
        b"* 1 FETCH (UID 5 BODYSTRUCTURE " + b"(" * 100_000 + b")" * 100_000,
        b"* 1 FETCH (UID 5 BODYSTRUCTURE " + b'("a" ' * 50_000,
        b'* 1 FETCH (UID 5 BODYSTRUCTURE ("' + b"\\" * 200_001,
        structure(*[pdf(b'("NAME" "x.pdf")')] * 5000),
    ],
)
def test_hostile_nesting_is_bounded(text: bytes) -> None:
    begins = time.perf_counter()
    assert len(files(text, ())) <= 30
    assert time.perf_counter() - begins < 1


@given(st.binary(max_size=300))
def test_nothing_crashes(data: bytes) -> None:
    files(b"* 1 FETCH (UID 5 BODYSTRUCTURE (" + data, ())
    files(b"* 1 FETCH (BODYSTRUCTURE (" + b'"A" "B" ("NAME" "' + data, (b"x",))


@pytest.mark.parametrize(
    ("wanted", "name", "same"),
    [
        ("offer.pdf", "Offer.PDF", True),
        ("offer.pdf", "ｏffer.pdf", True),
        ("offer", "offer 2026-118.pdf", True),
        ("offer 2026-118.pdf", "offer_2026-118.pdf", True),
        ("C:\\Users\\lin\\offer.pdf", "offer.pdf", True),
        ("报价", "关于报价单.xlsx", True),
        ("offer.pdf", "coffer.pdf", False),
        ("offer.pdf", "offer.pdfx", False),
        ("of", "of the.pdf", False),
        (".pdf", "other.pdf", False),
        ("offer.pdf", "", False),
    ],
)
def test_the_same_file(wanted: str, name: str, same: bool) -> None:
    assert same_file_name(wanted, name) is same


@pytest.mark.parametrize(
    ("typed", "is_file"),
    [
        ("offer.pdf", True),
        ("Angebot 2026-118.xlsx", True),
        ("报价单.docx", True),
        ("Offer 2026-118", False),
        ("Meeting at example.com", False),
        ("Version 2.0", False),
        ("Please see invoice.", False),
        (".pdf", False),
        ("", False),
    ],
)
def test_what_looks_like_a_file(typed: str, is_file: bool) -> None:
    assert looks_like_a_file(typed) is is_file
