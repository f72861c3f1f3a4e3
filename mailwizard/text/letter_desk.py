"""What all letters have in common: the case, its findings, the evidence, and how they end."""

import contextlib
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from mailwizard.diagnosis.diagnose import Diagnosis
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner
from mailwizard.model.observation import Observation
from mailwizard.model.organisation import Contact, Organisation
from mailwizard.model.provider import Provider
from mailwizard.model.seen import dns, door, sender
from mailwizard.model.shown import shown
from mailwizard.providers.detect import detect
from mailwizard.text.facts import fact_with_time
from mailwizard.text.finding_text import render
from mailwizard.text.language import _, current, speaking


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter, plain text. ``to`` is a mail address, or else words for where to hand it in.

    ``kind``: ``customer``, ``customer-it``, ``it``, ``domain``, ``admin``, ``provider``,
    ``reseller``; ``id`` is unique: the kind, and the language where there are several. ``title``
    and words in ``to`` are in the language in use, subject and body in ``language``.
    """

    id: str
    kind: str
    language: str
    title: str
    to: str
    subject: str
    body: str


# Kinds of evidence that say nothing of our own network and mailbox: fit for people outside.
_FOR_OUTSIDE = (
    sender.SpfResult,
    sender.DmarcRecord,
    sender.ReverseName,
    sender.BlockListAnswer,
    sender.Bounce,
    sender.SenderLog,
    dns.DnsAnswer,
    dns.Registration,
    dns.MtaSts,
    dns.Tlsa,
    door.SmtpDoor,
)
ADMINS = (Owner.MAIL_ADMIN, Owner.DNS_ADMIN, Owner.IT)
_MOST_FACTS = 12


class Desk:
    """Where the letters of one case are written: what is known, and the parts they share."""

    def __init__(
        self,
        diagnosis: Diagnosis,
        case: Case,
        provider: Provider,
        organisation: Organisation,
        evidence: Evidence,
    ) -> None:
        self.verdict = diagnosis.verdict
        self.causes = [f for f in diagnosis.findings if f.outcome in (Outcome.CAUSE, Outcome.RISK)]
        self.case = case
        self.provider = provider
        self.organisation = organisation
        self.evidence = evidence
        self.known_by = detect(case, evidence).by
        self.me = shown(case.me, 254)
        self.sender = shown(case.sender or "", 254)

    def in_languages(self, first: str, write: Callable[[str], Letter]) -> Iterator[Letter]:
        """A letter in English and in Chinese, ``first`` ("en", "zh" …) before the other."""
        chinese = current() if current().startswith("zh") else "zh_CN"
        for language in sorted(("en", chinese), key=lambda code: code[:2] != first[:2]):
            with contextlib.ExitStack() as stack:
                try:
                    stack.enter_context(speaking(language))
                except KeyError:  # no catalogue of this language is installed
                    continue
                letter = write(language)
            yield letter

    def complaint(self) -> str:
        """What is missing, or that help is asked for."""
        words = {
            "me": self.me,
            "sender": self.sender,
            "since": self.case.since.isoformat(),
            "domain": self.case.domain,
        }
        if not self.sender:
            return _("please help with the mailbox {me} (domain {domain}).").format(**words)
        return _("mail from {sender} to {me} is missing since {since}.").format(**words)

    def told(self, finding: Finding) -> list[str]:
        """A finding in plain words, with its code for the expert."""
        words = render(finding, self.provider)
        sure = "" if finding.certainty is Certainty.SURE else f", {words.certainty}"
        return ["", f"“{words.headline}”", words.meaning, f"({finding.code}{sure})"]

    def proof(
        self, because: list[str], *, outside: bool = False, title: str | None = None
    ) -> list[str]:
        """What was seen, a line each; ``outside``: nothing of our own network and mailbox."""
        wanted = set(because)
        seen = {
            _essence(o): o
            for o in reversed(self.evidence.all())
            if o.id in wanted and (not outside or isinstance(o.seen, _FOR_OUTSIDE))
        }
        lines = [f"- {fact_with_time(o)}" for o in reversed(seen.values())]
        return ["", title or _("What was seen:"), *lines[:_MOST_FACTS]] if lines else []

    def signed(self) -> list[str]:
        """The end of every letter."""
        return ["", _("Kind regards"), self.me, *filter(None, (self.organisation.name,))]


def _essence(observation: Observation[Any]) -> Hashable:
    """Alike for DNS answers that say the same, whichever server was asked."""
    seen = observation.seen
    if isinstance(seen, dns.DnsAnswer):
        return seen.name, seen.rtype, seen.status, frozenset(seen.records)
    return observation.id


def where_of(contact: Contact | None) -> str:
    """How a contact is reached; "" where that is not known."""
    return (contact.mail or contact.phone or contact.name) if contact else ""


def joined(lines: list[str]) -> str:
    """Lines as a letter's body."""
    return "\n".join(lines).strip() + "\n"
