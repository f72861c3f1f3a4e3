"""Looking at the provider's other sites after a refusal: names and greetings, never a password."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.dns import DnsAnswer, ProviderHint
from mailwizard.model.seen.mailbox import SignIn, SiteLook
from mailwizard.probes.asking import Question
from mailwizard.probes.other_sites import other_sites
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.providers.load import all_providers
from tests.certificates import Issued
from tests.probes.mailbox_lab import authority
from tests.servers.fake_imap import PASSWORD, Dialect, FakeImap, serving
from tests.worlds import CASE, LoopbackWorld, ProbeRun, probe_run

CN, SG = "imap.qiye.aliyun.com", "imap.sg.aliyun.com"
AT_CN = replace(CASE, imap_host=CN)
MX = ProviderHint(source="mx", name="example.com", target="mx1.sg.aliyun.com")


def run(
    world: LoopbackWorld,
    outcome: str = "refused",
    *,
    case: Case = AT_CN,
    provider: str = "alimail",
    host: str = CN,
) -> ProbeRun:
    evidence = Evidence()
    seen = (MX, SignIn(host=host, port=993, outcome=outcome))  # type: ignore[arg-type]
    for one in seen:
        evidence.add("sign-in", one, at=world.now(), seconds=0.1)
    probe = probe_run(
        world,
        case=case,
        evidence=evidence,
        provider=all_providers()[provider],
        imap_server=(host, 993),
        password=PASSWORD,
        probe="other-sites",
    )
    other_sites(probe.setting)
    return probe


@contextmanager
def singapore(
    world: LoopbackWorld, dialect: Dialect | None = None, presents: Issued | None = None
) -> Iterator[FakeImap]:
    with serving(presents or authority().issue(SG), dialect) as server:
        world.hosts[SG] = ["192.0.2.80"]
        world.lead("192.0.2.80", 993, server.place)
        yield server


def looks(probe: ProbeRun) -> dict[str, SiteLook]:
    return {look.host: look for look in probe.seen(SiteLook) if isinstance(look, SiteLook)}


def test_the_other_sites_are_greeted_and_told_nothing() -> None:
    world = LoopbackWorld(authority=authority())
    with singapore(world) as server:
        found = looks(run(world))
        assert server.commands == []
    assert set(found) == {
        SG, "imap.hk.aliyun.com", "imap.de.alibabacloud.com", "imap.us.alibabacloud.com",
    }  # fmt: skip
    assert (found[SG].connect, found[SG].tls) == ("connected", "ok")
    assert found[SG].greeting.startswith("* OK")
    assert found["imap.hk.aliyun.com"].connect == "no-address"
    assert CN not in [host for host, _port in world.connected]


def test_an_impostor_at_another_site_is_no_greeting() -> None:
    world = LoopbackWorld(authority=authority())
    with singapore(world, presents=authority().issue("imap.evil.example")) as server:
        look = looks(run(world))[SG]
        assert (look.tls, look.greeting) == ("name", "")
        assert server.commands == []


@pytest.mark.parametrize(
    "greeting", [b"* BYE go away\r\n", b"\xff\xfe\r\n", b"HTTP/1.1 400\r\n\r\n"]
)
def test_odd_greetings_are_recorded_safely(greeting: bytes) -> None:
    world = LoopbackWorld(authority=authority())
    with singapore(world, Dialect(greeting=greeting)):
        assert len(looks(run(world))[SG].greeting) <= 200


def test_the_companys_other_names_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    def answers(_setting: Setting, asked: Sequence[Question], *, each: float) -> list[DnsAnswer]:
        assert each < 3
        return [
            DnsAnswer(
                via=one.via,
                about="own",
                server=one.server,
                name=one.name,
                rtype="A",
                status="answer" if one.name.startswith("smtp.") else "nxdomain",
                cname=("smtp.sg.aliyun.com",) if one.name.startswith("smtp.") else (),
            )
            for one in asked
        ]

    monkeypatch.setattr("mailwizard.probes.other_sites.ask_all", answers)
    probe = run(LoopbackWorld(authority=authority(), resolvers=(("10.0.0.53", 53),)))
    names = [h for h in probe.seen(ProviderHint) if isinstance(h, ProviderHint)]
    assert [h.target for h in names if h.source == "client-name"] == ["smtp.sg.aliyun.com"]


@pytest.mark.parametrize(
    "outcome", ["ok", "unavailable", "no-password-login", "not-tried", "silent"]
)
def test_only_a_refusal_asks_for_it(outcome: str) -> None:
    world = LoopbackWorld()
    with pytest.raises(Skipped, match="not-refused"):
        run(world, outcome)
    assert world.connected == []


@pytest.mark.parametrize(
    ("provider", "host"),
    [
        ("exmail", "imap.exmail.qq.com"),
        ("google", "imap.gmail.com"),
        ("coremail", "mail.acme.example"),
        ("alimail", "mail.acme.example"),
    ],
)
def test_one_site_or_a_host_that_is_none_of_theirs(provider: str, host: str) -> None:
    world = LoopbackWorld()
    with pytest.raises(Skipped, match="one-site"):
        run(world, case=replace(CASE, imap_host=host), provider=provider, host=host)
    assert world.connected == []
