"""Letters to people outside: to the customer, and to the customer's IT."""

from collections.abc import Iterator

from mailwizard.model.finding import Finding, Outcome, Owner
from mailwizard.model.seen import door, mailbox
from mailwizard.model.shown import shown
from mailwizard.text.facts import when
from mailwizard.text.finding_text import CERTAINTIES, OWNERS
from mailwizard.text.language import LANGUAGES, _
from mailwizard.text.letter_customer import customer_lines
from mailwizard.text.letter_desk import Desk, Letter, joined
from mailwizard.text.letter_words import ASK_FOR_LOG, TO_CUSTOMER, TO_THEIR_IT

_CHINESE_MAIL = frozenset(
    {"qq.com", "163.com", "126.com", "sina.com", "sohu.com", "foxmail.com", "aliyun.com"}
)
_FAR_OWNERS = {"customer": Owner.SENDER, "customer-it": Owner.SENDER_IT}


class Outside:
    """Writes in every language, the customer's likely one first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def letters(self) -> Iterator[Letter]:
        """Those to the customer, and to their IT where there is something to ask."""
        first = self._their_language()
        to = self._to("customer")
        title = _("Letter to the customer ({language})")
        yield from self._desk.in_languages(
            first, lambda language: self._to_customer(language, _named(title, language), to)
        )
        if not self._concerns_their_it():
            return
        it = self._to("customer-it")
        it_title = _("Letter to the customer's IT ({language})")
        yield from self._desk.in_languages(
            first, lambda language: self._to_their_it(language, _named(it_title, language), it)
        )

    def _to(self, name: str) -> str:
        return self._their_address(name) or _(OWNERS[_FAR_OWNERS[name]])

    def _their_address(self, name: str) -> str:
        """Where mail can reach them; "" if their domain takes none, or none is known."""
        unreachable = {"SENDER_DOMAIN_DEAD", "SENDER_CANNOT_RECEIVE"}
        if any(f.code in unreachable and f.outcome is Outcome.CAUSE for f in self._desk.causes):
            return ""
        if name == "customer-it" and self._desk.case.sender_domain:
            return f"postmaster@{self._desk.case.sender_domain}"  # RFC 5321, section 4.5.1
        return shown(self._desk.case.sender_address or "", 254)

    def _their_language(self) -> str:
        domain = self._desk.case.sender_domain or ""
        chinese = domain.endswith((".cn", ".xn--fiqs8s")) or domain in _CHINESE_MAIL
        return "zh_CN" if chinese else "en"

    def _theirs(self) -> list[Finding]:
        return [
            f
            for f in self._desk.causes
            if f.owner in (Owner.SENDER, Owner.SENDER_IT) and f.code != "NEVER_REACHED_US"
        ]

    def _concerns_their_it(self) -> bool:
        """Whether there is something to ask them: never because of a mere risk."""
        if self._desk.verdict.code == "NEVER_REACHED_US":
            return True
        return any(f.outcome is Outcome.CAUSE for f in self._theirs())

    def _to_customer(self, language: str, title: str, to: str) -> Letter:
        verdict, me = self._desk.verdict, self._desk.me
        lines = [_("Hello,"), "", *customer_lines(verdict, me, self._desk.case.since), ""]
        lines.append(_("If an answer by mail does not reach me, please call me."))
        lines += self._desk.signed()
        if verdict.owner is Owner.SENDER_IT or verdict.code == "NEVER_REACHED_US":
            lines += ["", "", _("--- For your IT ---"), "", *self._their_it_lines()]
        return Letter(
            id=f"customer-{language}",
            kind="customer",
            language=language,
            title=title,
            to=to,
            subject=_("Your mail to {me}").format(me=self._desk.me),
            body=joined(lines),
        )

    def _to_their_it(self, language: str, title: str, to: str) -> Letter:
        return Letter(
            id=f"customer-it-{language}",
            kind="customer-it",
            language=language,
            title=title,
            to=to,
            subject=_("Mail from {domain} does not arrive").format(
                domain=self._desk.case.sender_domain
            ),
            body=joined([_("Hello,"), "", *self._their_it_lines(), *self._desk.signed()]),
        )

    def _their_it_lines(self) -> list[str]:
        case, theirs = self._desk.case, self._theirs()
        words = {
            "me": self._desk.me,
            "sender": self._desk.sender,
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
        lines += self._desk.proof(because, outside=True)
        return [*lines, *self._our_side()]

    def _our_side(self) -> list[str]:
        """What was really seen in order here, so that nobody looks for it twice."""
        searches = self._desk.evidence.of(mailbox.FolderSearch)
        lines: list[str] = []
        if searches and self._desk.verdict.code == "NEVER_REACHED_US":
            done = sum(1 for search in searches if search.seen.complete)
            lines.append(
                _("Searched here: {done} of {all} folders since {since}, no mail from you.").format(
                    done=done, all=len(searches), since=self._desk.case.since.isoformat()
                )
            )
        for seen in self._desk.evidence.of(door.SmtpDoor):
            taken = [r.reply for r in seen.seen.rcpt if r.who == "user" and r.reply.code == 250]
            if seen.seen.whose == "own" and taken:
                words = {"when": when(seen), "host": seen.seen.host, "me": self._desk.me}
                reply = f"{taken[0].code} {taken[0].enhanced} {taken[0].text}"
                told = _("{when}: our mail exchanger {host} accepts mail to {me} ({reply}).")
                lines.append(told.format(**words, reply=reply))
        return ["", _("Our own side:"), *(f"- {line}" for line in lines)] if lines else []


def _named(title: str, language: str) -> str:
    return title.format(language=LANGUAGES[language])
