"""The domain's MTA-STS policy (RFC 8461) against the exchangers that senders find."""

from datetime import timedelta

from mailwizard.diagnosis.door import Door
from mailwizard.diagnosis.ground import ground
from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.network_clock import right_time
from mailwizard.diagnosis.outside import BY_DATE, CERTIFICATE_FAULTS
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.diagnosis.tls_view import (
    believable_doors,
    offered_elsewhere,
    offers_none,
    out_of_date,
    vouching,
)
from mailwizard.diagnosis.true_time import true_time
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.seen.dns import MtaSts, StsPolicy, TlsReports
from mailwizard.model.seen.network import HttpReply
from mailwizard.reading.mta_sts import allows, dated

Rules = Observation[MtaSts]

_TEXT = ("", "text/plain")
# A policy's date is that of the file, an id's that of a day somewhere on earth.
_LATER = timedelta(days=2)
_FAULTS = {"expired": "expired", "not-yet-valid": "expired", "name": "name"}


def judge(situation: Situation, believed: MailRoute) -> list[Finding]:
    """MTASTS_MX_MISMATCH, MTASTS_CERT_FAIL, MTASTS_FETCH_FAIL, MTASTS_ID_STALE."""
    found: list[Finding] = []
    for rules in published(situation):
        policy = rules.seen.policy
        if policy is not None and rules.seen.fetch == "ok":
            found += _enforced(situation, believed, rules, policy)
            found += _stale(situation, rules, policy)
        if rules.seen.fetch:
            found += _not_fetched(situation, rules)
    return found


def published(situation: Situation) -> list[Rules]:
    """What was seen of the domain's MTA-STS, where something is published."""
    domain = situation.case.domain
    return [o for o in situation.of(MtaSts) if o.seen.domain == domain and o.seen.txt]


def reports(situation: Situation) -> tuple[str, ...]:
    """The addresses that senders report trouble with encryption to (RFC 8460)."""
    domain = situation.case.domain
    found = [o.seen for o in situation.of(TlsReports) if o.seen.domain == domain]
    return tuple(dict.fromkeys(uri.removeprefix("mailto:") for seen in found for uri in seen.to))


def _enforced(
    situation: Situation, believed: MailRoute, rules: Rules, policy: StsPolicy
) -> list[Finding]:
    """The exchangers that a sender must pass over: not listed, or not verifiable."""
    if policy.mode != "enforce" or believed.status != "answer":
        return []
    listed = [host for host in believed.hosts if allows(policy.mx, host)]
    missing = [host for host in believed.hosts if host not in listed]
    if policy.cut and missing:
        return []  # they may be among those that were not kept
    faults = _faults(situation, believed, listed)
    partly = {host for host, (_fault, _because, whole) in faults.items() if not whole}
    # Senders may still deliver to an exchanger that the policy names and that proves itself.
    passed_over = {*missing, *faults} - partly
    outcome = Outcome.CAUSE if passed_over == set(believed.hosts) else Outcome.RISK
    if believed.certainty is Certainty.POSSIBLE or rules.seen.media_type not in _TEXT:
        outcome = Outcome.RISK
    certainty = max(believed.certainty, Certainty.LIKELY, key=tuple(Certainty).index)
    found: list[Finding] = []
    if missing:
        found.append(
            finding(
                "MTASTS_MX_MISMATCH",
                [rules, *believed.because],
                certainty=certainty,
                outcome=outcome,
                domain=situation.case.domain,
                missing=tuple(missing),
                policy=policy.mx,
                reports=reports(situation),
            )
        )
    if faults:
        first = next(iter(faults.values()))[0]
        because = [o for _fault, behind, _whole in faults.values() for o in behind]
        found.append(
            finding(
                "MTASTS_CERT_FAIL",
                [rules, *because, *believed.because],
                certainty=certainty,
                outcome=outcome,
                variant=first,
                domain=situation.case.domain,
                servers=tuple(faults),
                reports=reports(situation),
            )
        )
    return found


Fault = tuple[str, list[Observation[Seen]], bool]


