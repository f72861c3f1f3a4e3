"""How much of the mailbox was looked at."""

from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Finding
from mailwizard.model.observation import Observation
from mailwizard.model.seen.mailbox import FolderList, FolderSearch, RulesReadable, SignIn
from mailwizard.model.seen.run import ProbeEnded


def judge(situation: Situation, *, found: bool) -> list[Finding]:
    """Coverage of the search. ``found`` tells that the mail itself was found."""
    findings: list[Finding] = []
    if situation.case.sender is not None:
        findings += _guessed(situation)
    findings += _partial(situation)
    if situation.case.sender is not None and not found:
        findings += _rules(situation)
    return findings


def _guessed(situation: Situation) -> list[Finding]:
    """No folder says of itself that it is the spam folder."""
    for listed in situation.of(FolderList):
        folders = listed.seen.folders
        junk = [folder for folder in folders if folder.role == "junk"]
        if not folders or any(folder.role_by == "flag" for folder in junk):
            continue
        if junk:
            names = tuple(folder.name for folder in junk)
            return [finding("JUNK_FOLDER_GUESSED", [listed], folder=names, count=len(names))]
        return [finding("JUNK_FOLDER_GUESSED", [listed], variant="none", count=0)]
    return []


def _partial(situation: Situation) -> list[Finding]:
    searches = situation.of(FolderSearch)
    missed = [search for search in searches if not search.seen.complete]
    listed = situation.of(FolderList)
    cut = [one for one in listed if not one.seen.complete]
    let_in = any(o.seen.outcome == "ok" for o in situation.of(SignIn))
    ended = [
        end
        for end in situation.evidence.of(ProbeEnded, "search")
        if let_in and end.seen.how in ("deadline", "stopped")
    ]
    unlisted = [one for one in listed if not one.seen.folders]
    refused = [o for o in situation.of(SignIn) if o.seen.select_refused and not searches]
    if not (missed or cut or ended or refused):
        return []
    names = tuple(search.seen.folder for search in missed)
    names_seen = {s.seen.folder for s in searches}
    total = max(
        [len(names_seen)]
        + [sum(folder.selectable for folder in one.seen.folders) for one in listed]
    )
    return [
        finding(
            "SEARCH_PARTIAL",
            [*missed, *cut, *ended, *refused],
            variant="none" if unlisted or not searches else "",
            done=len(names_seen) - len(set(names)),
            total=total,
            folders=names[:5],
            detail=_why(missed, cut),
        )
    ]


def _why(missed: list[Observation[FolderSearch]], cut: list[Observation[FolderList]]) -> str:
    reasons = [o.seen.detail for o in missed] + [o.seen.detail for o in cut]
    return next((reason for reason in reasons if reason), "")


def _rules(situation: Situation) -> list[Finding]:
    unread = [o for o in situation.of(RulesReadable) if not o.seen.readable]
    return [finding("RULES_NOT_READABLE", unread[:1])] if unread else []
