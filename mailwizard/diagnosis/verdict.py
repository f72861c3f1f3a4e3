"""Which finding best explains this sender's missing mail. The rules, all in this one place:

1. Mail that was found beats every theory.
2. What the refusing or accepting server itself said of this very mail (a bounce, a log line) comes
   next: it is testimony, the rest is inference.
3. Then faults near by: while this computer, office or line is at fault, nothing remote is blamed.
4. Then what keeps everybody's mail out: a full mailbox, the domain's records, its mail exchangers.
   What the mailbox's figures only suggest stands behind these, and is not said at all where it is
   concluded from silence that one of them, a fault near by, or the account explains.
5. Then what only keeps us from looking: the provider's mailbox server, the account.
6. Then the sender's side, which explains one sender.
7. Within a rank the surer finding comes first. Risks stand behind all causes.
8. Nothing explains it: ``NEVER_REACHED_US`` if the whole mailbox and the domain were seen in order
   (only "possible" where no exchanger of ours was seen taking this address), else
   ``NOT_ENOUGH_CHECKED``: also where our exchangers are silent while others answer, where nobody's
   mail arrives any more, and where the provider shows the newest mail only. A health check without
   a sender says ``CLEAR`` instead.
"""

from collections.abc import Iterable
from dataclasses import replace

from mailwizard.diagnosis.door import taking_doors
from mailwizard.diagnosis.mailbox_figures import silence
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.diagnosis.steps import seen_in_order
from mailwizard.model.finding import Certainty, Finding, Outcome, Step, Value
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.model.seen.mailbox import FolderSearch, SignIn
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.model.seen.sender import Bounce, SenderLog

FOUND = frozenset(
    {
        "IN_INBOX",
        "FOUND_IN_JUNK",
        "FOUND_IN_FOLDER",
        "FOUND_IN_TRASH",
        "FOUND_SORTED_AWAY",
        "FOUND_OTHER_FROM",
        "IN_INBOX_OTHER_TAB",
        "CLIENT_NOT_SYNCING",
        "HIDDEN_BY_RULE_SECURITY",
        "DEVICE_BLOCKLIST",
        "OTHER_DEVICE_MOVED",
    }
)
SUGGESTED = frozenset({"FORWARDED_AWAY", "POP_REMOVED", "PROBABLY_QUARANTINED"})
FROM_SILENCE = frozenset({"FORWARDED_AWAY"})
ACCOUNT = frozenset(
    {
        "AUTH_REJECTED",
        "SIGN_IN_AT_OTHER_SITE",
        "APP_PASSWORD_NEEDED",
        "IMAP_DISABLED",
        "OAUTH_ONLY",
        "ACCOUNT_LOCKED",
        "SERVICE_EXPIRED",
    }
)
SERVER = frozenset(
    {
        "IMAP_CERT_EXPIRED",
        "IMAP_CERT_NAME",
        "IMAP_CERT_UNTRUSTED",
        "IMAP_CHAIN_INCOMPLETE",
        "IMAP_TLS_OLD",
        "IMAP_PORT_SECURITY_MISMATCH",
        "IMAP_SERVICE_DOWN",
        "IMAP_STALLED",
        "IMAP_BUSY",
        "IMAP_HOST_WRONG",
        "PROVIDER_UNREACHABLE",
    }
)
_OUTCOMES = (Outcome.CAUSE, Outcome.RISK, Outcome.UNKNOWN, Outcome.INFO, Outcome.CLEAR)
_CERTAINTIES = tuple(Certainty)


def rank(found: Iterable[Finding], situation: Situation) -> list[Finding]:
    """All findings, best explanation first; the first one is the verdict. Never empty."""
    told = _told(situation)
    findings = list({_identity(f): f for f in found}.values())
    if any(_explains_silence(f, told) for f in findings):
        findings = [f for f in findings if f.code not in FROM_SILENCE]
    if any(f.code in FOUND and f.outcome is Outcome.CAUSE for f in findings):
        findings = [_demoted(f) for f in findings]
    findings.sort(key=lambda f: _place(f, told))
    if findings and findings[0].outcome is Outcome.CAUSE:
        return findings
    if situation.case.sender is None and findings and findings[0].outcome is Outcome.RISK:
        return findings
    return [_without_cause(situation, findings), *findings]


def _identity(f: Finding) -> tuple[str, tuple[str, ...]]:
    return f.code, tuple(sorted(f.because))


