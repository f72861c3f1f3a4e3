"""Handing a mail to a submission server: good ones, and every kind of bad one."""

import socket
import threading
from base64 import b64encode
from collections.abc import Iterator

import pytest

from mailwizard.actions import submission as client
from mailwizard.actions.own_message import OwnMessage
from mailwizard.actions.submission import Submitted, mechanisms, stuffed, submit
from mailwizard.model.secret import Secret
from mailwizard.probes.setting import Stopped
from mailwizard.reading.headers import fields
from tests.certificates import Authority, Issued, self_signed
from tests.probes.mailbox_lab import authority
from tests.servers.submission import EHLO, Answer, Submission, drips, submission
from tests.worlds import CASE, LoopbackWorld, ProbeRun, probe_run

HOST, PLACE, PASSWORD = "smtp.example.com", "192.0.2.20", "canary-密码-118"
MESSAGE = b"From: lin@example.com\r\nSubject: x\r\n\r\n.a line\r\n..\r\nend\r\n"


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GREETING_SECONDS", "REPLY_SECONDS", "TAKEN_SECONDS"):
        monkeypatch.setattr(client, name, 0.4)


def run_to(server: Submission | None, *more: tuple[str, Submission]) -> ProbeRun:
    world = LoopbackWorld(authority=authority(), hosts={HOST: [PLACE, *(a for a, _s in more)]})
    if server is not None:
        world.lead(PLACE, 465, server.place)
    for address, other in more:
        world.lead(address, 465, other.place)
    return probe_run(world, password=PASSWORD)


def send(run: ProbeRun, message: bytes = MESSAGE) -> Submitted:
    return submit(run.setting, HOST, Secret(PASSWORD), CASE.me, message)


def ends_with(answers: dict[str, Answer], presents: Issued | None = None) -> Submitted:
    certificate = presents or authority().issue(HOST)
    with submission(certificate, CASE.me, PASSWORD, answers) as server:
        went = send(run_to(server))
        assert server.attempts <= 1
    assert PASSWORD not in repr(went)
    return went


@pytest.fixture(scope="module")
def good() -> Iterator[Submission]:
    with submission(authority().issue(HOST), CASE.me, PASSWORD) as server:
        yield server


def test_sent_as_it_is(good: Submission) -> None:
    went = send(run_to(good))
    assert (went.outcome, went.stage) == ("sent", "message")
    assert went.reply is not None
    assert "4Q118" in went.reply.text
    assert good.taken[-1] == MESSAGE
    assert f"MAIL FROM:<{CASE.me}>" in good.heard
    assert good.heard[-1] == "QUIT"


@pytest.mark.parametrize(
    ("offered", "outcome"),
    [
        ("AUTH LOGIN", "sent"),
        ("AUTH=PLAIN", "sent"),
        ("auth login plain", "sent"),
        ("AUTH XOAUTH2", "no-password-login"),
        ("8BITMIME", "no-password-login"),
    ],
)
def test_signs_in_as_the_server_offers_it(offered: str, outcome: str) -> None:
    secret = b64encode(PASSWORD.encode()).decode()
    answers: dict[str, Answer] = {"EHLO": f"250-hello\r\n250 {offered}", secret: "235 ok"}
    answers[b64encode(CASE.me.encode()).decode()] = "334 UGFzc3dvcmQ6"
    assert ends_with(answers).outcome == outcome


def test_an_initial_response_that_was_not_read_is_given_when_asked_for() -> None:
    answers: dict[str, Answer] = {"AUTH PLAIN": "334 "}
    answers[b64encode(f"\0{CASE.me}\0{PASSWORD}".encode()).decode()] = "235 ok"
    assert ends_with(answers).outcome == "sent"


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("535 5.7.8 Authentication failed", "refused"),
        ("526 Authentication failure[0]", "refused"),
        ("534 5.7.9 Application-specific password required", "refused"),
        ("454 4.7.0 Temporary authentication failure", "unavailable"),
        ("421 4.7.0 too many", "unavailable"),
        ("504 5.5.4 Unrecognized authentication type", "no-password-login"),
        ("250 what?", "unavailable"),
    ],
)
def test_what_the_server_says_to_the_password(reply: str, outcome: str) -> None:
    went = ends_with({"AUTH": reply})
    assert (went.outcome, went.stage) == (outcome, "sign-in")


@pytest.mark.parametrize(
    "form",
    [PASSWORD, b64encode(PASSWORD.encode()).decode()],
)
def test_a_reply_that_repeats_the_password_loses_its_words(form: str) -> None:
    went = ends_with({"AUTH": f"535-5.7.8 you said\r\n535 5.7.8 {form} which is wrong"})
    assert went.reply is not None
    assert (went.reply.code, went.reply.text) == (535, "•••")
    split = ends_with({"AUTH": f"535-{form[:9]}\r\n535 {form[9:]}"})
    assert split.reply is not None
    assert split.reply.text == "•••"


