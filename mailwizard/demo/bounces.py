"""Bounces that the customer got: as their own server writes them (RFC 3464), in several tones."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime

from mailwizard.demo import hosts, mailbox

_REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@{host} (Mail Delivery System)
To: {sender}
Subject: Undelivered Mail Returned to Sender
Date: {date}
Message-ID: <118.bounce@{host}>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b118"

--b118
Content-Type: text/plain; charset=utf-8

This is the mail system at host {host}.

Your message could not be delivered to one or more recipients.

<{to}>: host {mx}[{address}] said: {said}

--b118
Content-Type: message/delivery-status

Reporting-MTA: dns; {host}
Arrival-Date: {date}

Final-Recipient: rfc822; {to}
Action: failed
Status: {status}
Remote-MTA: dns; {mx}
Diagnostic-Code: smtp; {said}

--b118
Content-Type: text/rfc822-headers

From: Hans Becker <{sender}>
To: <{to}>
Subject: Angebot 2026-118
Date: {date}
Message-ID: <118.offer@customer-gmbh.de>

--b118--
"""


def _bounce(
    status: str, said: str, to: str = mailbox.ME, host: str = hosts.CUSTOMER_MX
) -> Callable[[datetime], str]:
    def write(now: datetime) -> str:
        return _REPORT.format(
            host=host,
            sender=mailbox.CUSTOMER[1],
            to=to,
            date=format_datetime(now - timedelta(hours=26)),
            mx=hosts.MX[0],
            address=hosts.HOSTS[hosts.MX[0]],
            status=status,
            said=said,
        )

    return write


SPF = _bounce(
    "5.7.1",
    "554 Reject by behaviour spam at Rcpt State(Connection IP address:"
    f"{hosts.HOSTS[hosts.NEW_SENDER]})ANTISPAM_BAT[01201311R126a]: spf check failed",
    host=hosts.NEW_SENDER,
)
BLOCK_LIST = _bounce(
    "5.7.1",
    "554 Reject by behaviour spam at Rcpt State(Connection IP address:"
    f"{hosts.HOSTS[hosts.CUSTOMER_MX]})ANTISPAM_BAT[01201311R126a]: list on rbl sites",
)
WRONG_ADDRESS = _bounce(
    "5.1.1",
    "554 RCPT (lim@acme-trading.com) dosn't exist",
    to="lim@acme-trading.com",
)
TOO_LARGE = _bounce("5.3.4", "552 5.3.4 Message size exceeds fixed limit")
