"""Seen in the DNS and in the registration data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mailwizard.model.observation import Seen, seen
from mailwizard.model.seen.network import Tls

Status = Literal[
    "answer",
    "nodata",
    "nxdomain",
    "servfail",
    "refused",
    "timeout",
    "unreachable",
    "garbage",
    "other",
]
DEFINITE: tuple[Status, ...] = ("answer", "nodata", "nxdomain")
"""What a server that knows says of a name; everything else tells of the server or the way."""


@seen("dns-answer")
class DnsAnswer(Seen):
    """One question to one name server, classified from the message itself.

    ``via``: ``configured`` (this computer's resolver), ``public`` (a control resolver),
    ``authoritative`` (a server of the zone, asked without recursion), ``parent``.
    ``about``: ``control`` (a name that always exists), ``random`` (a name that never does),
    ``provider`` (the mail server's name), ``own`` (the user's domain), ``sender``, ``block-list``.
    ``records`` are in presentation form, of the asked type only: MX ``"5 mx1.example"``, TXT
    unquoted and joined, names without the final dot. ``cname`` is the chain followed.
    ``referral``: NS names of a delegation in the authority section; ``glue`` their addresses in
    the additional section, each as ``"ns1.example 192.0.2.1"``.
    ``ttl`` in seconds: the records', or for how long "there is none" may be kept (RFC 2308).
    ``signatures``: the asked records' RRSIG up to the signer's name, without the signature:
    ``"MX 13 2 600 20261201000000 20261101000000 12345 example.com"``.
    ``truncated``: the reply over UDP was cut short, what is told is what TCP gave. ``edns`` False:
    a reply came only to a question without EDNS.
    """

    via: Literal["configured", "public", "authoritative", "parent"]
    about: Literal["control", "random", "provider", "own", "sender", "block-list"]
    server: str
    server_name: str = ""
    name: str
    rtype: str
    status: Status
    records: tuple[str, ...] = ()
    cname: tuple[str, ...] = ()
    ttl: int | None = None
    authoritative: bool = False
    authenticated: bool = False
    serial: int | None = None
    referral: tuple[str, ...] = ()
    glue: tuple[str, ...] = ()
    ede: tuple[str, ...] = ()
    transport: Literal["udp", "tcp"] = "udp"
    checking_disabled: bool = False
    signatures: tuple[str, ...] = ()
    truncated: bool = False
    edns: bool = True
    detail: str = ""


@seen("provider-hint")
class ProviderHint(Seen):
    """A record that names where the mailbox is: the raw name; which provider, is judged later.

    ``client-name`` is a CNAME of one of the company's other names for mail programs (smtp., pop3.),
    asked for only after a refused sign-in: it names a site, and does not decide where to sign in.
    """

    source: Literal["srv", "cname", "mx", "spf", "autoconfig", "greeting", "client-name"]
    name: str
    target: str


@seen("registration")
class Registration(Seen):
    """What the registry says of a domain (RFC 9083, or WHOIS where there is no RDAP).

    ``status`` in RDAP spelling, lower case (``client hold``, ``redemption period``).
    """

    domain: str
    source: Literal["rdap", "whois"]
    about: Literal["own", "sender"]
    outcome: Literal["found", "not-found", "no-service", "refused", "timeout", "error"]
    status: tuple[str, ...] = ()
    expires: datetime | None = None
    registrar: str = ""
    name_servers: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class StsPolicy:
    """An MTA-STS policy file (RFC 8461). ``cut``: it lists more exchangers than were kept."""

    mode: str
    mx: tuple[str, ...]
    max_age: int | None = None
    cut: bool = False


StsProblem = Literal[
    "",
    "several",  # more than one record counts as none (section 3.1)
    "version",  # it resembles a record, and does not begin with v=STSv1
    "no-id",
    "bad-id",  # longer than 32, or with other signs than letters and digits
    "form",
]


@seen("mta-sts")
class MtaSts(Seen):
    """A domain's MTA-STS record and policy. ``txt`` is "" where none is published.

    ``problem`` is why the record counts for nothing; the policy is not fetched then. ``alias`` is
    where the record's name leads. ``fetch_tls`` is what was wrong with the policy host's
    certificate, ``http_status`` what it answered (None: nothing), ``location`` where it redirected
    to. ``last_modified`` is the policy file's own date, UTC.
    """

    domain: str
    txt: str
    policy_id: str = ""
    fetch: Literal[
        "", "ok", "http-error", "tls", "timeout", "unreachable", "no-address", "garbage"
    ] = ""
    policy: StsPolicy | None = None
    detail: str = ""
    problem: StsProblem = ""
    alias: tuple[str, ...] = ()
    fetch_tls: Tls = ""
    http_status: int | None = None
    location: str = ""
    media_type: str = ""
    last_modified: datetime | None = None


@seen("tls-reports")
class TlsReports(Seen):
    """Where senders report trouble with encryption (RFC 8460): ``to`` are URIs, shown safely.

    ``txt`` is "" where nothing is published; ``to`` is () where the record cannot be used.
    """

    domain: str
    txt: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TlsaRecord:
    """One TLSA record (RFC 6698 section 2.1); ``data`` in lower-case hex."""

    usage: int
    selector: int
    matching: int
    data: str


@seen("tlsa")
class Tlsa(Seen):
    """The TLSA records for port 25 of one mail exchanger, as one resolver gives them.

    ``host`` is the name in the MX record, ``base`` the name that the records belong to: the one
    that ``host`` is an alias of, where that has records (RFC 7672 section 2.2.2). ``authenticated``
    is AD (RFC 4035) on the TLSA answer, ``mx_authenticated`` on the MX answer, and
    ``host_authenticated`` on the host's addresses (None: not asked, as the MX was not).
    ``discerning``: this resolver left AD away for a name that nobody has signed, so that its AD
    means something; None where that could not be learnt. ``unreadable`` counts records that were
    left out.
    """

    host: str
    base: str
    via: Literal["configured", "public"]
    server: str
    status: Status
    records: tuple[TlsaRecord, ...] = ()
    unreadable: int = 0
    authenticated: bool = False
    mx_authenticated: bool = False
    host_authenticated: bool | None = None
    discerning: bool | None = None
    ede: tuple[str, ...] = ()
