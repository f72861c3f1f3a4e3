"""The way that mail takes to the mailbox, as a map: each part with its state and its figures.

Nothing is judged here that the findings do not say: a part is in trouble where a finding says so,
and in order only where it was seen to be.
"""

from collections.abc import Iterable, Mapping, Sequence

from mailwizard.diagnosis.ground import ground
from mailwizard.diagnosis.mail_route import own_answers, route
from mailwizard.diagnosis.situation import Situation
from mailwizard.diagnosis.way_in_findings import of_stages
from mailwizard.diagnosis.way_in_nodes import Nodes
from mailwizard.diagnosis.way_in_parts import (
    OF_OUTCOME,
    STAGES,
    Exchanger,
    NameServer,
    Stage,
    StageId,
    State,
    WayIn,
)
from mailwizard.model.finding import Finding, Outcome, Step
from mailwizard.model.seen.dns import Registration

_PROBES: dict[StageId, str] = {
    "parent": "name-servers",
    "servers": "name-servers",
    "mx": "domain",
    "addresses": "domain",
    "doors": "door",
    "mailbox": "door",
}


def way_in(
    situation: Situation, findings: Sequence[Finding], now: Mapping[str, str] | None = None
) -> WayIn | None:
    """The map as far as it is known; None where nobody has looked at the domain yet.

    ``now`` are the probes' states while they run (id → ``waiting``, ``running`` or how it ended):
    nothing is judged before all have ended.
    """
    running = {k: v for k, v in (now or {}).items() if v in ("waiting", "running")}
    looked = any(situation.ended(probe) for probe in set(_PROBES.values()))
    if not looked and not running and not own_answers(situation, situation.case.domain, "MX"):
        return None
    return _Map(situation, () if running else findings, now or {}, judged=not running).drawn()


class _Map:
    """Puts one map together."""

    def __init__(
        self,
        situation: Situation,
        findings: Sequence[Finding],
        now: Mapping[str, str],
        *,
        judged: bool,
    ) -> None:
        self._situation = situation
        self._now = now
        self._judged = judged
        self._route = route(situation)
        self._against = of_stages(findings, situation.evidence)
        self._local = _local(situation, findings) if judged else ""
        self._nodes = Nodes(
            situation, self._route, findings, judged=judged, local=bool(self._local)
        )

    def drawn(self) -> WayIn:
        """The map, complete."""
        servers = self._nodes.servers()
        exchangers = self._nodes.exchangers()
        delegated = self._nodes.delegated()
        own = [e for e in exchangers if not e.abroad]
        doors = [d for e in own for d in e.doors]
        taking = [d for d in doors if d.user]
        figures: dict[StageId, tuple[int, int]] = {
            "parent": (len(delegated), len(delegated)),
            "servers": (sum(s.said == "answers" for s in servers), len(servers)),
            "mx": (len(exchangers), len(exchangers)),
            "addresses": (sum(len(e.doors) for e in own), sum(len(e.doors) for e in own)),
            "doors": (sum(d.how == "open" for d in doors), len(doors)),
            "mailbox": (sum(d.user == "accepted" for d in taking), len(taking)),
        }
        stages: list[Stage] = []
        for name in STAGES:
            good, of = figures[name]
            state, code = self._state(name, stages, servers, own)
            stages.append(Stage(id=name, state=state, good=good, of=of, code=code))
        return WayIn(
            domain=self._situation.case.domain,
            me=self._situation.case.me,
            stages=tuple(stages),
            delegated=delegated,
            registered_until=self._registered_until(),
            servers=servers,
            exchangers=exchangers,
            no_mail=bool(self._route.mx) and all(mx.is_null for mx in self._route.mx),
        )

    def _state(
        self,
        name: StageId,
        before: list[Stage],
        servers: tuple[NameServer, ...],
        own: list[Exchanger],
    ) -> tuple[State, str]:
        if not self._judged:
            status = self._now.get(_PROBES[name], "waiting")
            return (
                "waiting" if status == "waiting" else "running" if status == "running" else "done"
            ), ""
        if self._local:
            return "not tested", self._local
        against = self._against[name]
        for outcome in (Outcome.CAUSE, Outcome.RISK):
            for finding in against:
                if finding.outcome is outcome:
                    return OF_OUTCOME[outcome], finding.code
        if before and before[0].state == "problem" and self._gone():
            return "not tested", before[0].code
        unknown = next((f for f in against if f.outcome is Outcome.UNKNOWN), None)
        if unknown is not None:
            blocked = unknown.code == "PORT25_BLOCKED_HERE"
            return "not tested" if blocked else "not known", unknown.code
        if self._in_order(name, servers, own):
            return "ok", ""
        blocking = next((s for s in before if s.state in ("problem", "not tested")), None)
        if blocking is not None:
            return "not tested", blocking.code
        return "not known", ""

    def _in_order(
        self, name: StageId, servers: tuple[NameServer, ...], own: list[Exchanger]
    ) -> bool:
        """Whether this part was really seen in order."""
        match name:
            case "parent":
                return self._exists()
            case "servers":
                return bool(servers) and all(s.said == "answers" for s in servers)
            case "mx":
                known = self._route.status == "answer" and not self._route.disputed
                return known and self._route.certainty != "possible"
            case "addresses":
                return bool(own) and all(e.doors for e in own)
            case "doors":
                return bool(own) and all(any(d.how == "open" for d in e.doors) for e in own)
            case "mailbox":
                asked = [d.user for e in own for d in e.doors if d.user]
                return "accepted" in asked and all(u in ("accepted", "later") for u in asked)

    def _gone(self) -> bool:
        """Whether the domain itself is not there: what still answers is a stand-in's."""
        registered = {o.id for o in self._situation.of(Registration)}
        causes = [f for f in self._against["parent"] if f.outcome is Outcome.CAUSE]
        held = any(f.because and f.because[0] in registered for f in causes)
        return held or self._route.status == "nxdomain"

    def _exists(self) -> bool:
        """Whether the delegation was seen, or worked."""
        domain = self._situation.case.domain
        heard = own_answers(self._situation, domain, "MX", ["public", "authoritative"])
        return bool(self._nodes.delegated()) or any(
            o.seen.status in ("answer", "nodata") and (o.seen.via == "public") for o in heard
        )

    def _registered_until(self) -> str:
        for o in self._situation.of(Registration):
            if o.seen.about == "own" and o.seen.expires is not None:
                return o.seen.expires.date().isoformat()
        return ""


def _local(situation: Situation, findings: Iterable[Finding]) -> str:
    """The finding near by that keeps everything from being tested; "" where there is none."""
    below = ground(situation)
    if below.online is not False and below.names is not False:
        return ""
    causes = [f for f in findings if f.step is Step.NETWORK and f.outcome is Outcome.CAUSE]
    made_up = [f for f in findings if f.code == "NAMES_MADE_UP"]
    return next((f.code for f in (*causes, *made_up)), "NAMES_MADE_UP")
