"""The words of the map of the way in: its parts, their figures, and what hangs on them."""

from collections.abc import Iterable, Sequence

from mailwizard.diagnosis.way_in_parts import (
    Door,
    Exchanger,
    NameServer,
    Stage,
    StageId,
    WayIn,
)
from mailwizard.model.finding import Finding
from mailwizard.model.marked import N_
from mailwizard.model.provider import Provider
from mailwizard.model.shown import shown
from mailwizard.text.finding_text import render
from mailwizard.text.joined import bracketed, labelled, listed
from mailwizard.text.language import _
from mailwizard.text.rows import STATES

TITLES: dict[StageId, str] = {
    "parent": N_("Registry"),
    "servers": N_("Name servers"),
    "mx": N_("Mail records"),
    "addresses": N_("Addresses"),
    "doors": N_("Doors (port 25)"),
    "mailbox": N_("Your mailbox"),
}

_HOW = {
    "open": N_("port 25 open"),
    "busy": N_("port 25 open, but it takes nothing now"),
    "refused": N_("port 25 refused"),
    "timeout": N_("port 25: no reply"),
    "silent": N_("port 25: no greeting"),
    "unreachable": N_("cannot be reached from here"),
    "not-tried": N_("port 25 not tried"),
    "waiting": "",
}
_USER = {
    "accepted": N_("takes your mail"),
    "anybody": N_("takes any address, so yours proves nothing"),
    "later": N_("asks to come back later"),
    "busy": N_("asks to come back later"),
    "our-address": N_("does not talk to this computer"),
    "our-probe": N_("does not answer such questions"),
}
_REFUSED = N_("refuses your address")
_SAID = {
    "answers": N_("answers"),
    "lame": N_("does not serve the domain"),
    "not-tried": N_("not asked"),
    "timeout": N_("no reply"),
    "unreachable": N_("cannot be reached from here"),
    "refused": N_("refuses to answer"),
    "servfail": N_("cannot tell"),
    "garbage": N_("no sensible reply"),
}
_MOST_HOSTS = 4

# Why nothing could be tested, where the fault is near by.
_NEAR = {
    "LOCAL_OFFLINE": N_("because this computer is in no network"),
    "GATEWAY_DOWN": N_("because the router does not answer"),
    "INTERNET_DOWN": N_("because the internet cannot be reached"),
    "CAPTIVE_PORTAL": N_("because the Wi-Fi wants a sign-in first"),
    "PROXY_REQUIRED": N_("because only the office's proxy leads out"),
    "PROXY_REFUSES_MAIL": N_("because only the office's proxy leads out"),
    "NAMES_MADE_UP": N_("because a program here makes up the answers"),
    "PORT25_BLOCKED_HERE": N_("because this network blocks port 25"),
    "LOCAL_DNS_DOWN": N_("because the name service here does not answer"),
    "DNS_HIJACKED": N_("because the name service here gives false answers"),
}


def headlines(findings: Iterable[Finding], provider: Provider) -> dict[str, str]:
    """The headline of each finding by its code, the first of a code."""
    found: dict[str, str] = {}
    for finding in findings:
        if finding.code not in found:
            found[finding.code] = render(finding, provider).headline
    return found


def figures(way: WayIn, stage: Stage, *, branches: bool = True) -> tuple[str, ...]:
    """What is known of one part, in phrases that are not to be torn apart; () where nothing is.

    ``branches``: the name servers and exchangers stand below it, each with its name.
    """
    why = (_why_not(stage),) if stage.state == "not tested" and stage.code else ()
    words = {"good": stage.good, "of": stage.of}
    match stage.id:
        case "parent":
            told = _registry(way)
        case "servers":
            told = (_("{good} of {of} answer").format(**words),) if stage.of else ()
        case "mx":
            told = _records(way, branches=branches)
        case "addresses":
            told = (_("{of} known").format(**words),) if stage.of else ()
        case "doors":
            told = (_("{good} of {of} open").format(**words),) if stage.of else ()
        case "mailbox":
            told = _mailbox(way, stage)
    return why or told


