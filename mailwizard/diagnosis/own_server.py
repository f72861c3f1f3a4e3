"""The user's own mail server, as it was tried: what the network's judges say it with."""

from typing import Any

from mailwizard.model.observation import Observation
from mailwizard.model.seen.network import Endpoint

Own = list[Observation[Endpoint]]
"""Its addresses, those left out that are not its own."""


def place(observation: Observation[Endpoint]) -> dict[str, Any]:
    """Where it was tried, for a finding's words."""
    seen = observation.seen
    return {"host": seen.host, "port": seen.port, "address": seen.address}
