"""The words about promises of encryption (MTA-STS, DANE) that make senders hold mail back."""

from mailwizard.model.marked import N_
from mailwizard.text.finding_text import FindingText
from mailwizard.text.findings.dns_records import RESEND

_RULE_HOLDS_BACK = N_(
    "Senders that keep to the published rule for encrypted delivery, such as Gmail and Outlook,"
    " hold the mail back, try again for some days, and return it then. Others are not affected."
)
_KEY_HOLDS_BACK = N_(
    "Senders that compare the two, such as Outlook (Microsoft 365), GMX and WEB.DE, hold the mail"
    " back, try again for some days, and return it then. Others are not affected."
)
_REPORTS = N_("Reports of senders about this go to {reports}: they tell who was turned away.")
_TESTING = N_("Until then, the policy's mode can be set to “testing”, with a new id in the DNS.")
_TLSA_UNTIL_THEN = N_(
    "Until then, the TLSA records can be taken away: mail comes in encrypted all the same."
)
_TLSA_AWAY = N_("Until then, the TLSA records can be taken away: then everybody's mail comes in.")
_FETCH_MEANING = N_(
    "Senders that do not know the rule yet deliver without it. Those that know an old one go on"
    " with that, and may hold mail back if your mail servers have changed since."
)
_BY_WHOM = N_("Test it anew with this program when it is done.")

