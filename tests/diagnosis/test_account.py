"""The account: what the server's refusal means, and what it must never be mistaken for."""

from dataclasses import replace

import pytest

from mailwizard.diagnosis import account
from mailwizard.diagnosis.sign_in_refusals import meaning
from mailwizard.model.finding import Certainty, Finding, Owner
from mailwizard.model.observation import Seen
from mailwizard.model.provider import Provider
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.model.seen.network import Endpoint
from mailwizard.text.finding_text import render
from tests.diagnosis.mailbox_builders import PROVIDER, answers, signed_in, situation

NEEDED = replace(PROVIDER, app_password="required")
MAY_BE = replace(PROVIDER, app_password="may be required")
WRONG = "AUTHENTICATIONFAILED"


def judged(*seen: Seen, provider: Provider = PROVIDER, by: str = "mx") -> list[Finding]:
    found = account.judge(situation(*seen, provider=provider, by=by))
    for finding in found:
        assert finding.because
        words = render(finding, PROVIDER)
        assert "…" not in words.headline + words.meaning + "".join(words.actions)
    return found


def refused(code: str, text: str) -> SignIn:
    return signed_in(outcome="refused", code=code, text=text)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (WRONG, "Authentication failed.", "AUTH_REJECTED"),
        (WRONG, "Invalid credentials (Failure)", "AUTH_REJECTED"),
        ("", "LOGIN Login error or password error", "AUTH_REJECTED"),
        ("", "用户名或密码错误", "AUTH_REJECTED"),
        ("", "", "AUTH_REJECTED"),
        (
            "",
            "Login fail. Account is abnormal, service is not open, password is incorrect, login"
            " frequency limited, or system is busy.",
            "AUTH_REJECTED",
        ),
        ("", "account disabled or wrong password", "AUTH_REJECTED"),
        (WRONG, "IMAP service is disabled for this account, please enable it", "IMAP_DISABLED"),
        ("ALERT", "Your account is not enabled for IMAP use.", "IMAP_DISABLED"),
        ("ALERT", "IMAP access is disabled for your domain.", "IMAP_DISABLED"),
        ("", "您的帐号未开通IMAP服务", "IMAP_DISABLED"),
        ("", "管理员禁止了三方客户端登录", "IMAP_DISABLED"),
        ("AUTHORIZATIONFAILED", "no", "IMAP_DISABLED"),
        ("ALERT", "Application-specific password required", "APP_PASSWORD_NEEDED"),
        ("", "Login fail. Please using authorized code to login.", "APP_PASSWORD_NEEDED"),
        ("", "请使用授权码登录", "APP_PASSWORD_NEEDED"),
        ("", "已开启三方客户端安全密码，请使用安全密码", "APP_PASSWORD_NEEDED"),
        ("", "账号已被锁定", "ACCOUNT_LOCKED"),
        ("", "Your account has been suspended", "ACCOUNT_LOCKED"),
        ("", "Account is temporarily locked, try again later", "ACCOUNT_LOCKED"),
        ("", "登录失败次数过多，请稍后再试", "ACCOUNT_LOCKED"),
        ("EXPIRED", "That password isn't valid any more", "ACCOUNT_LOCKED"),
        ("", "basic authentication is disabled", "OAUTH_ONLY"),
        ("", "该企业服务已到期，请续费", "SERVICE_EXPIRED"),
        ("", "Internal server error, please try again later", "IMAP_BUSY"),
        ("", "系统繁忙，请稍后再试", "IMAP_BUSY"),
    ],
)
def test_words_before_codes(code: str, text: str, expected: str) -> None:
    assert [f.code for f in judged(refused(code, text))] == [expected]


@pytest.mark.parametrize(
    ("provider", "by", "code", "certainty"),
    [
        (PROVIDER, "mx", "AUTH_REJECTED", Certainty.SURE),
        (MAY_BE, "mx", "AUTH_REJECTED", Certainty.SURE),
        (NEEDED, "mx", "APP_PASSWORD_NEEDED", Certainty.LIKELY),
        (NEEDED, "default", "AUTH_REJECTED", Certainty.SURE),
        (replace(PROVIDER, oauth_only=True), "mx", "OAUTH_ONLY", Certainty.LIKELY),
    ],
)
def test_a_refusal_without_a_reason_is_read_by_the_providers_rules(
    provider: Provider, by: str, code: str, certainty: Certainty
) -> None:
    [found] = judged(refused(WRONG, "failed"), provider=provider, by=by)
    assert (found.code, found.certainty) == (code, certainty)


def test_where_an_app_password_may_be_needed_both_are_explained() -> None:
    [found] = judged(refused(WRONG, "failed"), provider=MAY_BE)
    assert found.data["variant"] == "app-password"


def test_webmail_that_opens_points_to_the_other_password() -> None:
    seen = [refused(WRONG, "failed"), *answers(webmail_opens="yes")]
    [found] = judged(*seen, provider=MAY_BE)
    assert (found.code, len(found.because)) == ("APP_PASSWORD_NEEDED", 2)
    assert [f.code for f in judged(*seen)] == ["AUTH_REJECTED"]


def test_the_providers_own_sentences_come_first() -> None:
    own = replace(PROVIDER, refusals={"imap_off": ("code 42",)})
    assert [f.code for f in judged(refused(WRONG, "Error: code 42"), provider=own)] == [
        "IMAP_DISABLED"
    ]


def test_the_administrator_is_named_where_the_server_names_him() -> None:
    text = "IMAP access is disabled for your domain. Please contact your domain administrator"
    [found] = judged(refused("ALERT", text))
    assert found.owner is Owner.MAIL_ADMIN


@pytest.mark.parametrize("outcome", ["not-verified", "unreachable", "silent", "not-tried", "ok"])
def test_what_says_nothing_about_the_account(outcome: str) -> None:
    assert judged(signed_in(outcome=outcome, text="account locked")) == []


@pytest.mark.parametrize("text", ["Temporary authentication failure.", "too many connections"])
def test_trouble_at_the_server_is_never_a_wrong_password(text: str) -> None:
    [found] = judged(signed_in(outcome="unavailable", code="UNAVAILABLE", text=text))
    assert found.code == "IMAP_BUSY"


def test_turned_away_at_the_greeting_is_told_once() -> None:
    seen = signed_in(outcome="unavailable", greeting="", text="too many connections")
    look = Endpoint(
        role="provider",
        service="imap",
        host="imap.example.com",
        address="192.0.2.1",
        port=993,
        connect="connected",
        tls="ok",
        spoke=True,
        greeting="* BYE too many connections",
    )
    assert [f.code for f in judged(seen)] == ["IMAP_BUSY"]
    assert judged(seen, look) == []


def test_no_passwords_taken() -> None:
    [found] = judged(signed_in(outcome="no-password-login", capabilities=("AUTH=XOAUTH2",)))
    assert (found.code, found.certainty) == ("OAUTH_ONLY", Certainty.SURE)
    [found] = judged(signed_in(outcome="no-password-login"))
    assert found.certainty is Certainty.LIKELY


def test_folders_refused_after_a_good_sign_in() -> None:
    assert [f.code for f in judged(signed_in(select_refused="EXAMINE Unsafe Login."))] == [
        "IMAP_DISABLED"
    ]
    assert judged(signed_in(select_refused="no")) == []


@pytest.mark.parametrize("code", ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG"])
def test_codes_of_temporary_trouble(code: str) -> None:
    assert meaning(code, "")[0] == "busy"


def test_nothing_tried() -> None:
    assert judged() == []
