"""Signing in: every outcome, one try only, and never a password without verified TLS."""

import time
from datetime import UTC, datetime

import pytest

from mailwizard.diagnosis import account
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.network import SystemLookup
from mailwizard.probes.setting import Skipped
from tests.certificates import Authority, self_signed
from tests.diagnosis.mailbox_builders import situation
from tests.probes.mailbox_lab import ADDRESS, HOST, authority, mailbox
from tests.servers.fake_imap import PASSWORD, Dialect, Folder, Session


def outcome_of(dialect: Dialect, password: str | None = PASSWORD) -> SignIn:
    with mailbox(dialect=dialect) as lab:
        lab.run("sign-in", password=password)
        return lab.seen(SignIn)[0]


def test_signs_in_says_who_it_is_and_leaves_the_connection() -> None:
    dialect = Dialect(later_capability="IMAP4rev1 ID QUOTA")
    with mailbox(dialect=dialect) as lab:
        lab.run("sign-in")
        seen = lab.seen(SignIn)[0]
        assert (seen.outcome, seen.select_refused) == ("ok", "")
        assert "QUOTA" in seen.capabilities
        assert lab.server.verbs().index("LOGIN") < lab.server.verbs().index("ID")
        assert "SELECT" not in lab.server.verbs()
        assert lab.pool.take() is not None


def test_without_a_password_nothing_is_tried() -> None:
    with mailbox() as lab:
        lab.run("sign-in", password=None)
        assert lab.seen(SignIn)[0].outcome == "not-tried"
        assert lab.server.received == 0


def test_a_refused_password_is_tried_once() -> None:
    with mailbox(dialect=Dialect(login="NO [AUTHENTICATIONFAILED] no such password")) as lab:
        lab.run("sign-in")
        seen = lab.seen(SignIn)[0]
        assert (seen.outcome, seen.code) == ("refused", "AUTHENTICATIONFAILED")
        assert seen.text == "no such password"
        for probe in ("search", "history", "quota"):
            with pytest.raises(Skipped):
                lab.run(probe)
        assert lab.server.verbs().count("LOGIN") == 1


def test_a_refusal_in_gbk_can_be_read() -> None:
    def script(session: Session, tag: str, verb: str, _arguments: str) -> bool:
        if verb == "LOGIN":
            session.say(tag.encode() + " NO 您的帐号未开通IMAP服务".encode("gbk"))
        return verb == "LOGIN"

    assert outcome_of(Dialect(script=script)).text == "您的帐号未开通IMAP服务"


def test_an_alert_before_the_refusal_belongs_to_it() -> None:
    def script(session: Session, tag: str, verb: str, _arguments: str) -> bool:
        if verb == "LOGIN":
            session.say("* NO [ALERT] Please log in via your web browser", f"{tag} NO failed")
        return verb == "LOGIN"

    seen = outcome_of(Dialect(script=script))
    assert seen.outcome == "refused"
    assert "web browser" in seen.text


def test_a_server_that_repeats_the_password_does_not_get_it_into_the_report() -> None:
    seen = outcome_of(Dialect(login=f"NO user lin with {PASSWORD} unknown"))
    assert PASSWORD not in seen.text


@pytest.mark.parametrize(
    "reply", ["NO [UNAVAILABLE] Temporary authentication failure.", "NO [INUSE] x", "NO [LIMIT] y"]
)
def test_temporary_trouble_is_no_refused_password(reply: str) -> None:
    assert outcome_of(Dialect(login=reply)).outcome == "unavailable"


def test_bye_as_greeting() -> None:
    seen = outcome_of(Dialect(greeting=b"* BYE [UNAVAILABLE] too many connections\r\n"))
    assert (seen.outcome, seen.code) == ("unavailable", "UNAVAILABLE")
    assert seen.text == "too many connections"


def test_bye_instead_of_an_answer() -> None:
    def script(session: Session, _tag: str, verb: str, _arguments: str) -> bool:
        if verb == "LOGIN":
            session.say("* BYE come back later")
            session.hang_up()
        return verb == "LOGIN"

    seen = outcome_of(Dialect(script=script))
    assert (seen.outcome, seen.text) == ("unavailable", "come back later")


def test_no_password_goes_to_a_server_that_takes_none() -> None:
    dialect = Dialect(capability="IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2")
    with mailbox(dialect=dialect) as lab:
        lab.run("sign-in")
        assert lab.seen(SignIn)[0].outcome == "no-password-login"
        assert set(lab.server.verbs()) == {"CAPABILITY"}


def test_plain_where_login_is_not_offered() -> None:
    def script(session: Session, tag: str, verb: str, _arguments: str) -> bool:
        if verb != "AUTHENTICATE":
            return False
        session.say(b"+ ")
        answer = session.file.readline().strip()
        assert answer == b"AGxpbkBleGFtcGxlLmNvbQBjb3JyZWN0IGhvcnNl"
        session.signed_in = True
        session.say(f"{tag} OK done")
        return True

    dialect = Dialect(capability="IMAP4rev1 LOGINDISABLED AUTH=PLAIN", script=script)
    assert outcome_of(dialect).outcome == "ok"


