"""The spam-folder step: is the mail in the mailbox after all, and how much of it was looked at?"""

from dataclasses import replace

from mailwizard.diagnosis import (
    mailbox_coverage,
    mailbox_flow,
    mailbox_moved,
    mailbox_notices,
    mailbox_rules,
    mailbox_told,
    mailbox_view,
    waited,
)
from mailwizard.diagnosis.found_mail import (
    Hit,
    address_is_known,
    from_sender,
    hits,
    same_person,
    why_sorted_out,
)
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome, Value
from mailwizard.reading.notices import from_mail_server

SURE, LIKELY, POSSIBLE = Certainty.SURE, Certainty.LIKELY, Certainty.POSSIBLE
MOST_OTHERS = 3


def judge(situation: Situation) -> list[Finding]:
    """The mail that was found, where it is; else what the coverage and the user's words tell."""
    found = [hit for hit in hits(situation) if not _a_servers(hit)]
    own = from_sender(situation, found)
    suspicious = mailbox_rules.hidden_in(situation)
    if own:
        codes = {
            **mailbox_moved.placed(situation, own),
            **mailbox_rules.placed(situation, own, suspicious),
        }
        findings = _places(situation, own, codes)
        findings = mailbox_rules.filed(findings, own)
        findings = mailbox_moved.told(situation, findings, own)
    else:
        findings = _under_another_name(situation, found)
    findings = mailbox_rules.with_hidden(situation, own, suspicious, findings)
    findings = mailbox_view.unseen(situation, findings, own)
    measured = frozenset(f.code for f in findings) if own else frozenset()
    findings += mailbox_told.judge(situation, measured)
    findings += mailbox_coverage.judge(situation, found=bool(own))
    if not own and not mailbox_told.seen_by_user(situation):
        findings += mailbox_moved.gone(situation)
        findings += mailbox_flow.judge(situation)
        findings += mailbox_notices.quarantined(situation)
        findings += waited.judge(situation)
    return findings


def _a_servers(hit: Hit) -> bool:
    """Whether a mail server or filter wrote it: a bounce repeats the subject of what it returns."""
    return hit.mail.matched != "address" and from_mail_server(hit.mail.from_address)


def _places(situation: Situation, own: list[Hit], codes: mailbox_rules.Placed) -> list[Finding]:
    """One finding for each kind of place; the place of the newest mail leads."""
    places: dict[tuple[str, str], list[Hit]] = {}
    for hit in own:
        places.setdefault(_place(hit, codes), []).append(hit)
    return [
        _found(situation, code, group, SURE if group[0] is own[0] else LIKELY)
        for (code, _folder), group in places.items()
    ]


def _place(hit: Hit, codes: mailbox_rules.Placed) -> tuple[str, str]:
    """The code for a hit's place, and the folder where that tells places apart."""
    if special := codes.get((hit.mail.folder, hit.mail.uid)):
        return special, hit.mail.folder
    if hit.role == "junk":
        return "FOUND_IN_JUNK", hit.mail.folder
    if hit.role == "trash" or hit.mail.flagged_deleted:
        return "FOUND_IN_TRASH", hit.mail.folder
    if hit.sorted_away:
        return "FOUND_SORTED_AWAY", hit.mail.folder
    if hit.role == "inbox":
        return "IN_INBOX", ""
    return "FOUND_IN_FOLDER", hit.mail.folder


def _found(situation: Situation, code: str, group: list[Hit], certainty: Certainty) -> Finding:
    newest = group[0]
    variant = ""
    if code == "FOUND_IN_TRASH" and newest.role != "trash":
        variant = "marked"
    elif code == "IN_INBOX" and not newest.mail.unread:
        variant = "read"
    told = finding(code, [hit.search for hit in group], certainty=certainty, variant=variant)
    why = why_sorted_out(situation, newest.mail) if newest.role == "junk" else {}
    return replace(told, data={**told.data, **_words(group), **why})


def _words(group: list[Hit]) -> dict[str, Value]:
    """The placeholders about a group of hits, newest first."""
    mail = group[0].mail
    return {
        "folder": mail.folder,
        "count": len(group),
        "unread": sum(hit.mail.unread for hit in group),
        "sender": mail.from_address,
        "name": mail.from_name or mail.from_address,
        "subject": mail.subject,
        "date": mail.arrived.astimezone().strftime("%Y-%m-%d %H:%M"),
        "dated": mail.dated.date().isoformat() if mail.dated else "",
    }


def _under_another_name(situation: Situation, found: list[Hit]) -> list[Finding]:
    """Mail that is tied to the sender by something else than the author's address."""
    known = bool(address_is_known(situation))
    findings: list[Finding] = []
    seen: set[str] = set()
    for hit in found:
        if hit.mail.from_address in seen or len(findings) >= MOST_OTHERS:
            continue
        seen.add(hit.mail.from_address)
        group = [h for h in found if h.mail.from_address == hit.mail.from_address]
        findings.append(_other(situation, group, known=known))
    return findings


def _other(situation: Situation, group: list[Hit], *, known: bool) -> Finding:
    hit = group[0]
    same = same_person(situation, hit)
    outcome: Outcome | None = None
    if situation.case.subject or same or hit.mail.matched in ("reply-to", "sender", "name"):
        certainty = LIKELY
    elif not known:
        certainty = POSSIBLE
    else:
        # The asked address is real and this is a colleague there: a hint, no explanation.
        certainty, outcome = POSSIBLE, Outcome.RISK
    told = finding(
        "FOUND_OTHER_FROM",
        [*(h.search for h in group), *same],
        certainty=certainty,
        outcome=outcome,
        variant="junk" if hit.role == "junk" else "",
        asked=situation.case.sender,
    )
    return replace(told, data={**told.data, **_words(group)})
