"""The domain's MTA-STS policy (RFC 8461) against the MX records that senders get."""

from mailwizard.diagnosis.ground import ground
from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import MtaSts
from mailwizard.model.seen.network import HttpReply
from mailwizard.reading.mta_sts import allows


def judge(situation: Situation, believed: MailRoute) -> list[Finding]:
    """MTASTS_MX_MISMATCH (only where the policy is enforced) and MTASTS_FETCH_FAIL."""
    found: list[Finding] = []
    for published in situation.of(MtaSts):
        if published.seen.domain != situation.case.domain or not published.seen.txt:
            continue
        if published.seen.fetch == "ok":
            found += _mismatch(situation, believed, published)
        elif published.seen.fetch:
            found += _not_fetched(situation, published)
    return found


def _mismatch(
    situation: Situation, believed: MailRoute, published: Observation[MtaSts]
) -> list[Finding]:
    policy = published.seen.policy
    if policy is None or policy.mode != "enforce" or believed.status != "answer":
        return []
    missing = [host for host in believed.hosts if not allows(policy.mx, host)]
    if not missing:
        return []
    # Senders may still deliver to an exchanger that the policy does name.
    outcome = Outcome.CAUSE if len(missing) == len(believed.hosts) else Outcome.RISK
    if believed.certainty is Certainty.POSSIBLE:
        outcome = Outcome.RISK
    return [
        finding(
            "MTASTS_MX_MISMATCH",
            [published, *believed.because],
            certainty=believed.certainty,
            outcome=outcome,
            domain=situation.case.domain,
            missing=tuple(missing),
            policy=policy.mx,
        )
    ]


def _not_fetched(situation: Situation, published: Observation[MtaSts]) -> list[Finding]:
    """Only said where other web servers could be reached from here with verified encryption."""
    reached = [
        o
        for o in situation.of(HttpReply)
        if o.seen.purpose == "https" and o.seen.outcome == "reply" and o.seen.tls == "ok"
    ]
    direct = published.seen.fetch in ("http-error", "garbage")
    if not reached and not direct:
        return []
    if published.seen.fetch == "timeout" and not ground(situation).steady:
        return []
    return [
        finding(
            "MTASTS_FETCH_FAIL",
            [published, *reached],
            certainty=Certainty.SURE if direct else Certainty.LIKELY,
            domain=situation.case.domain,
            host=f"mta-sts.{situation.case.domain}",
        )
    ]
