"""What a mailbox server means by refusing a sign-in: read from its words, then from its code."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from mailwizard.diagnosis.sign_in_words import CODES, SENTENCES, TEMPORARY, Meaning
from mailwizard.model.finding import Certainty

SURE, LIKELY = Certainty.SURE, Certainty.LIKELY

_ACCOUNT = (
    r"(?:account|user|mailbox|zugang|konto|postfach|benutzer"
    r"|账[号户]|帐[号户]|帳[號戶]|用户|邮箱|信箱)"
)
_OFF = (
    r"(?:disabled|not (?:been )?(?:enabled|activated|opened|open|allowed|permitted|authori[sz]ed)"
    r"|turned off|switched off|deactivated|forbidden|prohibited|blocked|closed|revoked|deaktiviert"
    r"|nicht (?:aktiviert|erlaubt|freigeschaltet)|gesperrt|désactivée?"
    r"|未(?:开[通启放]|启用|激活|授权|開[通啟放]|啟用)|没有?开[通启]|已?关闭|已?關閉|禁用|禁止了?"
    r"|停用|不允许|無効)"
)
_IMAP = (
    r"(?:imap|third[- ]party (?:mail )?client|mail client"
    r"|(?:第?三方|邮件)?客户端(?:协议|登录|收发)?)"
)

# In this order: the first that fits is meant. Known words overrule a generic code.
_PHRASES: tuple[tuple[Meaning, str], ...] = (
    (
        "several",
        r"(?:service is not open|服务未开[启通]).{0,40}(?:password|密码).{0,60}"
        r"(?:busy|limited|频|繁忙)"
        r"|(?:disabled|locked|inactive|not enabled|suspended).{0,30}\bor\b.{0,30}password"
        r"|(?:password|credentials?).{0,30}\bor\b.{0,40}"
        r"(?:disabled|locked|not enabled|inactive|suspended)"
        r"|密码错误.{0,6}或.{0,12}(?:未开|禁用|锁定)|(?:未开|禁用|锁定).{0,12}或.{0,12}密码",
    ),
    (
        "too-many-tries",
        r"too many (?:(?:failed|invalid|wrong|bad|unsuccessful|incorrect) )?"
        r"(?:log[io]n|sign[- ]?in|password|auth\w*) (?:attempts|tries|failures|errors)"
        r"|too many (?:failed|wrong|invalid)"
        r"|(?:密码|登录|登入|密碼)[^。,，]{0,12}(?:次数|次數)|错误次数|錯誤次數"
        r"|zu viele (?:fehl|anmelde)",
    ),
    (
        "oauth-only",
        r"basic auth\w*(?: is)?(?: (?:disabled|blocked|not (?:supported|enabled|allowed)))"
        r"|modern auth|(?:use|requires?|only) (?:x?oauth|openid)"
        r"|x?oauth2?(?: is)? (?:required|only)"
        r"|(?:password|plain|basic|legacy) (?:login|log-in|auth\w*|sign-?in)s?"
        r"(?: (?:is|are|has been|have been))?"
        r" (?:disabled(?! for)|retired|no longer|not supported|deprecated)",
    ),
    (
        "locked",
        _ACCOUNT
        + r"[^.。]{0,30}(?:locked(?! by)|suspended|frozen|banned|锁定|鎖定|冻结|凍結|封停|停权)"
        r"|(?:锁定|鎖定|冻结|凍結)[^.。]{0,6}" + _ACCOUNT,
    ),
    (
        "busy",
        r"temporar|try (?:again )?later|(?:server|system|service) (?:is )?(?:too )?busy|maintenance"
        r"|overload|currently unavailable|service unavailable|internal (?:server )?error"
        r"|too many (?:simultaneous |concurrent |open )?(?:connections|sessions|clients)"
        r"|maximum number of connections|connection limit|bandwidth limit|rate limit"
        r"|(?:log[io]n|sign[- ]?in|auth\w*) (?:frequency|rate)|(?:frequency|rate) limit|频繁|頻繁"
        r"|too many (?:requests|logins)\b"
        r"|(?:system|server) error|稍[后後]|繁忙|暂时|暫時|维护|維護|连接数|連線數|später erneut"
        r"|vorübergehend|混雑|しばらく",
    ),
    (
        "imap-off",
        _IMAP
        + r"[^.。]{0,40}"
        + _OFF
        + r"|"
        + _OFF
        + r"[^.。]{0,30}"
        + _IMAP
        + r"|enable (?:\w+ ){0,4}imap|imap (?:is )?not (?:part of|included)"
        r"|imap(?:-zugriff|-abruf| abruf)?[^.]{0,20}deaktiviert"
        r"|(?:开启|开通|启用|開啟)[^。]{0,8}imap",
    ),
    (
        "service-expired",
        r"(?:service|subscription|plan|licen[cs]e|contract|trial|tenant|organi[sz]ation|domain)"
        r"[^.]{0,25}(?:expired|overdue|terminated|unpaid|suspended)"
        r"|(?:服务|套餐|企业|公司|邮局|订购|合同|域名|服務|企業)[^。]{0,10}(?:到期|过期|欠费|停机|過期)|欠费",
    ),
    (
        "password-expired",
        r"password (?:has |is |was )?(?:expired|too old)|(?:must|need to|please) change (?:your )?"
        r"password|expired password|密码[^。]{0,6}(?:过期|到期|失效)|密碼[^。]{0,6}(?:過期|到期)"
        r"|kennwort ist abgelaufen|passwort ist abgelaufen",
    ),
    (
        "app-password",
        r"app(?:lication)?[- ]?(?:specific)?[- ]?password|authori[sz](?:ation|ed|ing) code"
        r"|client[- ](?:specific |security )?password|third[- ]party client (?:security )?password"
        r"|device password|授权码|授權碼|(?:客户端|客戶端)(?:专用|安全|授权|登录|專用)?密[码碼]"
        r"|专用密码|安全密码|專用密碼|anwendungs(?:spezifisches )?-?passwort|アプリ ?パスワード",
    ),
    (
        "browser",
        r"(?:log|sign) ?in (?:via|with|using|through) (?:your |the )?(?:web|browser)"
        r"|web login required"
        r"|verify your (?:account|identity)|unusual (?:activity|sign)|请(?:先)?登录网页|网页版登录",
    ),
    (
        "locked",
        _ACCOUNT + r"[^.。]{0,30}(?:disabled|blocked|deactivated|inactive|restricted|gesperrt"
        r"|deaktiviert|禁用|停用|封禁|异常|異常|注销)|(?:disabled|inactive|blocked) " + _ACCOUNT,
    ),
    ("unsafe-program", r"unsafe login|不安全的?(?:登录|客户端)"),
)
_COMPILED = tuple((meaning, re.compile(pattern, re.I)) for meaning, pattern in _PHRASES)

_ADMINISTRATOR = re.compile(
    r"administrator|your (?:domain|organi[sz]ation|company|tenant)|admin\b|管理员|管理員|企业",
    re.I,
)

_NAMED: dict[str, Meaning] = {name: name for name in get_args(Meaning)} | {
    "unsafe-login": "unsafe-program"
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a refusal means. ``said``: whether the server itself said so, in words or by its code.

    ``certainty`` is how far its words can be relied on.
    """

    meaning: Meaning
    said: bool
    certainty: Certainty


