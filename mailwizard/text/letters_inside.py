"""Letters to people inside the company: its administrator, and the office's IT."""

from collections.abc import Iterator

from mailwizard.diagnosis.verdict import ACCOUNT, SERVER
from mailwizard.model.finding import Finding, Owner, Step
from mailwizard.model.seen import network
from mailwizard.text.finding_text import OWNERS
from mailwizard.text.language import _, current
from mailwizard.text.letter_desk import ADMINS, Desk, Letter, joined, where_of


def to_admin(desk: Desk, ours: list[Finding]) -> Letter:
    """What the company's own administrators can do; ``ours`` are the findings to tell."""
    contact = desk.organisation.administrator
    lines = [_("Hello,"), "", desk.complaint(), ""]
    lines.append(_("A check of my mailbox, our network and our domain gave this:"))
    for finding in ours:
        lines += desk.told(finding)
    path = desk.provider.paths.get("admin-log")
    if path and desk.known_by != "default" and desk.sender:
        where = path.zh if current().startswith("zh") else path.en
        lines += ["", _("Please also look in the mail log: {where}.").format(where=where)]
    lines += desk.proof([name for f in ours for name in f.because])
    return Letter(
        id="admin",
        kind="admin",
        language=current(),
        title=_("Letter to your administrator"),
        to=where_of(contact) or _(OWNERS[ours[0].owner if ours[0].owner in ADMINS else ADMINS[0]]),
        subject=_("Mail to {me} does not arrive").format(me=desk.me),
        body=joined([*lines, *desk.signed()]),
    )


def of_the_network(desk: Desk) -> Iterator[Finding]:
    """What the office's own network does, or this computer in it."""
    for found in desk.causes:
        here = found.owner in (Owner.IT, Owner.YOU) and found.code not in ACCOUNT | SERVER
        if found.step is Step.NETWORK and here:
            yield found


def to_it(desk: Desk) -> Letter:
    """What a helpdesk asks for first: host, port, what was tried, what answered."""
    ours = list(of_the_network(desk))
    words = {"me": desk.me}
    lines = [_("Hello,"), ""]
    lines.append(
        _("my mail program cannot work as it should ({me}). A check of the way out says:").format(
            **words
        )
    )
    for finding in ours:
        lines += desk.told(finding)
    here = [
        *desk.evidence.of(network.Link),
        *desk.evidence.of(network.GatewayReply),
    ]
    tried = [name for finding in ours for name in finding.because]
    lines += desk.proof(
        list(dict.fromkeys([*(o.id for o in here), *tried])),
        title=_("What was tried from this computer, and what answered:"),
    )
    lines += ["", _("Please tell me when it is repaired; I check again then.")]
    return Letter(
        id="it",
        kind="it",
        language=current(),
        title=_("Letter to your office's IT"),
        to=_(OWNERS[Owner.IT]),
        subject=_("Mail from {me}'s computer: the network needs a look").format(**words),
        body=joined([*lines, *desk.signed()]),
    )
