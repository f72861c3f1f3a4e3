"""Words that many servers use for a reason: the sender, the recipient, the mail itself."""

from mailwizard.diagnosis.refusal_words.phrase import LIKELY, Phrase

REASONS: tuple[Phrase, ...] = (
    Phrase(
        "any",
        r"\bdmarc\b",
        "SENDER_DMARC_REJECT",
        "server",
    ),
    Phrase(
        "any",
        r"\bspf\b.{0,80}(?:fail|not (?:allowed|authori[sz]ed|permitted|pass)|den(?:y|ied)"
        r"|reject|失败|不通过|未通过)|(?:fail\w*|reject\w*|not authori[sz]ed"
        r"|violat\w*).{0,60}\bspf\b|sender policy framework"
        r"|does not designate .{1,60} as permitted sender",
        "SENDER_SPF",
        "server",
    ),
    Phrase(
        "any",
        r"\bdkim\b.{0,60}(?:fail|invalid|bad|reject|required|not pass|missing|失败)"
        r"|bad (?:dkim )?signature|no (?:valid )?dkim",
        "SENDER_DKIM",
        "server",
    ),
    Phrase(
        "any",
        r"unauthenticated (?:e?mail|message|sender)|(?:mail|message) is unauthenticated"
        r"|does not pass authentication|sender .{0,30}not authenticated",
        "SENDER_UNAUTHENTICATED",
        "providers",
    ),
    Phrase(
        "any",
        r"sender address rejected: (?:domain|undeliverable|unverified)|sender (?:verify failed"
        r"|domain (?:must|does not|doesn't|not))|domain of sender.{0,40}does ?n[o']t|(?:sender"
        r"|mail from|from).{0,40}domain.{0,20}(?:not found|does not (?:exist|resolve))",
        "SENDER_DOMAIN_DEAD",
        "server",
        LIKELY,
    ),
    Phrase(
        "any",
        r"cannot find your (?:reverse )?host ?name|reverse dns|\bPTR\b|\brdns\b"
        r"|helo command rejected|no reverse (?:record|entry|name)|反向解析",
        "SENDER_PTR",
        "server",
    ),
    Phrase(
        "any",
        r"rejected by (?:the )?recipient\b|recipient.{0,30}(?:black|block) ?list"
        r"|blocked by (?:the )?(?:recipient|user)\b|user'?s (?:black|block) ?list"
        r"|refused by (?:the )?recipient|收件人.{0,20}(?:黑名单|拒收|拒绝接收)|被(?:对方"
        r"|收件人).{0,8}(?:拒收|拒绝|屏蔽|黑名单)|对方(?:的)?黑名单|vom Empfänger (?:abgelehnt"
        r"|blockiert)",
        "BLOCKED_BY_YOU",
        "seen",
    ),
    Phrase(
        "any",
        r"(?:group|mailing list|distribution list|\blist\b).{0,80}(?:only|not (?:allowed"
        r"|permitted|authori[sz]ed)|restricted|moderated|members|closed)"
        r"|not (?:a )?member.{0,30}(?:list|group)|(?:邮件组|群组|邮件列表).{0,30}(?:权限"
        r"|不允许|拒收|拒绝|无权|成员|限制)|无权.{0,20}(?:邮件组|群组)",
        "GROUP_REFUSES_OUTSIDE",
        "seen",
        LIKELY,
    ),
    Phrase(
        "any",
        r"(?:external|outside|internet) (?:mail|e-?mail|senders?|domains?"
        r"|addresses).{0,40}(?:not (?:allowed|permitted|accepted)|reject|refus|block|denied)"
        r"|(?:not|only) accepts?.{0,40}(?:external|outside|internal|inside)"
        r"|internal (?:mail )?only|外域|(?:不接收|拒收)(?:外部|外域)|仅(?:限)?(?:接收)?(?:内部"
        r"|企业内)",
        "EXTERNAL_MAIL_OFF",
        "seen",
        LIKELY,
    ),
    Phrase(
        "any",
        r"deactivat|(?:mailbox|account|user|recipient|address)\S* .{0,30}(?:is "
        r"|been )?(?:disabled|inactive|suspended|frozen|locked|closed|blocked for receiv)"
        r"|discontinued|(?:账号|帐号|用户|邮箱).{0,10}(?:停用|禁用|冻结|锁定|过期|注销|未激活)"
        r"|deaktiviert|gesperrt",
        "MAILBOX_DEACTIVATED",
        "seen",
    ),
    Phrase(
        "any",
        r"message size exceeds|(?:message|mail|e-?mail|size|attachment)\S* (?:is "
        r"|was )?too (?:large|big)|exceed\w* (?:the )?(?:maximum |max\.? |fixed |server "
        r"|allowed )*(?:message |mail )?size|size limit|message length exceeds"
        r"|larger than (?:the )?(?:maximum|limit|allowed)|(?:邮件|附件).{0,8}(?:过大|太大|超大"
        r"|超过.{0,12}(?:大小|限制|上限))|超过.{0,10}大小|zu gro(?:ß|ss)|Nachrichtengröße",
        "TOO_LARGE",
        "server",
    ),
    Phrase(
        "any",
        r"(?:mailbox|inbox|postfach|account).{0,30}\b(?:full|voll|over ?quota|exceed\w*)"
        r"|over ?quota|quota.{0,30}(?:exceed|full|reached|überschritten)"
        r"|exceed\w* .{0,30}\bquota|out of storage|insufficient (?:disk|mailbox|storage) space"
        r"|not enough (?:disk |storage )?space|storage (?:limit|quota)|(?:邮箱|收件箱|空间"
        r"|容量|信箱).{0,14}(?:已满|满了|不足|超限|用完|超出|超过)",
        "MAILBOX_FULL",
        "server",
    ),
    Phrase(
        "any",
        r"\bvirus\b|\bvirii\b|malware|infected|trojan|eicar|病毒|木马|schadsoftware",
        "VIRUS_REJECTED",
        "seen",
    ),
    Phrase(
        "any",
        r"attachments?\b.{0,60}(?:not (?:allowed|permitted|accepted)|block|prohibit|banned"
        r"|forbid|reject|type|extension|denied)|(?:file ?type|file ?name"
        r"|extension).{0,40}(?:not (?:allowed|permitted)|block|banned|prohibit)|banned (?:file"
        r"|attachment|name)|macro|附件.{0,20}(?:禁止|拦截|不允许|类型|拒绝)"
        r"|Anhang.{0,40}(?:nicht|verboten|blockiert)",
        "ATTACHMENT_BLOCKED",
        "seen",
    ),
    Phrase(
        "any",
        r"bare (?:lf|cr|newline|<lf>)|(?:multiple|two|more than one|duplicate) (?:from|sender"
        r"|subject)|(?:missing|no|without) (?:a )?(?:valid )?(?:from|date"
        r"|message-id)\b.{0,20}(?:header|field|:)|not (?:rfc ?\d* )?compliant|malformed"
        r"|header.{0,30}(?:syntax|invalid)|improper use of 8-bit|格式(?:错误|不正确)"
        r"|邮件头.{0,10}(?:错误|不规范)",
        "MALFORMED",
        "server",
    ),
    Phrase(
        "any",
        r"\b(?:surbl|uribl|dbl\.spamhaus)\b|url.{0,20}listed",
        "CONTENT_REJECTED",
        "seen",
    ),
    Phrase(
        "any",
        r"blocked using|(?:listed|blocked) (?:in|at|on|by) \S*(?:\.\w|list|rbl)|block-?list"
        r"|black-?list|\brbls?\b|dnsbl|spamhaus|spamcop|barracuda|sorbs|uceprotect|abuseat"
        r"|mailspike|黑名单|client host \[?[0-9a-f.:]+\]? blocked",
        "SENDER_BLOCKLISTED",
        "server",
    ),
    Phrase(
        "any",
        r"suppress(?:ion|ed)",
        "SENDER_SUPPRESSION",
        "seen",
    ),
    Phrase(
        "any",
        r"too many (?:messages|mails|e-?mails|recipients|connections from|concurrent)"
        r"|rate[- ]?limit|throttl|(?:sending|daily|hourly|message) (?:limit|quota)|frequency"
        r"|bad reputation|poor reputation|low reputation|频率|(?:次数|数量|连接).{0,6}(?:过多"
        r"|超限|限制)|信誉",
        "SENDER_LIMITED",
        "seen",
    ),
)
