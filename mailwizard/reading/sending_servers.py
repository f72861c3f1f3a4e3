"""Which servers the sender's mail really comes from, learnt from the evidence, best known first."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from mailwizard.model.case import Case, domain_of
from mailwizard.model.evidence import Evidence
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.provider import Provider
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.mailbox import FolderSearch, MailSeen, SenderHistory
from mailwizard.model.seen.sender import Bounce, SenderLog, SendingServer, Source
from mailwizard.reading.addresses import split
from mailwizard.reading.mx import parse_mx
from mailwizard.reading.received import Hop, handed_over
from mailwizard.reading.smtp_reply import refused_address

MAX_SERVERS = 4
_FROM_SENDER = ("address", "domain")
_AT_MOST: dict[Source, int] = {"mail": 1, "earlier-mail": 2, "bounce": 1, "log": 1, "mx": 2}


@dataclass(frozen=True, slots=True)
class Learned:
    """A server, the envelope domain used with it ("" if unknown), and where it was learnt."""

    server: SendingServer
    envelope_domain: str
    because: Observation[Seen]
    mail: MailSeen | None = None


def own_hosts(provider: Provider, domain: str, evidence: Evidence) -> tuple[str, ...]:
    """Host names that belong to our side: the provider's, the company's own, its exchangers."""
    hosts = [*provider.mx, *(host for site in provider.sites for host in (site.imap, site.webmail))]
    hosts.append(domain)
    for observation in evidence.of(DnsAnswer):
        answer = observation.seen
        if answer.about == "own" and answer.rtype == "MX" and answer.name == domain:
            hosts += [mx.host for mx in parse_mx(answer.records) if not mx.is_null]
    return tuple(dict.fromkeys(hosts))


def sending_servers(evidence: Evidence, case: Case, ours: Collection[str]) -> tuple[Learned, ...]:
    """At most four servers, each address once: of mail, of earlier mail, of a bounce, of a log.

    Only where none of these names one, the sender's mail exchangers stand in as a guess.
    """
    found: dict[str, Learned] = {}
    counts: dict[Source, int] = {}
    for learned in _known(evidence, ours):
        source = learned.server.source
        if learned.server.address in found or counts.get(source, 0) >= _AT_MOST[source]:
            continue
        found[learned.server.address] = learned
        counts[source] = counts.get(source, 0) + 1
    if not found:
        for learned in _guessed(evidence, case):
            if counts.get("mx", 0) < _AT_MOST["mx"]:
                found.setdefault(learned.server.address, learned)
                counts["mx"] = len(found)
    return tuple(found.values())[:MAX_SERVERS]


def from_sender(mail: MailSeen) -> bool:
    """Whether a mail is the sender's beyond a likeness of names."""
    return mail.matched in _FROM_SENDER


def _known(evidence: Evidence, ours: Collection[str]) -> Iterator[Learned]:
    mails = [
        (mail, observation)
        for observation in evidence.of(FolderSearch)
        for mail in observation.seen.hits
        if from_sender(mail)
    ]
    earlier = [
        (mail, observation)
        for observation in evidence.of(SenderHistory)
        for mail in observation.seen.mails
        if from_sender(mail)
    ]
    sources: tuple[tuple[Source, list[tuple[MailSeen, Observation[Seen]]]], ...] = (
        ("mail", [*mails]),
        ("earlier-mail", [*earlier]),
    )
    for source, seen in sources:
        for mail, observation in sorted(seen, key=lambda pair: pair[0].arrived, reverse=True):
            hop = handed_over(mail.received, ours)
            if hop is not None:
                yield Learned(_server(hop, source), split(mail.return_path)[1], observation, mail)
    for bounce in evidence.of(Bounce):
        if bounce.seen.sender_ip:
            server = SendingServer(address=bounce.seen.sender_ip, host="", helo="", source="bounce")
            yield Learned(server, domain_of(bounce.seen.sent_from), bounce)
    for log in evidence.of(SenderLog):
        address = refused_address(log.seen.said, log.seen.relay_address)
        if address and log.seen.status != "sent":
            yield Learned(SendingServer(address=address, host="", helo="", source="log"), "", log)


def _guessed(evidence: Evidence, case: Case) -> Iterator[Learned]:
    """The addresses of the sender's own mail exchangers: small companies send from there too."""
    answers = [o for o in evidence.of(DnsAnswer) if o.seen.about == "sender"]
    exchangers = sorted(
        {
            mx
            for o in answers
            if o.seen.rtype == "MX" and o.seen.name == case.sender_domain
            for mx in parse_mx(o.seen.records)
        }
    )
    for mx in exchangers:
        for observation in answers:
            if observation.seen.rtype == "A" and observation.seen.name == mx.host:
                for address in observation.seen.records[:1]:
                    server = SendingServer(address=address, host=mx.host, helo="", source="mx")
                    yield Learned(server, case.sender_domain or "", observation)


def _server(hop: Hop, source: Source) -> SendingServer:
    return SendingServer(address=hop.ip, host=hop.rdns, helo=hop.helo, source=source)
