"""Whether a message is from the sender that was asked about, by its header fields alone."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mailwizard.model.case import Case, domain_of
from mailwizard.reading.free_mail import is_free_mail
from mailwizard.reading.headers import Mailbox, decoded, mailboxes
from mailwizard.reading.subjects import same_subject

Trait = Literal["address", "domain", "reply-to", "sender", "name", "subject", "attachment"]
_SHORT = 500  # octets: longer fields are not kept


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

    @property
    def by_attachment(self) -> bool:
        """Whether a file is known by its name."""
        return self.attachment is not None

    def trait(self, fields: dict[str, list[bytes]]) -> Trait | None:
        """How a message is tied to the sender, by its strongest trait; None if it is not."""
        if self.written_by_me(fields):
            return None
        authors = _mailboxes(fields, "from")
        if self._by_address(authors):
            return "address"
        if self._by_domain(authors):
            return "domain"
        others: tuple[tuple[str, Trait], ...] = (
            ("reply-to", "reply-to"),
            ("sender", "sender"),
            ("return-path", "sender"),
        )
        for name, trait in others:
            found = _mailboxes(fields, name)
            if self._by_address(found) or self._by_domain(found):
                return trait
        if self.address and any(self.address in author.name.casefold() for author in authors):
            return "name"
        if self.subject and any(
            same_subject(self.subject, decoded(value)) for value in fields.get("subject", [])[:1]
        ):
            return "subject"
        return None

    def written_by_me(self, fields: dict[str, list[bytes]]) -> bool:
        """Whether the user wrote it."""
        return any(self._is_me(author) for author in _mailboxes(fields, "from"))

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


def author_of(fields: dict[str, list[bytes]]) -> str:
    """The first author's address as it is compared; "" where there is none."""
    authors = _mailboxes(fields, "from")
    return authors[0].address.lower() if authors else ""


def _mailboxes(fields: dict[str, list[bytes]], name: str) -> list[Mailbox]:
    values = fields.get(name)
    if not values:
        return []
    if len(values) == 1 and len(values[0]) <= _SHORT:
        return _known_mailboxes(values[0])
    return [mailbox for value in values[:3] for mailbox in mailboxes(value)]


@lru_cache(maxsize=2000)
def _known_mailboxes(value: bytes) -> list[Mailbox]:
    """The same for a field that is likely to come again."""
    return mailboxes(value)


def _normal(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local.lower()}@{domain_of(domain)}"