TEXTS: dict[str, FindingText] = {
    "MTASTS_MX_MISMATCH": FindingText(
        N_("A safety rule of {domain} forbids delivery to your own mail server."),
        N_(
            "The published rule for encrypted delivery does not list {missing}. Senders that keep"
            " to it, such as Gmail and Outlook, hold the mail back, try again for some days, and"
            " return it then. Others are not affected."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: the MTA-STS policy lists {policy}; it must"
                " list {missing}. Its id in the DNS must be changed with it."
            ),
            _TESTING,
            _REPORTS,
            RESEND,
        ),
    ),
    "MTASTS_CERT_FAIL:expired": FindingText(
        N_("Your mail server's certificate has run out, and {domain} promises a good one."),
        _RULE_HOLDS_BACK,
        (
            N_(
                "Send this to your mail administrator: the certificate that {servers} shows on port"
                " 25 (STARTTLS) is out of date, and the MTA-STS policy is “enforce”."
            ),
            _TESTING,
            _REPORTS,
            RESEND,
        ),
    ),
    "MTASTS_CERT_FAIL:name": FindingText(
        N_("Your mail server shows a certificate for another name, which {domain} rules out."),
        _RULE_HOLDS_BACK,
        (
            N_(
                "Send this to your mail administrator: the certificate that {servers} shows on port"
                " 25 (STARTTLS) does not bear that name, and the MTA-STS policy is “enforce”."
            ),
            _TESTING,
            _REPORTS,
            RESEND,
        ),
    ),
    "MTASTS_CERT_FAIL:untrusted": FindingText(
        N_("Nobody known vouches for your mail server, and {domain} promises that somebody does."),
        _RULE_HOLDS_BACK,
        (
            N_(
                "Send this to your mail administrator: {servers} must show a certificate of a"
                " public authority on port 25 (STARTTLS), with all intermediate certificates; the"
                " MTA-STS policy is “enforce”."
            ),
            _TESTING,
            _REPORTS,
            RESEND,
        ),
    ),
    "MTASTS_CERT_FAIL:none": FindingText(
        N_("Your mail server takes mail in the open only, and {domain} promises encryption."),
        _RULE_HOLDS_BACK,
        (
            N_(
                "Send this to your mail administrator: {servers} must offer STARTTLS on port 25, as"
                " the MTA-STS policy is “enforce”."
            ),
            _TESTING,
            _REPORTS,
            RESEND,
        ),
    ),
    "MTASTS_FETCH_FAIL": FindingText(
        N_("A safety rule of {domain} is announced but cannot be fetched."),
        _FETCH_MEANING,
        (
            N_(
                "Send this to whoever manages {domain}: the MTA-STS policy at {host} cannot be"
                " fetched over HTTPS."
            ),
            _BY_WHOM,
        ),
    ),
    "MTASTS_FETCH_FAIL:redirect": FindingText(
        N_("A safety rule of {domain} is announced, but its page leads elsewhere."),
        _FETCH_MEANING,
        (
            N_(
                "Send this to whoever manages {domain}: the MTA-STS policy at {host} is redirected"
                " to {location}. Senders must not follow that (RFC 8461, section 3.3): the policy"
                " has to be given at the address itself."
            ),
            _BY_WHOM,
        ),
    ),
    "MTASTS_FETCH_FAIL:status": FindingText(
        N_("A safety rule of {domain} is announced, but its page is not there."),
        _FETCH_MEANING,
        (
            N_(
                "Send this to whoever manages {domain}:"
                " https://{host}/.well-known/mta-sts.txt answers with HTTP {status} instead of the"
                " MTA-STS policy."
            ),
            _BY_WHOM,
        ),
    ),
    "MTASTS_FETCH_FAIL:tls": FindingText(
        N_("A safety rule of {domain} is announced, but its web server cannot prove who it is."),
        _FETCH_MEANING,
        (
            N_(
                "Send this to whoever manages {domain}: the certificate of {host}, where the"
                " MTA-STS policy is fetched, is not accepted: {detail}."
            ),
            _BY_WHOM,
        ),
    ),
    "MTASTS_FETCH_FAIL:form": FindingText(
        N_("A safety rule of {domain} is announced, but what is published cannot be read."),
        _FETCH_MEANING,
        (
            N_(
                "Send this to whoever manages {domain}: the MTA-STS policy at {host} is not written"
                " as RFC 8461, section 3.2, asks (“{detail}”)."
            ),
            _BY_WHOM,
        ),
    ),
    "MTASTS_FETCH_FAIL:type": FindingText(
        N_("A safety rule of {domain} is published in a way that not every sender reads."),
        _FETCH_MEANING,
        (
            N_(
                "Send this to whoever manages {domain}: {host} gives the MTA-STS policy as {kind};"
                " it must be text/plain (RFC 8461, section 3.2)."
            ),
            _BY_WHOM,
        ),
    ),
    "MTASTS_ID_STALE": FindingText(
        N_("A safety rule of {domain} was perhaps changed without telling those who send."),
        N_(
            "The published file is of {day}, the mark that announces it is older. Senders that know"
            " the rule from before may keep to the old one for some weeks. If nothing was changed"
            " in the file, this is no fault."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: if the MTA-STS policy was changed on {day},"
                " the id in the DNS ({id}) must be changed too."
            ),
            _REPORTS,
        ),
    ),
    "DANE_MISMATCH:seen": FindingText(
        N_("Your mail server uses another key than the one that {domain} promises."),
        _KEY_HOLDS_BACK,
        (
            N_(
                "Send this to your mail administrator: none of the TLSA records at {places} fits"
                " the certificate that {servers} shows on port 25. It was probably renewed."
            ),
            N_("A record that fits the key in use now: {places} TLSA 3 1 1 {key}"),
            _TLSA_UNTIL_THEN,
            _REPORTS,
            RESEND,
        ),
    ),
    "DANE_NO_TLS:seen": FindingText(
        N_("Your mail server takes mail in the open only, and {domain} promises encryption."),
        _KEY_HOLDS_BACK,
        (
            N_(
                "Send this to your mail administrator: {servers} must offer STARTTLS on port 25, as"
                " there are TLSA records at {places}."
            ),
            _TLSA_AWAY,
            _REPORTS,
            RESEND,
        ),
    ),
    "DANE_CERT:expired": FindingText(
        N_("Your mail server's certificate has run out, and {domain} promises a good one."),
        _KEY_HOLDS_BACK,
        (
            N_(
                "Send this to your mail administrator: the certificate that {servers} shows on port"
                " 25 is out of date. The TLSA records at {places} name its authority (usage 2), so"
                " dates count."
            ),
            _TLSA_UNTIL_THEN,
            _REPORTS,
            RESEND,
        ),
    ),
    "DANE_CERT:name": FindingText(
        N_("Your mail server shows a certificate for another name than {domain} promises."),
        _KEY_HOLDS_BACK,
        (
            N_(
                "Send this to your mail administrator: the certificate that {servers} shows on port"
                " 25 does not bear that name. The TLSA records at {places} name its authority"
                " (usage 2), so the name counts."
            ),
            _TLSA_UNTIL_THEN,
            _REPORTS,
            RESEND,
        ),
    ),
    "DNSSEC_BROKEN:tlsa": FindingText(
        N_("Nobody gets an answer to whether your mail server's key is published."),
        N_(
            "Senders that ask for it, such as Outlook (Microsoft 365), GMX and WEB.DE, hold the"
            " mail back until they are told yes or no. Others are not affected."
        ),
        (
            N_(
                "Send this to whoever manages {domain}: questions for TLSA at {places} end in"
                " SERVFAIL, while MX and A of the same zone validate. Either the signatures there"
                " (NSEC, NSEC3) are wrong, or a name server or firewall does not know TLSA."
            ),
            _REPORTS,
            RESEND,
        ),
    ),
    "TLS_REQUIRED_BY_SENDER:seen": FindingText(
        N_("Your mail server takes mail in the open only."),
        N_(
            "Most senders do not mind. Some, such as banks, send nothing without encryption: their"
            " mail is held back and returned."
        ),
        (N_("Tell your mail administrator: {servers} should offer STARTTLS on port 25."),),
    ),
    "MX_CHAIN_INCOMPLETE:seen": FindingText(
        N_("Your mail server leaves out a part of its certificate."),
        N_(
            "Most senders do not mind. Some that insist on knowing the server cannot verify it"
            " then, hold the mail back, and return it after some days."
        ),
        (
            N_(
                "Tell your mail administrator: {servers} must send the intermediate certificate"
                " along on port 25 (STARTTLS)."
            ),
        ),
    ),
    "MX_TLS_POLICY_ABSENT": FindingText(
        N_("{domain} promises no encryption for incoming mail. That is usual, and no fault."),
        N_(
            "Senders use encryption where it is offered. Neither of the two published rules that"
            " would make it a must (MTA-STS, DANE) keeps any mail away."
        ),
    ),
    "MX_TLS_POLICY_ABSENT:unsigned": FindingText(
        N_("{domain} publishes keys of its mail servers in a way that nobody heeds."),
        N_(
            "Keys (TLSA records) count only where the domain's records are signed (DNSSEC), and"
            " they are not. That keeps no mail away."
        ),
    ),
    "MX_TLS_POLICY_ABSENT:spoilt": FindingText(
        N_("{domain} announces a safety rule in a way that nobody can read."),
        N_(
            "Senders behave as if there were none, so it keeps no mail away. It does not protect"
            " any either."
        ),
        (
            N_(
                "When there is time, send this to whoever manages {domain}: the TXT record at"
                " _mta-sts.{domain} is “{record}”; it must be one record of the form"
                " “v=STSv1; id=20261124”."
            ),
        ),
    ),
}
