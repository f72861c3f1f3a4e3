"""Letters to those who must act, with the evidence and nothing secret."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from mailwizard.diagnosis.diagnose import Diagnosis
from mailwizard.diagnosis.verdict import ACCOUNT, SERVER
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner, Step
from mailwizard.model.observation import Observation
from mailwizard.model.organisation import Contact, Organisation
from mailwizard.model.provider import Provider
from mailwizard.model.seen import dns, door, mailbox, network, sender
from mailwizard.model.shown import shown
from mailwizard.providers.detect import detect
from mailwizard.text.facts import fact_with_time, when
from mailwizard.text.finding_text import CERTAINTIES, OWNERS, render
from mailwizard.text.language import LANGUAGES, _, current, speaking
from mailwizard.text.letter_customer import customer_lines
from mailwizard.text.letter_records import record_lines
from mailwizard.text.letter_words import ASK_FOR_LOG, TO_CUSTOMER, TO_THEIR_IT


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter, plain text. ``to`` is a mail address, or else words for where to hand it in.

    ``kind``: ``customer``, ``customer-it``, ``it``, ``admin``, ``provider``, ``reseller``; ``id``
    is unique: the kind, and the language where there are several. ``title`` and words in ``to``
    are in the language in use, subject and body in ``language``.
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
    door.SmtpDoor,
)
_ADMINS = (Owner.MAIL_ADMIN, Owner.DNS_ADMIN, Owner.IT)
_FIRST = {
    Owner.SENDER: "customer",
    Owner.SENDER_IT: "customer-it",
    Owner.MAIL_ADMIN: "admin",
    Owner.DNS_ADMIN: "admin",
    Owner.IT: "it",
    Owner.PROVIDER: "provider",
}
_FAR_OWNERS = {"customer": Owner.SENDER, "customer-it": Owner.SENDER_IT}
_MOST_FACTS = 12


def letters(
    diagnosis: Diagnosis,
    case: Case,
    provider: Provider,
    organisation: Organisation | None = None,
    evidence: Evidence | None = None,
) -> tuple[Letter, ...]:
    """The letters that fit the diagnosis, the one to whoever must act first.

    Those to the customer and their IT are there in every language, the customer's likely one
    first; the others in the language in use. Without ``evidence`` they hold no proof.
    """
    desk = _Desk(diagnosis, case, provider, organisation or Organisation(), evidence or Evidence())
    found = list(desk.all())
    first = _FIRST.get(diagnosis.verdict.owner, "")
    if first == "it" and all(letter.kind != first for letter in found):
        first = "admin"
    return tuple(sorted(found, key=lambda letter: letter.kind != first))


class _Desk:
    """Writes the letters of one case."""

    def __init__(
        self,
        diagnosis: Diagnosis,
        case: Case,
        provider: Provider,
        organisation: Organisation,
        evidence: Evidence,
    ) -> None:
        self._verdict = diagnosis.verdict
        self._causes = [f for f in diagnosis.findings if f.outcome in (Outcome.CAUSE, Outcome.RISK)]
        self._case = case
        self._provider = provider
        self._organisation = organisation
        self._evidence = evidence
        self._known_by = detect(case, evidence).by
        self._me = shown(case.me, 254)
        self._sender = shown(case.sender or "", 254)

    def all(self) -> Iterator[Letter]:
        """Every letter that has something to say."""
        if self._sender:
            yield from self._in_languages("customer", self._to_customer)
            if self._concerns_their_it():
                yield from self._in_languages("customer-it", self._to_their_it)
        if list(self._of_the_network()):
            yield self._to_it()
        yield self._to_admin()
        if self._known_by != "default" or not len(self._evidence):
            yield self._to_support("provider")
        if self._organisation.reseller:
            yield self._to_support("reseller")

    def _in_languages(
        self, name: str, write: Callable[[str, str, str], Letter]
    ) -> Iterator[Letter]:
        chinese = current() if current().startswith("zh") else "zh_CN"
        theirs = self._their_language()[:2]
        for language in sorted(("en", chinese), key=lambda code: code[:2] != theirs):
            if name == "customer":
                title = _("Letter to the customer ({language})")
            else:
                title = _("Letter to the customer's IT ({language})")
            to = self._their_address(name) or _(OWNERS[_FAR_OWNERS[name]])
            try:
                with speaking(language):
                    letter = write(language, title.format(language=LANGUAGES[language]), to)
                yield letter
            except KeyError:  # no catalogue of this language is installed
                continue

    def _their_address(self, name: str) -> str:
        """Where mail can reach them; "" if their domain takes none, or none is known."""
        unreachable = {"SENDER_DOMAIN_DEAD", "SENDER_CANNOT_RECEIVE"}
        if any(f.code in unreachable and f.outcome is Outcome.CAUSE for f in self._causes):
            return ""
        if name == "customer-it" and self._case.sender_domain:
            return f"postmaster@{self._case.sender_domain}"  # RFC 5321, section 4.5.1
        return shown(self._case.sender_address or "", 254)

    def _their_language(self) -> str:
        domain = self._case.sender_domain or ""
        chinese = domain.endswith((".cn", ".xn--fiqs8s")) or domain in _CHINESE_MAIL
        return "zh_CN" if chinese else "en"

    def _theirs(self) -> list[Finding]:
        return [
            f
            for f in self._causes
            if f.owner in (Owner.SENDER, Owner.SENDER_IT) and f.code != "NEVER_REACHED_US"
        ]

    def _concerns_their_it(self) -> bool:
        """Whether there is something to ask them: never because of a mere risk."""
        if self._verdict.code == "NEVER_REACHED_US":
            return True
        return any(f.outcome is Outcome.CAUSE for f in self._theirs())

    def _to_customer(self, language: str, title: str, to: str) -> Letter:
        lines = [_("Hello,"), "", *customer_lines(self._verdict, self._me, self._case.since), ""]
        lines += [_("If an answer by mail does not reach me, please call me."), *self._signed()]
        if self._verdict.owner is Owner.SENDER_IT or self._verdict.code == "NEVER_REACHED_US":
            lines += ["", "", _("--- For your IT ---"), "", *self._their_it_lines()]
        return Letter(
            id=f"customer-{language}",
            kind="customer",
            language=language,
            title=title,
            to=to,
            subject=_("Your mail to {me}").format(me=self._me),
            body=_joined(lines),
        )

    def _to_their_it(self, language: str, title: str, to: str) -> Letter:
        return Letter(
            id=f"customer-it-{language}",
            kind="customer-it",
            language=language,
            title=title,
            to=to,
            subject=_("Mail from {domain} does not arrive").format(domain=self._case.sender_domain),
            body=_joined([_("Hello,"), "", *self._their_it_lines(), *self._signed()]),
        )

    def _their_it_lines(self) -> list[str]:
        case, theirs = self._case, self._theirs()
        words = {
            "me": self._me,
            "sender": self._sender,
            "since": case.since.isoformat(),
        }
        lines = [_("mail from {sender} to {me} has not arrived since {since}.").format(**words)]
        if theirs:
            lines += ["", _("This is what our check of your domain's side points to:")]
        for number, finding in enumerate(theirs, 1):
            request = TO_THEIR_IT.get(finding.code) or TO_CUSTOMER.get(finding.code)
            asked = _(request).format(**words) if request else finding.code
            lines.append(f"{number}. {asked} ({finding.code}, {_(CERTAINTIES[finding.certainty])})")
        lines += ["", _(ASK_FOR_LOG).format(**words)]
        because = [name for finding in theirs for name in finding.because]
        lines += self._proof(because, outside=True)
        return [*lines, *self._our_side()]

    def _our_side(self) -> list[str]:
        """What was really seen in order here, so that nobody looks for it twice."""
        searches = self._evidence.of(mailbox.FolderSearch)
        lines: list[str] = []
        if searches and self._verdict.code == "NEVER_REACHED_US":
            done = sum(1 for search in searches if search.seen.complete)
            lines.append(
                _("Searched here: {done} of {all} folders since {since}, no mail from you.").format(
                    done=done, all=len(searches), since=self._case.since.isoformat()
                )
            )
        for seen in self._evidence.of(door.SmtpDoor):
            taken = [r.reply for r in seen.seen.rcpt if r.who == "user" and r.reply.code == 250]
            if seen.seen.whose == "own" and taken:
                words = {"when": when(seen), "host": seen.seen.host, "me": self._me}
                reply = f"{taken[0].code} {taken[0].enhanced} {taken[0].text}"
                told = _("{when}: our mail exchanger {host} accepts mail to {me} ({reply}).")
                lines.append(told.format(**words, reply=reply))
        return ["", _("Our own side:"), *(f"- {line}" for line in lines)] if lines else []

    def _to_admin(self) -> Letter:
        ours = [f for f in self._causes if f.owner in _ADMINS] or [self._verdict]
        contact = self._organisation.administrator
        lines = [_("Hello,"), "", self._complaint(), ""]
        lines.append(_("A check of my mailbox, our network and our domain gave this:"))
        for finding in ours:
            lines += self._told(finding)
        if self._verdict not in ours:
            lines += self._told(self._verdict)
        records = record_lines(
            ours,
            self._case,
            self._provider,
            self._evidence,
            provider_known=self._known_by not in ("default", "mx"),
        )
        lines += ["", *records] if records else []
        path = self._provider.paths.get("admin-log")
        if path and self._known_by != "default" and self._sender:
            where = path.zh if current().startswith("zh") else path.en
            lines += ["", _("Please also look in the mail log: {where}.").format(where=where)]
        lines += self._proof([name for f in (*ours, self._verdict) for name in f.because])
        return Letter(
            id="admin",
            kind="admin",
            language=current(),
            title=_("Letter to your administrator"),
            to=_where(contact)
            or _(OWNERS[ours[0].owner if ours[0].owner in _ADMINS else _ADMINS[0]]),
            subject=_("Mail to {me} does not arrive").format(me=self._me),
            body=_joined([*lines, *self._signed()]),
        )

    def _of_the_network(self) -> Iterator[Finding]:
        """What the office's own network does, or this computer in it."""
        for found in self._causes:
            here = found.owner in (Owner.IT, Owner.YOU) and found.code not in ACCOUNT | SERVER
            if found.step is Step.NETWORK and here:
                yield found

    def _to_it(self) -> Letter:
        """What a helpdesk asks for first: host, port, what was tried, what answered."""
        ours = list(self._of_the_network())
        words = {"me": self._me}
        lines = [_("Hello,"), ""]
        lines.append(
            _(
                "my mail program cannot work as it should ({me}). A check of the way out says:"
            ).format(**words)
        )
        for finding in ours:
            lines += self._told(finding)
        here = [
            *self._evidence.of(network.Link),
            *self._evidence.of(network.GatewayReply),
        ]
        tried = [name for finding in ours for name in finding.because]
        lines += self._proof(
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
            body=_joined([*lines, *self._signed()]),
        )

    def _to_support(self, name: str) -> Letter:
        theirs = [f for f in self._causes if f.owner is Owner.PROVIDER] or [self._verdict]
        lines = [_("Hello,"), "", self._complaint(), ""]
        lines.append(_("A check of the mailbox, the network and the domain gave this:"))
        for finding in theirs:
            lines += self._told(finding)
        log = [
            "",
            _(
                "Please look in your delivery log for this mail: was it received, refused, held"
                " back, or filed by a filter, and why?"
            ),
        ]
        lines += log if self._sender else []
        lines += self._proof([name for f in theirs for name in f.because])
        chinese = current().startswith("zh")
        reseller = self._organisation.reseller if name == "reseller" else None
        desk = self._provider.support.get("ticket_zh" if chinese else "ticket_en", "")
        titles = {
            "provider": _("Letter to the provider's support"),
            "reseller": _("Letter to your reseller"),
        }
        return Letter(
            id=name,
            kind=name,
            language=current(),
            title=titles[name],
            to=_where(reseller) or desk or _(OWNERS[Owner.PROVIDER]),
            subject=_("Mail to {me} does not arrive").format(me=self._me),
            body=_joined([*lines, *self._signed()]),
        )

    def _complaint(self) -> str:
        words = {
            "me": self._me,
            "sender": self._sender,
            "since": self._case.since.isoformat(),
            "domain": self._case.domain,
        }
        if not self._sender:
            return _("please help with the mailbox {me} (domain {domain}).").format(**words)
        return _("mail from {sender} to {me} is missing since {since}.").format(**words)

    def _told(self, finding: Finding) -> list[str]:
        words = render(finding, self._provider)
        sure = "" if finding.certainty is Certainty.SURE else f", {words.certainty}"
        return ["", f"“{words.headline}”", words.meaning, f"({finding.code}{sure})"]

    def _proof(
        self, because: list[str], *, outside: bool = False, title: str | None = None
    ) -> list[str]:
        wanted = set(because)
        seen = {
            _essence(o): o
            for o in reversed(self._evidence.all())
            if o.id in wanted and (not outside or isinstance(o.seen, _FOR_OUTSIDE))
        }
        lines = [f"- {fact_with_time(o)}" for o in reversed(seen.values())]
        return ["", title or _("What was seen:"), *lines[:_MOST_FACTS]] if lines else []

    def _signed(self) -> list[str]:
        return ["", _("Kind regards"), self._me, *filter(None, (self._organisation.name,))]


_CHINESE_MAIL = frozenset(
    {"qq.com", "163.com", "126.com", "sina.com", "sohu.com", "foxmail.com", "aliyun.com"}
)


def _essence(observation: Observation[Any]) -> Hashable:
    """Alike for DNS answers that say the same, whichever server was asked."""
    seen = observation.seen
    if isinstance(seen, dns.DnsAnswer):
        return seen.name, seen.rtype, seen.status, frozenset(seen.records)
    return observation.id


def _where(contact: Contact | None) -> str:
    return (contact.mail or contact.phone or contact.name) if contact else ""


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip() + "\n"