def read(code: str, text: str, known: Mapping[str, Sequence[str]] | None = None) -> Reading:
    """What a refusal means: known sentences first, then the sense of the words, then the code.

    ``known`` are the provider's own sentences by meaning (with ``_`` or ``-``), from its profile.
    A code of temporary trouble is never overruled into a wrong password.
    """
    words = " ".join(text.split()).casefold()
    for key, sentences in (known or {}).items():
        named = _NAMED.get(key.replace("_", "-"))
        if named is not None and any(s.casefold() in words for s in sentences if s):
            return Reading(named, said=True, certainty=SURE)
    for sentence in SENTENCES:
        if sentence.words.casefold() in words:
            wrong = sentence.meaning == "wrong"
            if wrong and code in CODES and CODES[code][0] != "wrong":
                break
            return Reading(sentence.meaning, said=not wrong, certainty=sentence.certainty)
    for said, pattern in _COMPILED:
        if pattern.search(words):
            return Reading(said, said=True, certainty=SURE)
    if code in CODES:
        named, sure = CODES[code]
        return Reading(named, said=sure, certainty=SURE if sure else LIKELY)
    return Reading("wrong", said=False, certainty=LIKELY)


def is_temporary(code: str) -> bool:
    """Whether a response code says that it will pass (RFC 5530)."""
    return code in TEMPORARY


def names_administrator(text: str) -> bool:
    """Whether the server's words send the user to an administrator."""
    return _ADMINISTRATOR.search(text) is not None
