"""What a probe saw, in one short line built from its observations; nothing is judged here."""

from collections.abc import Callable
from typing import TypeVar

from mailwizard.model.evidence import Evidence
from mailwizard.model.marked import N_
from mailwizard.model.observation import Seen
from mailwizard.model.seen.dns import DEFINITE, DnsAnswer, MtaSts, ProviderHint, Registration, Tlsa
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.model.seen.mailbox import SignIn, SiteLook
from mailwizard.model.seen.network import Endpoint, GatewayReply, HttpReply, Link
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.model.seen.sender import (
    BlockListAnswer,
    Bounce,
    DmarcRecord,
    SenderLog,
    SpfResult,
)
from mailwizard.reading.mx import parse_mx
from mailwizard.text.dns_facts import name_servers_answered, name_servers_line
from mailwizard.text.door_lines import NOT_CONNECTED, door_line, door_open
from mailwizard.text.joined import labelled, listed
from mailwizard.text.language import _
from mailwizard.text.line_lines import line_line, line_worked, proxy_line, proxy_worked
from mailwizard.text.mailbox_lines import history_line, notices_line, quota_line, search_line
from mailwizard.text.policy_facts import dane_line, mta_sts_line, mta_sts_worked

S = TypeVar("S", bound=Seen)

# What is wrong stands first: a narrow screen cuts the host off, not the fault.
_TLS = {
    "expired": N_("certificate has expired: {host}"),
    "not-yet-valid": N_("certificate is not yet good: {host}"),
    "name": N_("certificate of another name: {host}"),
    "self-signed": N_("nobody vouches for it: {host}"),
    "untrusted": N_("unknown issuer vouches for {host}"),
    "incomplete": N_("certificate incomplete: {host}"),
    "protocol": N_("no encryption in common: {host}"),
    "plaintext": N_("does not encrypt here: {host}"),
    "timeout": N_("silent before encryption: {host}"),
    "reset": N_("breaks off encryption: {host}"),
    "closed": N_("breaks off encryption: {host}"),
    "error": N_("cannot be encrypted: {host}"),
}

_CERTIFICATES = ("expired", "not-yet-valid", "name", "self-signed", "untrusted", "incomplete")

_SIGN_IN = {
    "ok": N_("signed in at {host}"),
    "refused": N_("{host} refused the password"),
    "unavailable": N_("{host} has no time for us now"),
    "no-password-login": N_("{host} takes no passwords from mail programs"),
    "not-verified": N_("{host} could not prove who it is; nothing was sent"),
    "unreachable": N_("{host} cannot be reached"),
    "silent": N_("{host} says nothing"),
    "not-tried": N_("not tried, without your password"),
}


# Answers with which a list refuses the question: neither listed nor clear.
_LIST_REFUSES = "127.255.255."


def seen_line(probe: str, evidence: Evidence) -> str:
    """The line, in the language in use, plain text; "" where nothing was seen."""
    line = _LINES.get(probe)
    return line(probe, evidence) if line else ""


def worked(probe: str, evidence: Evidence) -> bool | None:
    """Whether the probe got the answer that it asked for; None where that cannot be told."""
    test = _WORKED.get(probe)
    saw_nothing = all(isinstance(o.seen, ProbeEnded) for o in evidence.from_probe(probe))
    return None if test is None or saw_nothing else test(probe, evidence)


def answered_wrongly(probe: str, evidence: Evidence) -> bool:
    """Whether somebody else answered than was asked: the sign-in page of a Wi-Fi does."""
    replies = _all(HttpReply, probe, evidence)
    return any(reply.outcome == "reply" and not _as_expected(reply) for reply in replies)


def _all(kind: type[S], probe: str, evidence: Evidence) -> list[S]:
    return [observation.seen for observation in evidence.of(kind, probe)]


def _of(done: int, total: int) -> str:
    return _("{done} of {total} answer").format(done=done, total=total)


def _link(probe: str, evidence: Evidence) -> str:
    for link in _all(Link, probe, evidence):
        for interface in link.interfaces:
            if interface.name == link.gateway_interface or link.gateway_interface is None:
                return listed(interface.addresses[:2])
        return _("not connected")
    return ""


def _gateway(probe: str, evidence: Evidence) -> str:
    for reply in _all(GatewayReply, probe, evidence):
        if not reply.answered:
            return _("{address} does not answer").format(address=reply.address)
        if reply.milliseconds is None:
            return _("{address} is there").format(address=reply.address)
        return _("{address} answers in {ms} ms").format(
            address=reply.address, ms=_ms(reply.milliseconds)
        )
    return ""


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.0f}" if milliseconds >= 1 else "1"


