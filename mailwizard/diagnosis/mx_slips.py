"""Names that are a slip of the fingers away from a provider's mail exchanger."""

from collections.abc import Iterable

from mailwizard.model.provider import Provider
from mailwizard.reading.addresses import distance

_SLIPS = 2
_LONG = 14  # letters: in a shorter name, two slips make it another one


def nearest_mx(host: str, providers: Iterable[Provider]) -> str:
    """The one exchanger of these providers that a name is a slip or two away from; else ""."""
    name = host.rstrip(".").lower()
    slips: dict[int, set[str]] = {}
    for known in (mx for provider in providers for mx in provider.mx):
        meant = _like(name, known)
        slips.setdefault(distance(name, meant, _SLIPS), set()).add(meant)
    if 0 in slips:
        return ""
    for count in range(1, _SLIPS + 1 if len(name) >= _LONG else 2):
        if count in slips:
            # Beside mx1 and mx2, a wrong mx9 is as near to both: any of them shows the slip.
            return min(slips[count])
    return ""


def _like(name: str, known: str) -> str:
    """A known exchanger, with the name's own labels where ``*.`` stands for any."""
    if not known.startswith("*."):
        return known
    suffix = known[2:]
    labels = name.split(".")
    own = labels[: max(1, len(labels) - suffix.count(".") - 1)]
    return ".".join((*own, suffix))
