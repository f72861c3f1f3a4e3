"""Port 25 as text: the row of a probe in a few words, and each dialogue as evidence."""

from collections.abc import Sequence

from mailwizard.model.marked import N_
from mailwizard.model.seen.door import RcptReply, SmtpDoor, SmtpReply
from mailwizard.text.connection_facts import chain_words
from mailwizard.text.joined import bracketed
from mailwizard.text.language import _

NOT_CONNECTED = {
    "refused": N_("{host} turns the connection away"),
    "timeout": N_("{host} does not answer"),
    "unreachable": N_("no way to {host}"),
    "reset": N_("{host} breaks the connection off"),
    "no-address": N_("no address found for {host}"),
    "error": N_("{host} cannot be reached"),
}
"""Why there was no connection to a host, by ``Connect``."""


def door_line(doors: Sequence[SmtpDoor]) -> str:
    """What the exchangers say, in the words of the one that went furthest; "" where none was."""
    if not doors:
        return ""
    best = max(doors, key=_rank)
    tried = [door for door in doors if door.connect not in ("unreachable", "no-address")]
    answering = [door for door in tried if door.banner is not None]
    line = _furthest(best)
    if answering and len(answering) < len(tried):
        note = _("{open} of {all} addresses answer").format(open=len(answering), all=len(tried))
        return bracketed(line, note)
    return line


def door_open(doors: Sequence[SmtpDoor]) -> bool:
    """Whether one takes the user's mail; where nobody was asked for, whether one greets."""
    replies = [r.reply for door in doors for r in door.rcpt if r.who == "user"]
    if replies:
        return any(200 <= reply.code < 300 for reply in replies)
    return any(door.banner is not None and door.banner.code == 220 for door in doors)


def smtp_door_fact(seen: SmtpDoor) -> str:
    """One dialogue, command by command."""
    place = f"SMTP {seen.host} [{seen.address}]:25"
    if seen.connect != "connected":
        return _joined(f"{place}: {seen.connect}", seen.detail)
    parts = [f"banner {_reply(seen.banner)}"]
    if seen.banner is not None and seen.banner_ms is not None and seen.banner_ms >= 5000:
        parts[0] += f" ({seen.banner_ms / 1000:.0f} s)"
    if seen.ehlo is not None and seen.ehlo.code != 250:
        parts.append(f"EHLO {_reply(seen.ehlo)}")
    if seen.size_limit is not None:
        parts.append(f"SIZE {seen.size_limit}")
    parts += _tls(seen)
    parts += [f"MAIL FROM {_reply(seen.mail)}"] if seen.mail else []
    parts += [_recipient(r) for r in seen.rcpt_before]
    parts += [_("some seconds later")] if seen.rcpt_before else []
    parts += [_recipient(r) for r in seen.rcpt]
    parts += [seen.detail] if seen.detail else []
    return f"{place}: " + "; ".join(parts)


def _tls(seen: SmtpDoor) -> list[str]:
    if seen.starttls is None:
        return []
    if not seen.starttls:
        return [_("no STARTTLS")]
    if seen.starttls_talk != "handshake":
        return [f"STARTTLS {seen.starttls_talk}".strip()]
    words = " ".join(filter(None, ("STARTTLS", seen.tls, seen.tls_version)))
    parts = [_joined(words, seen.tls_detail)]
    if seen.certificates:
        parts.append(chain_words(seen.certificates))
    return parts


def _recipient(given: RcptReply) -> str:
    return f"RCPT TO ({given.who}) {_reply(given.reply)}"


def _reply(reply: SmtpReply | None) -> str:
    return " ".join(filter(None, (str(reply.code), reply.enhanced, reply.text))) if reply else "-"


def _joined(text: str, detail: str) -> str:
    return f"{text} ({detail})" if detail else text


def _rank(door: SmtpDoor) -> tuple[bool, int, bool, bool, str, str]:
    user = [r.reply for r in door.rcpt if r.who == "user"]
    taken = any(200 <= reply.code < 300 for reply in user)
    connected = door.connect == "connected"
    return taken, len(door.rcpt), door.banner is not None, connected, door.host, door.address


def _furthest(door: SmtpDoor) -> str:
    if door.connect != "connected":
        return _(NOT_CONNECTED[door.connect]).format(host=door.host)
    for recipient in door.rcpt:
        if recipient.who == "user":
            reply = recipient.reply
            if 200 <= reply.code < 300:
                return _("{host} takes mail for you").format(host=door.host)
            return _("{host} says: {reply}").format(
                host=door.host, reply=f"{reply.code} {reply.text}"
            )
    if door.banner is None:
        return _("{host} connects, but says nothing").format(host=door.host)
    if door.banner.code != 220:
        return _("{host} says: {reply}").format(
            host=door.host, reply=f"{door.banner.code} {door.banner.text}"
        )
    return _("{address} answers").format(address=door.host)
