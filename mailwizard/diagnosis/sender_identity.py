"""How the sender's mail proves who it is: SPF, DKIM, DMARC, reverse names, block lists.

Of a guessed server nothing is concluded; of mail that arrived, no cause. Ground is taken from
``ground.names``: where name servers cannot be believed, nothing of this is judged.
"""

import ipaddress
from collections.abc import Sequence

from mailwizard.diagnosis.sender_view import Arrived, arrived, our_hosts
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.seen.mailbox import MailSeen, SenderHistory
from mailwizard.model.seen.sender import BlockListAnswer, DmarcRecord, ReverseName, SpfResult
from mailwizard.reading.authentication_results import Results
from mailwizard.reading.dmarc import aligned, parse
from mailwizard.reading.junk_reasons import own_words
from mailwizard.reading.sending_servers import from_sender

_GUESSES = ("mx", "spf")
_REFUSED_CODES = ("127.255.255.252", "127.255.255.254", "127.255.255.255")
_LISTED = ipaddress.ip_network("127.0.0.0/8")
_NO_LISTING = ipaddress.ip_network("127.255.255.0/24")


def judge_identity(situation: Situation) -> list[Finding]:
    """SENDER_SPF, SENDER_SPF_BROKEN, SENDER_DMARC_REJECT, SENDER_DMARC_JUNK, SENDER_DKIM,
    SENDER_PTR, SENDER_BLOCKLISTED and BLOCKLIST_QUERY_REFUSED, as far as the evidence carries."""
    here = arrived(situation)
    in_inbox = any(mail.role == "inbox" for mail in here)
    found = _broken_spf(situation) + _refused_lists(situation)
    if in_inbox:
        return found  # the mail passed: whatever is weak there did not keep it away
    found += _failing(situation, here)
    found += _reverse(situation)
    found += _listed(situation)
    found += _junked(situation, here)
    return found


def _broken_spf(situation: Situation) -> list[Finding]:
    """permerror is the record's own fault, whichever server is asked about; temperror is none."""
    broken = [o for o in situation.of(SpfResult) if o.seen.result == "permerror"]
    own = [o for o in broken if o.seen.domain == situation.case.sender_domain]
    if not own:
        return []
    first = own[0].seen
    return [
        finding(
            "SENDER_SPF_BROKEN",
            own,
            domain=first.domain,
            record=first.record,
            reason=first.detail,
        )
    ]


def _failing(situation: Situation, here: Sequence[Arrived]) -> list[Finding]:
    results = [o for o in situation.of(SpfResult) if o.seen.server.source not in _GUESSES]
    failing = [o for o in results if o.seen.result == "fail"]
    weak = [o for o in results if o.seen.result in ("fail", "softfail")]
    if not weak or any(o.seen.result == "pass" for o in results):
        return []
    record = next((o for o in situation.of(DmarcRecord) if o.seen.outcome == "found"), None)
    earlier = _earlier(situation)
    rejected = record is not None and _policy(record.seen) == "reject"
    if record is not None and rejected and not here and _used_to_pass(earlier):
        said = [(mail, own) for mail, own in earlier if own is not None]
        if not any(_dkim_aligned(own, record.seen) for _mail, own in said):
            return [
                finding(
                    "SENDER_DMARC_REJECT",
                    [*weak, record, *situation.of(SenderHistory)],
                    certainty=Certainty.LIKELY,
                    domain=record.seen.domain,
                    address=weak[0].seen.server.address,
                    record=weak[0].seen.record,
                )
            ]
    if not failing:
        return []
    first = failing[0].seen
    return [
        finding(
            "SENDER_SPF",
            [*failing, record],
            outcome=Outcome.RISK,
            certainty=Certainty.LIKELY,
            variant="risk",
            domain=first.domain,
            address=first.server.address,
            record=first.record,
        )
    ]


def _earlier(situation: Situation) -> list[tuple[MailSeen, Results | None]]:
    """Earlier mail of the sender, with what our own servers said about its identity."""
    return [
        (mail, own_words(mail, our_hosts(situation)))
        for history in situation.of(SenderHistory)
        for mail in history.seen.mails
        if from_sender(mail)
    ]


