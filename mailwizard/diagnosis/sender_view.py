"""What the sender's findings ask of the evidence: did mail arrive, whose server is this?"""

from dataclasses import dataclass
from typing import Literal

from mailwizard.diagnosis import mail_route
from mailwizard.diagnosis.door import taking_doors
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.observation import Observation, Seen
from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.model.seen.mailbox import FolderList, FolderSearch, MailSeen, SignIn
from mailwizard.model.seen.sender import Bounce
from mailwizard.providers.match import matches
from mailwizard.reading.addresses import near_domain, same_organisation, split
from mailwizard.reading.mx import parse_mx
from mailwizard.reading.sending_servers import Learned, from_sender, own_hosts, sending_servers

Relation = Literal["me", "colleague", "near", "unnamed", "other"]
Whose = Literal["ours", "foreign-mx", "sender", "elsewhere", "unknown"]


@dataclass(frozen=True, slots=True)
class Arrived:
    """Mail of the sender in the time window, with the role of its folder."""

    mail: MailSeen
    role: str
    because: Observation[FolderSearch]


def arrived(situation: Situation) -> list[Arrived]:
    """The sender's mail that was found; only with the subject asked for, where one is known."""
    subject = (situation.case.subject or "").casefold()
    return [
        Arrived(mail, search.seen.role, search)
        for search in situation.of(FolderSearch)
        for mail in search.seen.hits
        if from_sender(mail) and subject in mail.subject.casefold()
    ]


def found_by_user(situation: Situation) -> bool:
    """Whether the user saw the mail in webmail."""
    return bool(
        situation.answered("webmail-junk", "yes")
        or situation.answered("webmail-trash", "yes")
        or situation.answered("webmail-search", "inbox", "folder")
    )


def searched_in_vain(situation: Situation) -> tuple[Observation[Seen], ...]:
    """The searches of all folders, each complete and without a hit; or the user's own; else ()."""
    if arrived(situation) or found_by_user(situation):
        return ()
    searches = situation.of(FolderSearch)
    for listed in situation.of(FolderList):
        names = {folder.name for folder in listed.seen.folders if folder.selectable}
        done = {search.seen.folder for search in searches if search.seen.complete}
        if names and names <= done and listed.seen.complete:
            return tuple(searches)
    return situation.looked_in_vain


def learned_servers(situation: Situation) -> tuple[Learned, ...]:
    """The sender's servers as the probes learnt them, from the same evidence."""
    return sending_servers(situation.evidence, situation.case, our_hosts(situation))


def our_hosts(situation: Situation) -> tuple[str, ...]:
    """Host names of our provider, our company and its mail exchangers."""
    return own_hosts(situation.provider, situation.case.domain, situation.evidence)


def relation(situation: Situation, *addresses: str) -> Relation:
    """How the addresses that a refusal names stand to the user's."""
    me, domain = situation.case.me.lower(), situation.case.domain
    named = [address.lower() for address in addresses if "@" in address]
    if not named:
        return "unnamed"
    if me in named:
        return "me"
    domains = [split(address)[1] for address in named]
    if domain in domains:
        return "colleague"
    if any(near_domain(other, domain) for other in domains):
        return "near"
    return "other"


def whose(situation: Situation, host: str, address: str = "") -> Whose:
    """Whose server a refusal or a log line names.

    ``ours``: one that mail for the user's domain should go to. ``foreign-mx``: the records name it,
    though it is not the provider's. ``sender``: the sender's own, or one that mails of theirs come
    through. ``elsewhere``: neither, and our records are known. ``unknown``: cannot be told.
    """
    name = host.lower().rstrip(".")
    if name == "localhost" or name.startswith("127."):
        return "sender"  # a filter on their own server, on the way out
    if "." not in name or name.replace(".", "").isdigit():
        return _by_address(situation, address or name)
    believed = mail_route.route(situation)
    known = situation.provider_by != "default" and bool(situation.provider.mx)
    if known and (
        matches(name, situation.provider.mx)
        or any(same_organisation(name, mx.removeprefix("*.")) for mx in situation.provider.mx)
    ):
        return "ours"
    if name in believed.hosts or any(same_organisation(name, mx) for mx in believed.hosts):
        return "foreign-mx" if known else "ours"
    if same_organisation(name, situation.case.domain):
        return "ours"
    if any(same_organisation(name, other) for other in _sender_hosts(situation)):
        return "sender"
    if believed.status == "answer" and not believed.disputed:
        by_address = _by_address(situation, address)
        return by_address if by_address == "ours" else "elsewhere"
    return "unknown"


