"""IMAP's old port: from plain text to TLS, and every way in which it does not lead there."""

import socket
import time
from collections.abc import Callable

import pytest

from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.network import Endpoint
from mailwizard.probes import endpoints, starttls
from mailwizard.probes.sign_in import sign_in
from tests.certificates import Authority
from tests.servers.fake_imap import PASSWORD, Dialect, FakeImap
from tests.servers.impostor import impostor
from tests.servers.speakers import Talk, drips, endless, says, silent, speaker
from tests.worlds import LoopbackWorld, ProbeRun, probe_run

HOST, ADDRESS = "imap.example.com", "203.0.113.10"
ROOT = Authority()
GOOD = ROOT.issue(HOST)


def run_on(place: tuple[str, int], probe: Callable[..., None]) -> ProbeRun:
    world = LoopbackWorld(authority=ROOT, hosts={HOST: [ADDRESS]})
    world.lead(ADDRESS, 143, place)
    run = probe_run(world, imap_server=(HOST, 143), password=PASSWORD)
    probe(run.setting)
    run.setting.mailboxes.close()
    return run


def visited(place: tuple[str, int]) -> Endpoint:
    (seen,) = run_on(place, endpoints.imap_server).seen(Endpoint)
    assert isinstance(seen, Endpoint)
    return seen


def signed_in(place: tuple[str, int]) -> SignIn:
    (seen,) = run_on(place, sign_in).seen(SignIn)
    assert isinstance(seen, SignIn)
    return seen


class OldPort(FakeImap):
    """The usual server, behind a greeting in plain text and STARTTLS."""

    def _serve(self, plain: socket.socket) -> None:
        lines = plain.makefile("rb")
        plain.sendall(b"* OK [CAPABILITY IMAP4rev1 LOGINDISABLED STARTTLS] ready\r\n")
        for line in lines:
            tag, verb = line.split()[:2]
            if verb == b"STARTTLS":
                plain.sendall(tag + b" OK begin\r\n")
                break
            told = b"* CAPABILITY IMAP4rev1 LOGINDISABLED STARTTLS AUTH=EVIL\r\n"
            plain.sendall(told + tag + b" OK done\r\n")
        self.dialect.greeting = b""  # no second one comes
        super()._serve(plain)


def test_signing_in_over_starttls() -> None:
    server = OldPort(GOOD, Dialect())
    try:
        seen = signed_in(server.place)
        assert (seen.outcome, seen.select_refused) == ("ok", "")
        assert seen.greeting.startswith("* OK [CAPABILITY")
        # What was offered in plain text is forgotten; LOGINDISABLED was only said there.
        assert "LOGINDISABLED" not in seen.capabilities
        assert "AUTH=EVIL" not in seen.capabilities
        assert server.verbs()[:2] == ["CAPABILITY", "LOGIN"]
    finally:
        server.close()


def test_the_probe_goes_as_far_as_verified_tls() -> None:
    with impostor("imap", "starttls", GOOD.server_context()) as server:
        seen = visited(server.place)
    assert (seen.starttls, seen.tls, seen.spoke) == ("ready", "ok", True)
    assert seen.chain[0].names == (HOST,)


def test_an_untrusted_chain_is_read_behind_starttls_too() -> None:
    stranger = Authority("Stranger").issue(HOST)
    with impostor("imap", "starttls", stranger.server_context()) as server:
        seen = visited(server.place)
    assert (seen.starttls, seen.tls) == ("ready", "incomplete")
    assert seen.chain[0].issuer == "CN=Stranger"


def replies(*lines: bytes, greeting: bytes = b"* OK ready\r\n") -> Talk:
    """Greets, then gives one answer for each command."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(greeting)
        for line in lines:
            if not connection.recv(4096):
                return
            connection.sendall(line)
        silent(connection)

    return talk


OFFER = b"* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK\r\n"


@pytest.mark.parametrize(
    ("talk", "state", "tls", "outcome"),
    [
        (
            replies(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na1 OK\r\n"),
            "not-offered",
            "plaintext",
            "not-verified",
        ),
        (
            replies(b"* CAPABILITY IMAP4rev1 LOGINDISABLED\r\na1 OK\r\n"),
            "not-offered",
            "plaintext",
            "not-verified",
        ),
        (replies(greeting=b"* PREAUTH hi\r\n"), "not-offered", "plaintext", "not-verified"),
        (replies(OFFER, b"a2 NO not now\r\n"), "refused", "plaintext", "not-verified"),
        (replies(OFFER, b"a2 BAD what\r\n"), "refused", "plaintext", "not-verified"),
        (
            replies(OFFER, b"a2 OK go\r\n* CAPABILITY IMAP4rev1\r\n"),
            "injected",
            "error",
            "not-verified",
        ),
        (replies(OFFER, b"a2 OK go\r\nx"), "injected", "error", "not-verified"),
        (replies(greeting=b"* BYE [LIMIT] too many\r\n"), "busy", "", "unavailable"),
        (says(), "broken", "closed", "unavailable"),
        (says(b"* OK half"), "broken", "closed", "unavailable"),
        (replies(greeting=b"220 smtp ready\r\n"), "garbled", "error", "unavailable"),
        (replies(b"a1 BAD no such thing\r\n"), "garbled", "error", "unavailable"),
        (replies(greeting=b"\x00\xff\x1b[2J\r\n"), "garbled", "error", "unavailable"),
        (endless(b"x" * 65536), "garbled", "error", "unavailable"),
        (replies(b"* CAPABILITY " + b"X" * 9000), "garbled", "error", "unavailable"),
    ],
)
def test_where_it_leads_to_no_tls(talk: Talk, state: str, tls: str, outcome: str) -> None:
    with speaker(talk) as place:
        seen = visited(place)
        # A server that hangs up may reset instead of closing.
        assert (seen.starttls, seen.tls) == (state, tls)
        assert "\x1b" not in seen.greeting
        assert len(seen.greeting) <= 200
        assert signed_in(place).outcome == outcome


def test_bye_is_told_in_the_server_s_words() -> None:
    with speaker(replies(greeting=b"* BYE [UNAVAILABLE] come back later\r\n")) as place:
        seen = signed_in(place)
    assert (seen.outcome, seen.code, seen.text) == (
        "unavailable",
        "UNAVAILABLE",
        "come back later",
    )


def test_silence_and_drips_are_given_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailwizard.probes.reaching.GREETING_SECONDS", 0.3)
    monkeypatch.setattr(starttls, "ANSWER_SECONDS", 0.3)

    started = time.monotonic()
    for talk in (silent, drips(b"*"), replies()):
        with speaker(talk) as place:
            assert visited(place).starttls == "silent"
    assert time.monotonic() - started < 3
