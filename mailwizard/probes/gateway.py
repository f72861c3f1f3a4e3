"""Whether the router gives a sign of life."""

from mailwizard.model.seen.network import GatewayReply, Link
from mailwizard.probes.setting import Setting, Skipped

SECONDS = 4.0


def gateway(setting: Setting) -> None:
    """Asks the default gateway that the link probe found. Skips where there is none."""
    address = next(
        (found.seen.gateway for found in setting.evidence.of(Link) if found.seen.gateway), None
    )
    if address is None:
        raise Skipped("no-gateway")
    how, milliseconds = setting.world.ping(address, setting.limit(SECONDS))
    setting.record(
        GatewayReply(address=address, answered=bool(how), how=how, milliseconds=milliseconds)
    )
