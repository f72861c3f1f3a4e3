"""Letters to those who must act, with the evidence and nothing secret."""

from collections.abc import Iterator

from mailwizard.diagnosis.diagnose import Diagnosis
from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Outcome, Owner
from mailwizard.model.organisation import Organisation
from mailwizard.model.provider import Provider
from mailwizard.text.change_request import about_the_domain, change_requests
from mailwizard.text.letter_desk import ADMINS, Desk, Letter
from mailwizard.text.letters_inside import of_the_network, to_admin, to_it
from mailwizard.text.letters_outside import Outside
from mailwizard.text.letters_support import to_support

__all__ = ["Letter", "letters", "needed"]

# To whom, by who must act: where there is no letter of the first kind, the next one.
_FIRST = {
    Owner.SENDER: ("customer",),
    Owner.SENDER_IT: ("customer-it",),
    Owner.MAIL_ADMIN: ("admin", "domain"),
    Owner.DNS_ADMIN: ("domain", "admin"),
    Owner.IT: ("it", "admin"),
    Owner.PROVIDER: ("provider",),
}
_ASKS_OUTSIDE = ("NEVER_REACHED_US",)


def letters(
    diagnosis: Diagnosis,
    case: Case,
    provider: Provider,
    organisation: Organisation | None = None,
    evidence: Evidence | None = None,
) -> tuple[Letter, ...]:
    """The letters that fit the diagnosis, the one to whoever must act first.

    Those to the customer and their IT, and the change request for the domain, are there in every
    language, the likely one first; the others in the language in use. Without ``evidence`` they
    hold no proof.
    """
    desk = Desk(diagnosis, case, provider, organisation or Organisation(), evidence or Evidence())
    found = list(_all(desk))
    first = _first(diagnosis, found)
    return tuple(sorted(found, key=lambda letter: letter.kind != first))


def needed(diagnosis: Diagnosis, written: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """Those that somebody must get because something was found: what a report holds.

    Every letter that a finding's words speak of is among them.
    """
    verdict = diagnosis.verdict
    if verdict.outcome is not Outcome.CAUSE and verdict.code not in _ASKS_OUTSIDE:
        return tuple(letter for letter in written if letter.kind == "domain")
    kinds = {_first(diagnosis, written), "customer-it", "domain"}
    return tuple(letter for letter in written if letter.kind in kinds)


def _first(diagnosis: Diagnosis, written: list[Letter] | tuple[Letter, ...]) -> str:
    there = {letter.kind for letter in written}
    kinds = _FIRST.get(diagnosis.verdict.owner, ())
    return next((kind for kind in kinds if kind in there), "")


def _all(desk: Desk) -> Iterator[Letter]:
    """Every letter that has something to say."""
    if desk.sender:
        yield from Outside(desk).letters()
    if list(of_the_network(desk)):
        yield to_it(desk)
    asked = about_the_domain(desk)
    yield from change_requests(desk, asked)
    ours = [f for f in desk.causes if f.owner in ADMINS and f not in asked]
    if desk.verdict not in (*ours, *asked):
        ours.append(desk.verdict)
    if ours:
        yield to_admin(desk, ours)
    if desk.known_by != "default" or not len(desk.evidence):
        yield to_support(desk, "provider")
    if desk.organisation.reseller:
        yield to_support(desk, "reseller")
