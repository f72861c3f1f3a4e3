"""A company's settings for mail programs, over HTTPS on loopback: what they name, and what not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.probes.provider_hints import provider_hints
from mailwizard.providers.detect import detect
from mailwizard.reading.autoconfig import imap_hosts
from tests.certificates import Authority
from tests.probes.test_dns_web import Page, web
from tests.servers.resolver import resolver
from tests.worlds import NO_CONTROLS, LoopbackWorld, probe_run

DOMAIN = "mta-sts.mail.example.com".removeprefix("mta-sts.")
CASE = Case(me=f"lin@{DOMAIN}", since=date(2026, 11, 9))
HOST = f"autoconfig.{DOMAIN}"
DNS, WEB = "192.0.2.53", "192.0.2.80"
FILE = b"""<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="x">
<incomingServer type="pop3"><hostname>pop.qiye.aliyun.com</hostname></incomingServer>
<incomingServer type="imap">
  <hostname>imap.qiye.aliyun.com</hostname><port>993</port><socketType>SSL</socketType>
</incomingServer>
<outgoingServer type="smtp"><hostname>smtp.qiye.aliyun.com</hostname></outgoingServer>
</emailProvider></clientConfig>"""


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def extra() -> dict[tuple[str, str], list[str]]:
    return {}


@pytest.fixture
def world(authority: Authority, extra: dict[tuple[str, str], list[str]]) -> Iterator[LoopbackWorld]:
    def say(name: str, rtype: str, _cd: bool) -> str | list[str]:
        if (name, rtype) == (HOST, "A"):
            return [WEB]
        return extra.get((name, rtype), "NXDOMAIN")

    made = LoopbackWorld(
        authority=authority,
        controls=replace(NO_CONTROLS, resolvers=(DNS,)),
        resolvers=((DNS, 53),),
    )
    with resolver(say) as port:
        made.lead(DNS, 53, ("127.0.0.1", port), "udp")
        yield made


def hints(world: LoopbackWorld, authority: Authority, page: Page | None) -> Evidence:
    """What is recorded where the settings' place holds this page, or nothing answers there."""
    if page is None:
        run = probe_run(world, case=CASE)
        provider_hints(run.setting)
        return run.evidence
    with web(authority, {"/mail/config-v1.1.xml": page}, HOST) as port:
        world.lead(WEB, 443, ("127.0.0.1", port))
        run = probe_run(world, case=CASE)
        provider_hints(run.setting)
    return run.evidence


def test_the_file_leads_to_the_mailbox(world: LoopbackWorld, authority: Authority) -> None:
    evidence = hints(world, authority, (200, FILE, {}))
    (seen,) = [o.seen for o in evidence.of(ProviderHint)]
    assert (seen.source, seen.name, seen.target) == ("autoconfig", HOST, "imap.qiye.aliyun.com")
    found = detect(CASE, evidence)
    assert (found.provider.id, found.by) == ("alimail", "autoconfig")
    assert found.imap_server == ("imap.qiye.aliyun.com", 993)


@pytest.mark.parametrize(
    "page",
    [
        None,
        (404, b"", {}),
        (200, b"<html>welcome</html>", {}),
        (200, FILE + b" " * 70_000, {}),
        (301, b"", {"Location": "http://elsewhere.example/"}),
        (301, b"", {"Location": "https://elsewhere.example:99999/"}),
        (301, b"", {"Location": "https://[bad/"}),
    ],
)
def test_no_settings(world: LoopbackWorld, authority: Authority, page: Page | None) -> None:
    assert not hints(world, authority, page).of(ProviderHint)


def test_nobody_vouches_for_the_file(world: LoopbackWorld) -> None:
    assert not hints(world, Authority("Somebody else"), (200, FILE, {})).of(ProviderHint)


def test_nothing_is_fetched_where_the_records_tell(
    world: LoopbackWorld, extra: dict[tuple[str, str], list[str]]
) -> None:
    extra[f"_imaps._tcp.{DOMAIN}", "SRV"] = ["0 1 993 imap.qiye.aliyun.com."]
    evidence = hints(world, Authority(), None)
    assert {o.seen.source for o in evidence.of(ProviderHint)} == {"srv"}
    assert (WEB, 443) not in world.connected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (FILE, ("imap.qiye.aliyun.com",)),
        (FILE.replace(b"imap.qiye.aliyun.com", b"imap.%EMAILDOMAIN%"), ("imap.example.com",)),
        (FILE.replace(b"imap.qiye.aliyun.com", b"\x1b[31m bad"), ()),
        (FILE.replace(b'"imap"', b"'IMAP'"), ("imap.qiye.aliyun.com",)),
        (b"", ()),
        (b"\xff" * 1000, ()),
        (b"<incomingServer type='imap'>" * 2000, ()),
        (b"<incomingServer " + b"type='imap' " * 5000, ()),
    ],
)
def test_files(body: bytes, expected: tuple[str, ...]) -> None:
    assert imap_hosts(body, "example.com") == expected
