"""Servers that send too much, too slowly, or nonsense: bounded in time and memory, shown safely."""

import contextlib
import os
import resource
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from mailwizard.model.seen.network import Certificate, Endpoint
from mailwizard.probes import certificates, endpoints, reaching
from mailwizard.probes.certificates import likely_names
from tests.certificates import WEAK, Authority, Issued, self_signed
from tests.probes.handshakes import HOST, PLACE, ROOT, shake
from tests.servers.speakers import Talk, endless, resets, says, silent, speaker
from tests.worlds import LoopbackWorld, probe_run

GOOD = ROOT.issue(HOST)
MEGABYTE = 1 << 20


def visited(talk: Talk, context: ssl.SSLContext | None = None, seconds: float = 6.0) -> Endpoint:
    world = LoopbackWorld(authority=ROOT, hosts={HOST: [PLACE[0]]})
    with speaker(talk, context) as place:
        world.lead(*PLACE, place)
        run = probe_run(world, seconds=seconds)
        endpoints.imap_server(run.setting)
    (seen,) = run.seen(Endpoint)
    assert isinstance(seen, Endpoint)
    return seen


@contextlib.contextmanager
def little_memory(most: int = 8 * MEGABYTE) -> Iterator[None]:
    """Neither Python's objects nor the whole process may grow much."""
    tracemalloc.start()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        yield
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < most
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < 8 * most


# Before TLS and instead of it.


def record(kind: int, body: bytes, version: bytes = b"\x03\x03") -> bytes:
    return bytes([kind]) + version + struct.pack(">H", len(body)) + body


def message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + struct.pack(">I", len(body))[1:] + body


SERVER_HELLO = message(2, b"\x03\x03" + bytes(32) + b"\x00" + b"\xc0\x2f" + b"\x00")
ALERTS = (*range(0, 51, 10), 42, 43, 44, 45, 46, 47, 48, 49, 51, 70, 71, 80, 86, 90, 109, 110, 112)
ALERTS = (*ALERTS, 113, 115, 116, 120, 255)


@pytest.mark.parametrize("alert", sorted(set(ALERTS)))
@pytest.mark.parametrize("level", [1, 2])
def test_an_alert_of_any_kind_is_no_crash(alert: int, level: int) -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(record(21, bytes([level, alert])))

    result = shake(talk)
    assert result.connection is None
    assert result.outcome in {"protocol", "error", "closed", "reset", "plaintext"}
    if level == 2 and alert in (40, 70, 71):
        assert result.outcome == "protocol"
    assert len(result.detail) <= 200


NONSENSE = {
    "an empty record": record(22, b""),
    "a record of random octets": record(22, os.urandom(500)),
    "an unknown kind": record(99, b"x" * 40),
    "data before the handshake": record(23, b"x" * 40),
    "a record longer than any may be": record(22, b"\x02" + b"\xff" * 0xFFF0),
    "a message of 16 MB": record(22, b"\x02\xff\xff\xff" + b"x" * 100),
    "a hello of another time": record(22, message(2, b"\x09\x09" + bytes(70))),
    "certificates of garbage": record(22, SERVER_HELLO)
    + record(22, message(11, b"\x00\x00\x0b\x00\x00\x08notx509!")),
    "an empty chain": record(22, SERVER_HELLO) + record(22, message(11, b"\x00\x00\x00")),
    "lengths that lie": record(22, SERVER_HELLO)
    + record(22, message(11, b"\xff\xff\xff\xff\xff\xff")),
    "the end of TLS at once": record(21, b"\x01\x00"),
    "a request to begin anew": record(22, message(0, b"")) * 50,
    "binary": bytes(range(256)) * 8,
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_instead_of_tls(name: str) -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(NONSENSE[name])
        connection.shutdown(socket.SHUT_WR)
        silent(connection)

    started = time.monotonic()
    result = shake(talk)
    assert result.connection is None
    assert result.outcome in {"plaintext", "error", "closed", "reset", "protocol"}
    assert result.chain == ()
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "chunk",
    [
        b"x" * 65536,
        b"* OK " * 4096,
        record(22, b"\x02\xff\xff\xff" + b"x" * 16000),
        record(22, message(0, b"")) * 200,
        record(21, b"\x01\x5a") * 200,
    ],
    ids=["text", "greetings", "one long message", "begin anew", "warnings"],
)
def test_megabytes_before_tls(chunk: bytes) -> None:
    started = time.monotonic()
    with little_memory():
        result = shake(endless(chunk), seconds=1.0)
    assert result.connection is None
    assert time.monotonic() - started < 4


