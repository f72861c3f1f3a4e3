"""The user's zone at its source: the delegation, and every authoritative server asked itself."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from mailwizard.model.seen.dns import DnsAnswer, Registration
from mailwizard.probes.asking import Question, Via, ask
from mailwizard.probes.few_at_once import FewAtOnce
from mailwizard.probes.resolving import (
    ask_enough,
    configured,
    public,
    question,
    trusted,
)
from mailwizard.probes.setting import Setting
from mailwizard.reading.mx import parse_mx

MAX_SERVERS = 12
MAX_V4, MAX_V6 = 8, 4  # addresses asked, in all
MAX_PARENTS = 3
MAX_TARGETS = 4
MAX_CUTS = 5
AT_ONCE = 32


def name_servers(setting: Setting) -> None:
    """Asks the parent for the delegation, and each address of each server of the zone itself.

    The parent: NS and DS, NS also over TCP. Each server: MX over UDP and TCP; where it answers,
    SOA, NS, DNSKEY, and the addresses of those exchangers, and of itself, that lie in the zone.
    Also asked are servers that only the registry, a resolver or the zone itself names. Records
    DnsAnswer with ``via`` ``parent`` and ``authoritative``, all asked without recursion, and a
    resolver's answer of a name server that has no address, or is an alias. Raises Stopped.
    """
    name = setting.case.domain
    zone, names, parents = _zone(setting, name)
    look = _Look(setting, name, zone)
    for host in parents[:MAX_PARENTS]:
        look.find(host, look.parent)
    for host in names:
        look.server(host)
    for registered in setting.evidence.of(Registration):
        if registered.seen.about == "own":
            for host in registered.seen.name_servers:
                look.server(host)
    look.run()


def _zone(setting: Setting, name: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The zone that holds a mail domain, its name servers as the resolvers know them, its parent's.

    A name that exists but has no NS records is no zone of its own: one label less is taken then.
    """
    labels = name.split(".")
    cuts = [".".join(labels[start:]) for start in range(len(labels))][:MAX_CUTS]
    servers = configured(setting)[:1] + public(setting, 2)
    # Only a way to the servers: a zone whose signatures are broken still has some (CD, RFC 4035).
    asked = [question(server, cut, "NS") for cut in cuts for server in servers]
    heard = ask_enough(setting, [replace(one, checking_disabled=True) for one in asked])
    zone = name
    names: tuple[str, ...] = ()
    for cut in cuts[:-1]:
        answer = trusted(heard, cut, "NS")
        if answer is None or answer.status == "nxdomain":
            break
        if answer.records:
            zone, names = cut, answer.records
            break
    above = cuts[cuts.index(zone) + 1 :]
    known = (trusted(heard, cut, "NS") for cut in above)
    return zone, names, next((answer.records for answer in known if answer and answer.records), ())


Then = Callable[[DnsAnswer], None]
Found = Callable[[str, str], None]


@dataclass(slots=True)
class _Look:
    """What is asked, and what follows from each answer: nobody waits for a dead server.

    Hosts are in lower case without the final dot.
    """

    setting: Setting
    name: str
    zone: str
    _hosts: set[str] = field(default_factory=set)
    _addresses: set[str] = field(default_factory=set)
    _parents: set[str] = field(default_factory=set)
    _work: FewAtOnce[Callable[[], None]] = field(init=False)

    def __post_init__(self) -> None:
        self._work = FewAtOnce(self.setting, at_most=AT_ONCE)

    def run(self) -> None:
        """Takes every result as it comes. Raises Stopped."""
        for take in self._work.results():
            take()

    def find(self, host: str, found: Found) -> None:
        """Looks a host's addresses up and gives them, IPv4 first."""

        def look_up() -> Callable[[], None]:
            servers = configured(self.setting)[:1] + public(self.setting, 2)
            answers = ask_enough(
                self.setting,
                [question(server, host, rtype) for rtype in ("A", "AAAA") for server in servers],
            )
            return partial(self._found, host, answers, found)

        self._work.start(look_up)

    def _found(self, host: str, answers: list[DnsAnswer], found: Found) -> None:
        chosen = [trusted(answers, host, rtype) for rtype in ("A", "AAAA")]
        addresses = [record for answer in chosen if answer for record in answer.records]
        if host in self._hosts and (not addresses or any(a and a.cname for a in chosen)):
            for answer in answers:
                self.setting.record(answer)
        for address in addresses:
            found(host, address)

    def parent(self, host: str, address: str) -> None:
        """One server of the parent zone, at its first address."""
        if host in self._parents:
            return
        self._parents.add(host)
        asked = partial(_question, "parent", host, address, self.zone)
        self._ask(asked("NS"), self._delegated)
        self._ask(asked("DS"))
        self._ask(asked("NS", tcp=True))

    def _delegated(self, answer: DnsAnswer) -> None:
        """Goes on with the delegation; its glue is all that is left where the zone is down."""
        names = (*answer.referral, *answer.records)
        for host in names:
            self.server(host)
        for entry in answer.glue:
            host, _, address = entry.partition(" ")
            if host in names and host in self._hosts:
                self._address(host, address)

    def server(self, host: str) -> None:
        """One name server of the zone, by whomever named."""
        host = host.rstrip(".").lower()
        if host and host not in self._hosts and len(self._hosts) < MAX_SERVERS:
            self._hosts.add(host)
            self.find(host, self._address)

    def _address(self, host: str, address: str) -> None:
        v6 = ":" in address
        alike = sum((":" in known) == v6 for known in self._addresses)
        if address in self._addresses or alike >= (MAX_V6 if v6 else MAX_V4):
            return
        self._addresses.add(address)
        self._ask(_question("authoritative", host, address, self.name, "MX"), self._answers)
        self._ask(
            _question("authoritative", host, address, self.name, "MX", tcp=True, signatures=True)
        )

    def _answers(self, first: DnsAnswer) -> None:
        """The rest, where the server gave a sign of life."""
        if first.status in ("timeout", "unreachable"):
            return
        asked = partial(_question, "authoritative", first.server_name, first.server)
        self._ask(asked(self.zone, "SOA", signatures=True))
        self._ask(asked(self.zone, "NS"), self._named)
        self._ask(asked(self.zone, "DNSKEY", signatures=True))
        targets = [mx.host for mx in parse_mx(first.records) if self._inside(mx.host)]
        own = [first.server_name] if self._inside(first.server_name) else []
        for host in dict.fromkeys((*own, *targets[:MAX_TARGETS])):
            for rtype in ("A", "AAAA"):
                self._ask(asked(host, rtype))

    def _named(self, answer: DnsAnswer) -> None:
        """The zone may name servers that its parent does not."""
        if answer.authoritative:
            for host in answer.records:
                self.server(host)

    def _inside(self, host: str) -> bool:
        return host == self.zone or host.endswith(f".{self.zone}")

    def _ask(self, asked: Question, then: Then | None = None) -> None:
        def job() -> Callable[[], None]:
            return partial(self._heard, ask(self.setting, asked), then)

        self._work.start(job)

    def _heard(self, answer: DnsAnswer, then: Then | None) -> None:
        self.setting.record(answer)
        if then is not None:
            then(answer)


def _question(
    via: Via,
    host: str,
    address: str,
    name: str,
    rtype: str,
    *,
    tcp: bool = False,
    signatures: bool = False,
) -> Question:
    """A question about a server's own data."""
    return Question(
        via=via,
        about="own",
        server=address,
        server_name=host,
        name=name,
        rtype=rtype,
        recurse=False,
        tcp=tcp,
        signatures=signatures,
    )
