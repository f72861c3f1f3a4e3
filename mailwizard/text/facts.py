"""One technical line for each thing seen: for the helpdesk, the report and the letters."""

from collections.abc import Callable, Iterable
from typing import Any

from mailwizard.model.observation import Observation
from mailwizard.model.seen import (
    arrived,
    dns,
    door,
    line,
    line_watch,
    mailbox,
    moved,
    network,
    notices,
    room_made,
    run,
    self_test,
    sender,
    space,
    user,
)
from mailwizard.model.shown import shown
from mailwizard.text import line_watching
from mailwizard.text.archive_words import archived_fact, deleted_fact
from mailwizard.text.connection_facts import endpoint_fact, http_fact
from mailwizard.text.dns_facts import dns_answer_fact
from mailwizard.text.door_lines import smtp_door_fact
from mailwizard.text.language import _
from mailwizard.text.line_facts import line_quality_fact, link_fact, proxy_fact
from mailwizard.text.policy_facts import mta_sts_fact, tls_reports_fact, tlsa_fact

_LIMIT = 400
_LIMIT_OF = {network.Endpoint: 2000, network.HttpReply: 2000}  # with whole certificate chains


def fact(observation: Observation[Any]) -> str:
    """What was seen, in one line of plain text, in the language in use; never a mail's body."""
    seen = observation.seen
    words = _WORDS.get(type(seen))
    line = words(seen) if words else observation.kind
    return shown(line, _LIMIT_OF.get(type(seen), _LIMIT))


def when(observation: Observation[Any]) -> str:
    """When it was seen, such as ``2026-11-23 09:00:01 UTC``."""
    return f"{observation.at:%Y-%m-%d %H:%M:%S} UTC"


def fact_with_time(observation: Observation[Any]) -> str:
    """The line with its time before it."""
    return f"{when(observation)}  {fact(observation)}"


def _listed(items: Iterable[object]) -> str:
    return ", ".join(str(item) for item in items if item not in ("", None)) or "-"


def _with_detail(text: str, detail: str) -> str:
    return f"{text} ({detail})" if detail else text


def _provider_hint(seen: dns.ProviderHint) -> str:
    return _("{name} points to {target} ({source})").format(
        name=seen.name, target=seen.target, source=seen.source
    )


def _registration(seen: dns.Registration) -> str:
    expires = f"{seen.expires:%Y-%m-%d}" if seen.expires else "-"
    told = _("Registration of {domain}: {outcome}; status {status}; paid until {expires}").format(
        domain=seen.domain, outcome=seen.outcome, status=_listed(seen.status), expires=expires
    )
    more = [seen.registrar, _listed(seen.name_servers) if seen.name_servers else "", seen.detail]
    return "; ".join((told, *filter(None, more), seen.source.upper()))


def _reply(reply: door.SmtpReply | None) -> str:
    return " ".join(filter(None, (str(reply.code), reply.enhanced, reply.text))) if reply else "-"


def _sign_in(seen: mailbox.SignIn) -> str:
    said = _listed((seen.code, seen.text))
    return _("Sign-in at {host}:{port}: {outcome}; the server said: {said}").format(
        host=seen.host, port=seen.port, outcome=seen.outcome, said=said
    )


def _site_look(seen: mailbox.SiteLook) -> str:
    said = seen.greeting or _listed((seen.connect, seen.tls, seen.detail))
    return _("Another site of the provider, {host}: {said}").format(host=seen.host, said=said)


def _folder_list(seen: mailbox.FolderList) -> str:
    names = (f"{f.name} ({f.role})" if f.role != "other" else f.name for f in seen.folders)
    return _("Folders: {names}").format(names=_listed(names))


def _folder_search(seen: mailbox.FolderSearch) -> str:
    text = _("Folder {folder}: {hits} mails of the sender among {examined} since {since}").format(
        folder=seen.folder,
        hits=len(seen.hits),
        examined=seen.examined,
        since=f"{seen.since:%Y-%m-%d}",
    )
    if seen.others_arrived and seen.senders:
        text += "; " + _("of others: {others} mails, {senders} senders").format(
            others=seen.others_arrived, senders=seen.senders
        )
    if seen.hits:
        text += "; " + "; ".join(_mail(hit) for hit in seen.hits[:3])
    if not seen.complete:
        text += "; " + _("not complete")
    return _with_detail(text, seen.detail)


def _mail(mail: mailbox.MailSeen) -> str:
    return f"{mail.arrived:%Y-%m-%d %H:%M} {mail.from_address} “{mail.subject}”"


def _history(seen: mailbox.SenderHistory) -> str:
    newest = f"{max(m.arrived for m in seen.mails):%Y-%m-%d}" if seen.mails else "-"
    return _("Earlier mail of the sender: {count}, the newest of {newest}").format(
        count=len(seen.mails), newest=newest
    )


