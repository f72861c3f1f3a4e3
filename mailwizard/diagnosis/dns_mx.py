"""The MX records themselves: there, sound, and leading to where the mailbox is."""

from collections.abc import Sequence

from mailwizard.diagnosis import mx_absent, mx_elsewhere, mx_old_address, mx_shape
from mailwizard.diagnosis.home import home
from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.mx_parts import weakened
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.providers.filters import is_filter
from mailwizard.providers.match import by_mx


def judge(situation: Situation, believed: MailRoute) -> list[Finding]:
    """All findings about the records. What only this network's resolver says is at most a risk."""
    match believed.status:
        case "nxdomain":
            found = mx_absent.no_domain(situation, believed)
        case "nodata":
            found = mx_absent.no_mx(situation, believed)
        case "answer":
            found = [
                *mx_shape.judge(situation, believed),
                *mx_elsewhere.judge(situation, believed),
                *mx_old_address.judge(situation, believed),
            ]
        case _:
            found = []
    if believed.certainty is Certainty.POSSIBLE:
        return [weakened(f) for f in found]
    return found


def elsewhere(
    situation: Situation, believed: MailRoute, found: Sequence[Finding]
) -> frozenset[str]:
    """The exchangers whose word about an address is no word about the user's mailbox.

    An exchanger of nobody known that stands alone may be a filter in front of it and counts as
    the domain's own, unless ``found`` says otherwise.
    """
    lives = home(situation)
    if lives is None:
        return frozenset()
    hosts = [host for host in believed.hosts if not is_filter(host)]
    others = [host for host in hosts if not lives.takes(host)]
    accused = any(
        f.code in ("MX_OLD_PROVIDER", "APEX_CNAME") and f.outcome is Outcome.CAUSE for f in found
    )
    if accused or len(others) < len(believed.hosts):
        return frozenset(others)
    return frozenset(host for host in others if by_mx(host))
