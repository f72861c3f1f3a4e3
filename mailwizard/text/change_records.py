"""What a domain's entries should be, as far as that is known, for each kind of change."""

from dataclasses import dataclass

from mailwizard.diagnosis.mail_route import route
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Finding
from mailwizard.model.seen.dns import DnsAnswer, MtaSts, Registration
from mailwizard.model.shown import shown
from mailwizard.providers.match import matches
from mailwizard.text.change_words import Kind
from mailwizard.text.facts import fact
from mailwizard.text.language import _
from mailwizard.text.letter_desk import Desk
from mailwizard.text.letter_records import USUAL_TTL, Record, answers_about, wanted_mx

_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What one kind of change is about.

    ``names`` and ``rtype``: whose records are shown as they are now. ``records``: what they should
    be, () if that is not known. ``now`` and ``text``: lines that are no records of such a type.
    ``as_it_is``: nothing about the records need be changed.
    """

    names: tuple[str, ...]
    rtype: str
    zone: str
    records: tuple[Record, ...] = ()
    now: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    as_it_is: bool = False


def wanted(kind: Kind, found: list[Finding], desk: Desk) -> Wanted:
    """What should be. MX records are only demanded where more than they tell where the mailbox is,
    or where a finding itself says which (``wanted`` in its data)."""
    domain = desk.case.domain
    zone = zone_of(desk)
    match kind:
        case "mx":
            return _mx(found, desk, zone)
        case "address":
            host = next((t for f in found for t in texts_of(f, "target")), domain)
            records = _records(found, "new", host, "A")
            return Wanted(names=(host,), rtype="A", zone=zone, records=records)
        case "tlsa":
            return _tlsa(found, zone)
        case "servers":
            delegated = _records(found, "right", zone, "NS")
            if delegated:
                return Wanted(names=(zone,), rtype="NS", zone=zone, records=delegated)
            said = (*_delegations(found, zone), *_serials(desk, zone))
            return Wanted(names=(domain,), rtype="MX", zone=zone, now=said)
        case "dnssec":
            return Wanted(names=(), rtype="DS", zone=zone, now=_keys(desk))
        case "policy":
            return _policy(found, desk, zone)
        case "registration":
            told = [fact(o) for o in desk.evidence.of(Registration) if o.seen.about == "own"]
            return Wanted(names=(), rtype="NS", zone=zone, now=tuple(told[:3]))
        case "other":
            now = [str(r) for f in found for r in texts_of(f, "records")]
            text = [str(r) for f in found for r in texts_of(f, "wanted")]
            return Wanted(names=(), rtype="", zone=zone, now=tuple(now), text=tuple(text))


def zone_of(desk: Desk) -> str:
    """The zone that the domain's records stand in: the domain, or a name above it."""
    domain = desk.case.domain
    zones = {
        o.seen.name
        for o in desk.evidence.of(DnsAnswer)
        if o.seen.about == "own"
        and (o.seen.via, o.seen.rtype, o.seen.status) == ("authoritative", "SOA", "answer")
        and o.seen.authoritative
    }
    above = [zone for zone in zones if domain.endswith(f".{zone}")]
    return domain if domain in zones or not above else max(above, key=len)


def _mx(found: list[Finding], desk: Desk, zone: str) -> Wanted:
    domain = desk.case.domain
    texts = tuple(dict.fromkeys(t for f in found for t in texts_of(f, "wanted")))
    told = any("wanted" in f.data for f in found)
    if not told and desk.known_by not in ("default", "mx"):
        texts = wanted_mx(desk.evidence, domain, desk.provider)
    if all(f.code == "MX_IS_CNAME" and not _leads_home(f, desk) for f in found):
        texts = ()  # a filter in front of the mailbox may go by such a name
    ttls = [a.ttl for a in answers_about(desk.evidence, domain, "MX") if a.authoritative and a.ttl]
    ttl = max(ttls, default=USUAL_TTL)
    ranked = [text for text in texts[:_MOST] if text.partition(" ")[0].isdecimal()]
    records = tuple(Record(domain, "MX", text.rstrip("."), ttl) for text in ranked)
    hosts = [text for text in texts[:_MOST] if text not in ranked]  # the order is not known
    text = tuple(f"{domain}.  MX  … {host.rstrip('.')}." for host in hosts)
    now = {
        record.rstrip(".").lower()
        for answer in answers_about(desk.evidence, domain, "MX")
        for record in answer.records
    }
    alias = [a for a in answers_about(desk.evidence, domain, "CNAME") if a.records]
    extra = (f"{domain}.  CNAME  {shown(alias[0].records[0], 255)}.",) if alias else ()
    as_it_is = bool(records) and now == {r.data.lower() for r in records}
    return Wanted(
        names=(domain,),
        rtype="MX",
        zone=zone,
        records=records,
        now=extra,
        text=text,
        as_it_is=as_it_is,
    )


