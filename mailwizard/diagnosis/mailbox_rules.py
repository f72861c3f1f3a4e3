"""Mail that something filed: a rule of the user's, one of an intruder's, another device.

An intruder's rule is the gravest of these accusations, so it needs a picture that nobody's own
tidying gives: read mail of several senders in a folder that no person files mail into, or
everybody's mail going unseen to a place where it used to stay in the inbox.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mailwizard.diagnosis.found_mail import Hit
from mailwizard.diagnosis.mailbox_figures import INCOMING, arrivals
from mailwizard.diagnosis.situation import Situation, finding, ids
from mailwizard.model.finding import Certainty, Finding, Outcome, Value
from mailwizard.model.observation import Observation
from mailwizard.model.seen.mailbox import FolderList, FolderSearch
from mailwizard.reading.folder_roles import name_key
from mailwizard.reading.spam_headers import verdicts

Search = Observation[FolderSearch]
Data = Mapping[str, Value]
Placed = Mapping[tuple[str, int], str]  # the code for a hit's folder and UID

LIKELY, POSSIBLE = Certainty.LIKELY, Certainty.POSSIBLE

# Folders that programs make for other things than mail. Attackers' rules hide mail there.
_FOR_FEEDS = (
    *("RSS Feeds", "RSS Feed", "RSS Subscriptions", "RSS-Feeds", "RSS-Abonnements"),
    *("RSS 源", "RSS 订阅", "RSS 摘要", "RSS 摘要訂閱", "RSS フィード", "RSS 피드", "Flux RSS"),
    *("Fuentes RSS", "Feed RSS", "RSS-каналы"),
)
# What is kept there besides, or what people call a folder of their own newsletters.
_FOR_OTHERS = (
    *(
        "RSS",
        "Feeds",
        "Conversation History",
        "Aufgezeichnete Unterhaltungen",
        "Unterhaltungsverlauf",
    ),
    *("对话历史记录", "對話記錄", "会話の履歴", "대화 기록", "Historique des conversations"),
)
_FEW_READ, _FEW_SENDERS = 3, 2
_TUCKED_AWAY = ("archive", "trash")
_MANY_READ, _MANY_SENDERS = 10, 5
_NEARLY_ALL = 0.95  # of what was tucked away is read, as of what arrived was tucked away
_LEFT = 1  # mails that may still stand in the inbox
_BEFORE = 10  # that stayed in the inbox in the equally long time before


def hidden_in(situation: Situation) -> list[Search]:
    """The folders in which a rule seems to hide mail, those beyond innocent explanation only."""
    searches = [s for s in situation.of(FolderSearch) if s.seen.complete]
    return [
        search
        for search in searches
        if _not_for_mail(situation, search) or _everybodys(situation, search, searches)
    ]


def _not_for_mail(situation: Situation, search: Search) -> bool:
    """Several senders' read mail in a folder for feeds or chats, which never holds any."""
    name = _last(situation, search.seen.folder)
    # A kept chat has an author as well, but it came over no mail server.
    hits = [hit for hit in search.seen.hits if hit.received]
    if name not in _FEEDS and not (name in _OTHERS and hits):
        return False
    read = (search.seen.others_read or 0) + sum(not hit.unread for hit in hits)
    authors = (search.seen.senders or 0) + len({hit.from_address for hit in hits})
    return read >= _FEW_READ and authors >= _FEW_SENDERS


def _everybodys(situation: Situation, search: Search, searches: Sequence[Search]) -> bool:
    """Everybody's new mail lies read in one folder, though it stayed in the inbox before.

    Somebody who files everything had an empty inbox before as well; somebody who sees the mail of
    others says so.
    """
    folder = search.seen
    if folder.role not in _TUCKED_AWAY or situation.answered("others", "yes"):
        return False
    inbox = next((s.seen for s in searches if s.seen.role == "inbox"), None)
    others, read, authors = folder.others_arrived, folder.others_read, folder.senders
    if inbox is None or others is None or read is None or authors is None:
        return False
    if read < max(_MANY_READ, others * _NEARLY_ALL) or authors < _MANY_SENDERS:
        return False
    incoming = [s.seen for s in searches if s.seen.role in INCOMING and s.seen.role != "junk"]
    arrived = sum(arrivals(seen) for seen in incoming)
    if arrivals(inbox) > _LEFT or arrivals(folder) < arrived * _NEARLY_ALL:
        return False
    changed = (inbox.arrived_before or 0) >= _BEFORE
    misses_all = situation.answered("others", "no") is not None and inbox.arrived_before is None
    return changed or misses_all


