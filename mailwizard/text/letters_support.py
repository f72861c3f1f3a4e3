"""Letters to those who are paid for the mailbox: the provider's support, and the reseller."""

from mailwizard.model.finding import Owner
from mailwizard.text.finding_text import OWNERS
from mailwizard.text.language import _, current
from mailwizard.text.letter_desk import Desk, Letter, joined, where_of


def to_support(desk: Desk, name: str) -> Letter:
    """To the provider's support, or to the reseller's."""
    theirs = [f for f in desk.causes if f.owner is Owner.PROVIDER] or [desk.verdict]
    lines = [_("Hello,"), "", desk.complaint(), ""]
    lines.append(_("A check of the mailbox, the network and the domain gave this:"))
    for finding in theirs:
        lines += desk.told(finding)
    log = [
        "",
        _(
            "Please look in your delivery log for this mail: was it received, refused, held"
            " back, or filed by a filter, and why?"
        ),
    ]
    lines += log if desk.sender else []
    lines += desk.proof([name for f in theirs for name in f.because])
    chinese = current().startswith("zh")
    reseller = desk.organisation.reseller if name == "reseller" else None
    ticket = desk.provider.support.get("ticket_zh" if chinese else "ticket_en", "")
    titles = {
        "provider": _("Letter to the provider's support"),
        "reseller": _("Letter to your reseller"),
    }
    return Letter(
        id=name,
        kind=name,
        language=current(),
        title=titles[name],
        to=where_of(reseller) or ticket or _(OWNERS[Owner.PROVIDER]),
        subject=_("Mail to {me} does not arrive").format(me=desk.me),
        body=joined([*lines, *desk.signed()]),
    )