def _quota(seen: mailbox.Quota) -> str:
    if not seen.supported:
        return _("The server does not tell how full the mailbox is")
    return _("Quota: {figures}").format(
        figures=_listed(f"{r.resource} {r.used}/{r.limit}" for r in seen.resources)
    )


def _mailbox_size(seen: mailbox.MailboxSize) -> str:
    return _("Measured size: {octets} bytes in {messages} mails").format(
        octets=sum(seen.octets.values()), messages=sum(seen.messages.values())
    )


def _mailbox_space(seen: space.MailboxSpace) -> str:
    text = _("Where the space is: {octets} bytes in {messages} mails; largest folders: {folders}")
    said = text.format(
        octets=sum(folder.octets for folder in seen.folders),
        messages=sum(folder.count for folder in seen.folders),
        folders=_listed(f"{folder.name} {folder.octets}" for folder in seen.folders[:5]),
    )
    years = _listed(f"{year.year or '?'} {year.octets}" for year in seen.years[:10])
    said += "; " + _("by year: {years}").format(years=years)
    return _with_detail(said if seen.complete else said + "; " + _("not complete"), seen.detail)


def _rules(seen: mailbox.RulesReadable) -> str:
    if seen.readable:
        return _("Filing rules can be read")
    return _("Filing rules cannot be read from here")


def _mail_arrived(seen: arrived.MailArrived) -> str:
    return _("Arrived after {seconds} s of waiting in {folder}: {sender}, {subject}").format(
        seconds=seen.waited,
        folder=seen.folder,
        sender=seen.mail.from_address or "-",
        subject=seen.mail.subject or "-",
    )


def _waited(seen: arrived.Waited) -> str:
    said = _(
        "Waited {seconds} s for mail from {sender}: {outcome}; watched {folders} of {total}"
        " folders; others' mails {others}; without a connection {blind} s"
    ).format(
        seconds=seen.waited,
        sender=seen.sender,
        outcome=seen.outcome,
        folders=seen.folders,
        total=seen.folders_listed,
        others=seen.others_arrived,
        blind=seen.blind,
    )
    return said if seen.folders_complete else said + "; " + _("not complete")


def _self_test(seen: self_test.SelfTest) -> str:
    text = _("Test mail to oneself over {host}:{port}: {outcome}; the server said: {said}").format(
        host=seen.host or "-",
        port=seen.port,
        outcome=_with_detail(seen.outcome, seen.detail),
        said=_reply(seen.reply),
    )
    if seen.seconds is not None:
        text += "; " + _("seen after {seconds} s in {folder}").format(
            seconds=seen.seconds, folder=seen.folder
        )
    elif seen.sent_at is not None:
        text += "; " + _("not seen in {seconds} s").format(seconds=seen.waited)
    fates = (f"{copy.folder}: {copy.fate}" for copy in seen.copies)
    return f"{text}; {_listed(fates)}" if seen.copies else text


def _mail_moved(seen: moved.MailMoved) -> str:
    not_moved = _listed(f"{entry.reason} {entry.count}" for entry in seen.not_moved)
    said = _("Changed by this program: {way}, {folder} to {target}: {count}; left: {left}").format(
        way=_("undo of {way}").format(way=seen.way) if seen.undone else seen.way,
        folder=seen.folder,
        target=seen.target,
        count=seen.moved,
        left=not_moved,
    )
    return _with_detail(said, "UID " + _listed(seen.uids[:20]) if seen.uids else "")


def _gateway(seen: network.GatewayReply) -> str:
    if not seen.answered:
        return _("Router {address} is silent").format(address=seen.address)
    return _("Router {address} answers ({how})").format(address=seen.address, how=seen.how)


def _system_lookup(seen: network.SystemLookup) -> str:
    return _("This computer's look-up of {host}: {result}").format(
        host=seen.host, result=_listed(seen.addresses) if seen.addresses else seen.outcome
    )


def _ended(seen: run.ProbeEnded) -> str:
    return _with_detail(_("Check ended: {how}").format(how=seen.how), seen.reason)


def _spf(seen: sender.SpfResult) -> str:
    said = _("SPF of {domain} for {address} ({source}): {result}; record: {record}").format(
        domain=seen.domain,
        address=seen.server.address,
        source=seen.server.source,
        result=seen.result,
        record=seen.record or "-",
    )
    return _with_detail(said, seen.detail)


def _dmarc(seen: sender.DmarcRecord) -> str:
    return _("DMARC of {domain}: {outcome}; record: {record}").format(
        domain=seen.domain, outcome=seen.outcome, record=seen.record or "-"
    )


def _reverse(seen: sender.ReverseName) -> str:
    return _("Reverse name of {address}: {names}; confirmed: {confirmed}").format(
        address=seen.server.address,
        names=_listed(seen.names) if seen.names else seen.outcome,
        confirmed=_listed(seen.confirmed),
    )


