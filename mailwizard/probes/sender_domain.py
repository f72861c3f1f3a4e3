"""The sender's domain in the DNS: whether it exists, and whether it can receive an answer."""

from mailwizard.model.seen.dns import DEFINITE
from mailwizard.probes.registration import look_up
from mailwizard.probes.resolving import ask_all, configured, public, question
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.reading.mx import parse_mx

TYPES = ("MX", "A", "AAAA", "TXT", "NS")
MAX_TARGETS = 5


def sender_domain(setting: Setting) -> None:
    """Each type from this computer's resolver and two public ones; the addresses of the MX hosts.

    Where all say that there is no such domain, its registration too. Records DnsAnswer and
    Registration, about the sender. Raises Skipped("no-sender"), Stopped.
    """
    domain = setting.case.sender_domain
    if domain is None:
        raise Skipped("no-sender")
    servers = configured(setting)[:2] + public(setting, 2)
    answers = ask_all(
        setting,
        [question(server, domain, rtype, "sender") for rtype in TYPES for server in servers],
        heard=setting.record,
    )
    hosts = {
        mx.host
        for answer in answers
        if answer.rtype == "MX"
        for mx in parse_mx(answer.records)
        if not mx.is_null and not mx.is_address
    }
    ask_all(
        setting,
        [
            question(server, host, rtype, "sender")
            for host in sorted(hosts)[:MAX_TARGETS]
            for rtype in ("A", "AAAA")
            for server in public(setting, 2) or servers[:1]
        ],
        heard=setting.record,
    )
    definite = [answer.status for answer in answers if answer.status in DEFINITE]
    if definite and all(status == "nxdomain" for status in definite):
        look_up(setting, domain, "sender")
