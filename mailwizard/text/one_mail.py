"""One found mail in words: what its headers tell, never its body."""

from collections.abc import Sequence
from datetime import datetime

from mailwizard.model.amounts import octets
from mailwizard.model.seen.mailbox import MailSeen, Role
from mailwizard.model.shown import shown
from mailwizard.reading.junk_reasons import Reason
from mailwizard.text.joined import labelled
from mailwizard.text.junk_words import identity, rules, warning, why_sorted_out
from mailwizard.text.language import _
from mailwizard.text.moving import day


def why_line(role: Role, reasons: Sequence[Reason]) -> str:
    """Why the mail lies where it does, as far as its headers tell, and what to heed."""
    if role == "junk":
        line = _("Why it was sorted out: {why}").format(why=why_sorted_out(reasons))
    else:
        line = identity(reasons) or _("Its headers do not tell why it is there.")
    careful = warning(reasons)
    return _("{one} {other}").format(one=line, other=careful) if careful else line


def mail_details(mail: MailSeen, role: Role, reasons: Sequence[Reason]) -> list[str]:
    """Line by line: sender, subject, dates, size, folder, identity, why it is there."""
    address = mail.from_address or "-"
    sender = f"{mail.from_name} <{address}>" if mail.from_name else address
    lines = [
        labelled(_("From"), sender),
        labelled(_("Subject"), mail.subject or "-"),
        labelled(_("Arrived"), day(mail.arrived)),
        labelled(_("Its own date"), _dated(mail.dated)),
        labelled(_("Size"), octets(mail.size)),
        labelled(_("Folder"), mail.folder),
        labelled(_("Identity"), identity(reasons) or _("The server does not tell.")),
    ]
    if role == "junk":
        causes = [reason for reason in reasons if reason.kind != "authenticated"]
        lines.append(labelled(_("Why it was sorted out"), why_sorted_out(causes)))
    if names := rules(reasons):
        lines.append(labelled(_("The filter's rules"), names))
    if careful := warning(reasons):
        lines += ["", careful]
    return [shown(line, 500) for line in lines]


def _dated(moment: datetime | None) -> str:
    return day(moment) if moment else "-"
