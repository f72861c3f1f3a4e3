"""Plain and encrypted web controls: sign-in pages, garbage, and the time of day."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailwizard.model.seen.network import HttpReply
from mailwizard.probes import web
from mailwizard.probes.controls import PortalControl
from tests.certificates import Authority, self_signed
from tests.servers.speakers import Talk, answers, endless, says, silent, speaker
from tests.worlds import NO_CONTROLS, LoopbackWorld, probe_run

HOST, ADDRESS = "check.example", "203.0.113.80"
ROOT = Authority()
DATE = b"Date: Mon, 23 Nov 2026 09:00:00 GMT\r\n"


def asked(talk: Talk) -> HttpReply:
    control = PortalControl(url=f"http://{HOST}/generate_204", status=204)
    world = LoopbackWorld(
        controls=replace(NO_CONTROLS, portals=(control,)), hosts={HOST: [ADDRESS]}
    )
    with speaker(talk) as place:
        world.lead(ADDRESS, 80, place)
        run = probe_run(world)
        web.portal(run.setting)
    (seen,) = run.seen(HttpReply)
    assert isinstance(seen, HttpReply)
    return seen


def test_the_expected_reply_with_its_date() -> None:
    seen = asked(answers(b"HTTP/1.1 204 No Content\r\n" + DATE + b"\r\n"))
    assert (seen.outcome, seen.status, seen.expected_status) == ("reply", 204, 204)
    assert seen.date == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert seen.local is not None


def test_a_redirection_is_recorded_and_not_followed() -> None:
    seen = asked(
        answers(
            b"HTTP/1.1 302 Found\r\nLocation: http://portal.example/\x1b[31m\r\n"
            b"Content-Length: 5\r\n\r\nlogin"
        )
    )
    assert (seen.status, seen.body) == (302, "login")
    assert seen.location.startswith("http://portal.example/")
    assert "\x1b" not in seen.location


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage and more", "page"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\ncut short", "cut short"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npage\r\n0\r\n\r\n", "page"),
        (b"HTTP/1.0 200 OK\r\n\r\nuntil the end", "until the end"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\npage", "page"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1" + b"0" * 30 + b"\r\n\r\npage", ""),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 20 + b"\r\npage", ""),
        (b"HTTP/1.1 200 OK\r\nDate: yesterday\r\nContent-Length: 4\r\n\r\npage", "page"),
    ],
)
def test_bodies_of_every_form(reply: bytes, body: str) -> None:
    seen = asked(answers(reply))
    assert (seen.outcome, seen.body, seen.date) == ("reply", body, None)


@pytest.mark.parametrize(
    "talk",
    [
        says(b"* OK IMAP4 ready\r\n"),
        says(b"\x00\x01\x02\r\n\r\n"),
        endless(b"A" * 4096),
        answers(b"HTTP/1.1 999999 No\r\n\r\n"),
        answers(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"),
    ],
)
def test_what_is_no_http_is_no_reply(talk: Talk) -> None:
    seen = asked(talk)
    assert seen.outcome in ("error", "reset")
    assert len(seen.body) <= 200


def test_silence_is_a_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "REPLY_SECONDS", 0.3)
    assert asked(silent).outcome == "timeout"


def test_encrypted_controls_tell_their_certificate_and_the_time() -> None:
    names = ["good.example", "bad.example", "gone.example"]
    asked_for: list[bytes] = []
    world = LoopbackWorld(
        authority=ROOT,
        controls=replace(NO_CONTROLS, https=tuple(names)),
        hosts={"good.example": ["203.0.113.1"], "bad.example": ["203.0.113.2"]},
    )
    reply = answers(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n" + DATE + b"\r\n")

    def listening(connection: object) -> None:
        asked_for.append(connection.recv(4096))  # type: ignore[attr-defined]

    with ExitStack() as stack:
        good = ROOT.issue("good.example").server_context()
        world.lead("203.0.113.1", 443, stack.enter_context(speaker(reply, good)))
        bad = self_signed("bad.example").server_context()
        world.lead("203.0.113.2", 443, stack.enter_context(speaker(listening, bad)))
        run = probe_run(world)
        web.https(run.setting)
    seen = {r.url: r for r in run.seen(HttpReply) if isinstance(r, HttpReply)}
    assert seen["https://good.example/"].outcome == "reply"
    assert seen["https://good.example/"].date is not None
    assert seen["https://bad.example/"].outcome == "tls"
    assert seen["https://bad.example/"].tls == "self-signed"
    assert seen["https://bad.example/"].chain[0].subject == "CN=bad.example"
    assert seen["https://gone.example/"].outcome == "no-address"
    assert not any(asked_for)  # nothing was sent where nobody vouched
