"""The change request to whoever manages the domain: what is, what should be, why, how to verify."""

from collections.abc import Iterator
from itertools import groupby

from mailwizard.model.finding import Certainty, Finding, Outcome, Owner, Step
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.providers.match import by_client_host
from mailwizard.text.change_how import how_long, verifying, who
from mailwizard.text.change_records import Wanted, texts_of, wanted
from mailwizard.text.change_words import (
    CHANGES,
    EVIDENCE,
    KNOWN_BY,
    OTHER,
    PERHAPS_MX,
    SAME_MX,
    Change,
    Kind,
)
from mailwizard.text.finding_text import CERTAINTIES, OWNERS, provider_name, render
from mailwizard.text.joined import listed
from mailwizard.text.language import LANGUAGES, _, current
from mailwizard.text.letter_desk import Desk, Letter, joined, where_of
from mailwizard.text.letter_records import console_lines, side_by_side, views, zone_lines

_ORDER: tuple[Kind, ...] = (
    "registration",
    "servers",
    "dnssec",
    "mx",
    "address",
    "policy",
    "tlsa",
    "other",
)


def about_the_domain(desk: Desk) -> list[Finding]:
    """The findings whose remedy is a change of the domain's own entries."""
    return [
        f
        for f in desk.causes
        if f.code in CHANGES or (f.step is Step.DNS and f.owner is Owner.DNS_ADMIN)
    ]


def change_requests(desk: Desk, asked: list[Finding]) -> Iterator[Letter]:
    """In Chinese and in English, the language in use first; nothing where nothing is asked."""
    if not asked:
        return
    title = _("Change request for your domain ({language})")
    to = where_of(desk.organisation.administrator) or _(OWNERS[Owner.DNS_ADMIN])

    def write(language: str) -> Letter:
        return Letter(
            id=f"domain-{language}",
            kind="domain",
            language=language,
            title=title.format(language=LANGUAGES[language]),
            to=to,
            subject=_("Change request for the domain {domain}").format(domain=desk.case.domain),
            body=joined([*_lines(desk, asked), *desk.signed()]),
        )

    yield from desk.in_languages(current(), write)


def change_of(finding: Finding) -> Change:
    """What a finding asks for."""
    variant = f"{finding.code}:{finding.data.get('variant', '')}"
    return CHANGES.get(variant) or CHANGES.get(finding.code) or OTHER


def _lines(desk: Desk, asked: list[Finding]) -> Iterator[str]:
    domain = desk.case.domain
    harm = any(f.outcome is Outcome.CAUSE for f in asked)
    yield _("Hello,")
    yield ""
    if harm:
        told = _("mail to {domain} does not arrive as it should. This needs a change:")
    else:
        told = _("mail to {domain} arrives, but is at risk. This should be changed:")
    yield told.format(domain=domain)
    ranked = sorted(asked, key=lambda f: _ORDER.index(change_of(f).kind))
    for number, (kind, found) in enumerate(groupby(ranked, key=lambda f: change_of(f).kind), 1):
        yield from _part(desk, number, kind, list(found))
    yield ""
    yield _("Who that is likely to be:")
    yield from (f"- {line}" for line in who(desk.case, desk.evidence))
    yield from desk.proof([name for f in asked for name in f.because], outside=True)


def _part(desk: Desk, number: int, kind: Kind, found: list[Finding]) -> Iterator[str]:
    """One kind of entry: what is asked, why, before and after, how long, how to verify."""
    should = wanted(kind, found, desk)
    yield ""
    for line in dict.fromkeys(_asked(desk, finding, should) for finding in found):
        yield f"{number}. {line}"
    yield ""
    yield _("Why:")
    for finding in found:
        words = render(finding, desk.provider)
        sure = (
            "" if finding.certainty is Certainty.SURE else f", {_(CERTAINTIES[finding.certainty])}"
        )
        yield f"- {words.headline} ({finding.code}{sure})"
    yield f"- {_expert(desk, kind, found, should)}"
    yield from _now(desk, should)
    yield from _afterwards(desk, should)
    yield ""
    yield _("How long it takes:")
    yield f"- {how_long(kind, should, desk.evidence)}"
    yield ""
    yield _("How to verify it afterwards:")
    yield from (f"  {line}" for line in verifying(kind, should, desk))


def _asked(desk: Desk, finding: Finding, should: Wanted) -> str:
    change = change_of(finding)
    text = change.asked
    if change.blind and not should.records:
        text = change.blind
    elif change.kind == "mx" and should.as_it_is:
        text = SAME_MX
    elif change.kind == "mx" and finding.certainty is Certainty.POSSIBLE:
        text = PERHAPS_MX
    return _(text).format(
        domain=desk.case.domain,
        provider=provider_name(desk.provider),
        target=finding.data.get("target") or "…",
    )


def _expert(desk: Desk, kind: Kind, found: list[Finding], should: Wanted) -> str:
    seen = [v for name in should.names for v in views(desk.evidence, name, should.rtype)]
    first = seen[0] if seen else None
    records = listed(r.data for r in first.records) or first.none if first else "…"
    text = _(EVIDENCE[kind]).format(who=listed(first.by) if first else "…", records=records)
    known = KNOWN_BY.get("sign-in" if _signed_in(desk) else desk.known_by)
    if kind == "mx" and should.records and known:
        text += " " + _("The mailbox is at {provider}: {known}.").format(
            provider=provider_name(desk.provider), known=_(known)
        )
    servers = [t for f in found for t in texts_of(f, "servers")]
    if kind == "servers" and servers:
        text += " " + _("It is about {servers}.").format(servers="; ".join(servers))
    return text


def _signed_in(desk: Desk) -> bool:
    """Whether the user's password worked at the provider's own server."""
    hosts = [o.seen.host for o in desk.evidence.of(SignIn) if o.seen.outcome == "ok"]
    return any(by_client_host(host) == desk.provider for host in hosts)


def _now(desk: Desk, should: Wanted) -> Iterator[str]:
    """Each record as it is, and by whom it was seen."""
    seen = [v for name in should.names for v in views(desk.evidence, name, should.rtype)]
    if not seen and not should.now:
        return
    yield ""
    yield _("What is there now:")
    for view in seen:
        yield from zone_lines(view.records)
        if view.none:
            yield f"  {should.names[0]}.  {should.rtype}  {view.none}"
        yield "    " + _("as seen by {servers}").format(servers=listed(view.by))
    yield from (f"  {line}" for line in should.now)


def _afterwards(desk: Desk, should: Wanted) -> Iterator[str]:
    if should.text:
        yield ""
        yield _("What should be there:")
        yield from (f"  {line}" for line in should.text)
    if not should.records:
        return
    present = views(desk.evidence, should.names[0], should.rtype)
    # What everybody who answers has between them; the same record only once.
    before = dict.fromkeys(r.data for v in present for r in v.records)
    yield ""
    yield _("Before and after, side by side:")
    now = list(before) or [present[0].none if present else _("(not seen)")]
    yield from side_by_side(
        [f"{should.rtype} {data}" if data in before else data for data in now],
        [f"{should.rtype} {r.data}" for r in should.records],
    )
    yield ""
    yield _("What should be there, as lines of a zone file:")
    yield from zone_lines(should.records)
    yield ""
    yield _("The same as the fields of a console:")
    yield from console_lines(should.records, should.zone)
    if should.rtype == "MX":
        yield ""
        yield _("Please compare with what {provider} shows in the administrator's console.").format(
            provider=provider_name(desk.provider)
        )
