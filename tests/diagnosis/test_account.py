"""The account: what the server's refusal means, and what it must never be mistaken for."""

from dataclasses import replace

import pytest

from mailwizard.diagnosis import account
from mailwizard.diagnosis.sign_in_refusals import read
from mailwizard.diagnosis.sign_in_words import CODES, SENTENCES, Meaning, Sentence
from mailwizard.model.finding import Certainty, Finding, Owner
from mailwizard.model.observation import Seen
from mailwizard.model.provider import Provider
from mailwizard.model.seen.dns import ProviderHint
from mailwizard.model.seen.mailbox import SignIn, SiteLook
from mailwizard.model.seen.network import Endpoint
from mailwizard.providers.load import all_providers
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
        ("CONTACTADMIN", "no", "AUTH_REJECTED"),
        ("PRIVACYREQUIRED", "no", "AUTH_REJECTED"),
        ("WEBALERT", "Web login required.", "ACCOUNT_LOCKED"),
        (WRONG, "Invalid credentials or IMAP is disabled", "AUTH_REJECTED"),
        ("", "LOGIN failed.", "AUTH_REJECTED"),
        ("", "AUTHENTICATE failed.", "AUTH_REJECTED"),
        ("", "Login failed: authentication failure", "AUTH_REJECTED"),
        ("", "Invalid user name or password.", "AUTH_REJECTED"),
        (WRONG, "LOGIN Invalid credentials", "AUTH_REJECTED"),
        ("", "登录太频繁", "IMAP_BUSY"),
        ("", "Too many requests", "IMAP_BUSY"),
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


FINDINGS: dict[Meaning, tuple[str, str]] = {
    "wrong": ("AUTH_REJECTED", ""),
    "several": ("AUTH_REJECTED", "several"),
    "app-password": ("APP_PASSWORD_NEEDED", ""),
    "imap-off": ("IMAP_DISABLED", ""),
    "imap-off-here": ("IMAP_DISABLED", "own"),
    "place": ("IMAP_DISABLED", "place"),
    "other-site": ("AUTH_REJECTED", ""),
    "locked": ("ACCOUNT_LOCKED", ""),
    "too-many-tries": ("ACCOUNT_LOCKED", "tries"),
    "browser": ("ACCOUNT_LOCKED", "browser"),
    "password-expired": ("ACCOUNT_LOCKED", "expired"),
    "service-expired": ("SERVICE_EXPIRED", ""),
    "oauth-only": ("OAUTH_ONLY", "refused"),
    "unsafe-program": ("IMAP_DISABLED", ""),
    "administrator": ("AUTH_REJECTED", "administrator"),
    "busy": ("IMAP_BUSY", ""),
}


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: f"{row.server}: {row.words[:30]}")
@pytest.mark.parametrize("form", ["{}", "[ALERT] {} (Failure)", "登录失败 {}。", "{}".upper()])
def test_every_known_sentence(row: Sentence, form: str) -> None:
    [found] = judged(refused("", form.format(row.words)))
    code, variant = FINDINGS[row.meaning]
    assert found.code == code
    assert found.data["variant"] in (variant, "administrator" if "domain" in row.words else "")
    assert row.source
    assert read("", row.words.upper()).meaning == row.meaning


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: f"{row.server}: {row.words[:30]}")
def test_a_code_that_says_wrong_does_not_overrule_a_known_sentence(row: Sentence) -> None:
    assert read(WRONG, row.words).meaning == row.meaning


@pytest.mark.parametrize("code", CODES)
def test_every_code_without_words(code: str) -> None:
    [found] = judged(refused(code, ""))
    expected = FINDINGS[CODES[code][0]]
    if CODES[code][0] == "several":
        expected = ("AUTH_REJECTED", "unclear")
    assert (found.code, found.data["variant"]) == expected
    if code not in (WRONG, "AUTHORIZATIONFAILED"):
        assert (found.code, found.data["variant"]) != ("AUTH_REJECTED", "")


