"""Port 25 under TLS: the chain is read whether it is trusted or not, and the dialogue goes on."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization

from mailwizard.model.observation import from_json, to_json
from mailwizard.model.seen.door import SmtpDoor
from mailwizard.probes import door, door_talk, door_tls
from mailwizard.probes.certificate_digests import key_of
from tests.certificates import Authority, Issued, old_context, self_signed
from tests.probes.test_door import CASE, MX1, look, records
from tests.servers import postfix
from tests.servers.smtp import smtp
from tests.worlds import LoopbackWorld, probe_run

HOST = "mx1.example.com"
ROOT = Authority()
PIPELINED = "250-mx.example.com\r\n250-PIPELINING\r\n250-SIZE 20000000\r\n250 STARTTLS"


def world_to(port: int) -> LoopbackWorld:
    """A world that trusts the test's root, with one exchanger."""
    world = LoopbackWorld(authority=ROOT)
    world.lead(MX1, 25, ("127.0.0.1", port))
    return world


def asked(seen: SmtpDoor) -> list[tuple[str, int]]:
    """Who was asked for, and the codes of the replies."""
    return [(r.who, r.reply.code) for r in seen.rcpt]


ALL_TAKEN = [("user", 250), ("postmaster", 250), ("random", 250)]


@pytest.mark.parametrize("ehlo", [PIPELINED, "250-mx.example.com\r\n250 STARTTLS"])
def test_a_trusted_chain_takes_one_connection(ehlo: str) -> None:
    issued = ROOT.issue(HOST)
    with smtp({"EHLO": ehlo}, tls=issued.server_context()) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert (seen.starttls_talk, seen.tls, seen.stage) == ("handshake", "ok", "rcpt")
    assert seen.tls_version == "TLSv1.3"
    assert asked(seen) == ALL_TAKEN
    assert mouth.connections == 1
    assert [line.split()[0] for line in mouth.secret] == [
        "EHLO", "MAIL", "RCPT", "RCPT", "RCPT", "RSET", "QUIT",
    ]  # fmt: skip
    # Nobody on the way reads who is asked for.
    assert [line.split()[0] for line in mouth.heard[:2]] == ["EHLO", "STARTTLS"]


def test_the_digests_are_those_of_tlsa_records() -> None:
    between = Authority("Between", ROOT)
    issued = between.issue(HOST)
    with smtp(tls=issued.server_context()) as mouth:
        (seen,) = look(world_to(mouth.port))
    der = issued.certificate.public_bytes(serialization.Encoding.DER)
    key = issued.certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    assert len(seen.digests) == len(seen.certificates) == 2
    leaf = seen.digests[0]
    assert leaf.certificate_sha256 == seen.certificates[0].sha256
    assert leaf.certificate_sha512 == hashlib.sha512(der).hexdigest()
    assert leaf.key_sha256 == hashlib.sha256(key).hexdigest()
    assert leaf.key_sha512 == hashlib.sha512(key).hexdigest()


@pytest.mark.parametrize("der", [b"", b"\x30", b"\x30\x84\xff\xff\xff\xff", b"x" * 5000])
def test_what_is_no_certificate_has_no_key(der: bytes) -> None:
    assert key_of(der) == b""


def test_keys_of_every_kind_are_cut_out_as_they_stand() -> None:
    for issued in (ROOT.issue(HOST), ROOT.issue(HOST, weak=True), self_signed(HOST)):
        der = issued.certificate.public_bytes(serialization.Encoding.DER)
        assert key_of(der) == issued.certificate.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )


NOW = datetime.now(UTC)
UNTRUSTED: list[tuple[str, Issued]] = [
    ("self-signed", self_signed(HOST)),
    ("name", ROOT.issue("mail.other.example")),
    ("expired", ROOT.issue(HOST, not_before=NOW - timedelta(9), not_after=NOW - timedelta(1))),
    ("incomplete", Authority("Between", ROOT).issue(HOST, send_chain=False)),
    ("untrusted", Authority("B", Authority("Nobody's")).issue(HOST)),
]


