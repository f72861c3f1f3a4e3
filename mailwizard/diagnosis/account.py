"""The account: why the mailbox did not let us in, by what its server said after verified TLS."""

from dataclasses import replace
from typing import Any

from mailwizard.diagnosis.ground import ground
from mailwizard.diagnosis.sign_in_refusals import Reading, is_temporary, names_administrator, read
from mailwizard.diagnosis.sign_in_site import other_hosts, other_site
from mailwizard.diagnosis.sign_in_words import Meaning
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Owner
from mailwizard.model.observation import Observation
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.network import Endpoint
from mailwizard.providers.match import by_client_host
from mailwizard.providers.sites import site_of_host

SURE, LIKELY, POSSIBLE = Certainty.SURE, Certainty.LIKELY, Certainty.POSSIBLE

# What a server that has no time for us may say all the same about the account.
_NOT_BUSY = (
    *("locked", "too-many-tries", "imap-off", "imap-off-here", "place", "browser"),
    *("password-expired", "service-expired", "oauth-only"),
)


def judge(situation: Situation) -> list[Finding]:
    """At most one finding about the newest attempt to sign in, and one about the user's program.

    Where TLS was not verified or nobody answered, nothing is said about the account.
    """
    attempt = newest_sign_in(situation)
    if attempt is None:
        return []
    found = _about(situation, attempt)
    return [*found, *_signed_out(situation, attempt, found)]


def _about(situation: Situation, attempt: Observation[SignIn]) -> list[Finding]:
    match attempt.seen.outcome:
        case "ok":
            return _refused_folders(situation, attempt)
        case "refused":
            return [_refused(situation, attempt)]
        case "unavailable":
            return _unavailable(situation, attempt)
        case "no-password-login":
            return [_no_passwords(attempt)]
        case "not-verified" | "unreachable" | "silent" | "not-tried":
            return []


def newest_sign_in(situation: Situation) -> Observation[SignIn] | None:
    """The last attempt to sign in, by whichever probe."""
    return max(situation.of(SignIn), key=lambda o: (o.at, len(o.id), o.id), default=None)


def _refused(situation: Situation, attempt: Observation[SignIn]) -> Finding:
    seen = attempt.seen
    reading = _read(situation, seen.code, seen.text)
    told = _told(reading, attempt)
    if told is not None:
        return told
    several = reading.meaning == "several"
    unclear = "several" if several and reading.said else ""
    if not reading.said and (several or seen.reply == "BAD"):
        unclear = "unclear"
    return _without_reason(situation, attempt, reading.meaning, unclear)


def _read(situation: Situation, code: str, text: str) -> Reading:
    known = situation.provider.refusals if situation.provider_by != "default" else {}
    return read(code, text, known)


def _told(reading: Reading, attempt: Observation[SignIn]) -> Finding | None:
    """What the server itself gives as its reason; None where it gives none that can be used."""
    certainty = reading.certainty
    match reading.meaning:
        case "imap-off" | "unsafe-program":
            return _imap_off(attempt, certainty)
        case "imap-off-here":
            return _finding("IMAP_DISABLED", attempt, certainty, variant="own")
        case "place":
            return _finding(
                "IMAP_DISABLED", attempt, certainty, owner=Owner.MAIL_ADMIN, variant="place"
            )
        case "app-password":
            return _finding("APP_PASSWORD_NEEDED", attempt, certainty)
        case "oauth-only":
            return _finding("OAUTH_ONLY", attempt, certainty, variant="refused")
        case "service-expired":
            return _finding("SERVICE_EXPIRED", attempt, LIKELY)
        case "locked":
            return _finding("ACCOUNT_LOCKED", attempt, certainty)
        case "too-many-tries":
            return _finding("ACCOUNT_LOCKED", attempt, certainty, variant="tries")
        case "browser":
            return _finding(
                "ACCOUNT_LOCKED", attempt, certainty, owner=Owner.YOU, variant="browser"
            )
        case "password-expired":
            return _finding("ACCOUNT_LOCKED", attempt, certainty, variant="expired")
        case "administrator":
            return _finding(
                "AUTH_REJECTED",
                attempt,
                LIKELY,
                owner=Owner.MAIL_ADMIN,
                variant="administrator",
            )
        case "busy":
            return _finding("IMAP_BUSY", attempt, LIKELY)
        case "several" | "wrong" | "other-site":
            return None