def _block_list(seen: sender.BlockListAnswer) -> str:
    return _("Block list {zone} about {address}: {result}; test entry: {test}").format(
        zone=seen.zone,
        address=seen.server.address,
        result=_listed((*seen.codes, seen.text)) if seen.codes else seen.asked,
        test=_listed(seen.test) if seen.test else seen.test_asked,
    )


def _bounce(seen: sender.Bounce) -> str:
    fates = (
        f"{r.address} {r.action} {r.code or ''} {r.enhanced}: {r.said} [{r.said_by}]"
        for r in seen.recipients
    )
    told = _("Bounce ({form}), written by {reporting}: {fates}").format(
        form=seen.form, reporting=seen.reporting or "-", fates="; ".join(fates) or "-"
    )
    return f"{told}; {_place(seen.found)}" if seen.found else told


def _place(found: sender.FoundIn | notices.QuarantineNotice | notices.LookAlikeMail) -> str:
    return _("found in {folder}, of {day}").format(
        folder=found.folder, day=f"{found.arrived:%Y-%m-%d}"
    )


def _notices_searched(seen: notices.NoticesSearched) -> str:
    text = _("Notices: {read} of {candidates} read, among {examined} mails in {folders}").format(
        read=seen.read,
        candidates=seen.candidates,
        examined=seen.examined,
        folders=_listed(seen.folders),
    )
    return _with_detail(text, seen.detail)


def _quarantine(seen: notices.QuarantineNotice) -> str:
    named = seen.named or (_("the subject asked for") if seen.names else "-")
    text = _("Notice of held-back mail from {address}, “{subject}”; it names: {named}").format(
        address=seen.from_address, subject=seen.subject, named=named
    )
    return f"{text}; {_place(seen)}"


def _reply_bounced(seen: notices.ReplyBounced) -> str:
    return _("Mail of {day} to {address} came back: {said}").format(
        day=f"{seen.arrived:%Y-%m-%d}",
        address=seen.recipient,
        said=_listed((seen.code or "", seen.enhanced, seen.said)),
    )


def _look_alike(seen: notices.LookAlikeMail) -> str:
    text = _("Mail from the similar address {address}, “{subject}”").format(
        address=seen.from_address, subject=seen.subject
    )
    return f"{text}; {_place(seen)}"


def _sender_log(seen: sender.SenderLog) -> str:
    return _("Sender's log: {status} to {relay}: {said}").format(
        status=seen.status or "-",
        relay=seen.relay or "-",
        said=_listed((seen.code or "", seen.enhanced, seen.said, seen.queue_id)),
    )


def _answer(seen: user.Answer) -> str:
    return _("The user answered “{question}”: {value}").format(
        question=seen.question, value=seen.value
    )


_WORDS: dict[type, Callable[[Any], str]] = {
    dns.DnsAnswer: dns_answer_fact,
    dns.ProviderHint: _provider_hint,
    dns.Registration: _registration,
    dns.MtaSts: mta_sts_fact,
    dns.TlsReports: tls_reports_fact,
    dns.Tlsa: tlsa_fact,
    door.SmtpDoor: smtp_door_fact,
    mailbox.SignIn: _sign_in,
    mailbox.SiteLook: _site_look,
    mailbox.FolderList: _folder_list,
    mailbox.FolderSearch: _folder_search,
    mailbox.SenderHistory: _history,
    mailbox.Quota: _quota,
    mailbox.MailboxSize: _mailbox_size,
    mailbox.RulesReadable: _rules,
    space.MailboxSpace: _mailbox_space,
    arrived.MailArrived: _mail_arrived,
    arrived.Waited: _waited,
    self_test.SelfTest: _self_test,
    moved.MailMoved: _mail_moved,
    room_made.MailArchived: archived_fact,
    room_made.MailDeleted: deleted_fact,
    notices.NoticesSearched: _notices_searched,
    notices.QuarantineNotice: _quarantine,
    notices.ReplyBounced: _reply_bounced,
    notices.LookAlikeMail: _look_alike,
    network.Link: link_fact,
    network.GatewayReply: _gateway,
    line.LineQuality: line_quality_fact,
    line.ProxyConnect: proxy_fact,
    network.Endpoint: endpoint_fact,
    network.SystemLookup: _system_lookup,
    network.HttpReply: http_fact,
    line_watch.LineWatched: line_watching.told,
    run.ProbeEnded: _ended,
    sender.SpfResult: _spf,
    sender.DmarcRecord: _dmarc,
    sender.ReverseName: _reverse,
    sender.BlockListAnswer: _block_list,
    sender.Bounce: _bounce,
    sender.SenderLog: _sender_log,
    user.Answer: _answer,
}
