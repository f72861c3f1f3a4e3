"""Whether a message is from the sender that was asked about, by its header fields alone."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mailwizard.model.case import Case, domain_of
from mailwizard.reading.free_mail import is_free_mail
from mailwizard.reading.headers import Mailbox, decoded, mailboxes
from mailwizard.reading.subjects import subject_ties

Trait = Literal["address", "domain", "reply-to", "sender", "name", "subject", "attachment"]
_ADDRESSES = ("from", "reply-to", "sender", "return-path")
_SHORT = 600  # octets: longer fields are not remembered
_Raw = tuple[tuple[bytes, ...], ...]  # the values of those fields


@dataclass(frozen=True, slots=True)
class Wanted:
    """What ties a message to the case. ``address`` and ``domain`` in lower case, ASCII domain."""

    address: str | None
    domain: str | None
    subject: str | None
    me: str
    attachment: str | None = None
    size: int | None = None

    @classmethod
    def of(cls, case: Case) -> "Wanted | None":
        """What to look for; None without a sender."""
        if case.sender is None:
            return None
        domain = case.sender_domain
        address = _normal(case.sender) if "@" in case.sender else None
        # Other people write from a public mail service's addresses, too.
        alone = address is not None and domain is not None and is_free_mail(domain)
        return cls(
            address,
            None if alone else domain,
            case.subject,
            _normal(case.me),
            case.attachment,
            case.size,
        )

    def trait(self, fields: dict[str, list[bytes]]) -> Trait | None:
        """How a message is tied to the sender, by its strongest trait; None if it is not."""
        raw = tuple(tuple(fields[name][:3]) if name in fields else () for name in _ADDRESSES)
        octets = sum(len(value) for values in raw for value in values)
        mine, trait = _known_tie(self, raw) if octets <= _SHORT else self.tie(raw)
        if mine or trait is not None:
            return trait
        if self.subject and any(
            subject_ties(self.subject, decoded(value)) for value in fields.get("subject", [])[:1]
        ):
            return "subject"
        return None

    def tie(self, raw: _Raw) -> tuple[bool, Trait | None]:
        """Whether the user wrote it; else how its addresses tie it to the sender."""
        authors, *others = ([m for value in values for m in mailboxes(value)] for values in raw)
        if any(self._is_me(author) for author in authors):
            return True, None
        if self._by_address(authors):
            return False, "address"
        if self._by_domain(authors):
            return False, "domain"
        traits: tuple[Trait, ...] = ("reply-to", "sender", "sender")
        for found, trait in zip(others, traits, strict=True):
            if self._by_address(found) or self._by_domain(found):
                return False, trait
        if self.address and any(self.address in author.name.casefold() for author in authors):
            return False, "name"
        return False, None

    def written_by_me(self, fields: dict[str, list[bytes]]) -> bool:
        """Whether the user wrote it."""
        values = fields.get("from", [])[:3]
        return any(self._is_me(author) for value in values for author in mailboxes(value))

    def _is_me(self, author: Mailbox) -> bool:
        own = _normal(author.address)
        return own == self.me and own != self.address

    def _by_address(self, found: list[Mailbox]) -> bool:
        return self.address is not None and any(
            _normal(mailbox.address) == self.address for mailbox in found
        )

    def _by_domain(self, found: list[Mailbox]) -> bool:
        if self.domain is None:
            return False
        return any(
            mailbox.domain == self.domain or mailbox.domain.endswith("." + self.domain)
            for mailbox in found
        )


@lru_cache(maxsize=4000)
def _known_tie(wanted: Wanted, raw: _Raw) -> tuple[bool, Trait | None]:
    """The same for fields that are likely to come again."""
    return wanted.tie(raw)


def _normal(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local.lower()}@{domain_of(domain)}"
