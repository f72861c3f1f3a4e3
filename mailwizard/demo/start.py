"""Starts one scenario of the demo: its servers on loopback, and the world that leads to them."""

from dataclasses import dataclass
from types import TracebackType

from mailwizard.demo.internet import Internet
from mailwizard.demo.scenario import Scenario
from mailwizard.demo.scenarios import BY_ID
from mailwizard.demo.servers import Servers
from mailwizard.demo.world import DemoWorld
from mailwizard.model.case import Case
from mailwizard.model.secret import Secret
from mailwizard.probes.setting import Inputs


class NoSuchScenario(LookupError):
    """There is no scenario of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A running demo. ``password`` is None where the scenario's person gives none.

    Used as a context manager it closes its servers at the end; ``close`` may be called twice.
    """

    scenario: Scenario
    world: DemoWorld
    case: Case
    inputs: Inputs
    password: Secret | None
    servers: Servers

    def close(self) -> None:
        """Ends all servers; open connections break off."""
        self.servers.close()

    def __enter__(self) -> "Demo":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def start(scenario_id: str) -> Demo:
    """Starts a scenario on ports that the system chooses. Raises NoSuchScenario."""
    scenario = BY_ID.get(scenario_id)
    if scenario is None:
        raise NoSuchScenario(scenario_id)
    servers = Servers()
    try:
        world = Internet(scenario, servers).world()
    except BaseException:
        servers.close()
        raise
    now = world.now()
    return Demo(
        scenario=scenario,
        world=world,
        case=scenario.case(now),
        inputs=scenario.inputs(now),
        password=None if scenario.password is None else Secret(scenario.password),
        servers=servers,
    )
