"""The survey and the folders' sizes against a real Dovecot: the same as what was put in."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mailwizard.engine.investigation import Investigation
from mailwizard.engine.session import Session
from mailwizard.engine.space import measure
from mailwizard.model.secret import Secret
from mailwizard.model.seen.mailbox import MailboxSize, Quota
from mailwizard.probes.imap import largest, survey
from mailwizard.probes.quota import quota
from mailwizard.probes.sign_in import sign_in
from tests.probes.mailbox_lab import ADDRESS, HOST, authority, certificate
from tests.servers import dovecot
from tests.worlds import CASE, LoopbackWorld, probe_run

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(dovecot.BINARY is None, reason="dovecot-imapd is not installed"),
]
SIZES = {"": [300, 5000, 120_000, 700], "客户/德国": [2_000, 9_000], "Projects": [400] * 12}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dovecot.Dovecot]:
    folder: Path = tmp_path_factory.mktemp("dovecot")
    with dovecot.running(folder, certificate(), imap_quota=False) as running:
        for name, sizes in SIZES.items():
            for number, size in enumerate(sizes):
                head = f"From: P{number} <p{number}@other.example>\r\nSubject: S{number}\r\n\r\n"
                body = "x" * (size - len(head) - 2) + "\r\n"
                arrived = time.time() - 400 * 86_400 * number
                running.deliver((head + body).encode(), name, arrived=arrived)
        yield running


def world(server: dovecot.Dovecot) -> LoopbackWorld:
    made = LoopbackWorld(authority=authority(), hosts={HOST: [ADDRESS]})
    made.lead(ADDRESS, 993, server.place)
    return made


def signed_in(server: dovecot.Dovecot) -> Session:
    case = replace(CASE, me=dovecot.USER, imap_host=HOST)
    investigation = Investigation(world(server), case)
    investigation.password = Secret(dovecot.PASSWORD)
    run = probe_run(
        world(server),
        case=case,
        evidence=investigation.evidence,
        password=dovecot.PASSWORD,
        mailboxes=investigation.mailboxes,
        probe="sign-in",
    )
    sign_in(run.setting)
    return Session(investigation)


EXPECTED = {
    "INBOX": (4, 126_000),
    "客户/德国": (2, 11_000),
    "Projects": (12, 4800),
    "垃圾邮件": (0, 0),
    "Trash": (0, 0),
}


@pytest.mark.parametrize("ahead", [False, True])
def test_a_survey(server: dovecot.Dovecot, monkeypatch: pytest.MonkeyPatch, *, ahead: bool) -> None:
    if ahead:  # as in a large folder: the largest are asked for before all is read
        monkeypatch.setattr(survey, "LOOK_AHEAD", 1)
        monkeypatch.setattr(largest, "MANY", 1)
    at = signed_in(server)
    job = measure(at)
    assert job.wait(20)
    space = job.snapshot()
    assert space.complete, space.detail
    found = {f.name: (f.count, f.octets) for f in space.folders if f.name != "客户"}
    assert found == EXPECTED
    assert [m.size for m in space.largest[:3]] == [120_000, 9_000, 5_000]
    assert (space.largest[0].from_address, space.largest[0].subject) == ("p2@other.example", "S2")
    assert sum(one.count for one in space.senders) == 18
    assert sum(year.octets for year in space.years) == space.octets == 141_800
    at.close()


def test_folder_sizes(server: dovecot.Dovecot) -> None:
    at = signed_in(server)
    investigation = at.investigation
    run = probe_run(
        world(server),
        case=investigation.case,
        evidence=investigation.evidence,
        password=dovecot.PASSWORD,
        mailboxes=investigation.mailboxes,
        probe="quota",
    )
    quota(run.setting)
    [seen] = [o.seen for o in investigation.evidence.of(Quota)]
    assert (seen.supported, seen.detail) == (False, "not offered")
    [size] = [o.seen for o in investigation.evidence.of(MailboxSize)]
    assert size.complete
    assert {name: size.octets[name] for name in EXPECTED} == {
        n: o for n, (_c, o) in EXPECTED.items()
    }
    at.close()
