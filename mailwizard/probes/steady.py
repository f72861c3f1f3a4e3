"""One name after another from whichever resolver answers, each name once."""

from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.probes.asking import ask
from mailwizard.probes.resolving import Server, configured, public, question
from mailwizard.probes.setting import Setting

MAX_QUESTIONS = 200


class SteadyResolver:
    """For look-ups that build on one another: a resolver that was silent is asked last after that.

    Two public resolvers first, whose answers nobody in this network shapes, then this computer's
    own. Used by one thread.
    """

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._servers: list[Server] = [*public(setting, 2), *configured(setting)[:2]]
        self._known: dict[tuple[str, str], DnsAnswer | None] = {}

    def ask(self, name: str, rtype: str) -> DnsAnswer | None:
        """The first definite answer; None where no resolver gave one. Raises Stopped."""
        key = (name.lower().rstrip("."), rtype)
        if key not in self._known and len(self._known) < MAX_QUESTIONS:
            self._known[key] = self._ask(*key, self._servers)
        return self._known.get(key)

    def confirmed_absent(self, name: str, rtype: str) -> bool:
        """Whether two resolvers (or the only one there is) say that there is no such record."""
        first = self.ask(name, rtype)
        if first is None or first.status == "answer":
            return False
        others = [server for server in self._servers if server[1] != first.server]
        if not others:
            return True
        second = self._ask(name, rtype, others)
        return second is not None and second.status != "answer"

    def _ask(self, name: str, rtype: str, servers: list[Server]) -> DnsAnswer | None:
        for server in list(servers):
            answer = ask(self._setting, question(server, name, rtype, "sender"), 1.6)
            if answer.status in DEFINITE:
                return answer
            if answer.status in ("timeout", "unreachable") and server in self._servers:
                self._servers.remove(server)
                self._servers.append(server)
        return None