def _without_reason(
    situation: Situation, attempt: Observation[SignIn], what: Meaning, unclear: str
) -> Finding:
    """A refusal without a usable reason: the records and the provider's rules tell what to try.

    ``unclear`` is the variant for words that need not mean the password, "" for those that do.
    """
    profile = situation.provider if situation.provider_by != "default" else None
    if profile is not None and profile.oauth_only:
        return _finding("OAUTH_ONLY", attempt, LIKELY, variant="refused")
    elsewhere = other_site(situation, attempt)
    if elsewhere is not None:
        return elsewhere
    others = other_hosts(situation, attempt.seen.host)
    if what == "other-site" and others:
        return _finding("AUTH_REJECTED", attempt, LIKELY, variant="other-site", others=others)
    if unclear:
        return _finding("AUTH_REJECTED", attempt, LIKELY, variant=unclear)
    sure = LIKELY if others else SURE
    rule = profile.app_password if profile is not None else "unknown"
    if rule == "required":
        return _finding("APP_PASSWORD_NEEDED", attempt, LIKELY)
    if rule == "may be required":
        web = situation.answered("webmail-opens", "yes")
        if web is not None:
            found = _finding("APP_PASSWORD_NEEDED", attempt, LIKELY, variant="webmail-works")
            return replace(found, because=(*found.because, web.id))
        return _finding("AUTH_REJECTED", attempt, sure, variant="app-password", others=others)
    return _finding("AUTH_REJECTED", attempt, sure, others=others)


def _imap_off(attempt: Observation[SignIn], certainty: Certainty) -> Finding:
    text = attempt.seen.text or attempt.seen.select_refused
    if names_administrator(text):
        return _finding(
            "IMAP_DISABLED", attempt, certainty, owner=Owner.MAIL_ADMIN, variant="administrator"
        )
    return _finding("IMAP_DISABLED", attempt, certainty)


def _no_passwords(attempt: Observation[SignIn]) -> Finding:
    offered = any("OAUTH" in capability for capability in attempt.seen.capabilities)
    return _finding("OAUTH_ONLY", attempt, SURE if offered else LIKELY)


def _signed_out(
    situation: Situation, attempt: Observation[SignIn], found: list[Finding]
) -> list[Finding]:
    """The user's own program may have lost its permission to sign in (RFC 6749, section 6).

    We cannot see that, as we have none ourselves. Where programs sign in with such permissions
    only, the user sees nobody's mail, and the mail that is missed stands in webmail's inbox, it is
    one of the possible reasons.
    """
    nobody = situation.answered("others", "no")
    there = situation.answered("webmail-search", "inbox")
    if nobody is None or there is None or not any(f.code == "OAUTH_ONLY" for f in found):
        return []
    return [
        finding(
            "RE_LOGIN_NEEDED",
            [attempt, nobody, there],
            certainty=POSSIBLE,
            host=attempt.seen.host,
        )
    ]


def _unavailable(situation: Situation, attempt: Observation[SignIn]) -> list[Finding]:
    """Trouble at the server's side; never a wrong password."""
    seen = attempt.seen
    reading = _read(situation, seen.code, seen.text)
    what = reading.meaning
    if what in _NOT_BUSY and not is_temporary(seen.code):
        told = _told(reading, attempt)
        if told is not None:
            likely = LIKELY if told.certainty is SURE else told.certainty
            return [replace(told, certainty=likely)]
    greeted_elsewhere = any(
        o.seen.role == "provider" and o.seen.service == "imap" and o.seen.spoke
        for o in situation.of(Endpoint)
    )
    turned_away = what == "busy" or seen.reply == "BYE"
    if not seen.greeting and (greeted_elsewhere or not turned_away):
        return []  # not let in to begin with: judged with the other looks at that server
    if turned_away or seen.reply or seen.code:
        return [_finding("IMAP_BUSY", attempt, LIKELY)]
    if not ground(situation).steady:
        return []
    return [_finding("IMAP_BUSY", attempt, LIKELY, variant="silent")]


def _refused_folders(situation: Situation, attempt: Observation[SignIn]) -> list[Finding]:
    """Signed in, but the inbox was refused."""
    text = attempt.seen.select_refused
    if not text:
        return []
    reading = _read(situation, "", text)
    if reading.said and reading.meaning in ("imap-off", "imap-off-here", "unsafe-program"):
        likely = LIKELY if reading.certainty is SURE else reading.certainty
        return [_imap_off(attempt, likely)]
    if reading.said and reading.meaning == "busy":
        return [_finding("IMAP_BUSY", attempt, LIKELY)]
    return []


def _finding(
    code: str,
    attempt: Observation[SignIn],
    certainty: Certainty,
    *,
    owner: Owner | None = None,
    variant: str = "",
    others: tuple[str, ...] = (),
) -> Finding:
    seen = attempt.seen
    provider = by_client_host(seen.host)
    site = site_of_host(provider, seen.host) if provider is not None else None
    here: dict[str, Any] = {"webmail": site.webmail} if site is not None and site.webmail else {}
    return finding(
        code,
        [attempt],
        certainty=certainty,
        owner=owner,
        variant=variant,
        host=seen.host,
        port=seen.port,
        said=seen.text or seen.select_refused or (f"[{seen.code}]" if seen.code else seen.reply),
        others=others,
        **here,
    )