@pytest.mark.parametrize(("fault", "issued"), UNTRUSTED, ids=[fault for fault, _i in UNTRUSTED])
def test_an_untrusted_chain_is_read_all_the_same(fault: str, issued: Issued) -> None:
    with smtp(tls=issued.server_context()) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert (seen.starttls_talk, seen.tls) == ("handshake", fault)
    assert seen.certificates
    assert seen.digests[0].certificate_sha256 == seen.certificates[0].sha256
    assert asked(seen) == ALL_TAKEN
    assert mouth.connections == 2
    assert sum(line.startswith("RCPT") for line in mouth.secret) == 3


@pytest.mark.parametrize(
    ("reply", "talk"),
    [
        ("454 4.7.0 TLS not available", "refused"),
        ("502 what", "refused"),
        ("", "closed"),
        (b"\xff\xfe what\r\n", "garbled"),
        (b"220 ready\r\n250 injected\r\n", "injected"),
    ],
)
def test_starttls_comes_to_nothing(reply: str | bytes, talk: str) -> None:
    with smtp({"STARTTLS": reply}) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert (seen.starttls, seen.starttls_talk, seen.tls) == (True, talk, "")
    assert asked(seen) == ALL_TAKEN
    assert mouth.connections == (1 if talk == "refused" else 2)
    assert "STARTTLS" not in mouth.heard[3:]


def test_no_answer_to_starttls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_talk, "REPLY_SECONDS", 0.3)
    with smtp({"STARTTLS": b"220-not"}) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert (seen.starttls_talk, asked(seen)) == ("timeout", ALL_TAKEN)


@pytest.mark.parametrize(
    ("after", "fault"),
    [(b"220 ready\r\n", "timeout"), (b"220 ready\r\n", "plaintext")],
)
def test_the_handshake_does_not_come(
    after: bytes, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door_tls, "HANDSHAKE_SECONDS", 0.4)
    # Without a context the server takes the TLS hello for a line, which it answers or does not.
    replies = {"STARTTLS": after} | ({"\x16": b"500 what\r\n"} if fault == "plaintext" else {})
    with smtp({**replies, "": b"" if fault == "timeout" else b"500 what\r\n"}) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert seen.starttls_talk == "handshake"
    assert seen.tls in (fault, "closed", "reset")
    assert seen.certificates == ()
    assert mouth.connections == 2


def test_an_old_server_is_asked_in_plain_text() -> None:
    with smtp(tls=old_context(ROOT.issue(HOST))) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert seen.tls in ("protocol", "closed", "reset", "error")
    assert asked(seen) == ALL_TAKEN
    assert mouth.secret == []


def test_hung_up_under_tls() -> None:
    with smtp({"MAIL": ["", "250 ok"]}, tls=ROOT.issue(HOST).server_context()) as mouth:
        (seen,) = look(world_to(mouth.port))
    assert (seen.tls, seen.tls_detail, asked(seen)) == ("ok", "closed", ALL_TAKEN)


def test_what_cannot_be_a_name_in_tls() -> None:
    issued = ROOT.issue(HOST)
    strange = "x" * 70 + ".example.com"
    with smtp(tls=issued.server_context()) as mouth:
        world = world_to(mouth.port)
        run = probe_run(world, case=CASE, evidence=records("5 " + strange, **{"x" * 70: [MX1]}))
        door.own(run.setting)
    (seen,) = (o.seen for o in run.evidence.of(SmtpDoor))
    assert (seen.tls, asked(seen)) == ("error", ALL_TAKEN)


def test_it_can_be_saved_and_read_again() -> None:
    with smtp(tls=self_signed(HOST).server_context()) as mouth:
        run = probe_run(
            world_to(mouth.port), case=CASE, evidence=records("5 mx1.example.com", mx1=[MX1])
        )
        door.own(run.setting)
    (observation,) = run.evidence.of(SmtpDoor)
    assert from_json(to_json(observation)).seen == observation.seen


@pytest.mark.system
def test_a_real_postfix_under_tls() -> None:
    if why := postfix.why_not():
        pytest.skip(why)
    issued = Authority("Between", ROOT).issue(HOST)
    with postfix.postfix("example.com", ["zhangwei"], certificate=issued) as port:
        (seen,) = look(world_to(port))
    assert (seen.tls, seen.detail, len(seen.digests)) == ("ok", "", 2)
    assert [(r.who, r.reply.code) for r in seen.rcpt] == [
        ("user", 250), ("postmaster", 550), ("random", 550),
    ]  # fmt: skip
