"""What a change request asks for, by finding: one sentence each, for whoever manages the domain.

A finding of the domain's that is not listed here is asked for in general words, with the records
that it names.
"""

from dataclasses import dataclass
from typing import Literal

from mailwizard.model.marked import N_

Kind = Literal["mx", "address", "servers", "dnssec", "policy", "registration", "tlsa", "other"]


@dataclass(frozen=True, slots=True)
class Change:
    """What kind of entry is to be changed, and what is asked for.

    ``blind`` is said instead where it is not known what the records should be.
    """

    kind: Kind
    asked: str
    blind: str = ""


_SET_MX = N_("Please set the MX records of {domain} exactly as below, and delete all others.")
_COMPARE_MX = N_(
    "Please compare the MX records of {domain} with those that its mail provider shows in the"
    " administrator's console, and correct them. We cannot tell from outside what they should be."
)
PERHAPS_MX = N_(
    "Please look whether the MX records of {domain} lead where they should. If mail does not go"
    " through a filter or relay of yours first, they should be as below."
)
SAME_MX = N_(
    "The MX records of {domain} are those of {provider} already. Please look in its"
    " administrator's console whether the domain is set up and switched on there."
)
_MX = Change("mx", _SET_MX, _COMPARE_MX)
_RENEW = N_("Please renew the registration of {domain} with the registrar today.")
_ALIKE = N_(
    "Please make every name server of {domain} answer with authority, over UDP and TCP, and all"
    " of them the same. Remove those that no longer serve it from the registrar's entry."
)
_SIGN = N_(
    "Please sign the zone {domain} again, and see to it that this is repeated in time before the"
    " signatures run out."
)
_POLICY = N_(
    "Please let the MTA-STS policy of {domain} name the mail exchangers that its MX records name,"
    " and give it a new id, or set its mode to testing until then."
)
_SERVE_POLICY = N_(
    "Please let the web server of the MTA-STS policy of {domain} answer with a certificate that"
    " is good for its name, or delete the TXT record that announces the policy."
)
_TLSA = N_(
    "Please publish TLSA records that fit the certificate which the mail exchanger shows now, or"
    " delete them until they do."
)

