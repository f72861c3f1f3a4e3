"""Public block lists, asked about the sender's servers (RFC 5782)."""

import ipaddress
from typing import Literal

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.sender import BlockListAnswer, SendingServer
from mailwizard.model.shown import shown
from mailwizard.probes.asking import ask
from mailwizard.probes.resolving import Server, configured, question
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.reading.sending_servers import own_hosts, sending_servers

MAX_LISTS = 8
TEST_ENTRY = "2.0.0.127"
Asked = Literal["answer", "not-listed", "unknown"]


def block_lists(setting: Setting) -> None:
    """Each list's test entry, then each sending server's IPv4 address. Records BlockListAnswer.

    Only this computer's own resolver is asked: the lists refuse the public ones. Raises
    Skipped("no-sender" or "no-server"), Stopped.
    """
    if setting.case.sender_domain is None:
        raise Skipped("no-sender")
    ours = own_hosts(setting.provider, setting.case.domain, setting.evidence)
    learned = sending_servers(setting.evidence, setting.case, ours)
    servers = [known.server for known in learned if _version(known.server.address) == 4]
    resolvers = configured(setting)[:1]
    if not servers or not resolvers:
        raise Skipped("no-server")
    for block_list in setting.world.controls.block_lists[:MAX_LISTS]:
        _one_list(setting, resolvers[0], block_list.zone, servers)


def _one_list(setting: Setting, resolver: Server, zone: str, servers: list[SendingServer]) -> None:
    def look_up(name: str, rtype: str) -> DnsAnswer:
        return ask(setting, question(resolver, f"{name}.{zone}", rtype, "block-list"))

    test = look_up(TEST_ENTRY, "A")
    for server in servers:
        reversed_address = ".".join(reversed(server.address.split(".")))
        answer = look_up(reversed_address, "A")
        text = look_up(reversed_address, "TXT") if answer.status == "answer" else None
        setting.record(
            BlockListAnswer(
                zone=zone,
                server=server,
                asked=_asked(answer),
                codes=answer.records,
                test=test.records,
                test_asked=_asked(test),
                text=shown(" ".join(text.records), 300) if text else "",
            )
        )


def _asked(answer: DnsAnswer) -> Asked:
    if answer.status == "answer":
        return "answer"
    return "not-listed" if answer.status in ("nxdomain", "nodata") else "unknown"


def _version(address: str) -> int:
    try:
        return ipaddress.ip_address(address).version
    except ValueError:
        return 0
