"""The account: why the mailbox did not let us in, by what its server said after verified TLS."""

from dataclasses import replace

from mailwizard.diagnosis.sign_in_refusals import is_temporary, meaning, names_administrator
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Owner
from mailwizard.model.observation import Observation
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.network import Endpoint

SURE, LIKELY, POSSIBLE = Certainty.SURE, Certainty.LIKELY, Certainty.POSSIBLE


def judge(situation: Situation) -> list[Finding]:
    """At most one finding about the newest attempt to sign in.

    Where TLS was not verified or nobody answered, nothing is said about the account.
    """
    attempt = newest_sign_in(situation)
    if attempt is None:
        return []
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
    known = situation.provider.refusals if situation.provider_by != "default" else {}
    what, said = meaning(seen.code, seen.text, known)
    certainty = SURE if said else LIKELY
    match what:
        case "imap-off" | "unsafe-program":
            return _imap_off(attempt, certainty, seen.text)
        case "app-password":
            return _finding("APP_PASSWORD_NEEDED", attempt, certainty)
        case "oauth-only":
            return _finding("OAUTH_ONLY", attempt, certainty)
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
        case "busy":
            return _finding("IMAP_BUSY", attempt, LIKELY)
        case "several" | "wrong":
            return _wrong_password(situation, attempt, several=what == "several")


def _wrong_password(
    situation: Situation, attempt: Observation[SignIn], *, several: bool
) -> Finding:
    """A refusal without a reason: the provider's rules tell what is to be tried."""
    profile = situation.provider if situation.provider_by != "default" else None
    if profile is not None and profile.oauth_only:
        return _finding("OAUTH_ONLY", attempt, LIKELY)
    rule = profile.app_password if profile is not None else "unknown"
    if rule == "required":
        return _finding("APP_PASSWORD_NEEDED", attempt, LIKELY)
    web = situation.answered("webmail-opens", "yes")
    if rule == "may be required":
        if web is not None:
            found = _finding("APP_PASSWORD_NEEDED", attempt, LIKELY, variant="webmail-works")
            return replace(found, because=(*found.because, web.id))
        return _finding(
            "AUTH_REJECTED", attempt, LIKELY if several else SURE, variant="app-password"
        )
    return _finding("AUTH_REJECTED", attempt, LIKELY if several else SURE)


def _imap_off(attempt: Observation[SignIn], certainty: Certainty, text: str) -> Finding:
    if names_administrator(text):
        return _finding(
            "IMAP_DISABLED", attempt, certainty, owner=Owner.MAIL_ADMIN, variant="administrator"
        )
    return _finding("IMAP_DISABLED", attempt, certainty)


def _no_passwords(attempt: Observation[SignIn]) -> Finding:
    offered = any("OAUTH" in capability for capability in attempt.seen.capabilities)
    return _finding("OAUTH_ONLY", attempt, SURE if offered else LIKELY)


def _unavailable(situation: Situation, attempt: Observation[SignIn]) -> list[Finding]:
    """Trouble at the server's side; never a wrong password."""
    seen = attempt.seen
    what, said = meaning(seen.code, seen.text)
    if said and not is_temporary(seen.code):
        match what:
            case "locked" | "too-many-tries":
                variant = "tries" if what == "too-many-tries" else ""
                return [_finding("ACCOUNT_LOCKED", attempt, LIKELY, variant=variant)]
            case "imap-off":
                return [_imap_off(attempt, LIKELY, seen.text)]
            case _:
                pass
    greeted_elsewhere = any(
        o.seen.role == "provider" and o.seen.service == "imap" and o.seen.spoke
        for o in situation.of(Endpoint)
    )
    if not seen.greeting and (greeted_elsewhere or what != "busy"):
        return []  # not let in to begin with: judged with the other looks at that server
    return [_finding("IMAP_BUSY", attempt, LIKELY)]


def _refused_folders(situation: Situation, attempt: Observation[SignIn]) -> list[Finding]:
    """Signed in, but the inbox was refused."""
    text = attempt.seen.select_refused
    if not text:
        return []
    what, said = meaning("", text, situation.provider.refusals)
    if said and what in ("imap-off", "unsafe-program"):
        return [_imap_off(attempt, LIKELY, text)]
    if said and what == "busy":
        return [_finding("IMAP_BUSY", attempt, LIKELY)]
    return []


def _finding(
    code: str,
    attempt: Observation[SignIn],
    certainty: Certainty,
    *,
    owner: Owner | None = None,
    variant: str = "",
) -> Finding:
    seen = attempt.seen
    return finding(
        code,
        [attempt],
        certainty=certainty,
        owner=owner,
        variant=variant,
        host=seen.host,
        port=seen.port,
        said=seen.text or seen.select_refused,
    )