def _resolvers(probe: str, evidence: Evidence) -> str:
    answers = _all(DnsAnswer, probe, evidence)
    servers = list(dict.fromkeys(answer.server for answer in answers))
    answering = {a.server for a in answers if a.status in DEFINITE}
    if len(servers) == 1:
        text = _("{address} answers") if answering else _("{address} does not answer")
        return text.format(address=servers[0])
    return _of(len(answering), len(servers)) if servers else ""


def _http(probe: str, evidence: Evidence) -> str:
    replies = _all(HttpReply, probe, evidence)
    good = sum(_as_expected(reply) for reply in replies)
    if probe == "portal" and good and good == len(replies):
        return _("none in the way")
    if probe == "portal" and answered_wrongly(probe, evidence):
        return _("another page answers instead")
    unproven = sum(reply.tls in _CERTIFICATES for reply in replies)
    if unproven:
        return _("{count} of {total} certificates not good").format(
            count=unproven, total=len(replies)
        )
    return _of(good, len(replies)) if replies else ""


def _as_expected(reply: HttpReply) -> bool:
    if reply.outcome != "reply":
        return False
    if reply.expected_status is not None and reply.status != reply.expected_status:
        return False
    return reply.expected_body is None or reply.expected_body in reply.body


def _provider(probe: str, evidence: Evidence) -> str:
    hints = _all(ProviderHint, probe, evidence)
    return _("your domain points to {host}").format(host=hints[0].target) if hints else ""


def _endpoint(probe: str, evidence: Evidence) -> str:
    tried = _all(Endpoint, probe, evidence)
    if not tried:
        return ""
    # Of the webmail's row, webmail itself; the provider's other doors only where it has none.
    tried = [e for e in tried if e.role == "web" and e.tls] or tried
    best = max(tried, key=lambda e: (e.spoke, e.tls == "ok", e.connect == "connected"))
    if best.connect != "connected":
        return _(NOT_CONNECTED[best.connect]).format(host=best.host)
    if best.tls not in ("", "ok"):
        return _(_TLS[best.tls]).format(host=best.host)
    if best.service != "https" and not best.spoke:
        return _("{host} connects, but says nothing").format(host=best.host)
    if best.connect_ms is None:
        return _("{address} answers").format(address=best.host)
    return _("{address} answers in {ms} ms").format(address=best.host, ms=_ms(best.connect_ms))


def _endpoints(probe: str, evidence: Evidence) -> str:
    hosts = {e.host for e in _all(Endpoint, probe, evidence)}
    return _of(len(_reached(probe, evidence)), len(hosts)) if hosts else ""


def _reached(probe: str, evidence: Evidence) -> set[str]:
    return {
        e.host
        for e in _all(Endpoint, probe, evidence)
        if e.connect == "connected" and (e.tls == "ok" or (e.spoke and not e.tls))
    }


def _sign_in(probe: str, evidence: Evidence) -> str:
    for attempt in reversed(_all(SignIn, probe, evidence)):
        return _(_SIGN_IN[attempt.outcome]).format(host=attempt.host)
    return ""


def _sites(probe: str, evidence: Evidence) -> str:
    looks = _all(SiteLook, probe, evidence)
    return _of(sum(bool(look.greeting) for look in looks), len(looks)) if looks else ""


def _mx(probe: str, evidence: Evidence) -> str:
    answers = [a for a in _all(DnsAnswer, probe, evidence) if a.rtype == "MX"]
    # A record in the wrong place, at www, leads nobody anywhere.
    answers = [a for a in answers if not a.name.startswith("www.")] or answers
    for answer in answers:
        if answer.records:
            hosts = [mx.host for mx in parse_mx(answer.records)]
            if len(hosts) <= 1:
                return _("to {host}").format(host=hosts[0] if hosts else ".")
            return _("to {host} (+{more})").format(host=hosts[0], more=len(hosts) - 1)
    if any(answer.status == "nxdomain" for answer in answers):
        return _("there is no such domain")
    if any(answer.status == "nodata" for answer in answers):
        return _("no record says where mail goes")
    return _("no answer from the name service") if answers else ""


def _registration(probe: str, evidence: Evidence) -> str:
    entries = _all(Registration, probe, evidence)
    if not entries:
        return ""
    # The walk upwards ends at the name that was found; else the last reply tells the most.
    entry = next((e for e in entries if e.outcome == "found"), entries[-1])
    if entry.outcome == "found" and entry.expires:
        return _("until {day}").format(day=entry.expires.date().isoformat())
    if entry.outcome == "found":
        return _("registered")
    if entry.outcome == "not-found":
        return _("the registry does not know it")
    return _("the registry does not tell")


def _door(probe: str, evidence: Evidence) -> str:
    return door_line(_all(SmtpDoor, probe, evidence))


