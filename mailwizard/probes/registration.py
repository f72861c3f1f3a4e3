"""Whether a domain is registered and paid for: RDAP, and WHOIS where a registry has no RDAP."""

import re
from typing import Literal

from mailwizard.model.seen.dns import Registration
from mailwizard.probes import rdap, whois
from mailwizard.probes.registry_reply import Reply
from mailwizard.probes.setting import Setting
from mailwizard.reading.registration import Registered

MAX_WALK = 4  # names asked for, from the domain upwards

# Below these labels of a country's domain, companies register (example.com.cn, example.co.uk).
_SECOND_LEVEL = re.compile(
    r"a[cd]|com?|edu?|g(?:en|o|ob|ouv|ov|v)|idv|lg|ltd|me|mil|net?|nhs|nom|org?|plc|sch"
)
# China's kinds and provinces (acme.com.cn, acme.gd.cn), and no others.
_CHINESE = re.compile(
    r"ac|com|edu|gov|mil|net|org|ah|bj|cq|fj|g[dsxz]|h[abeikln]|j[lsx]|ln|mo|nm|nx|qh|s[cdhnx]|t[jw]|x[jz]|yn|zj"
)
# The Chinese registry counts the questions of one asker: none may be wasted on a host's name.
_SPARING = frozenset(("cn", "xn--fiqs8s", "xn--fiqz9s"))

About = Literal["own", "sender"]


def own(setting: Setting) -> None:
    """Looks up the user's mail domain, or the registered domain above it.

    Records one Registration for each domain and source asked. Raises Stopped.
    """
    look_up(setting, setting.case.domain, "own")


def look_up(setting: Setting, domain: str, about: About) -> None:
    """The registration of a domain, or of the nearest registered one above it. Raises Stopped."""
    bases, trouble = rdap.services(setting, domain)
    names = candidates(domain)
    if bases:
        reply = Reply("error")
        for name in names:
            reply = rdap.ask(setting, bases, name)
            _record(setting, name, "rdap", about, reply)
            if reply.outcome != "not-found":
                break
        if reply.outcome in ("found", "not-found"):
            return
    elif trouble is not None:
        _record(setting, names[0], "rdap", about, trouble)
    server, problem = whois.service(setting, domain)
    if not server:
        _record(setting, names[0], "whois", about, problem)
        return
    for name in names:
        reply = whois.ask(setting, server, name)
        _record(setting, name, "whois", about, reply)
        if reply.outcome != "not-found":
            return


def candidates(domain: str) -> list[str]:
    """The domain, then with one label less each, down to what can be registered.

    Public suffixes are known by their form only, so the walk starts at the whole name: a suffix
    that is not known costs a question, and is never taken for the company's domain while the
    registry knows a longer name.
    """
    labels = domain.split(".")
    names = [".".join(labels[cut:]) for cut in range(len(labels) - 1)]
    names = [names[0], *(name for name in names[1:] if not _is_public(name))] if names else [domain]
    if labels[-1] in _SPARING:
        return names[-1:]
    return names[:1] + names[1:][-(MAX_WALK - 1) :]


def _is_public(name: str) -> bool:
    first, _, rest = name.partition(".")
    if "." in rest:
        return False
    usual = _CHINESE if rest == "cn" else _SECOND_LEVEL
    return len(rest) == 2 and usual.fullmatch(first) is not None


def _record(
    setting: Setting, domain: str, source: Literal["rdap", "whois"], about: About, reply: Reply
) -> None:
    read = reply.registered or Registered(found=None)
    setting.record(
        Registration(
            domain=(read.domain if read.found else "") or domain,
            source=source,
            about=about,
            outcome=reply.outcome,
            status=read.status,
            expires=read.expires,
            registrar=read.registrar,
            name_servers=read.name_servers,
            detail=reply.detail,
        )
    )
