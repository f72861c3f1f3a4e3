"""Seen in the DNS and in the registration data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mailwizard.model.observation import Seen, seen

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
    """An MTA-STS policy file (RFC 8461)."""

    mode: str
    mx: tuple[str, ...]
    max_age: int | None = None


@seen("mta-sts")
class MtaSts(Seen):
    """A domain's MTA-STS record and policy. ``txt`` is "" where none is published."""

    domain: str
    txt: str
    policy_id: str = ""
    fetch: Literal[
        "", "ok", "http-error", "tls", "timeout", "unreachable", "no-address", "garbage"
    ] = ""
    policy: StsPolicy | None = None
    detail: str = ""
