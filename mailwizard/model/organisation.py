"""What an organisation prescribes for its own people: contacts, provider, hosts for comparison."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person or desk to turn to. Empty strings where the organisation's file says nothing."""

    name: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation's own settings; everything may be missing.

    ``controls`` holds those fields of ``probes.controls.Controls`` that replace the standard ones,
    already checked and of the right type (for ``dataclasses.replace``).
    """

    name: str = ""
    administrator: Contact | None = None
    reseller: Contact | None = None
    provider: str | None = None
    imap_host: str | None = None
    imap_port: int | None = None
    language: str | None = None
    controls: Mapping[str, Any] = field(default_factory=dict)
