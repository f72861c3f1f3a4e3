"""No password leaves before TLS is verified: impostors of every kind record all that they get."""

import ssl
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from mailwizard.actions.submission import submit
from mailwizard.model.secret import Secret
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.probes.imap.lending import NoMailbox, borrow, borrow_more, reopen
from mailwizard.probes.setting import Setting
from mailwizard.probes.sign_in import sign_in
from tests.certificates import WEAK, Authority, Issued, old_context, self_signed
from tests.servers.impostor import Start, impostor
from tests.worlds import CASE, LoopbackWorld, probe_run

HOST, ADDRESS = "imap.example.com", "203.0.113.10"
CANARY = "canary-7Q!x9 é"
ROOT = Authority("Good root")
MIDDLE = Authority("Good middle", ROOT)
STRANGER = Authority("Strange root")
NOW = datetime.now(UTC)


def later(*names: str) -> Issued:
    return ROOT.issue(*names, not_before=NOW + timedelta(days=3))


def past(*names: str) -> Issued:
    return ROOT.issue(*names, not_before=NOW - timedelta(days=9), not_after=NOW - timedelta(days=3))


@dataclass(frozen=True)
class Kind:
    """One way to be a bad server, and what the sign-in records of it."""

    context: Callable[[], ssl.SSLContext | None]
    start: Start = "tls"
    outcome: str = "not-verified"
    after_handshake: bytes | None = None


def good() -> ssl.SSLContext:
    return ROOT.issue(HOST).server_context()


KINDS: dict[str, Kind] = {
    "expired": Kind(lambda: past(HOST).server_context()),
    "not yet valid": Kind(lambda: later(HOST).server_context()),
    "another name": Kind(lambda: ROOT.issue("imap.evil.example").server_context()),
    "self-signed": Kind(lambda: self_signed(HOST).server_context()),
    "untrusted root": Kind(lambda: STRANGER.issue(HOST).server_context()),
    "incomplete chain": Kind(lambda: MIDDLE.issue(HOST, send_chain=False).server_context()),
    "expired middle": Kind(
        lambda: (
            Authority("Old middle", ROOT, not_after=NOW - timedelta(days=1))
            .issue(HOST)
            .server_context()
        )
    ),
    "names not permitted": Kind(
        lambda: Authority("Narrow", ROOT, permitted="other.example").issue(HOST).server_context()
    ),
    "not for servers": Kind(lambda: ROOT.issue(HOST, for_clients=True).server_context()),
    "weak key": Kind(lambda: ROOT.issue(HOST, weak=True).server_context(ciphers=WEAK)),
    "old TLS only": Kind(lambda: old_context(ROOT.issue(HOST))),
    "plain text": Kind(lambda: None, "plain"),
    "breaks after the handshake": Kind(good, outcome="unavailable", after_handshake=b"\x17\x03"),
    "nonsense after the handshake": Kind(
        good, outcome="unavailable", after_handshake=b"* OK IMAP4rev1 ready\r\n" * 40
    ),
}
ON_143: dict[str, Kind] = {
    "no STARTTLS": Kind(lambda: None, "starttls-stripped"),
    "plain text after STARTTLS": Kind(good, "starttls-injected"),
    "TLS at once": Kind(good, "plain", "not-verified"),
    **{
        f"STARTTLS, {name}": Kind(kind.context, "starttls", kind.outcome, kind.after_handshake)
        for name, kind in KINDS.items()
        if kind.start == "tls"
    },
}


def canaries() -> list[bytes]:
    """The password as it could go out: plain, for LOGIN, for PLAIN, and its start."""
    secret = CANARY.encode()
    plain = b64encode(f"\0{CASE.me}\0{CANARY}".encode())
    return [secret, b64encode(secret), plain, secret[:9]]


def signs_in(kind: Kind, port: int) -> tuple[SignIn, bytes]:
    world = LoopbackWorld(authority=ROOT, hosts={HOST: [ADDRESS]})
    with impostor("imap", kind.start, kind.context(), kind.after_handshake) as server:
        world.lead(ADDRESS, port, server.place)
        run = probe_run(world, imap_server=(HOST, port), password=CANARY)
        sign_in(run.setting)
        run.setting.mailboxes.close()
    (seen,) = run.seen(SignIn)
    assert isinstance(seen, SignIn)
    assert server.connections
    assert CANARY not in repr([o.seen for o in run.evidence])
    return seen, bytes(server.heard)


