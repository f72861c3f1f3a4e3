"""Sentences with which known mail servers refuse a sign-in: one row each, with where it was seen.

They are read before anything else: what one server means by its words may not be what the same
words mean elsewhere.
"""

from dataclasses import dataclass
from typing import Literal

from mailwizard.model.finding import Certainty

Meaning = Literal[
    "wrong",  # address or password is wrong, or nothing more is said
    "several",  # one sentence for every reason there is
    "app-password",
    "imap-off",
    "imap-off-here",  # the account's owner can switch it on, whoever the server sends to
    "place",  # this account may be used from certain networks only
    "other-site",  # this server does not know the account's domain
    "locked",
    "too-many-tries",
    "browser",  # the provider wants to see the person in the browser first
    "password-expired",
    "service-expired",
    "oauth-only",
    "unsafe-program",  # NetEase: this program is not trusted with the folders
    "administrator",  # nothing but that the administrator is to be asked
    "busy",
]

SURE, LIKELY, POSSIBLE = Certainty.SURE, Certainty.LIKELY, Certainty.POSSIBLE


@dataclass(frozen=True, slots=True)
class Sentence:
    """``words`` (case does not matter) in a refusal of ``server`` have ``meaning``.

    ``source`` is where they were seen; ``certainty`` how far the meaning can be relied on.
    """

    server: str
    words: str
    meaning: Meaning
    source: str
    certainty: Certainty = SURE


SENTENCES: tuple[Sentence, ...] = (
    # Google
    Sentence(
        "google",
        "Application-specific password required",
        "app-password",
        "imapsync/imapsync#175, LukeSmithxyz/mutt-wizard#831",
    ),
    Sentence(
        "google",
        "Your account is not enabled for IMAP use",
        "imap-off-here",
        "quoted by several mail programs (Gaia Email, Apple Mail)",
    ),
    Sentence(
        "google",
        "IMAP access is disabled for your domain",
        "imap-off",
        "quoted by mail programs (Gaia Email)",
    ),
    Sentence(
        "google",
        "Please log in via your web browser",
        "browser",
        "quoted by several mail programs, support.google.com/mail/accounts/answer/78754",
    ),
    Sentence(
        "google", "Web login required", "browser", "[WEBALERT …], quoted by several mail programs"
    ),
    Sentence(
        "google",
        "Too many simultaneous connections",
        "busy",
        "jstedfast/MailKit#377",
    ),
    Sentence(
        "google",
        "Account exceeded command or bandwidth limits",
        "busy",
        "quoted by several mail programs, also with [OVERQUOTA]: not the mailbox's space",
    ),
    # Microsoft 365 and outlook.com
    Sentence(
        "microsoft365",
        "Account is blocked. Login to your account via a web browser",
        "browser",
        "mscdex/node-imap#799",
    ),
    Sentence(
        "microsoft365",
        "User is authenticated but not connected",
        "imap-off",
        "mscdex/node-imap#689: IMAP off, too many connections, or a password that is wrong",
        POSSIBLE,
    ),
    # Yahoo, AOL
    Sentence("yahoo", "Too many bad login attempts", "too-many-tries", "jstedfast/MailKit#320"),
    # Yandex
    Sentence(
        "yandex",
        "LOGIN Invalid credentials or IMAP is disabled",
        "several",
        "Foundry376/Mailspring#904",
    ),
    # Zoho: off by default, and the account's owner switches it on.
    Sentence(
        "zoho",
        "You are yet to enable IMAP for your account",
        "imap-off-here",
        "quoted by several mail programs",
    ),
    # NetEase
    Sentence(
        "netease",
        "Unsafe Login",
        "unsafe-program",
        "smiley22/S22.Imap#167, joeyates/imap-backup#217",
    ),
    Sentence(
        "netease",
        "Login error or password error",
        "wrong",
        "ModelEngine-Group/nexent#3609",
    ),
    Sentence(
        "netease",
        "ERR.LOGIN.IPDENY",
        "place",
        "topmailsender.com, set-up guide for NetEase enterprise mail",
        LIKELY,
    ),
    Sentence(
        "netease",
        "ERR.LOGIN.DOMAINNOTEXIST",
        "other-site",
        "topmailsender.com, set-up guide for NetEase enterprise mail",
        LIKELY,
    ),
    # Tencent
    Sentence(
        "exmail",
        "Account is abnormal, service is not open, password is incorrect",
        "several",
        "chengazhen/cursor-auto-free#294",
    ),
    Sentence(
        "exmail",
        "using authorized code to login",
        "app-password",
        "pandolia/qqbot#139",
    ),
    Sentence(
        "exmail",
        "enter your authorization code to login",
        "app-password",
        "YMFE/yapi#2219 (SMTP)",
    ),
    Sentence("exmail", "请使用授权码登录", "app-password", "pandolia/qqbot#36 (SMTP, in GBK)"),
    Sentence("exmail", "Login frequency limited", "busy", "mail programs' tests, 163 and QQ"),
    Sentence("exmail", "登录太频繁", "busy", "zhangyunhao116/zmail#30 (POP, in GBK)"),
    # IMail
    Sentence(
        "imail",
        "Full IMAP support is not enabled for this account",
        "imap-off",
        "nylas/nylas-mail#2306",
    ),
    # Dovecot
    Sentence(
        "dovecot",
        "Maximum number of connections from user+IP exceeded",
        "busy",
        "Dovecot, imap-login",
    ),
    Sentence("dovecot", "Temporary authentication failure", "busy", "docker-mailserver#1534"),
)

# RFC 5530, and what servers make of it. Not sure: the bare code of a refusal without a reason.
CODES: dict[str, tuple[Meaning, bool]] = {
    "AUTHENTICATIONFAILED": ("wrong", False),
    "AUTHORIZATIONFAILED": ("imap-off", False),
    "NOPERM": ("imap-off", False),
    "EXPIRED": ("password-expired", True),
    "CONTACTADMIN": ("administrator", True),
    "UNAVAILABLE": ("busy", True),
    "INUSE": ("busy", True),
    "LIMIT": ("busy", True),
    "SERVERBUG": ("busy", True),
    # Of an operation that adds mail (RFC 5530). At a sign-in it is Google's limit of traffic.
    "OVERQUOTA": ("busy", False),
    # A line that is encrypted and verified is not private enough for it: nothing about a password.
    "PRIVACYREQUIRED": ("several", False),
    "CLIENTBUG": ("several", False),
    "WEBALERT": ("browser", True),
}
TEMPORARY = ("UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG")