def test_a_handshake_that_drips_is_given_up_on() -> None:
    def drips(connection: socket.socket) -> None:
        for octet in record(22, SERVER_HELLO) * 10:
            connection.sendall(bytes([octet]))
            time.sleep(0.02)

    started = time.monotonic()
    assert shake(drips, seconds=0.5).outcome == "timeout"
    assert time.monotonic() - started < 2


# Certificates.


def with_many(issued: Issued, more: list[bytes]) -> Issued:
    return Issued(issued.certificate, issued.key, tuple(more))


def strangers(count: int) -> list[bytes]:
    one = Authority("Somebody").pem
    return [one] * count


@pytest.mark.parametrize("count", [50, 5000])
@pytest.mark.parametrize("own", ["good", "self-signed"])
def test_a_chain_without_end_is_bounded(count: int, own: str) -> None:
    issued = GOOD if own == "good" else self_signed(HOST)
    context = with_many(issued, strangers(count)).server_context()
    with little_memory():
        result = shake(silent, context)
    assert len(result.chain) <= certificates.MAX_CHAIN
    if count == 50:
        assert result.outcome == ("ok" if own == "good" else "self-signed")
    else:
        assert result.outcome in {"error", "reset"}  # the library reads no more than 100 KB


@pytest.mark.parametrize("count", [3000, 10_000])
def test_a_certificate_with_thousands_of_names(count: int) -> None:
    names = [f"n{number}.example.com" for number in range(count)]
    context = ROOT.issue(*names).server_context()
    started = time.monotonic()
    with little_memory(16 * MEGABYTE):
        result = shake(silent, context)
    assert result.outcome in {"name", "error", "reset"}
    assert all(len(c.names) <= certificates.MAX_NAMES for c in result.chain)
    assert time.monotonic() - started < 4


def test_a_very_large_certificate() -> None:
    long = ".".join(["x" * 60] * 3)
    issued = self_signed(HOST, *(f"{number}.{long}.example" for number in range(400)))
    result = shake(silent, issued.server_context())
    assert result.outcome in {"self-signed", "error", "reset"}
    assert all(len(name) <= 255 for c in result.chain for name in c.names)


def test_garbage_is_no_certificate() -> None:
    for der in (b"", b"\x30", b"\x30\x82\xff\xff", os.urandom(400), b"\x30\x80" + bytes(400)):
        assert certificates.read(der) is None


def test_every_single_octet_changed_is_read_or_not_but_never_a_crash() -> None:
    der = ssl.PEM_cert_to_DER_cert(ROOT.issue(HOST, "192.0.2.1").pem.decode("ascii"))
    for place in range(0, len(der)):
        for value in (0x00, 0xFF, der[place] ^ 0x01):
            changed = der[:place] + bytes([value]) + der[place + 1 :]
            found = certificates.read(changed)
            assert found is None or len(found.subject) <= 300


def test_a_certificate_against_the_rules_writes_nothing_onto_the_screen() -> None:
    """The library warns of a negative serial number; in a process of its own, as users run it."""
    der = bytearray(ssl.PEM_cert_to_DER_cert(GOOD.pem.decode("ascii")))
    der[der.index(b"\xa0\x03\x02\x01\x02") + 7] |= 0x80
    program = (
        "import sys; from mailwizard.probes.certificates import read;"
        "read(sys.stdin.buffer.read()); print('done')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], input=bytes(der), capture_output=True, check=False
    )
    assert (ran.stdout.strip(), ran.stderr) == (b"done", b"")


class Presented:
    """Stands in for a connection that presented some octets."""

    def __init__(self, *ders: bytes) -> None:
        self._ders = list(ders)

    def get_unverified_chain(self) -> list[bytes]:
        return self._ders


def test_where_the_leaf_cannot_be_read_no_other_is_taken_for_it() -> None:
    der = ssl.PEM_cert_to_DER_cert(GOOD.pem.decode("ascii"))
    assert certificates.presented(Presented(b"garbage", der)) == ()  # type: ignore[arg-type]
    (leaf,) = certificates.presented(Presented(der, b"garbage"))  # type: ignore[arg-type]
    assert leaf.names == (HOST,)


def certificate_for(*names: str) -> Certificate:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Certificate(subject="", issuer="", not_before=now, not_after=now, names=names)


def test_only_host_names_are_looked_up() -> None:
    strange = (
        "a b.example",
        "x" * 300,
        "*",
        "*.",
        "localhost",
        "192.0.2.1",
        "a..b",
        "-a.example",
        "\x1b[2J.example",
        "*.*.example",
        "_x.example.com",
        "com",
    )
    assert likely_names(certificate_for(*strange), HOST) == ()
    assert likely_names(certificate_for("WWW.Example.com.", "mail.example.com"), HOST) == (
        "mail.example.com",
        "www.example.com",
    )
    assert likely_names(certificate_for("*.example.net"), "mx.example.com") == (
        "mx.example.net",
        "imap.example.net",
        "mail.example.net",
    )


