"""Which of a certificate's names is the server's right one, and how far that can be trusted.

Whoever sits on the way can show a genuine certificate for a name of his own that leads to
himself. So a name is only told as the one to type in where the provider's profile has it, or where
it belongs to the same domain as the asked host; of any other the mail administrator is asked first.
"""

from dataclasses import dataclass

from mailwizard.diagnosis.situation import Situation
from mailwizard.model.seen.network import Endpoint


@dataclass(frozen=True, slots=True)
class Suggested:
    """A name, and the variant of the words: ``suggested`` to type in, ``asked`` to ask about."""

    name: str
    variant: str


def suggested(situation: Situation, seen: Endpoint) -> Suggested | None:
    """The most trustworthy name of the certificate for this server; None where there is none."""
    if not seen.chain:
        return None
    leaf = seen.chain[0]
    known = [site.imap for site in situation.provider.sites if leaf.covers(site.imap)]
    near = [name for name in seen.fits if _domain(name) == _domain(seen.host)]
    for name in (*known, *near):
        if name and name != seen.host:
            return Suggested(name, "suggested")
    return Suggested(seen.fits[0], "asked") if seen.fits else None


def _domain(host: str) -> str:
    """The name one label up: under one roof for ``imap.`` and ``mail.`` alike."""
    labels = host.lower().rstrip(".").split(".")
    return ".".join(labels[1:]) if len(labels) > 2 else ".".join(labels)