def _bounce(probe: str, evidence: Evidence) -> str:
    for bounce in _all(Bounce, probe, evidence):
        if bounce.form == "unreadable":
            return _("nothing in it can be read")
        if bounce.form == "not-a-bounce":
            return _("it is no message about undelivered mail")
        for recipient in bounce.recipients:
            code = recipient.enhanced or str(recipient.code or "")
            return _("for {address}: {reply}").format(
                address=recipient.address, reply=f"{code} {recipient.said}".strip()
            )
        return _("read")
    return ""


def _log(probe: str, evidence: Evidence) -> str:
    for log in _all(SenderLog, probe, evidence):
        if not log.understood:
            return _("nothing in it can be read")
        return f"{log.status} {log.code or ''} {log.said}".strip()
    return ""


def _identity(probe: str, evidence: Evidence) -> str:
    parts = [
        _("SPF for {address}: {result}").format(address=spf.server.address, result=spf.result)
        for spf in _all(SpfResult, probe, evidence)[:1]
    ]
    none = _("none")
    parts += [
        labelled("DMARC", dmarc.policy or none) for dmarc in _all(DmarcRecord, probe, evidence)[:1]
    ]
    return listed(parts)


def _block_lists(probe: str, evidence: Evidence) -> str:
    answers = _all(BlockListAnswer, probe, evidence)
    refused = [a for a in answers if any(c.startswith(_LIST_REFUSES) for c in a.codes)]
    on_it = [a for a in answers if a.asked == "answer" and a.codes and a not in refused]
    if on_it:
        return _("{address} is listed at {zone}").format(
            address=on_it[0].server.address, zone=on_it[0].zone
        )
    if refused:
        return _("{zone} refused the question").format(zone=refused[0].zone)
    clear = sum(answer.asked == "not-listed" for answer in answers)
    if clear and clear == len(answers):
        return _("not listed ({asked} asked)").format(asked=clear)
    return _of(clear, len(answers)) if answers else ""


_LINES: dict[str, Callable[[str, Evidence], str]] = {
    "link": _link,
    "gateway": _gateway,
    "resolvers": _resolvers,
    "public-resolvers": _resolvers,
    "portal": _http,
    "https": _http,
    "line": line_line,
    "proxy": proxy_line,
    "provider": _provider,
    "imap-server": _endpoint,
    "imap-control": _endpoints,
    "provider-web": _endpoint,
    "sign-in": _sign_in,
    "other-sites": _sites,
    "search": search_line,
    "history": history_line,
    "notices": notices_line,
    "quota": quota_line,
    "domain": _mx,
    "name-servers": name_servers_line,
    "registration": _registration,
    "door": _door,
    "door-control": _door,
    "mta-sts": lambda p, e: mta_sts_line(_all(MtaSts, p, e)),
    "dane": lambda p, e: dane_line(_all(Tlsa, p, e)),
    "bounce": _bounce,
    "sender-log": _log,
    "sender-domain": _mx,
    "sender-identity": _identity,
    "block-lists": _block_lists,
}


def _resolved(probe: str, evidence: Evidence) -> bool:
    return any(a.status in DEFINITE for a in _all(DnsAnswer, probe, evidence))


def _as_all_expected(probe: str, evidence: Evidence) -> bool:
    replies = _all(HttpReply, probe, evidence)
    return bool(replies) and all(_as_expected(reply) for reply in replies)


def _open_door(probe: str, evidence: Evidence) -> bool:
    return door_open(_all(SmtpDoor, probe, evidence))


_WORKED: dict[str, Callable[[str, Evidence], bool]] = {
    "link": lambda p, e: any(link.interfaces for link in _all(Link, p, e)),
    "gateway": lambda p, e: any(reply.answered for reply in _all(GatewayReply, p, e)),
    "resolvers": _resolved,
    "public-resolvers": _resolved,
    "portal": _as_all_expected,
    "https": lambda p, e: any(_as_expected(reply) for reply in _all(HttpReply, p, e)),
    "line": line_worked,
    "proxy": proxy_worked,
    "imap-server": lambda p, e: bool(_reached(p, e)),
    "imap-control": lambda p, e: bool(_reached(p, e)),
    "provider-web": lambda p, e: bool(_reached(p, e)),
    "sign-in": lambda p, e: any(s.outcome == "ok" for s in _all(SignIn, p, e)),
    "other-sites": lambda p, e: any(look.greeting for look in _all(SiteLook, p, e)),
    "domain": _resolved,
    "name-servers": name_servers_answered,
    "mta-sts": lambda p, e: any(mta_sts_worked(rules) for rules in _all(MtaSts, p, e)),
    "dane": lambda p, e: any(answer.status in DEFINITE for answer in _all(Tlsa, p, e)),
    "door": _open_door,
    "door-control": _open_door,
    "sender-domain": _resolved,
}