@pytest.mark.parametrize(
    ("answers", "outcome", "stage"),
    [
        ({"banner": "554 go away"}, "unavailable", "connect"),
        ({"banner": b""}, "unavailable", "connect"),
        ({"banner": b"* OK IMAP ready\r\n"}, "unavailable", "connect"),
        ({"banner": b"2" * 9000}, "unavailable", "connect"),
        ({"banner": drips}, "silent", "connect"),
        ({"EHLO": "502 no"}, "unavailable", "greeting"),
        ({"EHLO": b"250-more\r\n" * 200}, "unavailable", "greeting"),
        ({"EHLO": ""}, "unavailable", "greeting"),
        ({"EHLO": drips}, "silent", "greeting"),
        ({"AUTH": ""}, "unavailable", "sign-in"),
        ({"AUTH": drips}, "silent", "sign-in"),
        ({"AUTH": b"\xff\xfe\r\n"}, "unavailable", "sign-in"),
        ({"MAIL": "550 5.7.1 not you"}, "rejected", "sender"),
        ({"RCPT": "452 4.2.2 mailbox full"}, "rejected", "recipient"),
        ({"RCPT": "421 4.3.2 closing"}, "unavailable", "recipient"),
        ({"DATA": "554 5.7.1 no"}, "rejected", "message"),
        ({"DATA": ""}, "unavailable", "message"),
        ({"taken": "552 5.2.2 over quota"}, "rejected", "message"),
        ({"taken": ""}, "unanswered", "message"),
        ({"taken": drips}, "unanswered", "message"),
        ({"taken": b"garbage\r\n"}, "unanswered", "message"),
    ],
)
def test_how_far_it_goes(answers: dict[str, Answer], outcome: str, stage: str) -> None:
    went = ends_with(answers)
    assert (went.outcome, went.stage) == (outcome, stage)


@pytest.mark.parametrize(
    "presents",
    [self_signed(HOST), Authority("Somebody else").issue(HOST), authority().issue("mx.other.com")],
    ids=["self-signed", "unknown issuer", "another name"],
)
def test_an_impostor_gets_nothing(presents: Issued) -> None:
    with submission(presents, CASE.me, PASSWORD) as server:
        assert send(run_to(server)).outcome == "not-verified"
        assert server.heard == []


def test_nobody_there() -> None:
    assert send(run_to(None)).outcome == "unreachable"
    run = run_to(None)
    run.setting.world.hosts.clear()  # type: ignore[attr-defined]
    assert send(run).outcome == "unreachable"


def test_the_next_address_is_tried_and_the_password_goes_to_one_only(good: Submission) -> None:
    closing: dict[str, Answer] = {"AUTH": "535 no"}
    with submission(authority().issue(HOST), CASE.me, PASSWORD, closing) as first:
        before = good.attempts
        assert send(run_to(first, ("192.0.2.21", good))).outcome == "refused"
        assert good.attempts == before
        run = run_to(None, ("192.0.2.21", good))
        assert send(run).outcome == "sent"


def test_stopped_while_it_waits_for_the_password_to_be_read() -> None:
    waiting = threading.Event()

    def stalls(connection: socket.socket) -> None:
        waiting.set()
        connection.recv(1)

    with submission(authority().issue(HOST), CASE.me, PASSWORD, {"AUTH": stalls}) as server:
        run = run_to(server)

        def stop() -> None:
            waiting.wait(5)
            run.setting.stop()

        threading.Thread(target=stop, daemon=True).start()
        with pytest.raises(Stopped):
            send(run)


def test_the_message_is_whole_and_says_that_it_is_written_by_a_program() -> None:
    message = OwnMessage.write(CASE.me, run_to(None).setting.world.now())
    head, _, body = message.octets.partition(b"\r\n\r\n")
    found = dict(fields(head))
    assert found["from"] == found["to"] == CASE.me.encode()
    assert found["auto-submitted"] == b"auto-generated"
    assert message.token.encode() in found["message-id"]
    assert b"\n" not in message.octets.replace(b"\r\n", b"")
    assert message.octets.isascii()
    assert len(body) < 2000
    assert OwnMessage.write(CASE.me, message.written).token != message.token


@pytest.mark.parametrize(
    ("found", "ours"),
    [
        ({"message-id": ["<{token}@example.com>"]}, True),
        ({"message-id": ["<other@server>"], "subject": ["{subject}"]}, True),
        ({"subject": ["Automatic reply: {subject}"]}, False),
        ({"subject": ["{subject}"], "message-id": []}, True),
        ({"message-id": ["<other@server>"], "subject": ["mailwizard test mail"]}, False),
        ({}, False),
    ],
)
def test_known_again(found: dict[str, list[str]], ours: bool) -> None:
    message = OwnMessage("lin@example.com", "a1" * 16, run_to(None).setting.world.now())
    words = {"token": message.token, "subject": message.subject}
    given = {name: [v.format(**words).encode() for v in values] for name, values in found.items()}
    assert message.names(given) is ours


def test_small_parts() -> None:
    assert stuffed(b".\r\nx") == "..\r\nx\r\n."
    assert mechanisms([line.encode() for line in EHLO.split("\r\n")]) == {"PLAIN", "LOGIN"}
    assert mechanisms([b"250-AUTHORISED PLAIN"]) == frozenset()
