"""What the folders' figures tell where the mail is not there: taken away, sent on, or not shown.

All of this is inferred from counts and dates. So the sender's own mail, the user's word that mail
of others arrives, and any measured fault of the way in speak against it (see ``verdict.py``).
"""

from datetime import timedelta

from mailwizard.diagnosis.door import taking_doors
from mailwizard.diagnosis.mailbox_figures import (
    INCOMING,
    arrivals,
    days_since,
    round_days,
    silence,
)
from mailwizard.diagnosis.sender_view import whose
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.seen.mailbox import FolderSearch

LIKELY, POSSIBLE = Certainty.LIKELY, Certainty.POSSIBLE

# A mailbox counts as emptied if hardly any of what ever arrived is left in it.
_ENOUGH_ARRIVED = 100
_NUMBERED_OTHERWISE = 1_000_000  # some servers' UIDs are no running numbers
_LEFT_IN_INBOX = 0.02
_LEFT_IN_ALL = 0.1
_LEFT_OF_LATE = 0.3  # of what ever arrived, where the newest days are left in place
_A_DAY = timedelta(days=1)
_SURELY_NO_WEEKEND = timedelta(days=4)
_SEVERAL = 3  # messages whose first one's date means something
_FOLDERS = 3  # that end at the same day, where nothing older is shown anywhere
_GONE = 1.5  # times as many messages were numbered as are there


def judge(situation: Situation) -> list[Finding]:
    """For a case in which the sender's mail was not found; also without a sender."""
    limited = _limited(situation)
    if limited:
        return limited
    if situation.case.sender is None:
        return _forwarded(situation)
    return [*_forwarded(situation), *_emptied(situation), *_purged(situation)]


def _forwarded(situation: Situation) -> list[Finding]:
    """Nothing new in any folder, though a mail exchanger takes mail for this very address."""
    quiet = silence(situation)
    accepted = [d for d in taking_doors(situation) if whose(situation, d.seen.host) == "ours"]
    if quiet is None or not accepted:
        return []
    if situation.answered("others", "yes") or situation.answered("internal", "yes"):
        return []
    agrees = [situation.answered(q, "no") for q in ("others", "internal")]
    since = min(search.seen.since for search in quiet.because)
    now = situation.now or quiet.since
    # A long weekend is quiet as well, and so is a mailbox that its owner has left.
    doubtful = now - quiet.since < _SURELY_NO_WEEKEND or quiet.since < since - (now - since)
    if doubtful and not any(agrees):
        return []
    return [
        finding(
            "FORWARDED_AWAY",
            [*quiet.because, *accepted, *agrees],
            certainty=LIKELY if any(agrees) else POSSIBLE,
            since=quiet.since.astimezone().date().isoformat(),
            server=accepted[0].seen.host,
            me=situation.case.me,
        )
    ]


def _emptied(situation: Situation) -> list[Finding]:
    """Far more mail has arrived than is left in any folder: another program may take it away."""
    searches = situation.of(FolderSearch)
    inbox = next((o for o in searches if o.seen.role == "inbox"), None)
    if inbox is None or inbox.seen.uidnext is None or inbox.seen.method == "none":
        return []
    if any(not o.seen.complete for o in searches):
        return []
    arrived = inbox.seen.uidnext - 1
    if not _ENOUGH_ARRIVED <= arrived < _NUMBERED_OTHERWISE:
        return []
    elsewhere = sum(
        o.seen.messages for o in searches if o is not inbox and o.seen.role in (*INCOMING, "all")
    )
    here = inbox.seen.messages
    if elsewhere > arrived * _LEFT_IN_ALL:
        return []
    misses = situation.answered("others", "no")
    certainty = LIKELY if misses else POSSIBLE
    because = [*searches, misses]
    oldest = inbox.seen.oldest
    untouched = oldest is not None and oldest - inbox.seen.since < _A_DAY
    if oldest is None or here < _SEVERAL or (untouched and not arrivals(inbox.seen)):
        if here > max(3, arrived * _LEFT_IN_INBOX) or here + elsewhere > arrived * _LEFT_IN_ALL:
            return []
        return [finding("POP_REMOVED", because, certainty=certainty, left=here, arrived=arrived)]
    if untouched or here > arrived * _LEFT_OF_LATE:
        return []  # all of the time asked about is still there, or much of what ever came
    days = days_since(situation, oldest)
    return [
        finding(
            "POP_REMOVED",
            because,
            certainty=certainty,
            variant="age",
            left=here,
            arrived=arrived,
            days=round_days(days) or max(1, round(days)),
        )
    ]


def _purged(situation: Situation) -> list[Finding]:
    """Spam or trash keeps mail for some days only, and the mail asked about may be older."""
    found: list[Finding] = []
    for search in situation.of(FolderSearch):
        seen = search.seen
        if seen.role not in ("junk", "trash") or not seen.complete or seen.oldest is None:
            continue
        days = round_days(days_since(situation, seen.oldest))
        kept = situation.provider.junk_days if seen.role == "junk" else None
        if days is None or (kept is not None and days != kept) or seen.messages < _SEVERAL:
            continue
        removed = seen.uidnext is not None and seen.uidnext - 1 > seen.messages
        if removed and seen.oldest - seen.since >= _A_DAY:
            found.append(
                finding(
                    "PURGED_BY_AGE",
                    [search],
                    certainty=LIKELY if kept else POSSIBLE,
                    folder=seen.folder,
                    days=days,
                )
            )
    return found


def _limited(situation: Situation) -> list[Finding]:
    """Every folder ends at the same day: mail programs are shown the newest mail only."""
    searches = [
        s
        for s in situation.of(FolderSearch)
        if s.seen.messages >= _SEVERAL and s.seen.role in INCOMING
    ]
    inbox = next((s.seen for s in searches if s.seen.role == "inbox"), None)
    if inbox is None or inbox.uidnext is None or len(searches) < _FOLDERS:
        return []
    if inbox.uidnext - 1 < inbox.messages * _GONE:
        return []  # a young mailbox: all that ever came is there
    if not any(search.seen.role in ("archive", "other") for search in searches):
        return []  # inbox, junk and trash are cleared of old mail in many places
    ages = [days_since(situation, s.seen.oldest) for s in searches if s.seen.oldest is not None]
    days = round_days(max(ages, default=0.0))
    if days is None or len(ages) < len(searches):
        return []
    ending = [age for age in ages if round_days(age) == days]
    asked = days_since(situation, inbox.since)
    if len(ending) < _FOLDERS or asked < days + 1:
        return []
    return [finding("IMAP_VIEW_LIMITED", searches, days=days)]
