"""On a line that loses packets, nobody else is accused of keeping silent."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mailwizard.diagnosis import account, dns, network
from mailwizard.model.finding import Certainty
from mailwizard.model.observation import Seen
from mailwizard.model.seen.dns import MtaSts, Status
from mailwizard.model.seen.line import LineQuality
from mailwizard.model.seen.mailbox import SignIn
from tests.diagnosis import domain_builders as b
from tests.diagnosis import network_seen as made
from tests.diagnosis.judged_network import HEAVY, QUICK, lost
from tests.diagnosis.line_seen import quality
from tests.diagnosis.mailbox_builders import signed_in, situation

LOSSY = quality(lost(1, 4), lost(2, by=None), lost(5), QUICK, mail=lost(3))
VERY_LOSSY = quality(*HEAVY, mail=QUICK)
STEADY = quality(QUICK, QUICK, QUICK, QUICK, mail=QUICK)


def silent_half_way() -> SignIn:
    return signed_in(outcome="unavailable", greeting="* OK ready", text="no answer in time")


def codes(*seen: Seen) -> set[str]:
    given = situation(*seen)
    judges = (network.judge, account.judge, dns.judge)
    return {finding.code for judge in judges for finding in judge(given)}


def test_a_mail_server_that_fell_silent() -> None:
    [found] = account.judge(situation(silent_half_way(), STEADY))
    assert (found.code, found.data["variant"]) == ("IMAP_BUSY", "silent")
    for line in (LOSSY, VERY_LOSSY):
        assert codes(silent_half_way(), line) == {"NETWORK_LOSSY"}


def test_a_mail_server_that_said_so_is_busy_on_any_line() -> None:
    said = signed_in(outcome="unavailable", code="UNAVAILABLE", text="busy", reply="NO")
    assert codes(said, LOSSY) == {"NETWORK_LOSSY", "IMAP_BUSY"}


@pytest.mark.parametrize("status", ["timeout", "refused"])
def test_a_name_server(status: Status) -> None:
    def found(line: LineQuality) -> set[str]:
        records = [*b.control(), *b.public("MX", "answer", *b.GOOD)]
        given = b.situation([*records, b.zone(1, "answer", *b.GOOD), b.zone(2, status), line])
        return {finding.code for finding in dns.judge(given)}

    assert "NS_PARTLY_DOWN" in found(STEADY)
    assert ("NS_PARTLY_DOWN" in found(LOSSY)) is (status == "refused")


STS = MtaSts(domain=b.DOMAIN, txt="v=STSv1; id=1", policy_id="1", fetch="timeout")
CONTROLS = [*b.control(), *b.public("MX", "answer", *b.GOOD), b.zone(1, "answer", *b.GOOD)]

# What was seen, and what it is worth on a steady line and on one that loses packets.
DOORS: dict[str, tuple[list[Seen], Certainty | None, Certainty | None]] = {
    "DELAY_BACKUP_MX": (
        [b.shut("mx1.qiye.aliyun.com", "timeout"), b.door("mx2.qiye.aliyun.com")],
        Certainty.LIKELY,
        None,
    ),
    "MX_UNREACHABLE": (
        [b.shut(host, "timeout") for host in ("mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com")],
        Certainty.SURE,
        Certainty.POSSIBLE,
    ),
    "MX_DOWN": (
        [b.shut(host, "refused") for host in ("mx1.qiye.aliyun.com", "mx2.qiye.aliyun.com")],
        Certainty.SURE,
        Certainty.SURE,
    ),
    "MTASTS_FETCH_FAIL": ([STS, made.web("www.baidu.com")], Certainty.LIKELY, None),
}


@pytest.mark.parametrize("code", DOORS)
def test_the_way_in(code: str) -> None:
    seen, steady, lossy = DOORS[code]
    for line, worth in ((STEADY, steady), (LOSSY, lossy)):
        found = dns.judge(b.situation([*CONTROLS, b.other_door(), *seen, line]))
        assert [f.certainty for f in found if f.code == code] == ([worth] if worth else [])


def test_name_servers_that_are_silent_alone_are_not_called_down() -> None:
    silent = [*b.control(), *b.public("MX", "timeout"), b.zone(1, "timeout")]
    told = [*b.control(), *b.public("MX", "servfail"), b.zone(1, "timeout")]
    for records, line, worth in (
        (silent, STEADY, [Certainty.LIKELY]),
        (silent, LOSSY, []),
        (told, STEADY, [Certainty.SURE]),
        (told, LOSSY, [Certainty.LIKELY]),
    ):
        found = dns.judge(b.situation([*records, line]))
        assert [f.certainty for f in found if f.code == "NS_ALL_DOWN"] == worth


def new_way_silent(scene: made.Scene) -> None:
    scene.own.append(made.failed(made.imap(address="2001:db8::10"), "timeout"))


def everything_stalls(scene: made.Scene) -> None:
    for endpoints in (scene.own, scene.controls, scene.others):
        endpoints[:] = [made.no_tls(e, "timeout") for e in endpoints]
    scene.https = [
        replace(r, outcome="timeout", tls="timeout", status=None, date=None, chain=())
        for r in scene.https
    ]


# What the silence is worth on a steady line, and on one that loses packets.
NEAR: dict[str, tuple[Callable[[made.Scene], None], Certainty, Certainty]] = {
    "PORT_BLOCKED_LOCALLY": (made.port_blocked, Certainty.SURE, Certainty.LIKELY),
    "PROVIDER_UNREACHABLE": (made.unreachable, Certainty.SURE, Certainty.POSSIBLE),
    "IMAP_STALLED": (made.stalled, Certainty.SURE, Certainty.POSSIBLE),
    "LOCAL_DNS_DOWN": (made.resolver_down, Certainty.SURE, Certainty.LIKELY),
    "IPV6_BROKEN": (new_way_silent, Certainty.LIKELY, Certainty.POSSIBLE),
    "PATH_MTU_SUSPECTED": (everything_stalls, Certainty.LIKELY, Certainty.POSSIBLE),
    # An answer, if not the one that was hoped for: no packet was lost.
    "IMAP_SERVICE_DOWN": (made.service_down, Certainty.SURE, Certainty.SURE),
}


@pytest.mark.parametrize("code", NEAR)
def test_the_way_to_the_mail_server(code: str) -> None:
    fault, *worths = NEAR[code]
    scene = made.Scene()
    fault(scene)
    seen = [record for _probe, record in scene.seen()]
    for line, worth in zip((STEADY, LOSSY), worths, strict=True):
        found = network.judge(situation(*seen, line))
        assert [f.certainty for f in found if f.code == code] == [worth]