@pytest.mark.parametrize("code", ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG"])
@pytest.mark.parametrize("text", ["", "Login error or password error", "authentication failed"])
def test_temporary_trouble_is_never_a_wrong_password_whatever_the_words(
    code: str, text: str
) -> None:
    for outcome in ("refused", "unavailable"):
        [found] = judged(signed_in(outcome=outcome, code=code, text=text))
        assert found.code == "IMAP_BUSY"


def test_one_sentence_for_every_reason_accuses_nobody() -> None:
    text = (
        "Login fail. Account is abnormal, service is not open, password is incorrect, login"
        " frequency limited, or system is busy."
    )
    [found] = judged(refused("", text), *answers(webmail_opens="yes"), provider=MAY_BE)
    assert (found.data["variant"], found.certainty) == ("several", Certainty.LIKELY)
    words = render(found, PROVIDER)
    assert "does not accept this password" not in words.headline
    assert "frequency" in words.meaning


def test_a_command_that_was_not_understood_is_no_wrong_password() -> None:
    [found] = judged(signed_in(outcome="refused", text="缺少login参数", reply="BAD"))
    assert (found.code, found.data["variant"]) == ("AUTH_REJECTED", "unclear")
    [found] = judged(signed_in(outcome="refused", text="账号已被锁定", reply="BAD"))
    assert found.code == "ACCOUNT_LOCKED"


def test_connected_but_not_let_in_may_have_several_reasons() -> None:
    text = "User is authenticated but not connected."
    [found] = judged(signed_in(select_refused=text))
    assert (found.code, found.certainty) == ("IMAP_DISABLED", Certainty.POSSIBLE)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Account is locked for 30 minutes", "ACCOUNT_LOCKED"),
        ("Too many login attempts, try again in one hour", "ACCOUNT_LOCKED"),
        ("IMAP is disabled for this user", "IMAP_DISABLED"),
        ("Server shutting down", "IMAP_BUSY"),
        ("wrong password", "IMAP_BUSY"),
    ],
)
def test_a_goodbye_instead_of_an_answer(text: str, code: str) -> None:
    [found] = judged(signed_in(outcome="unavailable", text=text, reply="BYE"))
    assert found.code == code
    assert found.certainty is not Certainty.SURE


def test_the_mail_programs_limit_at_google_is_not_the_mailbox_space() -> None:
    text = "Account exceeded command or bandwidth limits."
    for outcome in ("refused", "unavailable"):
        [found] = judged(signed_in(outcome=outcome, code="OVERQUOTA", text=text))
        assert found.code == "IMAP_BUSY"


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
    assert read(code, "").meaning == "busy"


def test_nothing_tried() -> None:
    assert judged() == []


CN, SG = "imap.qiye.aliyun.com", "imap.sg.aliyun.com"
ALIMAIL = all_providers()["alimail"]


def hint(source: str, target: str, name: str = "acme.example") -> ProviderHint:
    return ProviderHint(source=source, name=name, target=target)  # type: ignore[arg-type]


def at(host: str, text: str = "failed", **changes: object) -> SignIn:
    return signed_in(outcome="refused", host=host, code=WRONG, text=text, **changes)


def look(greeting: str = "* OK ready", connect: str = "connected") -> SiteLook:
    return SiteLook(site="sg", host=SG, connect=connect, tls="ok", greeting=greeting)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seen", "certainty"),
    [
        ([at(CN), hint("mx", "mx1.sg.aliyun.com"), look()], Certainty.LIKELY),
        ([at(CN), hint("cname", SG, "imap.acme.example"), look()], Certainty.LIKELY),
        ([at(CN), hint("client-name", "smtp.sg.aliyun.com"), look()], Certainty.LIKELY),
        ([at(CN), hint("mx", "mx1.sg.aliyun.com")], Certainty.POSSIBLE),
        ([at(CN), hint("mx", "mx1.sg.aliyun.com"), look("", "timeout")], Certainty.POSSIBLE),
        ([at(CN), hint("spf", "spf.sg.aliyun.com"), look()], Certainty.POSSIBLE),
        ([at("imap.mxhichina.com"), hint("mx", "mx1.sg.aliyun.com"), look()], Certainty.LIKELY),
        ([at(CN, "nonsense", reply="BAD"), hint("mx", "mx1.sg.aliyun.com")], Certainty.POSSIBLE),
    ],
)
def test_the_records_name_another_site(seen: list[Seen], certainty: Certainty) -> None:
    [found] = judged(*seen, provider=ALIMAIL)
    assert (found.code, found.certainty) == ("SIGN_IN_AT_OTHER_SITE", certainty)
    assert (found.data["host"], found.data["other_host"]) == (at_host(seen), SG)
    assert len(found.because) == len(seen)


def at_host(seen: list[Seen]) -> str:
    return next(one.host for one in seen if isinstance(one, SignIn))


@pytest.mark.parametrize(
    ("seen", "by", "others"),
    [
        # the records say that it is here
        ([at(CN), hint("mx", "mx1.qiye.aliyun.com"), look()], "mx", False),
        ([at("imap.mxhichina.com"), hint("mx", "mx1.qiye.aliyun.com")], "mx", False),
        # with two voices, or with none
        ([at(CN), hint("mx", "mx1.qiye.aliyun.com"), hint("spf", "spf.sg.aliyun.com")], "mx", True),
        ([at(CN), hint("mx", "mx01.mail.alibaba.com")], "mx", True),
        # it is not there at all
        ([at(CN), hint("mx", "mx1.sg.aliyun.com"), look("", "no-address")], "mx", True),
        # nobody knows that this is the provider; a server that is none of theirs
        ([at(CN), hint("mx", "mx1.sg.aliyun.com")], "default", False),
        ([at("mail.acme.example"), hint("mx", "mx1.sg.aliyun.com")], "mx", False),
    ],
)
def test_no_other_site_is_named_where_the_records_do_not_name_it(
    seen: list[Seen], by: str, others: bool
) -> None:
    [found] = judged(*seen, provider=ALIMAIL, by=by)
    assert found.code == "AUTH_REJECTED"
    assert bool(found.data["others"]) is others
    assert found.certainty is (Certainty.LIKELY if others else Certainty.SURE)
    told = any("hk.aliyun" in action for action in render(found, ALIMAIL).actions)
    assert told is others


