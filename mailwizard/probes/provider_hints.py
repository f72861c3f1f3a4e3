"""What tells where the user's mailbox is: SRV, own host names, MX, SPF, settings for programs."""

import re
from collections.abc import Sequence

from mailwizard.model.seen.dns import DnsAnswer, ProviderHint
from mailwizard.probes import autoconfig
from mailwizard.probes.asking import Question
from mailwizard.probes.resolving import ask_in_turn, configured, public, question, trusted
from mailwizard.probes.setting import Setting
from mailwizard.providers.match import by_client_host
from mailwizard.reading.mx import parse_mx

CLIENT_NAMES = ("imap", "mail", "webmail")
MAX_HINTS = 20

_INCLUDE = re.compile(r"(?:^|\s)[+?~]?(?:include:|redirect=)(\S+)", re.IGNORECASE)


def provider_hints(setting: Setting) -> None:
    """Asks this computer's resolvers, then the public ones for what those did not answer.

    Where neither SRV nor the company's own host names lead to a known provider, its settings for
    mail programs are fetched, too. Records ProviderHint. About three seconds where nobody answers.
    Raises Stopped.
    """
    domain = setting.case.domain
    settings_host = autoconfig.host_of(domain)
    names = [
        (f"_imaps._tcp.{domain}", "SRV"),
        (settings_host, "A"),
        *((f"{name}.{domain}", "A") for name in CLIENT_NAMES),
        (domain, "MX"),
        (domain, "TXT"),
    ]
    here, outside = configured(setting)[:2], public(setting, 2)

    def still_open(answers: Sequence[DnsAnswer]) -> list[Question]:
        names_left = [asked for asked in names if trusted(answers, *asked) is None]
        return [question(server, *asked) for asked in names_left for server in outside]

    first = [question(server, *asked) for asked in names for server in here]
    answers = ask_in_turn(setting, first, still_open, each=1.8)
    hints = _hints(domain, [asked for asked in names if asked[0] != settings_host], answers)
    kept = trusted(answers, settings_host, "A")
    known = any(by_client_host(h.target) for h in hints if h.source in ("srv", "cname"))
    if not known and kept is not None and kept.records:
        hints += autoconfig.autoconfig(setting)
    for hint in hints:
        setting.record(hint)


def _hints(
    domain: str, names: Sequence[tuple[str, str]], answers: Sequence[DnsAnswer]
) -> list[ProviderHint]:
    hints: list[ProviderHint] = []
    for name, rtype in names:
        answer = trusted(answers, name, rtype)
        if answer is None:
            continue
        if rtype == "SRV":
            hints += _srv(answer)
        elif rtype == "A":
            hints += [
                ProviderHint(source="cname", name=name, target=target)
                for target in answer.cname
                if target != name
            ]
        elif rtype == "MX":
            hints += [
                ProviderHint(source="mx", name=domain, target=mx.host)
                for mx in parse_mx(answer.records)
                if not mx.is_null
            ]
        else:
            hints += [
                ProviderHint(source="spf", name=domain, target=include.rstrip(".").lower())
                for record in answer.records
                if record.lower().startswith("v=spf1")
                for include in _INCLUDE.findall(record)
            ]
    return list(dict.fromkeys(hints))[:MAX_HINTS]


def _srv(answer: DnsAnswer) -> list[ProviderHint]:
    """The hosts of SRV records, best first; "." means that there is no such service (RFC 2782)."""
    targets: list[tuple[int, str]] = []
    for record in answer.records:
        fields = record.split()
        if len(fields) == 4 and re.fullmatch(r"[0-9]{1,5}", fields[0]):
            targets.append((int(fields[0]), fields[3].rstrip(".").lower()))
    return [
        ProviderHint(source="srv", name=answer.name, target=target)
        for _priority, target in sorted(targets)
        if target
    ]