def test_a_password_beyond_ascii_goes_as_a_literal() -> None:
    with mailbox() as lab:
        lab.run("sign-in", password='Grüße "你好"')
        assert lab.seen(SignIn)[0].outcome == "refused"
        assert 'Grüße "你好"' in lab.server.commands[-1]


@pytest.mark.parametrize("needs_id", [False, True])
def test_netease_is_told_who_we_are_before_a_folder_is_opened(needs_id: bool) -> None:
    assert outcome_of(Dialect(needs_id=needs_id)).select_refused == ""


def test_a_refused_inbox_is_recorded_in_the_servers_words() -> None:
    with mailbox(Folder("INBOX", refuse="EXAMINE Unsafe Login. Please contact")) as lab:
        lab.run("sign-in")
        seen = lab.seen(SignIn)[0]
        assert (seen.outcome, seen.select_refused) == ("ok", "EXAMINE Unsafe Login. Please contact")


def impostors() -> list[tuple[str, object]]:
    return [
        ("another authority", Authority("Impostor").issue(HOST)),
        ("self-signed", self_signed(HOST)),
        ("another name", authority().issue("imap.evil.example")),
    ]


@pytest.mark.parametrize(("_kind", "certificate"), impostors())
def test_an_impostor_never_gets_the_password(_kind: str, certificate: object) -> None:
    with mailbox(presents=certificate) as lab:  # type: ignore[arg-type]
        lab.run("sign-in")
        assert lab.seen(SignIn)[0].outcome == "not-verified"
        assert lab.server.commands == []


def test_the_next_address_is_tried() -> None:
    with mailbox() as lab:
        lab.world.hosts[HOST] = ["192.0.2.66", "192.0.2.67", ADDRESS]
        lab.world.faults["192.0.2.66", 993] = ConnectionRefusedError()
        lab.run("sign-in")
        assert lab.seen(SignIn)[0].outcome == "ok"


@pytest.mark.parametrize(
    ("fault", "text"), [(ConnectionRefusedError(111, "x"), "refused"), (TimeoutError(), "timeout")]
)
def test_nobody_there(fault: OSError, text: str) -> None:
    with mailbox() as lab:
        lab.world.faults[ADDRESS, 993] = fault
        lab.run("sign-in")
        seen = lab.seen(SignIn)[0]
        assert (seen.outcome, seen.text) == ("unreachable", text)


def test_a_look_up_that_got_lost_is_answered_by_one_that_did_not() -> None:
    with mailbox() as lab:
        looked_up = SystemLookup(host=HOST, outcome="answer", addresses=(ADDRESS,))
        lab.evidence.add("imap-server", looked_up, at=datetime.now(UTC), seconds=0.1)
        lab.world.lookup_fault = TimeoutError()
        lab.run("sign-in")
        assert lab.seen(SignIn)[0].outcome == "ok"


@pytest.mark.parametrize("fault", [TimeoutError(), OSError(11, "try again")])
def test_no_look_up_was_answered(fault: OSError) -> None:
    with mailbox() as lab:
        lab.world.lookup_fault = fault
        lab.run("sign-in")
        assert lab.seen(SignIn)[0].outcome == "unreachable"


def test_no_address() -> None:
    with mailbox() as lab:
        lab.world.hosts.clear()
        lab.run("sign-in")
        assert lab.seen(SignIn)[0].outcome == "unreachable"


@pytest.mark.parametrize(
    "greeting",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"* OK " + b"x" * 9_000_000 + b"\r\n",
        b"\xff\xfe\x00\r\n",
        b"* OK hi {99999999999}\r\n",
    ],
    ids=["http", "huge line", "binary", "huge literal"],
)
def test_odd_greetings_are_no_crash(greeting: bytes) -> None:
    assert outcome_of(Dialect(greeting=greeting)).outcome == "unavailable"


def test_a_silent_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailwizard.probes.imap.client.GREETING_SECONDS", 0.2)
    assert outcome_of(Dialect(greeting=b"")).outcome == "silent"


def test_a_dripping_server_does_not_hold_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailwizard.probes.imap.client.LOGIN_SECONDS", 0.5)

    def script(session: Session, _tag: str, verb: str, _arguments: str) -> bool:
        if verb != "LOGIN":
            return False
        while True:
            session.connection.sendall(b"x")
            time.sleep(0.02)

    started = time.monotonic()
    assert outcome_of(Dialect(script=script)).outcome == "unavailable"
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("reply", ["NO LOGIN failed.", "BAD missing argument"])
def test_with_what_it_was_refused(reply: str) -> None:
    seen = outcome_of(Dialect(login=reply))
    assert (seen.outcome, seen.reply) == ("refused", reply.split()[0])


