"""Bounces in the manner of many servers, with invented hosts; all about zhang.wei@acme.example."""

TO = "zhang.wei@acme.example"


def report(
    said: str = "550 5.1.1 <zhang.wei@acme.example>: Recipient address rejected: User unknown",
    *,
    action: str = "failed",
    status: str = "5.1.1",
    remote: str = "Remote-MTA: dns; mx1.provider.example\n",
    human: str = "This is the mail system at host mail.customer.example.\n",
) -> bytes:
    """RFC 3464, as Postfix writes it, with the diagnostic folded over two lines."""
    head, _blank, tail = said.partition(" ")
    return f"""\
Return-Path: <>
From: MAILER-DAEMON@mail.customer.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: hans@customer.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
    boundary="4ABC.1732352400/mail.customer.example"
Message-Id: <20261123090000.4DEF@mail.customer.example>

This is a MIME-encapsulated message.

--4ABC.1732352400/mail.customer.example
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

{human}
--4ABC.1732352400/mail.customer.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.customer.example
X-Postfix-Queue-ID: 4ABC
X-Postfix-Sender: rfc822; hans@customer.example
Arrival-Date: Mon, 23 Nov 2026 09:00:00 +0000 (UTC)

Final-Recipient: rfc822; {TO}
Original-Recipient: rfc822;{TO}
Action: {action}
Status: {status}
{remote}Diagnostic-Code: smtp; {head}
    {tail}

--4ABC.1732352400/mail.customer.example
Content-Description: Undelivered Message
Content-Type: message/rfc822

From: Hans Becker <hans@customer.example>
To: {TO}
Subject: Angebot
Message-Id: <1@customer.example>

552 5.2.2 is what my other mail said. Regards
--4ABC.1732352400/mail.customer.example--
""".encode()


EXIM = f"""\
From: Mail Delivery System <Mailer-Daemon@mail.customer.example>
To: hans@customer.example
Subject: Mail delivery failed: returning message to sender
X-Failed-Recipients: {TO}

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {TO}
    host mx1.provider.example [203.0.113.11]
    SMTP error from remote mail server after RCPT TO:<{TO}>:
    550 5.1.1 <{TO}>: Recipient address rejected:
    User unknown

------ This is a copy of the message, including all the headers. ------

Return-path: <hans@customer.example>
From: Hans Becker <hans@customer.example>
To: {TO}
Cc: anna@elsewhere.example

Dear Mr Zhang
"""

QMAIL = f"""\
Hi. This is the qmail-send program at mail.customer.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{TO}>:
203.0.113.11 does not like recipient.
Remote host said: 550 no such user
Giving up on 203.0.113.11.

--- Below this line is a copy of the message.

From: hans@customer.example
"""

SENDMAIL = f"""\
The original message was received at Mon, 23 Nov 2026 10:00:00 +0100
from localhost [127.0.0.1]

   ----- The following addresses had permanent fatal errors -----
<{TO}>
    (reason: 550 5.1.1 <{TO}>... User unknown)

   ----- Transcript of session follows -----
... while talking to mx1.provider.example.:
>>> RCPT To:<{TO}>
<<< 550 5.1.1 <{TO}>... User unknown
550 5.1.1 <{TO}>... User unknown
"""

EXCHANGE = f"""\
Delivery has failed to these recipients or groups:

Zhang Wei ({TO})<mailto:{TO}>
The email address you entered couldn't be found. Please check the recipient's email address.

Diagnostic information for administrators:

Generating server: ex01.customer.example

{TO}
mx1.provider.example
Remote Server returned '550 5.1.1 <{TO}> User unknown'

Original message headers:

Received: from ex01.customer.example (10.1.1.1) by ex01.customer.example (10.1.1.1)
From: Hans Becker <hans@customer.example>
"""

GMAIL = f"""\
** Address not found **

Your message wasn't delivered to {TO} because the address couldn't be found, or is unable to
receive mail.

The response from the remote server was:
550 5.1.1 <{TO}>: Recipient address rejected: User unknown
"""

QQ = f"""\
抱歉，您的邮件被退回来了……
原邮件信息：
时间      2026-11-23 10:00:00
主题      报价
收件人    {TO}
退信原因  收件人邮件地址（{TO}）不存在，邮件无法送达。
host mx1.provider.example[203.0.113.11] said: 550 Mailbox not found (in reply to RCPT TO command)
此外，您还可以 点击这里 获取更多关于退信的帮助信息。
"""

NETEASE = f"""\
很抱歉，您的邮件被退回，未能送达收件人。

收件人：<{TO}>
退信原因：收件人地址不存在
英文说明：SMTP error, RCPT TO: Host mx1.provider.example(203.0.113.11) said 550 User not found
建议解决方案：请核对收件人地址后重新发送。
"""

ALIMAIL = f"""\
您好，您发送的邮件未能送达。

发送至 {TO} 的邮件投递失败。

失败原因：554 RCPT ({TO}) dosn't exist
"""

GERMAN = f"""\
Ihre Nachricht an {TO} konnte nicht zugestellt werden.

Der Server mx1.provider.example hat geantwortet:
550 5.1.1 Empfänger unbekannt
"""

HTML = f"""\
From: Mail-System <postmaster@customer.example>
To: hans@customer.example
Subject: Unzustellbar: Angebot
Content-Type: text/html; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

<html><head><style>p {{ color: red }} 250 ok</style></head><body><p>Ihre Nachricht k=F6nnte
 nicht zugestellt werden.</p><table><tr><td>{TO}</td></tr><tr><td>mx1.provider.exampl=
e said: 550 5.1.1 &lt;{TO}&gt; User unkno=
wn</td></tr></table></body></html>
"""


def forwarded() -> bytes:
    """The bounce attached to a mail from the customer."""
    inner = report().decode()
    return f"""\
From: Hans Becker <hans@customer.example>
To: Zhang Wei <zhangwei@acme.example>
Subject: Fwd: Undelivered
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: text/plain

This is what I got. My mail number was 250, price 550 EUR.
--outer
Content-Type: message/rfc822

{inner}
--outer--
""".encode()


def quoted() -> str:
    """The bounce answered inline, with quote marks, as many mail programs do."""
    return "See what came back:\n\n" + "\n".join("> " + line for line in EXIM.splitlines()[4:])
