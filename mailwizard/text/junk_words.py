"""Why a mail was sorted out, and whether it is really the sender's: in one or two sentences."""

from collections.abc import Sequence

from mailwizard.model.marked import N_
from mailwizard.model.shown import shown
from mailwizard.reading.junk_reasons import DOUBTFUL, Kind, Reason
from mailwizard.text.joined import listed
from mailwizard.text.language import _

_WHY: dict[Kind, str] = {
    "own-block-list": N_("The sender stands on your own list of blocked senders."),
    "company-rule": N_("A mail rule of your company took it for spam."),
    "malware": N_("The filter suspects something harmful in it."),
    "phishing": N_("The filter suspects that somebody pretends to be the sender."),
    "look-alike": N_("Its domain {domain} looks like your customer's, but is another one."),
    "name-differs": N_("The name shown as its sender belongs to {domain}, its address does not."),
    "dmarc-fail": N_("The identity checks failed: it may not be from {domain} at all."),
    "spf-fail": N_("It came from a server that {domain} does not name for its mail."),
    "dkim-fail": N_("The sender's seal on it does not fit: it was changed on the way."),
    "content": N_("Its content looked like spam."),
    "attachment": N_("It carries a kind of file that filters hold back: {domain}."),
    "bulk": N_("It was sent as mail to many, such as a newsletter or a mailing list."),
    "no-proof": N_("Nothing proves who sent it: {domain} offers no proof."),
    "authenticated": N_("The identity checks passed: it is really from {domain}."),
}
_SCORED = N_("Its content gave it {score} spam points.")
_SCORED_OF = N_("Its content gave it {score} spam points; spam begins at {limit}.")
_UNSAID = N_("The server does not say why.")
_CAREFUL = N_(
    "Somebody else may have written it. Check with the customer by phone before you open"
    " attachments."
)
_IDENTITY: tuple[Kind, ...] = (
    *("look-alike", "name-differs", "dmarc-fail", "spf-fail", "dkim-fail", "no-proof"),
    "authenticated",
)
_MOST_SENTENCES = 2


def why_sorted_out(reasons: Sequence[Reason]) -> str:
    """The most telling reason, and what is known of the sender's identity."""
    causes = [reason for reason in reasons if reason.kind != "authenticated"]
    proven = [reason for reason in reasons if reason.kind == "authenticated"]
    said = causes[: _MOST_SENTENCES - len(proven)]
    sentences = [_sentence(reason) for reason in said] or [_(_UNSAID)]
    return _joined([*sentences, *(_sentence(reason) for reason in proven)])


def identity(reasons: Sequence[Reason]) -> str:
    """What is known of the sender's identity alone; "" if nothing is."""
    return _joined([_sentence(r) for r in reasons if r.kind in _IDENTITY][:_MOST_SENTENCES])


def why_in_full(reasons: Sequence[Reason]) -> str:
    """The same, with what to heed."""
    careful = warning(reasons)
    return _joined([why_sorted_out(reasons), *([careful] if careful else [])])


def warning(reasons: Sequence[Reason]) -> str:
    """What to heed before the mail is opened; "" where nothing speaks against the sender."""
    return _(_CAREFUL) if any(reason.kind in DOUBTFUL for reason in reasons) else ""


def rules(reasons: Sequence[Reason]) -> str:
    """The filter's own names of what it found, for the helpdesk; "" if it told none."""
    return shown(listed(name for reason in reasons for name in reason.rules), 200)


def _sentence(reason: Reason) -> str:
    sentence = _WHY[reason.kind]
    if reason.kind == "content" and reason.score:
        sentence = _SCORED_OF if reason.limit else _SCORED
    return _(sentence).format(
        domain=shown(reason.domain, 100), score=reason.score, limit=reason.limit
    )


def _joined(sentences: Sequence[str]) -> str:
    text = ""
    for sentence in sentences:
        text = _("{one} {other}").format(one=text, other=sentence) if text else sentence
    return text
