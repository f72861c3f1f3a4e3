"""One handshake with a server on loopback, as the probes make it."""

import ssl

from mailwizard.probes.tls import TlsResult, handshake
from tests.certificates import Authority
from tests.servers.speakers import Talk, silent, speaker
from tests.worlds import LoopbackWorld, probe_run

HOST = "imap.example.com"
PLACE = ("203.0.113.10", 993)
ROOT = Authority("Good root")
"""The one authority that the world knows."""


def shake(
    talk: Talk = silent,
    context: ssl.SSLContext | None = None,
    *,
    seconds: float = 2.0,
    host: str = HOST,
) -> TlsResult:
    """What came of it; a connection is closed already."""
    world = LoopbackWorld(authority=ROOT)
    with speaker(talk, context) as place:
        world.lead(*PLACE, place)
        setting = probe_run(world).setting
        result = handshake(
            setting, setting.connect(*PLACE, 2.0), host, again=PLACE, seconds=seconds
        )
        if result.connection is not None:
            result.connection.close()
        return result
