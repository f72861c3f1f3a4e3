"""Handshakes with servers whose certificates are wrong in every way, and with what is no TLS."""

import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from mailwizard.probes.setting import Stopped
from mailwizard.probes.tls import handshake, verify_fault
from tests.certificates import WEAK, Authority, Issued, old_context, self_signed
from tests.probes.handshakes import HOST, PLACE, ROOT, shake
from tests.servers.speakers import Talk, resets, says, silent, speaker
from tests.worlds import LoopbackWorld, probe_run

MIDDLE = Authority("Good intermediate", ROOT)
STRANGER = Authority("Strange root")
PAST = datetime.now(UTC) - timedelta(days=3)
FUTURE = datetime.now(UTC) + timedelta(days=3)


def test_a_good_chain_gives_a_verified_connection_and_the_chain() -> None:
    result = shake(context=MIDDLE.issue(HOST).server_context())
    assert result.outcome == "ok"
    assert result.connection is not None
    assert result.version.startswith("TLSv1.")
    assert [c.subject for c in result.chain] == [f"CN={HOST}", "CN=Good intermediate"]
    assert result.chain[0].names == (HOST,)
    assert len(result.chain[0].sha256) == 64


def with_root(issued: Issued, root: Authority) -> Issued:
    return Issued(issued.certificate, issued.key, (*issued.chain, root.pem))


@pytest.mark.parametrize(
    ("issued", "outcome"),
    [
        (ROOT.issue(HOST, not_before=PAST - timedelta(days=9), not_after=PAST), "expired"),
        (ROOT.issue(HOST, not_before=FUTURE), "not-yet-valid"),
        (ROOT.issue("other.example.com"), "name"),
        (self_signed(HOST), "self-signed"),
        (with_root(STRANGER.issue(HOST), STRANGER), "untrusted"),
        (Authority("Strange middle", STRANGER).issue(HOST), "untrusted"),
        (MIDDLE.issue(HOST, send_chain=False), "incomplete"),
        # Of several faults the unknown issuer is told: that may be an interceptor.
        (
            with_root(
                STRANGER.issue(HOST, not_before=PAST - timedelta(days=9), not_after=PAST), STRANGER
            ),
            "untrusted",
        ),
        (with_root(STRANGER.issue("other.example.com"), STRANGER), "untrusted"),
        # An intermediate that has run out, under a leaf that has not.
        (Authority("Old middle", ROOT, not_after=PAST).issue(HOST), "expired"),
        # A known root vouches, but not for this: no part is missing, and nobody is a stranger.
        (Authority("Narrow", ROOT, permitted="other.example").issue(HOST), "untrusted"),
        (ROOT.issue(HOST, for_clients=True), "untrusted"),
    ],
)
def test_every_fault_of_a_chain_is_told_apart(issued: Issued, outcome: str) -> None:
    result = shake(context=issued.server_context())
    assert result.outcome == outcome
    assert result.connection is None
    assert result.chain  # presented, though not trusted
    assert result.chain[0].subject.startswith("CN=")


def test_nothing_is_sent_over_the_unverified_connection() -> None:
    heard: list[bytes] = []

    def listen(connection: socket.socket) -> None:
        heard.append(connection.recv(4096))

    assert shake(listen, self_signed(HOST).server_context()).outcome == "self-signed"
    assert not any(heard)


@pytest.mark.parametrize(
    ("talk", "outcome"),
    [
        (says(b"* OK IMAP4 ready\r\n", then_wait=True), "plaintext"),
        (says(b"HTTP/1.1 400 Bad Request\r\n\r\n", then_wait=True), "plaintext"),
        (says(b"\x00\xff" * 400, then_wait=True), "plaintext"),
        (says(), "closed"),
        (resets, "reset"),
    ],
)
def test_what_is_no_tls(talk: Talk, outcome: str) -> None:
    result = shake(talk)
    # A server that hangs up may break off before or after our greeting is read.
    accepted = {outcome, "reset"} if outcome == "closed" else {outcome}
    assert result.outcome in accepted
    assert result.chain == ()


def test_silence_is_given_up_on_in_time() -> None:
    started = time.monotonic()
    assert shake(seconds=0.3).outcome == "timeout"
    assert time.monotonic() - started < 2


def test_a_server_that_only_knows_old_tls_and_what_it_knows() -> None:
    heard: list[bytes] = []
    context = old_context(ROOT.issue(HOST))
    result = shake(lambda connection: heard.append(connection.recv(4096)), context)
    assert result.outcome == "protocol"
    assert result.offers.startswith("TLSv1.1 ")
    assert result.chain[0].names == (HOST,)
    assert not any(heard)  # it was only asked what it knows


def test_a_server_whose_only_ciphers_are_refused() -> None:
    context = ROOT.issue(HOST).server_context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("NULL:@SECLEVEL=0")
    result = shake(context=context)
    assert result.outcome == "protocol"
    assert result.offers == ""  # no cipher at all is not learnt even then


def test_a_key_that_is_too_weak_is_old_encryption_not_a_stranger() -> None:
    context = ROOT.issue(HOST, weak=True).server_context(ciphers=WEAK)
    result = shake(context=context)
    assert (result.outcome, result.offers) == ("protocol", "")
    assert result.verify
    assert result.chain[0].names == (HOST,)


def test_a_host_name_that_is_none_is_an_error_not_a_crash() -> None:
    result = shake(context=ROOT.issue(HOST).server_context(), host="x" * 300)
    assert result.outcome == "error"


def test_stopping_ends_a_stalled_handshake_at_once() -> None:
    world = LoopbackWorld(authority=ROOT)
    with speaker(silent) as place:
        world.lead(*PLACE, place)
        setting = probe_run(world).setting
        threading.Timer(0.1, setting.stop).start()
        started = time.monotonic()
        with pytest.raises(Stopped):
            handshake(setting, setting.connect(*PLACE, 2.0), HOST, again=PLACE)
        assert time.monotonic() - started < 1.5


def test_codes_of_other_systems_are_understood_by_looking_at_the_chain() -> None:
    result = shake(context=self_signed(HOST).server_context())
    now = datetime.now(UTC)
    assert verify_fault(-67818, result.chain, HOST, now) == "expired"
    assert verify_fault(12345, result.chain, "other.example.com", now) == "name"
    assert verify_fault(12345, result.chain, HOST, now + timedelta(days=90)) == "expired"
    assert verify_fault(0x800B0109, result.chain, HOST, now) == "self-signed"
    assert verify_fault(20, (), HOST, now) == "untrusted"
