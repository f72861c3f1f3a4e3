"""What was seen of one server: how far a connection went, and the whole chain it presented."""

from mailwizard.model.seen.network import Certificate, Endpoint, HttpReply
from mailwizard.text.joined import listed
from mailwizard.text.language import _

MOST_NAMES = 4
MOST_CERTIFICATES = 5


def endpoint_fact(seen: Endpoint) -> str:
    """One address of one server, as far as it went."""
    place = f"{seen.host} [{seen.address}]:{seen.port}"
    parts = [
        seen.connect,
        f"STARTTLS {seen.starttls}" if seen.starttls else "",
        f"TLS {seen.tls}" if seen.tls else "",
        seen.tls_version,
        seen.greeting,
    ]
    line = _with_detail(f"{seen.service} {place} ({seen.role}): {_joined(parts)}", seen.detail)
    if seen.small_hello:
        line += "; " + _("a minimal TLS hello: {answer}").format(answer=seen.small_hello)
    if seen.offers:
        line += "; " + _("offers at most {version}").format(version=seen.offers)
    if seen.fits:
        line += "; " + _("proves itself as {names}").format(names=listed(seen.fits))
    # Of others' servers only what is not in order; of the user's own always, for comparison.
    if seen.chain and (seen.tls != "ok" or seen.role == "provider"):
        line += "; " + chain_words(seen.chain)
    return line


def http_fact(seen: HttpReply) -> str:
    """One request to a control host."""
    status = str(seen.status) if seen.status is not None else seen.outcome
    tls = f"TLS {seen.tls}" if seen.tls not in ("", "ok") else ""
    line = f"HTTP {seen.url}: {_joined([status, seen.location, tls])}"
    if seen.chain and seen.tls != "ok":
        line += "; " + chain_words(seen.chain)
    return line


def chain_words(chain: tuple[Certificate, ...]) -> str:
    """Every certificate of a chain, the server's own first: names, issuer, dates."""
    told = [
        _("certificate {number}: {subject}{names}, issued by {issuer}, {start} to {end}").format(
            number=number,
            subject=certificate.subject or "-",
            names=_names(certificate.names),
            issuer=certificate.issuer or "-",
            start=f"{certificate.not_before:%Y-%m-%d}",
            end=f"{certificate.not_after:%Y-%m-%d}",
        )
        for number, certificate in enumerate(chain[:MOST_CERTIFICATES], 1)
    ]
    if len(chain) > MOST_CERTIFICATES:
        told.append(_("and {more} more").format(more=len(chain) - MOST_CERTIFICATES))
    return "; ".join(told)


def _names(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    more = f" +{len(names) - MOST_NAMES}" if len(names) > MOST_NAMES else ""
    return f" ({listed(names[:MOST_NAMES])}{more})"


def _joined(parts: list[str]) -> str:
    return ", ".join(part for part in parts if part) or "-"


def _with_detail(text: str, detail: str) -> str:
    return f"{text} ({detail})" if detail else text
