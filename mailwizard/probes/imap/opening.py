"""From a host name to a signed-in connection, or to the record that says how far it went."""

import socket
from dataclasses import replace
from typing import Literal

from mailwizard import __version__
from mailwizard.model.secret import Secret
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.shown import shown
from mailwizard.probes.connecting import host_addresses
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.replies import Broken, Garbled, Refused, Reply, read_status
from mailwizard.probes.setting import Setting, Stopped
from mailwizard.probes.starttls import PLAIN_PORT, Upgrade, ask_for_tls
from mailwizard.probes.tls import handshake

# Three packets go out in this time, 0, 1 and 3 seconds after the start (RFC 6298); to further
# addresses, after one that kept silent, two.
CONNECT_SECONDS = 5.0
NEXT_CONNECT_SECONDS = 2.5
TLS_SECONDS = 8.0
MOST_ADDRESSES = 6
ENOUGH_FOR_ONE_MORE = 4.0  # seconds

# How far an attempt went: of several addresses the one that went farthest is told.
_FARNESS = ("unreachable", "silent", "not-verified", "unavailable")
_KINDS: dict[str, Literal["NO", "BAD", "BYE"]] = {"NO": "NO", "BAD": "BAD", "BYE": "BYE"}
_LATER_CODES = {"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "OVERQUOTA"}


def open_mailbox(
    setting: Setting, password: Secret, *, beside: bool = False
) -> tuple[ImapClient | None, SignIn]:
    """Tries each address in turn until one greets, then signs in there, once.

    ``beside`` another connection nothing more is asked about the mailbox. The connection is there
    for ``ok`` only. A password goes out only over verified TLS, and only to the first address that
    greets. Raises Stopped.
    """
    client, failed = _greeted(setting)
    if client is None:
        return None, failed
    try:
        seen = _sign_in(setting, client, password, failed, beside=beside)
    except Stopped:
        client.close()
        raise
    if seen.outcome != "ok":
        client.close()
        return None, seen
    return client, seen


def _greeted(setting: Setting) -> tuple[ImapClient | None, SignIn]:
    host, port = setting.imap_server
    nothing = SignIn(host=host, port=port, outcome="unreachable", text="no address")
    try:
        addresses = host_addresses(setting, host)
    except TimeoutError:
        return None, replace(nothing, text="no answer from the name service")
    except OSError as problem:
        return None, replace(nothing, text=shown(problem.strerror or "no address", 120))
    farthest = nothing
    for address in addresses[:MOST_ADDRESSES]:
        if farthest is not nothing and setting.remaining() < ENOUGH_FOR_ONE_MORE:
            break
        seconds = CONNECT_SECONDS if farthest is nothing else NEXT_CONNECT_SECONDS
        client, seen = _greeted_at(setting, address, seconds)
        if client is not None:
            return client, seen
        if farthest is nothing or _FARNESS.index(seen.outcome) > _FARNESS.index(farthest.outcome):
            farthest = seen
    return None, farthest


def _greeted_at(setting: Setting, address: str, seconds: float) -> tuple[ImapClient | None, SignIn]:
    host, port = setting.imap_server
    seen = SignIn(host=host, port=port, outcome="unreachable")
    try:
        plain = setting.connect(address, port, seconds)
    except (OSError, UnicodeError) as problem:
        return None, replace(seen, text=_why(problem))
    upgrade = ask_for_tls(setting, plain) if port == PLAIN_PORT else None
    if upgrade is not None and upgrade.state != "ready":
        plain.close()
        return None, _not_upgraded(seen, upgrade)
    tls = handshake(setting, plain, host, again=(address, port), seconds=TLS_SECONDS)
    if tls.connection is None:
        detail = shown(f"{tls.outcome}: {tls.detail}", 200)
        match tls.outcome:
            case "timeout":
                return None, replace(seen, outcome="silent", text=detail)
            case "reset" | "closed":
                return None, replace(seen, text=detail)
            case _:
                return None, replace(seen, outcome="not-verified", text=detail)
    try:
        # After STARTTLS no second greeting comes (RFC 9051, 6.2.1), and what was offered in plain
        # text is forgotten: the client asks again.
        greeted = b"" if upgrade is None else b"* OK\r\n"
        client = ImapClient(setting, tls.connection, greeted=greeted)
    except Broken as broken:
        return None, _not_greeted(seen, broken)
    except Refused as refused:
        return None, _with_reply(replace(seen, outcome="unavailable"), refused.reply)
    except Garbled:
        tls.connection.close()
        return None, replace(seen, outcome="unavailable", text="not the words of a mail server")
    greeting = client.greeting if upgrade is None else upgrade.greeting
    return client, replace(seen, greeting=greeting, capabilities=client.capabilities(), text="")


def _not_upgraded(seen: SignIn, upgrade: Upgrade) -> SignIn:
    """How far it went where a server in plain text led to no TLS; nothing secret was said."""
    match upgrade.state:
        case "silent":
            return replace(seen, outcome="silent", text="no answer in time")
        case "busy":
            status = read_status(upgrade.greeting.encode("utf-8"))
            code, text = status[1:] if status else ("", upgrade.greeting)
            return replace(seen, outcome="unavailable", code=code, text=text)
        case "broken":
            return replace(seen, outcome="unavailable", text="the server closed the connection")
        case "garbled":
            why = "not the words of a mail server"
            return replace(seen, outcome="unavailable", text=why)
        case _:
            return replace(seen, outcome="not-verified", text=f"STARTTLS: {upgrade.state}")


def _not_greeted(seen: SignIn, broken: Broken) -> SignIn:
    if broken.reply is not None:
        return _with_reply(replace(seen, outcome="unavailable"), broken.reply)
    if broken.silent:
        return replace(seen, outcome="silent", text=broken.why)
    return replace(seen, outcome="unavailable", text=broken.why)


def _sign_in(
    setting: Setting, client: ImapClient, password: Secret, seen: SignIn, *, beside: bool
) -> SignIn:
    offered = set(seen.capabilities)
    login = "LOGINDISABLED" not in offered
    if not client.preauthenticated:
        if not login and "AUTH=PLAIN" not in offered:
            return replace(seen, outcome="no-password-login")
        try:
            if login:
                client.login(setting.case.me, password)
            else:
                client.authenticate_plain(setting.case.me, password)
        except Refused as refused:
            later = refused.reply.kind == "BYE" or refused.reply.code in _LATER_CODES
            outcome = replace(seen, outcome="unavailable" if later else "refused")
            return _without(password, _with_reply(outcome, refused.reply))
        except Broken as broken:
            told = replace(seen, outcome="unavailable", text=broken.why)
            return _without(password, _with_reply(told, broken.reply) if broken.reply else told)
        except Garbled:
            return replace(seen, outcome="unavailable", text="a reply that makes no sense")
    return _look_around(client, replace(seen, outcome="ok"), beside=beside)


def _look_around(client: ImapClient, seen: SignIn, *, beside: bool) -> SignIn:
    """Says who we are, asks what is offered now, and opens the inbox once, read-only."""
    try:
        introduce(client)
        if beside:
            return seen
        seen = replace(seen, capabilities=client.capabilities_now())
        client.examine(b"INBOX")
    except Refused as refused:
        seen = replace(seen, select_refused=_words(refused.reply) or "NO")
    except Garbled:
        return seen
    except Broken as broken:
        why = _words(broken.reply) if broken.reply else broken.why
        return replace(seen, outcome="unavailable", text=shown(why))
    return seen


def introduce(client: ImapClient) -> None:
    """Sends ID, whatever the server says it offers; a refusal of it does no harm."""
    try:
        client.identify(__version__)
    except (Refused, Garbled):
        return


def _with_reply(seen: SignIn, reply: Reply) -> SignIn:
    return replace(seen, code=reply.code, text=reply.text, reply=_KINDS.get(reply.kind, ""))


def _words(reply: Reply) -> str:
    return shown(f"[{reply.code}] {reply.text}" if reply.code else reply.text)


def _without(password: Secret, seen: SignIn) -> SignIn:
    """Takes the password out of a reply that repeats it."""
    text = password.reveal()
    if text and text in seen.text:
        return replace(seen, text=seen.text.replace(text, "•••"))
    return seen


def _why(problem: OSError | UnicodeError) -> str:
    if isinstance(problem, TimeoutError | socket.timeout):
        return "timeout"
    if isinstance(problem, ConnectionRefusedError):
        return "refused"
    if isinstance(problem, OSError) and problem.strerror:
        return shown(problem.strerror, 120)
    return shown(str(problem), 120)