def server_words(server: NameServer) -> str:
    """What one name server does: its addresses, and whether it answers."""
    said = _(_SAID.get(server.said, server.said))
    return listed([*(shown(a, 60) for a in server.addresses[:4]), said])


def exchanger_words(exchanger: Exchanger) -> str:
    """One exchanger with its preference."""
    host = f"{exchanger.preference} {shown(exchanger.host, 255)}"
    return bracketed(host, _("another provider's")) if exchanger.abroad else host


def door_words(door: Door) -> tuple[str, ...]:
    """One address: itself, its door, and what was said of the user's address."""
    parts = [shown(door.address, 60), _(_HOW[door.how])]
    if door.user:
        parts.append(_(_USER.get(door.user, _REFUSED)))
    return tuple(part for part in parts if part)


def plain_lines(way: WayIn, told: dict[str, str]) -> list[str]:
    """The map as numbered lines, for screen readers and pipes: no drawing at all."""
    lines: list[str] = []
    for number, stage in enumerate(way.stages, 1):
        state = f"{number}. [{_(STATES[stage.state])}] "
        lines.append(state + _joined(_(TITLES[stage.id]), figures(way, stage)))
        if headline := headline_of(stage, told):
            lines.append(f"   {headline}")
        lines += [f"   - {line}" for line in _branches(way, stage)]
    return lines


def headline_of(stage: Stage, told: dict[str, str]) -> str:
    """What was found at a part that is, or may be, in trouble."""
    return told.get(stage.code, "") if stage.state in ("problem", "risk") else ""


def _branches(way: WayIn, stage: Stage) -> Sequence[str]:
    if stage.id == "servers":
        return [
            f"[{_(STATES[s.state])}] {labelled(shown(s.host, 255), server_words(s))}"
            for s in way.servers
        ]
    if stage.id != "mx":
        return []
    lines: list[str] = []
    for exchanger in way.exchangers:
        lines.append(f"[{_(STATES[exchanger.state])}] {exchanger_words(exchanger)}")
        lines += [
            f"  [{_(STATES[door.state])}] {listed(door_words(door))}" for door in exchanger.doors
        ]
    return lines


def _joined(title: str, told: tuple[str, ...]) -> str:
    return labelled(title, listed(told)) if told else title


def _why_not(stage: Stage) -> str:
    return _(_NEAR.get(stage.code, N_("because of what stands above"))) if stage.code else ""


def _registry(way: WayIn) -> tuple[str, ...]:
    parts = []
    if way.delegated:
        parts.append(_("names {count} name servers").format(count=len(way.delegated)))
    if way.registered_until:
        parts.append(_("registered until {day}").format(day=way.registered_until))
    return tuple(parts)


def _records(way: WayIn, *, branches: bool) -> tuple[str, ...]:
    if way.no_mail:
        return (_("say that the domain takes no mail"),)
    if not way.exchangers:
        return (_("none"),) if way.stage("mx").state in ("problem", "risk") else ()
    if branches:
        return (_("{count} in all").format(count=len(way.exchangers)),)
    hosts = [f"{e.preference} {shown(e.host, 255)}" for e in way.exchangers[:_MOST_HOSTS]]
    return tuple(hosts) if len(way.exchangers) <= _MOST_HOSTS else (*hosts, "…")


def _mailbox(way: WayIn, stage: Stage) -> tuple[str, ...]:
    said = [door.user for e in way.exchangers if not e.abroad for door in e.doors if door.user]
    if stage.good == stage.of and stage.good:
        return (_("your address is accepted"),)
    if stage.good:
        return (_("accepted at {good} of {of} doors").format(good=stage.good, of=stage.of),)
    if not said:
        return ()
    if "anybody" in said:
        return (_("the server takes any address"),)
    if any(u in ("later", "busy") for u in said):
        return (_("it asks to come back later"),)
    if any(u in ("our-address", "our-probe") for u in said):
        return (_("it does not tell this computer"),)
    return (_("your address is refused"),)