def _used_to_pass(earlier: Sequence[tuple[MailSeen, Results | None]]) -> bool:
    """Whether their mail came through before, and not in spite of the same failure."""
    said = [own for _mail, own in earlier if own is not None]
    if not said:
        return bool(earlier)
    return any(own.said("spf", "pass") or own.said("dmarc", "pass") for own in said)


def _dkim_aligned(own: Results, record: DmarcRecord) -> bool:
    return any(
        result.result == "pass"
        and aligned(
            result.domain("header.d", "header.i"),
            record.domain,
            record.found_at,
            record.dkim_alignment,
        )
        for result in own.of("dkim")
    )


def _policy(record: DmarcRecord) -> str:
    parsed = parse(record.record)
    return parsed.policy_for(record.domain, record.found_at) if parsed else record.policy


def _reverse(situation: Situation) -> list[Finding]:
    without = [
        o
        for o in situation.of(ReverseName)
        if o.seen.outcome == "none" and o.seen.server.source not in _GUESSES
    ]
    if not without:
        return []
    return [
        finding(
            "SENDER_PTR",
            without,
            certainty=Certainty.POSSIBLE,
            variant="risk",
            address=without[0].seen.server.address,
        )
    ]


def _listed(situation: Situation) -> list[Finding]:
    """A listing counts only on a list that answers its test entry, and never from refusal codes."""
    listed = [
        o
        for o in situation.of(BlockListAnswer)
        if _works(o.seen) and any(_is_listing(code) for code in o.seen.codes)
    ]
    found: list[Finding] = []
    for address in dict.fromkeys(o.seen.server.address for o in listed):
        of_address = [o for o in listed if o.seen.server.address == address]
        guess = all(o.seen.server.source in _GUESSES for o in of_address)
        found.append(
            finding(
                "SENDER_BLOCKLISTED",
                of_address,
                certainty=Certainty.POSSIBLE if guess else Certainty.LIKELY,
                outcome=Outcome.RISK,
                variant="guess" if guess else "risk",
                address=address,
                list=tuple(o.seen.zone for o in of_address),
                said=of_address[0].seen.text,
            )
        )
    return found


def _refused_lists(situation: Situation) -> list[Finding]:
    refused = [
        o
        for o in situation.of(BlockListAnswer)
        if any(code in _REFUSED_CODES for code in (*o.seen.codes, *o.seen.test))
    ]
    if not refused:
        return []
    zones = tuple(dict.fromkeys(o.seen.zone for o in refused))
    return [finding("BLOCKLIST_QUERY_REFUSED", refused, list=zones)]


def _works(answer: BlockListAnswer) -> bool:
    """Whether the list answered its test entry as RFC 5782 asks."""
    return answer.test_asked == "answer" and any(_is_listing(code) for code in answer.test)


def _is_listing(code: str) -> bool:
    try:
        address = ipaddress.ip_address(code)
    except ValueError:
        return False
    return address in _LISTED and address not in _NO_LISTING and code != "127.0.0.1"


def _junked(situation: Situation, here: Sequence[Arrived]) -> list[Finding]:
    """Mail in the spam folder whose identity checks failed, as our own servers noted there."""
    found: list[Finding] = []
    failed = False
    for mail in here:
        own = own_words(mail.mail, our_hosts(situation)) if mail.role == "junk" else None
        if own is None:
            continue
        if own.said("dmarc", "fail"):
            if not failed:
                found.append(
                    finding(
                        "SENDER_DMARC_JUNK",
                        [mail.because],
                        domain=situation.case.sender_domain,
                    )
                )
            failed = True
        elif own.said("dkim", "fail", "permerror") and not own.said("dkim", "pass"):
            found.append(
                finding(
                    "SENDER_DKIM",
                    [mail.because],
                    variant="risk",
                    domain=situation.case.sender_domain,
                )
            )
    return found[:2]