def _faults(situation: Situation, believed: MailRoute, listed: list[str]) -> dict[str, Fault]:
    """What is wrong at each listed exchanger, what shows it, and whether at all its addresses."""
    doors = believable_doors(situation, believed)
    found: dict[str, Fault] = {}
    for host in listed:
        told = [(door, _fault(situation, door)) for door in doors.get(host, [])]
        wrong = [(door, fault) for door, fault in told if fault not in ("", "unknown")]
        if wrong:
            behind: list[Observation[Seen]] = [door for door, _fault_there in wrong]
            behind += [o for door, _f in wrong for o in vouching(situation, door)]
            if any(fault == "none" for _door, fault in wrong):
                behind += offered_elsewhere(situation)
            whole = all(fault != "" for _door, fault in told if fault != "unknown")
            found[host] = (sorted(fault for _door, fault in wrong)[0], behind, whole)
    return found


def _fault(situation: Situation, door: Door) -> str:
    """What a sender that verifies finds at one address: "" (in order), ``unknown``, ``none``
    (no encryption), ``expired``, ``name`` or ``untrusted``."""
    if offers_none(door):
        return "none" if offered_elsewhere(situation) else "unknown"
    if door.seen.tls == "ok":
        return ""
    if door.seen.tls not in CERTIFICATE_FAULTS or not vouching(situation, door):
        return "unknown"
    if door.seen.tls in BY_DATE and not out_of_date(situation, door, door.seen.certificates):
        return "unknown"  # by this computer's wrong clock only
    return _FAULTS.get(door.seen.tls, "untrusted")


def _stale(situation: Situation, rules: Rules, policy: StsPolicy) -> list[Finding]:
    """Senders ask for a policy again when its id changes, or when its time is over (section 3.3).

    That the file is younger than the day in the id is a sign only: files are also laid out anew
    with nothing changed in them. Past the policy's time, nobody holds an older one.
    """
    written, changed = dated(rules.seen.policy_id), rules.seen.last_modified
    if written is None or changed is None or policy.mode == "none" or policy.max_age is None:
        return []
    now = true_time(situation).of(rules.at)
    still_held = changed <= now < changed + timedelta(seconds=min(policy.max_age, 31557600))
    if changed - written < _LATER or not still_held:
        return []
    return [
        finding(
            "MTASTS_ID_STALE",
            [rules],
            certainty=Certainty.POSSIBLE,
            domain=situation.case.domain,
            id=rules.seen.policy_id,
            day=f"{changed:%Y-%m-%d}",
            reports=reports(situation),
        )
    ]


def _not_fetched(situation: Situation, rules: Rules) -> list[Finding]:
    """Only said where other web servers could be reached from here with verified encryption."""
    seen = rules.seen
    if seen.fetch == "ok" and seen.media_type in _TEXT:
        return []
    reached = [
        o
        for o in situation.of(HttpReply)
        if o.seen.purpose == "https" and o.seen.outcome == "reply" and o.seen.tls == "ok"
    ]
    answered = seen.fetch in ("ok", "http-error", "garbage")
    if not reached and not answered:
        return []
    if seen.fetch == "timeout" and not ground(situation).steady:
        return []
    if seen.fetch_tls in BY_DATE and right_time(situation) is not None:
        return []  # by which clock its certificate was judged, is not sure
    # A company's web filter may forbid the page or answer in its place, with a code of its own.
    sure = seen.fetch == "http-error" and seen.http_status in (301, 302, 303, 307, 308, 404, 410)
    return [
        finding(
            "MTASTS_FETCH_FAIL",
            [rules, *reached],
            certainty=Certainty.SURE if sure else Certainty.LIKELY,
            domain=situation.case.domain,
            host=f"mta-sts.{situation.case.domain}",
            variant=_variant(seen),
            location=seen.location,
            status=seen.http_status,
            kind=seen.media_type,
            detail=seen.detail,
        )
    ]


def _variant(seen: MtaSts) -> str:
    if seen.fetch == "http-error":
        return "redirect" if seen.location else "status" if seen.http_status else ""
    return {"garbage": "form", "tls": "tls", "ok": "type"}.get(seen.fetch, "")