def _explains_silence(f: Finding, told: frozenset[str]) -> bool:
    """Whether a finding tells why nobody's mail arrives, or why too little was seen to ask that."""
    if f.outcome is not Outcome.CAUSE or f.code in FROM_SILENCE:
        return False
    return f.step in (Step.QUOTA, Step.NETWORK, Step.DNS) or bool(told.intersection(f.because))


def _demoted(f: Finding) -> Finding:
    """The mail arrived, so nothing at the sender's end has kept it away: at most a risk."""
    if f.step is Step.SENDER and f.outcome is Outcome.CAUSE:
        return replace(f, outcome=Outcome.RISK)
    return f


def _told(situation: Situation) -> frozenset[str]:
    """The ids of what other servers said about this very mail."""
    said: list[Observation[Seen]] = [*situation.of(Bounce), *situation.of(SenderLog)]
    return frozenset(o.id for o in said)


def _place(f: Finding, told: frozenset[str]) -> tuple[int, int, int, str, tuple[str, ...]]:
    return (
        _OUTCOMES.index(f.outcome),
        _group(f, told),
        _CERTAINTIES.index(f.certainty),
        f.code,
        f.because,
    )


def _group(f: Finding, told: frozenset[str]) -> int:
    """The rank of a finding by the rules 1 to 6 above."""
    if f.code in FOUND:
        return 0
    if told.intersection(f.because):
        return 1
    if f.code in ACCOUNT:
        return 8
    if f.code in SERVER:
        return 7
    if f.code in SUGGESTED:
        return 6
    return {Step.NETWORK: 2, Step.QUOTA: 3, Step.SPAM: 4, Step.DNS: 5, Step.SENDER: 9}[f.step]


def _without_cause(situation: Situation, findings: list[Finding]) -> Finding:
    """The verdict where no finding explains the missing mail."""
    searched = situation.of(FolderSearch)
    looked = situation.looked_in_vain
    measured = seen_in_order(Step.SPAM, situation)
    limited = any(f.code == "IMAP_VIEW_LIMITED" for f in findings)
    mailbox = (measured and not limited) or bool(looked)
    domain = seen_in_order(Step.DNS, situation) and not any(
        f.step is Step.DNS and f.outcome is Outcome.UNKNOWN and f.code in _DOMAIN_UNSEEN
        for f in findings
    )
    answers = [o for o in situation.of(DnsAnswer) if o.seen.about == "own" and o.seen.rtype == "MX"]
    taking = taking_doors(situation)
    quiet = silence(situation) if situation.case.sender else None
    if quiet is not None:
        # Whatever it is, it is not this customer's doing.
        return finding(
            "NOT_ENOUGH_CHECKED",
            quiet.because,
            variant="silent",
            last=quiet.since.astimezone().date().isoformat(),
        )
    if mailbox and domain:
        because: list[Observation[Seen] | None] = [*searched, *looked, *answers, *taking]
        if situation.case.sender is None:
            return finding("CLEAR", because, certainty=Certainty.LIKELY)
        told = finding(
            "NEVER_REACHED_US",
            because,
            certainty=Certainty.LIKELY if measured and taking else Certainty.POSSIBLE,
            sender=situation.case.sender,
            since=situation.case.since.isoformat(),
            folders=len(searched),
        )
        return replace(told, data={**told.data, **_others(searched)})
    reasons: list[Observation[Seen] | None] = [
        *(o for o in situation.of(SignIn) if o.seen.outcome != "ok"),
        *(o for o in searched if not o.seen.complete),
        *(o for o in situation.of(SmtpDoor) if mailbox and o.seen.whose == "own"),
        *(o for o in situation.of(ProbeEnded) if o.seen.how != "done"),
    ]
    if not any(reasons):
        reasons = [*situation.evidence.all()[-1:]]
    unchecked = "mailbox" if not mailbox else "domain"
    variant = unchecked if situation.case.sender else "health"
    return finding("NOT_ENOUGH_CHECKED", reasons, variant=variant)


def _others(searched: Iterable[Observation[FolderSearch]]) -> dict[str, Value]:
    """Other people's mail that came into the inbox in the same time, which speaks for our side."""
    for search in searched:
        seen = search.seen
        if seen.role == "inbox" and seen.others_arrived and seen.senders:
            return {"variant": "others", "others": seen.others_arrived, "senders": seen.senders}
    return {}


# What was not seen of the way in, where saying "in order" would put the blame on the sender.
_DOMAIN_UNSEEN = frozenset({"CHECK_FAILED", "NS_ALL_DOWN", "MX_UNREACHABLE"})