def test_the_name_that_fits_is_found_at_the_same_address_only() -> None:
    issued = ROOT.issue("mail.example.net", "imap.elsewhere.example", "lost.example.net")
    world = LoopbackWorld(
        authority=ROOT,
        hosts={
            HOST: [PLACE[0]],
            "mail.example.net": [PLACE[0]],
            "imap.elsewhere.example": ["198.51.100.7"],
        },
    )
    heard: list[bytes] = []
    with speaker(lambda c: heard.append(c.recv(4096)), issued.server_context()) as place:
        world.lead(*PLACE, place)
        run = probe_run(world)
        endpoints.imap_server(run.setting)
    (seen,) = run.seen(Endpoint)
    assert isinstance(seen, Endpoint)
    assert (seen.tls, seen.fits) == ("name", ("mail.example.net",))
    assert not any(heard)


def test_a_name_that_leads_here_but_is_not_proved_does_not_fit() -> None:
    past = datetime(2026, 1, 2, tzinfo=UTC)
    issued = ROOT.issue(
        "mail.example.net", not_before=datetime(2026, 1, 1, tzinfo=UTC), not_after=past
    )
    world = LoopbackWorld(authority=ROOT, hosts={HOST: [PLACE[0]], "mail.example.net": [PLACE[0]]})
    with speaker(silent, issued.server_context()) as place:
        world.lead(*PLACE, place)
        run = probe_run(world)
        endpoints.imap_server(run.setting)
    (seen,) = run.seen(Endpoint)
    assert isinstance(seen, Endpoint)
    assert (seen.tls, seen.fits) == ("name", ())


# After verified TLS.


def test_megabytes_before_the_greeting_s_end() -> None:
    started = time.monotonic()
    with little_memory():
        seen = visited(endless(b"\x00\x1b]0;x\x07\xff" * 8192), GOOD.server_context())
    assert (seen.tls, seen.detail) == ("ok", "endless")
    assert len(seen.greeting) <= 200
    assert seen.greeting.isprintable()
    assert time.monotonic() - started < 3


def test_one_octet_a_second_is_given_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "GREETING_SECONDS", 0.4)

    def drips(connection: socket.socket) -> None:
        for octet in b"* OK " + b"x" * 200:
            connection.sendall(bytes([octet]))
            time.sleep(0.05)

    started = time.monotonic()
    seen = visited(drips, GOOD.server_context())
    assert (seen.tls, seen.detail) == ("ok", "silent")
    assert time.monotonic() - started < 3


def raw_after_handshake(data: bytes) -> Talk:
    """Writes past TLS, onto the bare connection."""

    def talk(connection: socket.socket) -> None:
        os.write(connection.fileno(), data)
        with contextlib.suppress(OSError):
            silent(connection)

    return talk


@pytest.mark.parametrize(
    "data",
    [
        record(23, b"nonsense" * 20),
        record(21, b"\x02\x28"),
        record(21, b"\x01\x00"),
        record(22, message(0, b"")),
        b"* OK IMAP4rev1 ready\r\n" * 10,
    ],
    ids=["data", "alert", "close", "begin anew", "text"],
)
@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls_that_breaks_after_the_handshake(data: bytes, newest: ssl.TLSVersion) -> None:
    context = GOOD.server_context()
    context.maximum_version = newest
    seen = visited(raw_after_handshake(data), context)
    assert (seen.tls, seen.spoke) == ("ok", False)
    assert seen.detail in {"reset", "closed"}


@pytest.mark.parametrize("talk", [says(), resets])
def test_a_hang_up_in_the_middle_of_everything(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "GREETING_SECONDS", 0.3)
    for context in (
        None,
        GOOD.server_context(),
        ROOT.issue(HOST, weak=True).server_context(ciphers=WEAK),
    ):
        seen = visited(talk, context)
        assert not seen.spoke


def test_the_whole_look_ends_with_its_time_though_everything_hangs() -> None:
    with speaker(silent) as place:
        world = LoopbackWorld(authority=ROOT, hosts={HOST: [PLACE[0]]})
        world.lead(*PLACE, place)
        run = probe_run(world, seconds=1.0)
        threading.Timer(1.0, run.setting.stop).start()
        started = time.monotonic()
        with contextlib.suppress(Exception):
            endpoints.imap_server(run.setting)
        assert time.monotonic() - started < 2.5
