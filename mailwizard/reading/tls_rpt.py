"""SMTP TLS Reporting as published text (RFC 8460 section 3): where senders report trouble to."""

import re
from collections.abc import Iterable

from mailwizard.model.shown import shown

MAX_ADDRESSES = 10

_RECORD = re.compile(r"v=TLSRPTv1[ \t]*;(.*)", re.DOTALL)
_USED = ("mailto:", "https:")


def published(records: Iterable[str]) -> str:
    """The domain's record, or "": none, or more than one, counts as none."""
    found = [record for record in records if _RECORD.fullmatch(record)]
    return found[0] if len(found) == 1 else ""


def addresses(record: str) -> tuple[str, ...]:
    """The URIs that reports go to, shown safely; other schemes than the two known are left out."""
    match = _RECORD.fullmatch(record)
    for field in match[1].split(";") if match else ():
        name, equals, value = field.partition("=")
        if equals and name.strip() == "rua":
            uris = [uri.strip() for uri in value.split(",")]
            kept = [shown(uri, 255) for uri in uris if uri.lower().startswith(_USED)]
            return tuple(kept[:MAX_ADDRESSES])
    return ()
