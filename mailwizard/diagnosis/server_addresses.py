"""Where the mail server is: what this computer and the name servers say, and what is true of it."""

from dataclasses import dataclass
from ipaddress import ip_address

from mailwizard.diagnosis.outside import looks, never_public
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.observation import Observation
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Endpoint, SystemLookup


@dataclass(frozen=True, slots=True)
class ServerAddresses:
    """What is known of the mail server's addresses.

    ``here`` is what this computer uses; ``configured`` and ``public`` what name servers gave;
    ``good`` are the addresses at which TLS was verified.
    """

    host: str
    endpoints: list[Observation[Endpoint]]
    lookups: list[Observation[SystemLookup]]
    answers: list[Observation[DnsAnswer]]
    here: frozenset[str]
    configured: frozenset[str]
    public: frozenset[str]
    good: frozenset[str]

    def at(self, addresses: frozenset[str]) -> list[Observation[Endpoint]]:
        """The endpoints tried at some addresses."""
        return [o for o in self.endpoints if o.seen.address in addresses]


def server_addresses(situation: Situation) -> ServerAddresses | None:
    """None where the mail server was not looked at."""
    endpoints = [
        o
        for o in looks(situation, Endpoint)
        if o.seen.role == "provider" and o.seen.service == "imap"
    ]
    if not endpoints:
        return None
    host = endpoints[0].seen.host
    lookups = [o for o in looks(situation, SystemLookup) if o.seen.host == host]
    answers = [
        o
        for o in looks(situation, DnsAnswer)
        if o.seen.about == "provider" and o.seen.name == host and o.seen.rtype in ("A", "AAAA")
    ]

    def given(via: str) -> frozenset[str]:
        return frozenset(r for o in answers if o.seen.via == via for r in o.seen.records)

    return ServerAddresses(
        host=host,
        endpoints=endpoints,
        lookups=lookups,
        answers=answers,
        here=frozenset(a for o in lookups for a in o.seen.addresses),
        configured=given("configured"),
        public=given("public"),
        good=frozenset(o.seen.address for o in endpoints if o.seen.tls == "ok"),
    )


def inside(address: str) -> bool:
    """Whether an address belongs to somebody's internal network (RFC 1918, RFC 4193)."""
    parsed = ip_address(address)
    return (
        never_public(address)
        and parsed.is_private
        and not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified)
    )
