"""Words about the way to us, the address, and the manners of speaking that come last."""

from mailwizard.diagnosis.refusal_words.phrase import LIKELY, POSSIBLE, Phrase

WAY: tuple[Phrase, ...] = (
    Phrase(
        "any",
        r"loops? back to (?:my|it)self|too many hops|hop count exceeded|routing loop|mail loop"
        r"|loop detected|mail forwarding loop",
        "MAIL_LOOP",
        "server",
    ),
    Phrase(
        "any",
        r"null ?mx",
        "NULL_MX",
        "rfc",
    ),
    Phrase(
        "any",
        r"starttls.{0,30}(?:not (?:supported|offered|available))?.{0,30}dane"
        r"|dane.{0,60}(?:no (?:starttls|tls)|not offer)|starttls-not-supported",
        "DANE_NO_TLS",
        "rfc",
    ),
    Phrase(
        "any",
        r"\btlsa\b|\bdane\b",
        "DANE_MISMATCH",
        "rfc",
    ),
    Phrase(
        "any",
        r"(?:mta-?sts|sts policy).{0,100}(?:certificate|trust|expired)",
        "MTASTS_CERT_FAIL",
        "rfc",
    ),
    Phrase(
        "any",
        r"mta-?sts|sts policy|sts-policy",
        "MTASTS_MX_MISMATCH",
        "rfc",
        LIKELY,
    ),
    Phrase(
        "any",
        r"(?:server )?certificate (?:is )?(?:not (?:verified|trusted|valid)"
        r"|verification failed|has expired|expired)|cannot authenticate (?:the )?server",
        "MTASTS_CERT_FAIL",
        "server",
        LIKELY,
    ),
    Phrase(
        "any",
        r"tls is required,? but|(?:starttls|tls"
        r"|encryption) (?:is )?required.{0,40}(?:not (?:offered|supported|available)|but)"
        r"|not offer(?:ed)? (?:starttls|tls)|does not support (?:starttls|tls)",
        "TLS_REQUIRED_BY_SENDER",
        "server",
    ),
    Phrase(
        "any",
        r"relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed))|(?:unable"
        r"|not permitted|not allowed) to relay|do(?:es)? not relay|relaying (?:to|for)"
        r"|rcpthosts|(?:domain|host|address) .{0,30}not (?:hosted|served|configured|handled"
        r"|local)|not (?:hosted|served|configured|handled) here|not a local (?:domain|host"
        r"|address)|不(?:允许|支持)转发",
        "MX_DOES_NOT_SERVE_DOMAIN",
        "server",
        LIKELY,
    ),
    Phrase(
        "any",
        r"host or domain name not found|no such domain|domain (?:name )?(?:does ?n[o']t exist"
        r"|not found)|host (?:not found|unknown)|nxdomain|no (?:valid )?mx"
        r"|couldn'?t find any host|domain .{1,80}couldn'?t be found|name service error"
        r"|all relevant mx records|域名.{0,10}(?:不存在|无法解析|解析失败)"
        r"|^\s*unrouteable address",
        "NO_MAIL_ROUTE",
        "server",
    ),
    Phrase(
        "any",
        r"grey-?list|graylist|灰名单",
        "SENDER_CANNOT_REACH_US",
        "server",
    ),
    Phrase(
        "any",
        r"user unknown|unknown user|no such (?:user|mailbox|recipient|account|person|address"
        r"|local)|(?:user|recipient|mailbox|account|address)\S*.{0,60} (?:does ?n[o']t"
        r"|doesn'?t) exist|(?:user|recipient|mailbox|address|account)\b.{0,60}\bnot (?:found"
        r"|exist|known)|unknown (?:recipient|address|mailbox|or illegal)|invalid (?:recipient"
        r"|mailbox|user|address)|no mailbox (?:here|by that name)|not a (?:valid"
        r"|known) (?:user|mailbox|recipient|address)|recipient (?:unknown|invalid)"
        r"|couldn'?t be found|wasn'?t found|unrouteable address|(?:地址|用户|账号|帐号|邮箱"
        r"|收件人|信箱).{0,14}(?:不存在|无效|没(?:有)?找到|未找到|找不到|有误|错误)"
        r"|existiert nicht|unbekannte[rn]? (?:Empfänger|Benutzer|Adresse)|nicht gefunden"
        r"|Empfänger unbekannt",
        "ADDRESS_UNKNOWN",
        "server",
    ),
    Phrase(
        "any",
        r"(?:administrat\w*|company|organi[sz]ation\w*|transport|corporate|security"
        r"|local) (?:polic|rule)|polic(?:y|ies) (?:violation|reasons?|restriction|reject)"
        r"|(?:rejected|blocked|denied|prohibited) by .{0,20}(?:policy|administrator)"
        r"|administrative prohibition|\bDLP\b|encrypted (?:archive|zip)|(?:企业|公司"
        r"|管理员).{0,12}(?:规则|策略|禁止|拦截)|Richtlinie",
        "POLICY_BLOCK",
        "seen",
        LIKELY,
    ),
    Phrase(
        "any",
        r"\bspam\b|junk|unsolicited|content (?:reject|denied|block|filter)|message content"
        r"|suspicious|垃圾邮件|内容.{0,10}(?:拒|违规|不合规|敏感|过滤)|反垃圾|spamverdacht",
        "CONTENT_REJECTED",
        "seen",
        LIKELY,
    ),
    Phrase(
        "any",
        r"insufficient system (?:storage|resources)|server (?:is )?(?:too )?busy|overload"
        r"|too many connections|system (?:is )?(?:busy|not accepting)|temporar(?:y"
        r"|ily) (?:system|local|unavailable|failure|problem)|系统(?:繁忙|忙)",
        "MX_BUSY",
        "server",
        LIKELY,
    ),
    Phrase(
        "any",
        r"connection (?:timed out|timeout|refused|reset|dropped|was (?:refused|reset)|failed)"
        r"|timed out|no route to host|network (?:is )?unreachable|lost connection|(?:could not"
        r"|unable to|couldn't) (?:connect|establish|contact|reach)|failed to connect"
        r"|retry time(?:out)? (?:not|exceeded)|message expired|delivery time expired|too long"
        r"|expired|did not (?:respond|answer)|not responding|连接.{0,8}(?:超时|失败|被拒绝)"
        r"|(?:无法|不能)连接|超时|keine Verbindung|nicht erreichbar",
        "SENDER_CANNOT_REACH_US",
        "server",
        LIKELY,
    ),
    Phrase(
        "any",
        r"mailbox unavailable",
        "ADDRESS_UNKNOWN",
        "rfc",
        POSSIBLE,
    ),
)