CHANGES: dict[str, Change] = {
    "MX_MISSING": _MX,
    "MX_OLD_PROVIDER": _MX,
    "MX_OLD_PROVIDER:doubt": Change("mx", _COMPARE_MX, _COMPARE_MX),
    "MX_MIXED": _MX,
    "MX_TARGET_MISSING": _MX,
    "MX_IS_IP": _MX,
    "MX_TYPO": _MX,
    "MX_DOES_NOT_SERVE_DOMAIN": _MX,
    "MX_STALE_BACKUP": _MX,
    "NULL_MX": _MX,
    "NULL_MX_MIXED": _MX,
    "NO_MAIL_ROUTE": _MX,
    "NO_MAIL_ROUTE:no-domain": Change(
        "registration",
        N_(
            "The domain {domain} does not exist in the DNS. Please look at the registrar whether"
            " it is still registered and switched on."
        ),
    ),
    "NO_MAIL_ROUTE:unregistered": Change(
        "registration",
        N_(
            "The registry does not know the domain {domain}. Please register it again at once, if"
            " it is still free, and set up its name servers and records anew."
        ),
    ),
    "NO_MAIL_ROUTE:not-delegated": Change(
        "registration",
        N_(
            "The domain {domain} is registered, but the parent zone does not delegate it. Please"
            " enter its name servers with the registrar."
        ),
    ),
    "APEX_CNAME": Change(
        "mx",
        N_(
            "Please delete the CNAME record at {domain} itself: beside it no MX record counts."
            " Give the web site A or AAAA records instead, and set the MX records as below."
        ),
        N_(
            "Please delete the CNAME record at {domain} itself: beside it no MX record counts."
            " Give the web site A or AAAA records instead, and set the MX records that the mail"
            " provider shows in the administrator's console."
        ),
    ),
    "MX_IS_CNAME": Change(
        "mx",
        _SET_MX,
        N_(
            "Please let the MX records of {domain} name hosts that have addresses of their own:"
            " {target} is only an alias (RFC 2181, section 10.3)."
        ),
    ),
    "MX_HOST_OLD_IP": Change(
        "address",
        N_("Please set the address records as below: the mail server has moved."),
        N_(
            "Please look whether the address of the mail exchanger is still that of the mail"
            " server: it seems to have moved."
        ),
    ),
    "NS_INCONSISTENT": Change("servers", _ALIKE),
    "NS_PARTLY_DOWN": Change("servers", _ALIKE),
    "NS_ALL_DOWN": Change("servers", _ALIKE),
    "DNS_TCP_BLOCKED": Change(
        "servers",
        N_(
            "Please let every name server of {domain} answer on port 53 over TCP, too (RFC 7766):"
            " long answers do not fit elsewhere."
        ),
    ),
    "DNS_LINE_GAP": Change(
        "servers",
        N_(
            "Please give {domain} MX records for the default line, so that they are the same for"
            " askers from every network and country."
        ),
    ),
    "NS_WRONG_PROVIDER": Change(
        "servers",
        N_(
            "Please let the registrar's entry of {domain} name the name servers where its records"
            " are really edited."
        ),
    ),
    "DNSSEC_BROKEN": Change("dnssec", _SIGN),
    "DNSSEC_DS_MISMATCH": Change(
        "dnssec",
        N_(
            "Please have the registrar delete the old DS record of {domain}, or replace it by one"
            " that fits a key in the zone."
        ),
    ),
    "MTASTS_MX_MISMATCH": Change("policy", _POLICY),
    "MTASTS_ID_STALE": Change(
        "policy",
        N_(
            "Please change the id in the TXT record of {domain}'s MTA-STS policy: the policy was"
            " changed without it, so that senders still keep the old one."
        ),
    ),
    "MTASTS_FETCH_FAIL": Change("policy", _SERVE_POLICY),
    "DOMAIN_EXPIRED": Change("registration", _RENEW),
    "DOMAIN_EXPIRES_SOON": Change("registration", _RENEW),
    "DOMAIN_ON_HOLD": Change(
        "registration",
        N_(
            "Please ask the registrar why {domain} is on hold (often the real-name verification"
            " is missing), and complete what is asked for."
        ),
    ),
    "DANE_MISMATCH": Change("tlsa", _TLSA),
    "DANE_CERT": Change("tlsa", _TLSA),
    "DANE_NO_TLS": Change(
        "tlsa",
        N_(
            "Please delete the TLSA records of the mail exchanger until it offers STARTTLS:"
            " senders who honour them send nothing meanwhile."
        ),
    ),
}
OTHER = Change("other", N_("Please correct what is described here for {domain}."))

# The second sentence of the reason, for an expert, by what kind of entry it is.
EVIDENCE: dict[Kind, str] = {
    "mx": N_("For the expert: {who} give MX {records}."),
    "address": N_("For the expert: {who} give the address {records}."),
    "servers": N_("For the expert: what each name server says stands below."),
    "dnssec": N_(
        "For the expert: validating resolvers answer SERVFAIL, and with checking disabled (CD)"
        " they answer (RFC 4035, section 3.2.2)."
    ),
    "policy": N_(
        "For the expert: senders who honour MTA-STS (RFC 8461) deliver only as the policy allows."
    ),
    "registration": N_("For the expert: the registry's own words stand below."),
    "tlsa": N_(
        "For the expert: senders who honour DANE (RFC 7672) deliver only where TLSA and"
        " certificate fit."
    ),
    "other": N_("For the expert: what was seen stands at the end."),
}

KNOWN_BY = {
    "sign-in": N_("signing in there works"),
    "user": N_("the user says so"),
    "srv": N_("the domain's SRV records name it"),
    "autoconfig": N_("the domain's settings for mail programs name it"),
    "cname": N_("the domain's own names for mail programs lead there"),
    "spf": N_("the domain's SPF record names it"),
}
