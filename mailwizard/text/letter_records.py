"""DNS records as they are, by whom they were seen, and as they should be, for change requests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailwizard.model.evidence import Evidence
from mailwizard.model.marked import N_
from mailwizard.model.provider import Provider
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.model.shown import shown
from mailwizard.providers.match import matches
from mailwizard.text.cells import cells, pad
from mailwizard.text.language import _

USUAL_TTL = 600  # seconds: what consoles offer where nothing else is chosen
_MOST_VIEWS = 8
_MOST_RECORDS = 20
_MOST_NAMED = 6
_NAMES = ("MX", "NS", "CNAME", "PTR")  # types whose data end in a host name

# What stands where the records would, for a server that gave none.
_NO_RECORDS = {
    "nodata": N_("(no record)"),
    "nxdomain": N_("(no such domain)"),
    "timeout": N_("(no reply)"),
    "unreachable": N_("(cannot be reached from here)"),
    "refused": N_("(reply refused)"),
    "servfail": N_("(the server could not tell)"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """One record: owner name and data without final dots, TTL in seconds or None if not seen."""

    name: str
    rtype: str
    data: str
    ttl: int | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What some servers say alike: the records, or words where there are none."""

    records: tuple[Record, ...]
    none: str
    by: tuple[str, ...]


def answers_about(evidence: Evidence, name: str, rtype: str) -> list[DnsAnswer]:
    """What was answered about a name of the user's, DNSSEC checking left on."""
    return [
        o.seen
        for o in evidence.of(DnsAnswer)
        if o.seen.about == "own"
        and (o.seen.name, o.seen.rtype) == (name, rtype)
        and not o.seen.checking_disabled
    ]


def views(evidence: Evidence, name: str, rtype: str) -> list[View]:
    """The records as they are now, each set with all who gave it; the zone's own servers first.

    Resolvers that gave no definite answer say nothing about the records and are left out.
    """
    said: dict[tuple[str, ...], tuple[View, list[DnsAnswer]]] = {}
    ranked = sorted(answers_about(evidence, name, rtype), key=lambda a: a.via != "authoritative")
    for answer in ranked:
        if answer.via == "parent" and rtype == "NS":
            data = answer.referral or answer.records
        elif answer.via != "authoritative" and answer.status not in DEFINITE:
            continue
        else:
            data = answer.records
        texts = tuple(sorted((shown(d, 300) for d in data), key=_order))[:_MOST_RECORDS]
        records = tuple(Record(name, rtype, text, answer.ttl) for text in texts)
        none = "" if texts else _(_NO_RECORDS.get(answer.status, answer.status))
        _view, by = said.setdefault(texts or (none,), (View(records, none, ()), []))
        by.append(answer)
    return [View(v.records, v.none, _who(by)) for v, by in said.values()][:_MOST_VIEWS]


def wanted_mx(evidence: Evidence, domain: str, provider: Provider) -> tuple[str, ...]:
    """Those of the present records that are the provider's, or all of the provider's own list."""
    now = {
        _target(record): record
        for answer in answers_about(evidence, domain, "MX")
        for record in answer.records
    }
    standard = {host for _preference, host in provider.standard_mx}
    own = sorted((record for host, record in now.items() if matches(host, provider.mx)), key=_order)
    if own and not any(_target(record) in standard for record in own):
        return tuple(own)  # another data centre of the provider, with records of its own
    return tuple(f"{preference} {host}" for preference, host in provider.standard_mx)


def zone_lines(records: Iterable[Record]) -> list[str]:
    """The records as lines of a zone file (RFC 1035, section 5), ready to be copied."""
    return [
        f"  {record.name}.  {record.ttl or USUAL_TTL}  IN  {record.rtype}  {_zone_data(record)}"
        for record in records
    ]


def console_lines(records: Iterable[Record], zone: str) -> list[str]:
    """The records as the fields of a provider's console, a line each under its headings."""
    head = (_("Host"), _("Type"), _("MX priority"), _("Value"), _("TTL"))
    rows = [head]
    for record in records:
        number, _gap, rest = record.data.partition(" ")
        priority, value = (number, rest) if record.rtype == "MX" else ("-", record.data)
        ttl = str(record.ttl or USUAL_TTL)
        rows.append((_host(record.name, zone), record.rtype, priority, value, ttl))
    return ["  " + line for line in columns(rows)]


def side_by_side(now: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Before and after, a record a line: what stays stands on one line with itself."""
    before, after = list(now), list(wanted)
    rows = [(_("Now"), _("Afterwards"))]
    rows += [(record, record if record in after else _("(delete)")) for record in before]
    rows += [(_("(add)"), record) for record in after if record not in before]
    return ["  " + line for line in columns(rows)]


def columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows with their cells under one another."""
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _who(answers: Iterable[DnsAnswer]) -> tuple[str, ...]:
    """Who gave an answer: name servers by name, resolvers by what they are."""
    servers: dict[str, dict[str, None]] = {}
    for answer in answers:
        name = shown(answer.server_name or answer.server, 255)
        servers.setdefault(answer.via, {})[name] = None
    told = list(servers.get("authoritative", {}))[:_MOST_NAMED]
    for via, words in (
        ("parent", _("the registry's servers {servers}")),
        ("public", _("public name services {servers}")),
        ("configured", _("our office's name service {servers}")),
    ):
        if via == "configured" and told:
            continue  # one view more of what the world sees anyway
        if names := list(servers.get(via, {}))[:_MOST_NAMED]:
            told.append(words.format(servers=" ".join(names)))
    return tuple(told)


def _zone_data(record: Record) -> str:
    if record.rtype in _NAMES:
        return f"{record.data.rstrip('.')}."
    if record.rtype == "TXT":
        escaped = record.data.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return record.data


def _host(name: str, zone: str) -> str:
    return "@" if name == zone else name.removesuffix(f".{zone}")


def _target(record: str) -> str:
    return record.rpartition(" ")[2].rstrip(".").lower()


def _order(record: str) -> tuple[int, str]:
    number = record.partition(" ")[0]
    return (int(number) if number.isdecimal() and len(number) < 7 else 0), record