def test_nothing_was_refused() -> None:
    assert outcome_of(Dialect()).reply == ""


def says(*lines: bytes, hang_up: bool = False) -> Dialect:
    """A server that answers LOGIN with these lines; ``TAG`` stands for the command's tag."""

    def script(session: Session, tag: str, verb: str, _arguments: str) -> bool:
        if verb != "LOGIN":
            return False
        for line in lines:
            session.say(line.replace(b"TAG", tag.encode()))
        if hang_up:
            session.hang_up()
        return True

    return Dialect(script=script)


@pytest.mark.parametrize("charset", ["gbk", "utf-8"])
@pytest.mark.parametrize(
    ("words", "code", "variant"),
    [
        ("请使用授权码登录。详情请看: http://service.mail.qq.com/", "APP_PASSWORD_NEEDED", ""),
        ("您的帐号未开通IMAP服务", "IMAP_DISABLED", ""),
        ("账号已被锁定", "ACCOUNT_LOCKED", ""),
        ("登录太频繁，请稍后再试", "IMAP_BUSY", ""),
        ("系统繁忙，请稍后再试", "IMAP_BUSY", ""),
        ("用户名或密码错误", "AUTH_REJECTED", ""),
        ("该企业服务已到期", "SERVICE_EXPIRED", ""),
    ],
)
def test_chinese_refusals_from_the_wire_to_the_finding(
    charset: str, words: str, code: str, variant: str
) -> None:
    seen = outcome_of(says(b"TAG NO " + words.encode(charset)))
    [found] = account.judge(situation(seen))
    assert (found.code, found.data["variant"]) == (code, variant)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((b"TAG NO [ALERT] Application-specific password required",), "APP_PASSWORD_NEEDED"),
        (
            (
                b"* NO [WEBALERT https://accounts.example/signin?x] Web login required.",
                b"TAG NO [ALERT] Please log in via your web browser (Failure)",
            ),
            "ACCOUNT_LOCKED",
        ),
        ((b"TAG NO [WEBALERT https://accounts.example/] Web login required.",), "ACCOUNT_LOCKED"),
        ((b"TAG NO [ALERT] Too many simultaneous connections. (Failure)",), "IMAP_BUSY"),
        ((b"TAG NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",), "AUTH_REJECTED"),
        ((b"TAG NO [UNAVAILABLE] Temporary authentication failure. [mx1]",), "IMAP_BUSY"),
        ((b"TAG NO [CONTACTADMIN] no",), "AUTH_REJECTED"),
        ((b"TAG NO [LIMIT] Rate limit hit",), "IMAP_BUSY"),
        ((b"TAG BAD no",), "AUTH_REJECTED"),
    ],
)
def test_known_dialects_from_the_wire_to_the_finding(lines: tuple[bytes, ...], code: str) -> None:
    [found] = account.judge(situation(outcome_of(says(*lines))))
    assert found.code == code


@pytest.mark.parametrize(
    ("bye", "code"),
    [
        (b"* BYE Too many login attempts, locked for 30 minutes", "ACCOUNT_LOCKED"),
        (b"* BYE Server shutting down", "IMAP_BUSY"),
        (b"* BYE [UNAVAILABLE] wrong password?", "IMAP_BUSY"),
    ],
)
def test_a_goodbye_to_the_sign_in_is_no_wrong_password(bye: bytes, code: str) -> None:
    seen = outcome_of(says(bye, hang_up=True))
    assert (seen.outcome, seen.reply) == ("unavailable", "BYE")
    [found] = account.judge(situation(seen))
    assert found.code == code


@pytest.mark.parametrize(
    "greeting", [b"* BYE [LIMIT] no more\r\n", b"* BYE\r\n", b"* BYE Too many connections\r\n"]
)
def test_turned_away_at_the_greeting(greeting: bytes) -> None:
    seen = outcome_of(Dialect(greeting=greeting))
    assert (seen.outcome, seen.reply) == ("unavailable", "BYE")
    [found] = account.judge(situation(seen))
    assert found.code == "IMAP_BUSY"


@pytest.mark.parametrize("offer", ["AUTH=XOAUTH2", "AUTH=OAUTHBEARER", "AUTH=XOAUTH2 AUTH=NTLM"])
def test_programs_with_permissions_only(offer: str) -> None:
    with mailbox(dialect=Dialect(capability=f"IMAP4rev1 LOGINDISABLED {offer}")) as lab:
        lab.run("sign-in")
        [found] = account.judge(situation(lab.seen(SignIn)[0]))
        assert found.code == "OAUTH_ONLY"
        assert not [c for c in lab.server.commands if "LOGIN " in c or "AUTHENTICATE" in c]