def with_hidden(
    situation: Situation, own: Sequence[Hit], folders: Sequence[Search], given: Sequence[Finding]
) -> list[Finding]:
    """The findings about hidden mail, completed: of the mail asked about a cause, else a risk."""
    kept = [one for one in given if one.code != "HIDDEN_BY_RULE_SECURITY"]
    words = {one.data["folder"]: one.data for one in given if one not in kept}
    return [*(_hidden(situation, search, own, words) for search in folders), *kept]


def _hidden(
    situation: Situation, search: Search, own: Sequence[Hit], words: Mapping[Value, Data]
) -> Finding:
    seen = search.seen
    about = [hit for hit in own if hit.mail.folder == seen.folder]
    misses = situation.answered("others", "no")
    inbox = [s for s in situation.of(FolderSearch) if s.seen.role == "inbox"]
    told = finding(
        "HIDDEN_BY_RULE_SECURITY",
        [search, *inbox, misses],
        certainty=LIKELY if seen.role not in _TUCKED_AWAY or misses else POSSIBLE,
        outcome=None if about else Outcome.RISK,
        variant="" if about else "others",
        folder=seen.folder,
        read=(seen.others_read or 0) + sum(not hit.mail.unread for hit in about),
    )
    return replace(told, data={**words.get(seen.folder, {}), **told.data})


def placed(situation: Situation, own: Sequence[Hit], folders: Sequence[Search]) -> Placed:
    """The codes of hits whose folder tells more than that they are there."""
    suspicious = {search.seen.folder for search in folders}
    real = _own_junk(situation)
    codes: dict[tuple[str, int], str] = {}
    for hit in own:
        key = hit.mail.folder, hit.mail.uid
        if hit.mail.folder in suspicious:
            codes[key] = "HIDDEN_BY_RULE_SECURITY"
        elif hit.role == "junk" and real and hit.mail.folder not in real and not _judged_spam(hit):
            codes[key] = "DEVICE_BLOCKLIST"
    return codes


def _own_junk(situation: Situation) -> set[str]:
    """The spam folders that the server itself marks, else those that this provider is known for."""
    junk = [
        folder
        for listed in situation.of(FolderList)
        for folder in listed.seen.folders
        if folder.role == "junk"
    ]
    flagged = {folder.name for folder in junk if folder.role_by == "flag"}
    if flagged:
        return flagged
    known = situation.provider.folders.get("junk", ())
    return {folder.name for folder in junk if folder.name in known}


def _judged_spam(hit: Hit) -> bool:
    """Whether a filter on a server took the mail for spam: then that filed it, and no device."""
    said = verdicts(hit.mail.spam, microsoft=False)
    return any(verdict.kind != "bulk" for verdict in said)


def filed(findings: Sequence[Finding], own: Sequence[Hit]) -> list[Finding]:
    """Marks where the same folder takes the sender's mail again and again before it is seen."""
    in_inbox = [hit.mail.arrived for hit in own if hit.role == "inbox"]
    told: list[Finding] = []
    for one in findings:
        there = [hit for hit in own if hit.mail.folder == one.data.get("folder")]
        repeated = (
            one.code == "FOUND_IN_FOLDER"
            and not one.data.get("variant")
            and bool(there)
            and len(there) >= (3 if there[0].role == "archive" else 2)
            and all(hit.mail.unread for hit in there)
            and not any(arrived >= there[-1].mail.arrived for arrived in in_inbox)
            and set(ids(hit.search for hit in there)) <= set(one.because)
        )
        told.append(replace(one, data={**one.data, "variant": "rule"}) if repeated else one)
    return told


def _last(situation: Situation, name: str) -> str:
    delimiter = next((o.seen.delimiter for o in situation.of(FolderList) if o.seen.delimiter), "/")
    return name_key(name.rpartition(delimiter)[2])


_FEEDS = frozenset(name_key(name) for name in _FOR_FEEDS)
_OTHERS = frozenset(name_key(name) for name in _FOR_OTHERS)
