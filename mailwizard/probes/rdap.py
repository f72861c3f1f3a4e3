"""Asks registries over RDAP (RFC 9082), found by IANA's bootstrap (RFC 9224)."""

from collections.abc import Iterable

from mailwizard.model.shown import shown
from mailwizard.probes.https_get import NoReply, https_get
from mailwizard.probes.registry_reply import Outcome, Reply, judged
from mailwizard.probes.setting import Setting
from mailwizard.reading.rdap import Unreadable, parse_rdap, rdap_bases

MAX_BOOTSTRAP = 1 << 20
MAX_REPLY = 1 << 18
WAIT_SECONDS = 4.0


def services(setting: Setting, domain: str) -> tuple[tuple[str, ...], Reply | None]:
    """The registry's RDAP addresses; else why there are none (None: the registry has no RDAP)."""
    bootstrap = setting.world.controls.rdap_bootstrap
    if not bootstrap:
        return (), None
    try:
        got = https_get(setting, bootstrap, limit=MAX_BOOTSTRAP, seconds=WAIT_SECONDS)
        if got.status != 200:
            return (), Reply("error", detail=f"HTTP {got.status}")
        return rdap_bases(got.body, domain), None
    except NoReply as problem:
        return (), _failed(problem)
    except Unreadable as problem:
        return (), Reply("error", detail=shown(str(problem), 120))


def ask(setting: Setting, bases: Iterable[str], domain: str) -> Reply:
    """What the first server tells that tells anything; else how the last one failed to."""
    reply = Reply("no-service")
    for base in bases:
        reply = _ask_one(setting, base, domain)
        if reply.outcome in ("found", "not-found"):
            break
    return reply


def _ask_one(setting: Setting, base: str, domain: str) -> Reply:
    try:
        got = https_get(
            setting,
            f"{base}domain/{domain}",
            limit=MAX_REPLY,
            seconds=WAIT_SECONDS,
            headers={"Accept": "application/rdap+json"},
        )
        if got.status == 404 or (got.status == 400 and domain.count(".") > 1):
            # Some registries call a name with more labels than they register a bad request.
            return Reply("not-found", detail=f"HTTP {got.status}")
        if got.status in (401, 403, 429):
            return Reply("refused", detail=f"HTTP {got.status}")
        if got.status != 200:
            return Reply("error", detail=f"HTTP {got.status}")
        return judged(parse_rdap(got.body), domain)
    except NoReply as problem:
        return _failed(problem)
    except Unreadable as problem:
        return Reply("error", detail=shown(str(problem), 120))


def _failed(problem: NoReply) -> Reply:
    outcome: Outcome = "timeout" if problem.trouble == "timeout" else "error"
    return Reply(outcome, detail=f"{problem.trouble} {problem}".strip())
