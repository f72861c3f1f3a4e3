"""What every form of registration data is read into: the fields, the states, the times."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from mailwizard.model.case import domain_of
from mailwizard.model.shown import shown

MAX_STATUS = 20
MAX_SERVERS = 20
_CHINA = timezone(timedelta(hours=8))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What was read. ``found`` None: the text says neither that it exists nor that it does not.

    ``domain`` is the name that the reply is about, in A-labels, "" if it does not tell.
    ``limited``: the reply says that too many questions were asked.
    """

    found: bool | None
    domain: str = ""
    status: tuple[str, ...] = ()
    expires: datetime | None = None
    registrar: str = ""
    name_servers: tuple[str, ...] = ()
    limited: bool = False


def about(read: Registered, domain: str) -> bool:
    """Whether a reply is about a domain or the one above it, and not about some other."""
    return not read.domain or domain == read.domain or domain.endswith(f".{read.domain}")


def host_name(text: str) -> str:
    """A host or domain name in A-labels, lower case, without the final dot; "" if it is none."""
    name = domain_of(shown(text, 255))
    return name if re.fullmatch(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+", name) else ""


def rdap_status(text: str) -> str:
    """An EPP status in RDAP's spelling (RFC 8056): ``clientHold https://…`` → ``client hold``."""
    word = shown(text, 60)
    word = re.sub(r"\s*\(?https?:.*", "", word) or word
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word).lower()


def parse_time(text: str) -> datetime | None:
    """A time as registries write it, in UTC; None if the form is not known.

    RFC 3339; ``2027-05-01 04:00:00`` (the Chinese registry, in China's time); ``2027-05-01``;
    ``2027.05.01``; ``2027. 05. 01.``; ``2027年05月01日``; ``01-May-2027``. A date alone is taken
    for its end; of the two readings of ``05/06/2027`` the later counts.
    """
    clean = text.strip()[:64]
    try:
        moment = datetime.fromisoformat(clean.replace("Z", "+00:00").replace("z", "+00:00"))
    except ValueError:
        return _date(clean)
    try:
        if re.fullmatch(r"\d{4}-?\d\d-?\d\d", clean):
            return moment.replace(tzinfo=UTC) + timedelta(days=1)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=_CHINA)
        return moment.astimezone(UTC)
    except OverflowError:  # the first or the last day of the calendar
        return None


_YEAR_FIRST = re.compile(
    r"(?a:(\d{4}))(?:[-./年]|\. )(?a:(\d{1,2}|[a-z]{3}))(?:[-./月]|\. )(?a:(\d{1,2}))"
    r"(?![0-9])",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    r"(?a:(\d{1,2}))([-./ ])(?a:(\d{1,2}|[a-z]{3}))[-./ ](?a:(\d{4}))(?![0-9])", re.IGNORECASE
)


def _date(text: str) -> datetime | None:
    if match := _YEAR_FIRST.match(text):
        return _end_of_day(match[1], match[2], match[3])
    if match := _DAY_FIRST.match(text):
        readings = [_end_of_day(match[4], match[3], match[1])]
        if match[2] == "/":
            readings.append(_end_of_day(match[4], match[1], match[3]))
        return max((moment for moment in readings if moment is not None), default=None)
    return None


def _end_of_day(year: str, month: str, day: str) -> datetime | None:
    number = int(month) if month.isdecimal() else 0
    if not number and month.lower() in _MONTHS:
        number = _MONTHS.index(month.lower()) + 1
    try:
        return datetime(int(year), number, int(day), tzinfo=UTC) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None
