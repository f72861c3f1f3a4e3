"""Who gets a letter, in which order and language, and what is never in one."""

from dataclasses import replace

import pytest

from mailwizard.diagnosis.diagnose import Diagnosis
from mailwizard.diagnosis.situation import finding
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.organisation import Contact, Organisation
from mailwizard.providers.load import provider
from mailwizard.text import finding_text
from mailwizard.text.finding_text import FindingText
from mailwizard.text.letters import Letter, letters
from tests.diagnosis import network_seen as made
from tests.report.builders import AT, CASE, evidence

ALIMAIL = provider("alimail")
CHOSEN = replace(CASE, provider="alimail")
ORGANISATION = Organisation(
    name="Acme Trading",
    administrator=Contact(name="Wang", mail="it@acme-trading.com"),
    reseller=Contact(name="Cloud House", phone="+86 21 5555 0100"),
)


@pytest.fixture(autouse=True)
def words_for_every_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters are tested with any code, whether its words are written or not."""

    class Any(dict[str, FindingText]):
        def __missing__(self, code: str) -> FindingText:
            return FindingText(f"Headline of {code}.", f"Meaning of {code}.")

    monkeypatch.setattr(finding_text, "texts", lambda: Any())


def found(code: str, *because: str, certainty: Certainty = Certainty.SURE) -> Finding:
    return replace(finding(code, [], certainty=certainty), because=because or ("o2",))


def write(*findings: Finding, log: Evidence | None = None, me: bool = True) -> list[Letter]:
    case = CHOSEN if me else replace(CHOSEN, sender=None)
    diagnosis = Diagnosis(verdict=findings[0], findings=findings, steps=())
    return list(letters(diagnosis, case, ALIMAIL, ORGANISATION, log or evidence()))


def one(written: list[Letter], kind: str, language: str = "en") -> Letter:
    return next(x for x in written if x.kind == kind and x.language == language)


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("SENDER_SPF", "customer-it"),
        ("WRONG_ADDRESS", "customer"),
        ("NEVER_REACHED_US", "customer"),
        ("MX_MISSING", "domain"),
        ("DOMAIN_EXPIRED", "domain"),
        ("EXTERNAL_MAIL_OFF", "admin"),
        ("LOCAL_DNS_DOWN", "it"),
        ("OAUTH_ONLY", "admin"),
        ("IMAP_SERVICE_DOWN", "provider"),
    ],
)
def test_the_letter_to_whoever_must_act_comes_first(code: str, first: str) -> None:
    assert write(found(code))[0].kind == first


def test_ids_are_unique_and_there_is_a_reseller_only_if_one_is_known() -> None:
    written = write(found("NEVER_REACHED_US"))
    names = [letter.id for letter in written]
    assert len(set(names)) == len(names)
    assert one(written, "reseller").to == "+86 21 5555 0100"
    diagnosis = Diagnosis(found("CLEAR"), (found("CLEAR"),), ())
    assert "reseller" not in {x.kind for x in letters(diagnosis, CHOSEN, ALIMAIL, None, evidence())}


def test_the_customer_is_not_accused_of_our_fault() -> None:
    written = write(found("MX_MISSING"), replace(found("SENDER_SPF"), outcome=Outcome.RISK))
    assert "customer-it" not in {letter.kind for letter in written}
    body = one(written, "customer").body
    assert "on our side" in body
    assert "IT" not in body


@pytest.mark.parametrize("code", ["AUTH_REJECTED", "IMAP_STALLED", "NOT_ENOUGH_CHECKED"])
def test_what_only_keeps_us_from_looking_is_no_reason(code: str) -> None:
    body = one(write(found(code)), "customer").body
    assert "still looking" in body
    assert "our side" not in body


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("FOUND_IN_JUNK", "has arrived"),
        ("MAILBOX_FULL", "no room"),
        ("LOCAL_DNS_DOWN", "fault in our network"),
        ("STILL_TRYING", "on its way"),
        ("WRONG_ADDRESS", "letter by letter"),
        ("TOO_LARGE", "too large"),
        ("SENDER_SPF", "list which your company publishes"),
        ("SENDER_LOCAL_DELIVERY", "Something in your mail system"),
        ("NEVER_REACHED_US", "Send the mail once more"),
    ],
)
def test_the_customer_reads_what_concerns_them(code: str, words: str) -> None:
    assert words in one(write(found(code)), "customer").body


def test_their_it_gets_the_evidence_and_nothing_of_our_network() -> None:
    written = write(found("SENDER_SPF", *(f"o{n}" for n in range(1, 13))))
    body = one(written, "customer-it").body
    assert "RFC 7208" in body
    assert "SPF of customer-gmbh.de for 203.0.113.9 (mail): fail" in body
    assert "2026-11-23 09:00:" in body
    assert "Folders:" not in body
    assert "Sign-in" not in body
    assert one(written, "customer-it").to == "postmaster@customer-gmbh.de"


def test_a_domain_that_takes_no_mail_is_not_written_to() -> None:
    assert "@" not in one(write(found("SENDER_DOMAIN_DEAD")), "customer").to


def test_the_line_of_their_log_is_asked_for() -> None:
    assert (
        "log of your outgoing mail server"
        in one(write(found("NEVER_REACHED_US")), "customer-it").body
    )


def test_a_mail_that_never_came_accuses_nobody() -> None:
    body = one(write(found("NEVER_REACHED_US")), "customer-it").body
    assert "points to" not in body
    assert "NEVER_REACHED_US" not in body
    assert "our mail exchanger mail.acme-trading.com accepts mail" in body


def test_the_administrator_is_written_to_by_address() -> None:
    for code, kind in (("EXTERNAL_MAIL_OFF", "admin"), ("MX_MISSING", "domain")):
        letter = one(write(found(code)), kind)
        assert letter.to == "it@acme-trading.com"
        assert f"Headline of {code}." in letter.body
        assert f"({code})" in letter.body


def test_what_the_change_request_says_is_not_said_twice() -> None:
    assert "admin" not in {x.kind for x in write(found("MX_MISSING"))}
    both = write(found("MX_MISSING"), found("EXTERNAL_MAIL_OFF"))
    assert "MX_MISSING" not in one(both, "admin").body
    assert "EXTERNAL_MAIL_OFF" not in one(both, "domain").body


def test_without_a_sender_nobody_outside_gets_a_letter() -> None:
    written = write(found("CLEAR"), me=False)
    assert {letter.kind for letter in written} == {"admin", "provider", "reseller"}
    assert "delivery log" not in one(written, "provider").body


def test_nothing_in_a_letter_steers_a_terminal_or_a_template() -> None:
    case = replace(CHOSEN, sender="{me}\x1b[31m\r\nBcc: x@y.cn @customer-gmbh.de")
    diagnosis = Diagnosis(found("NEVER_REACHED_US"), (found("NEVER_REACHED_US"),), ())
    for letter in letters(diagnosis, case, ALIMAIL, ORGANISATION, evidence()):
        for text in (letter.subject, letter.to, *letter.body.splitlines()):
            assert text.isprintable(), letter.id


def test_the_office_s_it_reads_what_was_tried_and_what_answered() -> None:
    log = Evidence()
    log.add("gateway", made.ALIVE, at=AT, seconds=0.1)
    log.add("imap-server", made.failed(made.imap(), "timeout"), at=AT, seconds=0.1)
    log.add("https", made.web("www.baidu.com"), at=AT, seconds=0.1)
    letter = one(write(found("PORT_BLOCKED_LOCALLY", "o2", "o3"), log=log), "it")
    assert "Router 10.66.0.1 answers (ping)" in letter.body
    assert f"{made.HOST} [{made.RIGHT}]:993 (provider): timeout" in letter.body
    assert "https://www.baidu.com/: 200" in letter.body


@pytest.mark.parametrize("code", ["IMAP_SERVICE_DOWN", "MX_MISSING", "AUTH_REJECTED", "SENDER_SPF"])
def test_the_office_s_it_is_left_alone_with_what_is_not_the_network_s(code: str) -> None:
    assert "it" not in {letter.kind for letter in write(found(code))}
