"""Words that one provider's servers use, and nobody else in this sense."""

from mailwizard.diagnosis.refusal_words.phrase import LIKELY, Phrase

PROVIDERS: tuple[Phrase, ...] = (
    Phrase(
        "alimail",
        r"dosn't exist",
        "ADDRESS_UNKNOWN",
        "providers",
    ),
    Phrase(
        "alimail",
        r"rcptto account isn'?t a local account",
        "MX_DOES_NOT_SERVE_DOMAIN",
        "providers",
        LIKELY,
    ),
    Phrase(
        "alimail",
        r"list(?:ed)? on rbl sites?",
        "SENDER_BLOCKLISTED",
        "providers",
    ),
    Phrase(
        "alimail",
        r"transient reject by behaviou?r spam",
        "STILL_TRYING",
        "providers",
    ),
    Phrase(
        "alimail",
        r"bad sending",
        "SENDER_LIMITED",
        "providers",
    ),
    Phrase(
        "alimail",
        r"ESO_LOCAL_SPAM|spam(?:m?ed) by local spam engine",
        "CONTENT_REJECTED",
        "providers",
    ),
    Phrase(
        "alimail",
        r"not allowed to send e?mails? to the account",
        "BLOCKED_BY_YOU",
        "providers",
    ),
    Phrase(
        "tencent",
        r"mailbox unavailable or access denied",
        "RECIPIENT_RATE_LIMIT",
        "providers",
    ),
    Phrase(
        "tencent",
        r"mail is rejected by recipients?",
        "BLOCKED_BY_YOU",
        "providers",
    ),
    Phrase(
        "tencent",
        r"mail content denied",
        "CONTENT_REJECTED",
        "providers",
    ),
    Phrase(
        "tencent",
        r"(?:sender|domain|connection|ip) frequency limited",
        "SENDER_LIMITED",
        "providers",
    ),
    Phrase(
        "tencent",
        r"suspected spam (?:sender|ip)",
        "SENDER_LIMITED",
        "providers",
    ),
    Phrase(
        "tencent",
        r"bad address syntax",
        "WRONG_ADDRESS",
        "providers",
    ),
    Phrase(
        "tencent",
        r"mailbox not found",
        "ADDRESS_UNKNOWN",
        "providers",
    ),
    Phrase(
        "netease",
        r"\bHL:(?:REP|ICC|IFC|MEP|ITC|IHU)\b",
        "SENDER_LIMITED",
        "providers",
    ),
    Phrase(
        "netease",
        r"\bMI:(?:CEL|DMC|CCL|STC)\b|\bRP:DRC\b",
        "SENDER_LIMITED",
        "providers",
    ),
    Phrase(
        "netease",
        r"\bDT:RBL\b",
        "SENDER_BLOCKLISTED",
        "providers",
    ),
    Phrase(
        "netease",
        r"\bMI:SPF\b",
        "SENDER_SPF",
        "seen",
    ),
    Phrase(
        "netease",
        r"\bMI:DMA\b",
        "SENDER_DMARC_REJECT",
        "seen",
    ),
    Phrase(
        "netease",
        r"\bDT:SPM\b",
        "CONTENT_REJECTED",
        "providers",
    ),
    Phrase(
        "exchange",
        r"RESOLVER\.ADR\.(?:Ex)?Recip(?:ient)?NotFound|recipientnotfound",
        "ADDRESS_UNKNOWN",
        "seen",
    ),
    Phrase(
        "exchange",
        r"RESOLVER\.RST\.AuthRequired|not authenticated for group"
        r"|RestrictedToRecipientsPermission",
        "GROUP_REFUSES_OUTSIDE",
        "seen",
        LIKELY,
    ),
    Phrase(
        "exchange",
        r"RESOLVER\.RST\.NotAuthorized",
        "GROUP_MEMBERSHIP",
        "seen",
        LIKELY,
    ),
    Phrase(
        "exchange",
        r"banned sending ip|ip.{0,40}\bS3\d{3}\b",
        "SENDER_BLOCKLISTED",
        "seen",
    ),
    Phrase(
        "exchange",
        r"submission quota exceeded|outbound spam|bad outbound sender|spam abuse detected"
        r"|tenant has exceeded threshold|unregistered domain",
        "SENDER_LIMITED",
        "providers",
    ),
    Phrase(
        "exchange",
        r"\bAS345\b",
        "POLICY_BLOCK",
        "providers",
    ),
    Phrase(
        "google",
        r"\bgcdp\b",
        "POLICY_BLOCK",
        "providers",
    ),
    Phrase(
        "google",
        r"blocked because its content presents a potential security issue",
        "ATTACHMENT_BLOCKED",
        "seen",
    ),
    Phrase(
        "google",
        r"receiving (?:e?mail )?at a rate|receiving mail too quickly|too quickly",
        "RECIPIENT_RATE_LIMIT",
        "providers",
    ),
    Phrase(
        "google",
        r"unusual rate of|low reputation of the sending",
        "SENDER_LIMITED",
        "providers",
    ),
    Phrase(
        "google",
        r"account that you tried to reach is disabled",
        "MAILBOX_DEACTIVATED",
        "seen",
    ),
)
