"""How long a change of the domain takes, how to verify it, and who can make it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer, Registration
from mailwizard.model.shown import shown
from mailwizard.providers.name_server_operators import operator_of
from mailwizard.text.change_words import Kind
from mailwizard.text.joined import listed
from mailwizard.text.language import _, current
from mailwizard.text.letter_records import answers_about

if TYPE_CHECKING:
    from mailwizard.text.change_records import Wanted
    from mailwizard.text.letter_desk import Desk

_RESOLVER = "223.5.5.5"
_AT_THE_REGISTRY = ("registration", "dnssec")
_MOST_SERVERS = 4
_LONGEST = 7 * 86400  # seconds: no resolver is asked to keep anything for longer (RFC 8767)


def how_long(kind: Kind, should: "Wanted", evidence: Evidence) -> str:
    """When the old answer has run out everywhere, from the TTLs that were seen."""
    if kind in _AT_THE_REGISTRY:
        return _(
            "The registry takes some minutes to some hours; after that resolvers may keep the old"
            " answer for up to two days."
        )
    if kind == "policy":
        return _(
            "Senders look for a new id about once a day, and fetch the policy anew when they see"
            " one; without a new id they keep the old policy for as long as its max_age says."
        )
    ttl = max((t for n in should.names for t in _kept(n, should, evidence)), default=None)
    times = [o.at for o in evidence.of(DnsAnswer)]
    if ttl is None or not times:
        return _(
            "Until the TTL of the old records has run out; with the usual 600 seconds, ten minutes"
            " after the change."
        )
    asked = max(times).astimezone()
    over = asked + timedelta(seconds=ttl + 59)  # whole minutes, never too early
    words = {
        "minutes": -(-ttl // 60),
        "start": f"{asked:%H:%M}",
        "time": f"{over:%H:%M}" if over.date() == asked.date() else f"{over:%Y-%m-%d %H:%M}",
        "zone": f"UTC{asked:%z}"[:6] + ":" + f"{asked:%z}"[3:],
    }
    return _(
        "Resolvers may keep the old answer for {minutes} minutes (its TTL). If it is changed at"
        " {start}, the old answer has run out everywhere at {time} ({zone}) at the latest."
    ).format(**words)


def _kept(name: str, should: "Wanted", evidence: Evidence) -> Iterator[int]:
    """For how long somebody may keep each present answer, in seconds."""
    answers = [a for a in answers_about(evidence, name, should.rtype) if a.status in DEFINITE]
    for answer in answers:
        if answer.ttl is not None:
            yield min(answer.ttl, _LONGEST)
        elif not answer.records:
            yield from _negative(should.zone, evidence)


def _negative(zone: str, evidence: Evidence) -> Iterator[int]:
    """How long "there is no such record" may be kept (RFC 2308, section 5)."""
    for answer in answers_about(evidence, zone, "SOA"):
        for record in answer.records:
            number = record.rpartition(" ")[2]
            if number.isdecimal() and len(number) < 11:
                yield min(int(number), answer.ttl or int(number), _LONGEST)


def verifying(kind: Kind, should: "Wanted", desk: "Desk") -> Iterator[str]:
    """Commands for the expert, and the one that checks everything again."""
    domain, me = desk.case.domain, desk.me
    servers = _servers(desk.evidence, domain)[:_MOST_SERVERS]
    match kind:
        case "mx" | "servers" | "other" | "address":
            rtype = should.rtype or "MX"
            name = should.names[0] if should.names else domain
            yield f"nslookup -type={rtype} {name} {_RESOLVER}"
            yield from (f"dig +norecurse {rtype} {name} @{server}" for server in servers)
        case "dnssec":
            yield f"dig DS {domain}"
            yield f"dig +dnssec MX {domain} @1.1.1.1"
        case "policy":
            yield f"nslookup -type=TXT _mta-sts.{domain} {_RESOLVER}"
            yield f"curl https://mta-sts.{domain}/.well-known/mta-sts.txt"
        case "registration":
            yield f"whois {domain}"
            yield f"nslookup -type=NS {domain} {_RESOLVER}"
        case "tlsa":
            yield from (f"dig +dnssec TLSA {name}" for name in should.names)
    yield f"mailwizard check --me {me} --no-sign-in --steps dns"


def who(case: Case, evidence: Evidence) -> Iterator[str]:
    """The registrar as the registry names it, and a hint at where the records are edited."""
    for observation in evidence.of(Registration):
        seen = observation.seen
        if seen.about == "own" and seen.registrar:
            yield _("Registrar (registration, name servers, DS): {registrar}").format(
                registrar=shown(seen.registrar, 120)
            )
            break
    else:
        yield _("Registrar: not known; the registration data (WHOIS) of the domain name it.")
    servers = _servers(evidence, case.domain)
    if not servers:
        yield _("Records: wherever the domain's name servers are run.")
        return
    operator = operator_of(servers)
    if operator is None:
        yield _("Records: whoever runs the name servers {servers}").format(
            servers=listed(servers[:_MOST_SERVERS])
        )
        return
    chinese = current().startswith("zh")
    yield _("Records: by the name servers' names ({servers}) at {operator}").format(
        servers=listed(servers[:_MOST_SERVERS]),
        operator=operator.name_zh if chinese else operator.name,
    )
    path = operator.console_zh if chinese else operator.console
    if path:
        yield _("There: {path}").format(path=path)


def _servers(evidence: Evidence, domain: str) -> list[str]:
    """The zone's name servers, as the parent, the zone or the registry names them."""
    names: dict[str, None] = {}
    for observation in evidence.of(DnsAnswer):
        seen = observation.seen
        if seen.about != "own" or not (seen.name == domain or domain.endswith(f".{seen.name}")):
            continue
        if seen.via == "parent":
            names.update(dict.fromkeys(seen.referral))
        if seen.rtype == "NS" and seen.status == "answer":
            names.update(dict.fromkeys(seen.records))
        if seen.via == "authoritative" and seen.server_name:
            names[seen.server_name] = None
    for registration in evidence.of(Registration):
        if registration.seen.about == "own" and not names:
            names.update(dict.fromkeys(registration.seen.name_servers))
    return [shown(name.rstrip(".").lower(), 255) for name in names][:12]