@pytest.mark.parametrize("name", KINDS)
def test_an_impostor_of_the_mail_server_gets_no_password(name: str) -> None:
    seen, heard = signs_in(KINDS[name], 993)
    assert seen.outcome == KINDS[name].outcome
    assert not [canary for canary in canaries() if canary in heard]
    assert b"LOGIN" not in heard
    assert b"AUTHENTICATE" not in heard


@pytest.mark.parametrize("name", ON_143)
def test_an_impostor_on_the_old_port_gets_no_password(name: str) -> None:
    seen, heard = signs_in(ON_143[name], 143)
    assert seen.outcome == ON_143[name].outcome
    assert not [canary for canary in canaries() if canary in heard]
    assert b"LOGIN" not in heard
    assert b"AUTHENTICATE" not in heard


def borrowed(setting: Setting) -> None:
    with pytest.raises(NoMailbox):
        borrow(setting)


def borrowed_beside(setting: Setting) -> None:
    assert borrow_more(setting) is None


def reopened(setting: Setting) -> None:
    assert isinstance(reopen(setting), SignIn)


@pytest.mark.parametrize("again", [borrowed, borrowed_beside, reopened])
@pytest.mark.parametrize(
    ("kind", "port"),
    [*((kind, 993) for kind in KINDS.values()), *((kind, 143) for kind in ON_143.values())],
    ids=[*KINDS, *ON_143],
)
def test_no_further_connection_tells_it_because_the_first_was_good(
    kind: Kind, port: int, again: Callable[[Setting], None]
) -> None:
    """As after a drop, or to work and to wait beside others: somebody else may answer by then."""
    world = LoopbackWorld(authority=ROOT, hosts={HOST: [ADDRESS]})
    with impostor("imap", kind.start, kind.context(), kind.after_handshake) as server:
        world.lead(ADDRESS, port, server.place)
        setting = probe_run(world, imap_server=(HOST, port), password=CANARY).setting
        setting.record(SignIn(host=HOST, port=port, outcome="ok"))
        again(setting)
    assert server.connections
    assert not [canary for canary in canaries() if canary in server.heard]


def test_another_site_must_prove_itself_under_its_own_name() -> None:
    """The first site's certificate, however good, vouches for no other."""
    world = LoopbackWorld(authority=ROOT, hosts={"imap.other.example": [ADDRESS]})
    with impostor("imap", "tls", good()) as server:
        world.lead(ADDRESS, 993, server.place)
        place = ("imap.other.example", 993)
        run = probe_run(world, imap_server=place, password=CANARY)
        sign_in(run.setting)
    assert [seen.outcome for seen in run.seen(SignIn) if isinstance(seen, SignIn)] == [
        "not-verified"
    ]
    assert not [canary for canary in canaries() if canary in server.heard]


@pytest.mark.parametrize("name", KINDS)
def test_an_impostor_of_the_sending_server_gets_no_password(name: str) -> None:
    kind = KINDS[name]
    world = LoopbackWorld(authority=ROOT, hosts={HOST: [ADDRESS]})
    with impostor("smtp", kind.start, kind.context(), kind.after_handshake) as server:
        world.lead(ADDRESS, 465, server.place)
        setting = probe_run(world, password=CANARY).setting
        went = submit(setting, HOST, Secret(CANARY), CASE.me, b"Subject: x\r\n\r\nhello\r\n")
    assert server.connections
    assert went.outcome == kind.outcome
    assert not [canary for canary in canaries() if canary in server.heard]
    assert b"AUTH" not in server.heard
    assert b"hello" not in server.heard


@pytest.mark.parametrize(("start", "port"), [("tls", 993), ("starttls", 143)])
def test_the_recorder_would_have_heard_it(start: Start, port: int) -> None:
    seen, heard = signs_in(Kind(good, start), port)
    assert seen.outcome != "not-verified"
    assert any(canary in heard for canary in canaries())


def test_the_recorder_would_have_heard_it_sent() -> None:
    world = LoopbackWorld(authority=ROOT, hosts={HOST: [ADDRESS]})
    with impostor("smtp", "tls", good()) as server:
        world.lead(ADDRESS, 465, server.place)
        setting = probe_run(world, password=CANARY).setting
        submit(setting, HOST, Secret(CANARY), CASE.me, b"Subject: x\r\n\r\nhello\r\n")
    assert any(canary in server.heard for canary in canaries())