def is_local(host: str) -> bool:
    """Whether a log's relay is no server at all, but the sender's own disk."""
    return host.lower() in ("local", "virtual", "maildrop", "procmail", "dovecot", "cyrus")


def sent_by_sender(situation: Situation, host: str) -> bool:
    """Whether a host is of the sender's own organisation."""
    domain = situation.case.sender_domain
    return bool(domain and same_organisation(host, domain))


def doors_closed(situation: Situation) -> list[Observation[SmtpDoor]]:
    """The user's own mail exchangers, if none of them could be reached though another could."""
    doors = situation.of(SmtpDoor)
    own = [door for door in doors if door.seen.whose == "own"]
    control = any(d.seen.whose == "control" and d.seen.banner is not None for d in doors)
    if own and control and not any(door.seen.banner is not None for door in own):
        return own
    return []


def domain_doubts(situation: Situation) -> tuple[Observation[DnsAnswer], ...]:
    """What speaks against the user's own mail records; () if all who were asked agree on them.

    A sender that cannot find or reach us is not blamed while any of this is open.
    """
    believed = mail_route.route(situation)
    if believed.status != "answer" or believed.disputed or not believed.hosts:
        if believed.because:
            return believed.because
        return tuple(mail_route.own_answers(situation, situation.case.domain, "MX"))
    return tuple(
        o
        for o in mail_route.own_answers(situation, situation.case.domain, "MX")
        if o.seen.via in ("public", "authoritative")
        and mail_route.view(o) != (believed.status, believed.mx)
    )


def mailbox_exists(situation: Situation) -> list[Observation[Seen]]:
    """What proves that the user's address works now: a sign-in, or a door that takes it."""
    signed_in = [o for o in situation.of(SignIn) if o.seen.outcome == "ok"]
    return [*signed_in, *taking_doors(situation)]


def _by_address(situation: Situation, address: str) -> Whose:
    hosts = set(mail_route.route(situation).hosts)
    known = {
        record
        for o in situation.of(DnsAnswer)
        if o.seen.about == "own" and o.seen.rtype in ("A", "AAAA") and o.seen.name in hosts
        for record in o.seen.records
    }
    known |= {door.seen.address for door in situation.of(SmtpDoor) if door.seen.whose == "own"}
    return "ours" if address and address in known else "unknown"


def _sender_hosts(situation: Situation) -> list[str]:
    """Hosts that belong to the sender, or that their mail is known to pass through."""
    domain = situation.case.sender_domain
    hosts = [domain] if domain else []
    for answer in situation.of(DnsAnswer):
        if answer.seen.about != "sender":
            continue
        if answer.seen.rtype == "MX":
            hosts += [mx.host for mx in parse_mx(answer.seen.records) if not mx.is_null]
        if answer.seen.rtype == "TXT":
            hosts += [
                word.partition(":")[2].lower()
                for record in answer.seen.records
                if record.lower().startswith("v=spf1")
                for word in record.split()
                if word.lower().startswith("include:")
            ]
    for learned in learned_servers(situation):
        hosts += [learned.server.host, learned.server.helo]
    hosts += [bounce.seen.reporting for bounce in situation.of(Bounce)]
    return [host for host in hosts if "." in host]
