"""Which of the found mails count, once a mail was brought back, and why one was sorted out."""

from dataclasses import replace

import pytest

from mailwizard.diagnosis import mailbox
from mailwizard.diagnosis.found_mail import hits, reasons
from mailwizard.model.finding import Finding
from mailwizard.model.observation import Seen
from mailwizard.model.seen.mailbox import MailSeen
from mailwizard.providers.load import provider
from mailwizard.text.finding_text import render
from tests.diagnosis.mailbox_builders import PROVIDER as SOMEBODY
from tests.diagnosis.mailbox_builders import listed, mail, searched, signed_in, situation


def judged(*seen: Seen) -> list[Finding]:
    return mailbox.judge(situation(listed(), signed_in(), *seen))


def codes(*seen: Seen) -> set[str]:
    return {finding.code for finding in judged(*seen)}


def left_over(original: MailSeen) -> MailSeen:
    return replace(original, flagged_deleted=True)


@pytest.mark.parametrize("folder", ["Junk", "Trash", "Other"])
def test_a_left_over_original_behind_its_copy_is_not_found_again(folder: str) -> None:
    copy = mail("INBOX")
    found = codes(searched("INBOX", copy), searched(folder, left_over(mail(folder))))
    assert "IN_INBOX" in found
    assert not found & {"FOUND_IN_JUNK", "FOUND_IN_TRASH", "FOUND_IN_FOLDER"}


def test_the_same_without_a_message_id() -> None:
    copy = mail("INBOX", message_id="", uid=4)
    original = left_over(mail("Junk", message_id=""))
    assert "FOUND_IN_JUNK" not in codes(searched("INBOX", copy), searched("Junk", original))
    other = replace(original, subject="Another")
    assert "FOUND_IN_JUNK" in codes(searched("INBOX", copy), searched("Junk", other))


def test_a_marked_mail_without_a_copy_in_the_inbox_is_found() -> None:
    marked = left_over(mail("Junk"))
    assert "FOUND_IN_JUNK" in codes(searched("INBOX"), searched("Junk", marked))
    both_marked = left_over(mail("INBOX"))
    found = codes(searched("INBOX", both_marked), searched("Junk", marked))
    assert {"FOUND_IN_JUNK", "FOUND_IN_TRASH"} <= found


def test_an_unmarked_mail_beside_the_inbox_is_still_found() -> None:
    found = codes(searched("INBOX", mail("INBOX")), searched("Junk", mail("Junk")))
    assert {"IN_INBOX", "FOUND_IN_JUNK"} <= found


def test_a_mail_only_in_the_folder_of_all_mail_counts() -> None:
    only = situation(searched("INBOX"), searched("All", mail("All")))
    assert [hit.role for hit in hits(only)] == ["all"]
    twice = situation(searched("INBOX", mail("INBOX")), searched("All", mail("All")))
    assert [hit.role for hit in hits(twice)] == ["inbox"]


RECEIVED = (
    "from mail.customer.example (mail.customer.example [192.0.2.7]) by mx.acme.example with ESMTPS"
    " id 1; Mon, 23 Nov 2026 08:00:00 +0000",
)


def junk(**changes: object) -> Finding:
    found = mail("Junk", received=RECEIVED, **changes)
    [told] = [f for f in judged(searched("Junk", found)) if f.code == "FOUND_IN_JUNK"]
    return told


def test_the_reason_is_told_as_codes() -> None:
    told = junk(
        spam=("x-spam-status: Yes, score=7.2 required=5.0 tests=BAYES_99",),
        authentication=("mx.acme.example; dmarc=pass header.from=customer.example",),
    )
    assert told.data["why"] == ("content", "authenticated")
    assert (told.data["why_score"], told.data["why_limit"]) == ("7.2", "5.0")
    meaning = render(told, SOMEBODY).meaning
    assert "7.2 spam points; spam begins at 5.0" in meaning
    assert "really from customer.example" in meaning


def test_a_forged_result_is_not_believed() -> None:
    told = junk(authentication=("mx.customer.example; dmarc=pass header.from=customer.example",))
    assert told.data["why"] == ("unsaid",)
    assert "The server does not say why." in render(told, SOMEBODY).meaning


def test_a_doubtful_sender_is_warned_of() -> None:
    told = junk(authentication=("mx.acme.example; dmarc=fail header.from=customer.example",))
    assert told.data["why"] == ("dmarc-fail",)
    assert "by phone before you open attachments" in render(told, provider("alimail")).meaning


def test_no_reason_is_made_up_outside_the_spam_folder() -> None:
    found = mail("Trash", spam=("x-spam-flag: YES",))
    [told] = [f for f in judged(searched("Trash", found)) if f.code == "FOUND_IN_TRASH"]
    assert "why" not in told.data


def test_no_providers_servers_are_ours_where_none_is_known() -> None:
    said = f"{SOMEBODY.sites[0].imap}; dmarc=pass header.from=customer.example"
    found = mail("Junk", received=RECEIVED, authentication=(said,))
    for by, expected in (("mx", ["authenticated"]), ("default", [])):
        seen = situation(searched("Junk", found), by=by)
        assert [reason.kind for reason in reasons(seen, found)] == expected