def _leads_home(finding: Finding, desk: Desk) -> bool:
    """Whether an alias is one of a name of the mailbox's own provider."""
    return any(matches(alias, desk.provider.mx) for alias in texts_of(finding, "alias"))


def _records(found: list[Finding], key: str, name: str, rtype: str) -> tuple[Record, ...]:
    """Records that findings name themselves."""
    texts = dict.fromkeys(t for f in found for t in texts_of(f, key))
    return tuple(Record(name, rtype, text.rstrip(".")) for text in list(texts)[:_MOST])


def _tlsa(found: list[Finding], zone: str) -> Wanted:
    """The records as they are; one for the key shown now, where a single place is meant."""
    places = tuple(dict.fromkeys(t for f in found for t in texts_of(f, "places")))
    now = tuple(f"TLSA  {t}" for f in found for t in texts_of(f, "records"))
    keys = {t for f in found if f.code == "DANE_MISMATCH" for t in texts_of(f, "key")}
    text: tuple[str, ...] = ()
    if len(places) == 1 and len(keys) == 1:  # DANE-EE, the key, SHA-256 (RFC 7672, section 3.1.1)
        text = (f"{places[0]}.  {USUAL_TTL}  IN  TLSA  3 1 1 {next(iter(keys))}",)
    return Wanted(names=places, rtype="TLSA", zone=zone, now=now, text=text)


def _delegations(found: list[Finding], zone: str) -> tuple[str, ...]:
    """The name servers as the registry names them, and as the zone itself does."""
    lines: list[str] = []
    for finding in found:
        for key, who in (("at_parent", _("at the registry")), ("in_zone", _("in the zone"))):
            lines += [f"{zone}.  NS  {name}.  ({who})" for name in texts_of(finding, key)]
    return tuple(dict.fromkeys(lines))


def texts_of(finding: Finding, key: str) -> tuple[str, ...]:
    """One datum of a finding as texts, bounded and safe to show."""
    value = finding.data.get(key)
    texts = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
    return tuple(shown(str(text), 300) for text in texts[:_MOST] if text)


def _serials(desk: Desk, zone: str) -> tuple[str, ...]:
    """Each name server's own word about the zone: its serial, or why there is none."""
    lines: dict[str, None] = {}
    for answer in answers_about(desk.evidence, zone, "SOA"):
        if answer.via == "authoritative":
            server = f"{shown(answer.server_name, 255)} [{answer.server}]"
            serial = answer.serial if answer.serial is not None else "-"
            lines[f"{server}  SOA  {answer.status}, {serial}"] = None
    return tuple(lines)[:12]


def _keys(desk: Desk) -> tuple[str, ...]:
    """The DS at the parent and the keys in the zone, as resolvers gave them unchecked."""
    lines: dict[str, None] = {}
    for observation in desk.evidence.of(DnsAnswer):
        seen = observation.seen
        if seen.about == "own" and seen.rtype in ("DS", "DNSKEY"):
            for record in seen.records or (seen.status,):
                lines[f"{seen.name}.  {seen.rtype}  {shown(record, 120)}"] = None
    return tuple(lines)[:_MOST]


def _policy(found: list[Finding], desk: Desk, zone: str) -> Wanted:
    domain = desk.case.domain
    published = next((o.seen for o in desk.evidence.of(MtaSts) if o.seen.domain == domain), None)
    if published is None:
        return Wanted(names=(), rtype="TXT", zone=zone)
    now = [f'_mta-sts.{domain}.  TXT  "{shown(published.txt, 300)}"']
    if published.policy is not None:
        now += [f"mode: {shown(published.policy.mode, 20)}"]
        now += [f"mx: {shown(mx, 255)}" for mx in published.policy.mx[:_MOST]]
    text: list[str] = []
    situation = Situation(desk.case, desk.evidence, desk.provider, desk.known_by)
    hosts = route(situation).hosts[:_MOST]
    fits = any(f.code == "MTASTS_MX_MISMATCH" for f in found)
    if published.policy is not None and hosts and fits:
        age = published.policy.max_age or 604800
        text += [f"https://mta-sts.{domain}/.well-known/mta-sts.txt", "", "version: STSv1"]
        text += [f"mode: {shown(published.policy.mode, 20)}", *(f"mx: {h}" for h in hosts)]
        text += [f"max_age: {age}", ""]
    if any(f.code in ("MTASTS_MX_MISMATCH", "MTASTS_ID_STALE") for f in found):
        when = situation.now
        number = f"{when:%Y%m%d%H%M%S}" if when is not None else "1"
        line = f'_mta-sts.{domain}.  {USUAL_TTL}  IN  TXT  "v=STSv1; id={number}"'
        text.append(line)
        text.append(_("(any id will do that was not used before)"))
    return Wanted(names=(), rtype="TXT", zone=zone, now=tuple(now), text=tuple(text))
