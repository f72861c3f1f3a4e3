"""The DNS step: the user's own domain, from its registration to its mail exchangers' doors."""

from mailwizard.diagnosis import (
    dns_mx,
    dns_registration,
    dns_servers,
    door,
    door_recipients,
    tls_policies,
)
from mailwizard.diagnosis.ground import ground, stand_ins
from mailwizard.diagnosis.mail_route import route
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Finding, Outcome


def judge(situation: Situation) -> list[Finding]:
    """Everything that can be said about the way in; nothing where the network here allows no word.

    What explains the most is said alone: a domain that has expired has no MX, which is no finding
    of its own then.
    """
    below = ground(situation)
    if below.online is False:
        return []
    if below.names is False:
        made_up = stand_ins(situation)
        return [finding("NAMES_MADE_UP", made_up)] if made_up else []
    believed = route(situation)
    registration = dns_registration.judge(situation, believed)
    if any(f.outcome is Outcome.CAUSE for f in registration):
        return registration
    servers = dns_servers.judge(situation, believed)
    if any(f.code == "NS_WRONG_PROVIDER" for f in servers):
        # The records that senders get are not those that anybody keeps.
        return [*registration, *servers]
    records = dns_mx.judge(situation, believed)
    elsewhere = dns_mx.elsewhere(situation, believed, records)
    return [
        *registration,
        *servers,
        *records,
        *door.judge(situation, believed, elsewhere),
        *door_recipients.judge(situation, believed, elsewhere),
        *tls_policies.judge(situation, believed, records),
    ]