@pytest.mark.parametrize(
    "text", ["账号已被锁定", "IMAP is disabled", "too many login attempts", "请使用授权码登录"]
)
def test_a_server_that_knows_the_account_is_the_right_one(text: str) -> None:
    [found] = judged(at(CN, text), hint("mx", "mx1.sg.aliyun.com"), look(), provider=ALIMAIL)
    assert found.code not in ("SIGN_IN_AT_OTHER_SITE", "AUTH_REJECTED")


def test_a_server_that_does_not_know_the_domain() -> None:
    netease = all_providers()["netease"]
    [found] = judged(at("imap.qiye.163.com", "ERR.LOGIN.DOMAINNOTEXIST"), provider=netease)
    assert (found.data["variant"], found.data["others"]) == (
        "other-site",
        ("imaphz.qiye.163.com",),
    )


@pytest.mark.parametrize("code", ["LIMIT", "UNAVAILABLE", ""])
def test_turned_away_before_the_sign_in_without_words(code: str) -> None:
    seen = signed_in(outcome="unavailable", greeting="", code=code, text="", reply="BYE")
    [found] = judged(seen)
    assert found.code == "IMAP_BUSY"


OAUTH = signed_in(outcome="no-password-login", capabilities=("LOGINDISABLED", "AUTH=XOAUTH2"))


def test_a_program_that_may_have_lost_its_permission() -> None:
    given = answers(others="no", webmail_search="inbox")
    first, found = judged(OAUTH, *given)
    assert first.code == "OAUTH_ONLY"
    assert (found.code, found.certainty) == ("RE_LOGIN_NEEDED", Certainty.POSSIBLE)
    assert len(found.because) == 3


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"others": "no"},
        {"others": "no", "webmail_search": "no"},
        {"others": "yes", "webmail_search": "inbox"},
        {"others": "no", "webmail_search": "folder"},
        {"others": "no", "webmail_opens": "yes"},
    ],
)
def test_it_is_not_blamed_on_the_program_without_more_evidence(given: dict[str, str]) -> None:
    assert [f.code for f in judged(OAUTH, *answers(**given))] == ["OAUTH_ONLY"]


def test_where_passwords_are_taken_no_permission_can_have_ended() -> None:
    given = answers(others="no", webmail_search="inbox")
    busy = signed_in(outcome="unavailable", text="busy")
    for seen in (signed_in(), refused(WRONG, "failed"), busy):
        assert "RE_LOGIN_NEEDED" not in [f.code for f in judged(seen, *given)]


@pytest.mark.parametrize(
    ("capabilities", "text"),
    [
        (("AUTH=XOAUTH2", "LOGINDISABLED"), "OAUTH_ONLY"),
        (("AUTH=OAUTHBEARER", "LOGINDISABLED"), "OAUTH_ONLY"),
        (("AUTH=GSSAPI", "LOGINDISABLED"), "OAUTH_ONLY"),
    ],
)
def test_no_password_was_taken_by_offer(capabilities: tuple[str, ...], text: str) -> None:
    [found] = judged(signed_in(outcome="no-password-login", capabilities=capabilities))
    assert found.code == text
    sure = any("OAUTH" in one for one in capabilities)
    assert found.certainty is (Certainty.SURE if sure else Certainty.LIKELY)


def test_a_password_that_was_sent_is_not_said_to_have_stayed_here() -> None:
    microsoft = replace(PROVIDER, oauth_only=True)
    for seen in (refused("", "LOGIN failed."), refused("", "basic authentication is disabled")):
        [found] = judged(seen, provider=microsoft)
        assert found.code == "OAUTH_ONLY"
        assert "no password was sent" not in render(found, PROVIDER).meaning
    [found] = judged(OAUTH)
    assert "no password was sent" in render(found, PROVIDER).meaning


def test_webmail_is_that_of_the_site_that_was_asked() -> None:
    [found] = judged(at(SG), hint("mx", "mx1.sg.aliyun.com"), provider=ALIMAIL)
    words = render(found, ALIMAIL)
    assert any("mail.sg.aliyun.com" in action for action in words.actions)
    assert not any("qiye.aliyun.com" in action for action in words.actions)
