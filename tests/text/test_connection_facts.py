"""A server's certificates as the details and the report tell them."""

from dataclasses import replace
from datetime import UTC, datetime

from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.network import Certificate, Endpoint, HttpReply
from mailwizard.text.connection_facts import chain_words
from mailwizard.text.facts import fact
from mailwizard.text.seen_lines import worked

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
LEAF = Certificate(
    subject="CN=imap.example.com",
    issuer="CN=Middle,O=Trust Ltd",
    not_before=START,
    not_after=END,
    names=tuple(f"n{number}.example.com" for number in range(9)),
)
MIDDLE = replace(LEAF, subject="CN=Middle,O=Trust Ltd", issuer="CN=Root", names=())
OWN = Endpoint(
    role="provider",
    service="imap",
    host="imap.example.com",
    address="203.0.113.10",
    port=993,
    connect="connected",
    tls="expired",
    chain=(LEAF, MIDDLE),
)


def told(seen: Endpoint | HttpReply) -> str:
    evidence = Evidence()
    evidence.add("probe", seen, at=START, seconds=0.1)
    (observation,) = evidence
    return fact(observation)


def test_the_whole_chain_is_told_with_issuers_names_and_dates() -> None:
    line = told(OWN)
    assert "certificate 1: CN=imap.example.com (n0.example.com" in line
    assert "+5), issued by CN=Middle,O=Trust Ltd, 2026-01-01 to 2026-12-31" in line
    assert "certificate 2: CN=Middle,O=Trust Ltd, issued by CN=Root" in line
    assert "certificate 1" in told(replace(OWN, tls="ok"))
    assert "certificate 1" not in told(replace(OWN, tls="ok", role="control"))
    web = HttpReply(purpose="https", url="https://www.example/", outcome="tls", chain=(LEAF,))
    assert "issued by CN=Middle" in told(replace(web, tls="untrusted"))


def test_a_long_chain_is_cut() -> None:
    assert chain_words((LEAF,) * 10).endswith("and 5 more")
    assert len(told(replace(OWN, chain=(replace(LEAF, subject="x" * 300),) * 10))) <= 2000


def test_what_an_old_server_offers_and_the_names_that_fit_are_told() -> None:
    line = told(replace(OWN, offers="TLSv1.1 AES128-SHA", fits=("mail.example.com",)))
    assert "offers at most TLSv1.1 AES128-SHA" in line
    assert "proves itself as mail.example.com" in line


def test_a_greeting_in_plain_text_is_not_taken_for_reached() -> None:
    evidence = Evidence()
    plain = replace(OWN, port=143, tls="plaintext", starttls="not-offered", spoke=True, chain=())
    evidence.add("imap-server", plain, at=START, seconds=0.1)
    assert worked("imap-server", evidence) is False
