"""What the diagnosis concludes: a code, an outcome, an owner, a certainty, and its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Step(StrEnum):
    """The steps of the decision tree, in its documented order."""

    SPAM = "spam"
    QUOTA = "quota"
    NETWORK = "network"
    DNS = "dns"
    SENDER = "sender"


class Outcome(StrEnum):
    """How a finding bears on the missing mail."""

    CAUSE = "cause"  # explains the missing mail
    RISK = "risk"  # may explain it, or soon will
    CLEAR = "clear"  # checked, in order
    UNKNOWN = "unknown"  # could not be checked: never a fault, never in order
    INFO = "info"


class Owner(StrEnum):
    """Who must act."""

    YOU = "you"
    IT = "it"
    MAIL_ADMIN = "mail-admin"
    DNS_ADMIN = "dns-admin"
    PROVIDER = "provider"
    SENDER = "sender"
    SENDER_IT = "sender-it"
    WAIT = "wait"
    NONE = "none"


class Certainty(StrEnum):
    """How sure we are, from the evidence alone."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"


Value = str | int | float | bool | None | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One conclusion.

    ``because`` holds the ids of the observations it stands on: one without is a defect.
    ``data`` fills the placeholders of its text (names, counts, addresses): JSON scalars or tuples
    of strings, untrusted, never markup.
    """

    code: str
    step: Step
    outcome: Outcome
    owner: Owner
    certainty: Certainty
    because: tuple[str, ...]
    data: Mapping[str, Value] = field(default_factory=dict)
