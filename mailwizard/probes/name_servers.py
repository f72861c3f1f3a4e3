"""The user's zone at its source: the delegation, and every authoritative server asked itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.probes.asking import Question, ask
from mailwizard.probes.few_at_once import few_at_once
from mailwizard.probes.resolving import (
    addresses_of,
    ask_all,
    ask_enough,
    configured,
    public,
    question,
    trusted,
)
from mailwizard.probes.setting import Setting

MAX_ADDRESSES = 12
MAX_PARENTS = 3


@dataclass(frozen=True, slots=True)
class _Server:
    name: str
    address: str


def name_servers(setting: Setting) -> None:
    """Asks the parent for the delegation, and each server of the zone for MX, SOA and NS.

    Records DnsAnswer with ``via`` ``parent`` and ``authoritative``, all asked without recursion.
    Raises Stopped.
    """
    name = setting.case.domain
    zone, names = _zone(setting, name)
    delegation = _ask_parent(setting, zone)
    names += [ns for answer in delegation for ns in (*answer.referral, *answer.records)]
    glue = dict.fromkeys(entry for answer in delegation for entry in answer.glue)
    servers = _servers(setting, names, glue)
    answers: list[DnsAnswer] = []
    jobs = [partial(_ask_server, setting, server, zone, name) for server in servers]
    for heard in few_at_once(setting, jobs):
        for answer in heard:
            setting.record(answer)
        answers += heard
    alive = next((a for a in answers if a.status == "answer" and a.rtype == "MX"), None)
    if alive is not None:
        server = _Server(alive.server_name, alive.server)
        setting.record(ask(setting, _question(server, name, "MX", tcp=True)))


def _zone(setting: Setting, name: str) -> tuple[str, list[str]]:
    """The zone that holds a mail domain, and its name servers as the resolvers know them.

    A name that exists but has no NS records is no zone of its own: one label less is asked then.
    """
    labels = name.split(".")
    servers = configured(setting)[:1] + public(setting, 2)
    for cut in range(len(labels) - 1):
        zone = ".".join(labels[cut:])
        answer = trusted(
            ask_enough(setting, [question(server, zone, "NS") for server in servers]), zone, "NS"
        )
        if answer is not None and answer.records:
            return zone, list(answer.records)
        if answer is None or answer.status == "nxdomain":
            break
    return name, []


def _ask_parent(setting: Setting, zone: str) -> list[DnsAnswer]:
    """What the parent zone's servers say of the delegation."""
    parent = zone.partition(".")[2]
    if not parent:
        return []
    servers = configured(setting)[:1] + public(setting, 2)
    known = trusted(
        ask_enough(setting, [question(server, parent, "NS") for server in servers]), parent, "NS"
    )
    hosts = known.records[:MAX_PARENTS] if known is not None else ()
    addresses = addresses_of(setting, hosts)
    first = [(host, found[0]) for host, found in addresses.items() if found]
    asked = [
        Question(
            via="parent",
            about="own",
            server=address,
            server_name=host,
            name=zone,
            rtype="NS",
            recurse=False,
        )
        for host, address in first
    ]
    return ask_all(setting, asked, heard=setting.record)


def _servers(setting: Setting, names: Iterable[str], glue: Iterable[str]) -> list[_Server]:
    """Every address of every name server, IPv4 first, the first address of each server first."""
    hosts = list(dict.fromkeys(name.rstrip(".").lower() for name in names))
    found = addresses_of(setting, hosts[:MAX_ADDRESSES])
    for entry in glue:
        # Only the parent's glue is left where the zone's own servers are all down.
        host, _, address = entry.partition(" ")
        if host in found and not found[host]:
            found[host] = (address,)
    servers = [
        (":" in address, position, _Server(host, address))
        for host, addresses in found.items()
        for position, address in enumerate(addresses)
    ]
    servers.sort(key=lambda entry: entry[:2])
    return [server for _v6, _position, server in servers][:MAX_ADDRESSES]


def _question(server: _Server, name: str, rtype: str, tcp: bool = False) -> Question:
    return Question(
        via="authoritative",
        about="own",
        server=server.address,
        server_name=server.name,
        name=name,
        rtype=rtype,
        recurse=False,
        tcp=tcp,
    )


def _ask_server(setting: Setting, server: _Server, zone: str, name: str) -> list[DnsAnswer]:
    """MX, then SOA and NS where the server answers at all. Raises Stopped."""
    answers = [ask(setting, _question(server, name, "MX"))]
    if answers[0].status not in ("timeout", "unreachable"):
        answers += [ask(setting, _question(server, zone, rtype)) for rtype in ("SOA", "NS")]
    return answers
