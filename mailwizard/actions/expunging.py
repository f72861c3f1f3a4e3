"""What every removal of single messages needs: the mark, and whether no others go with them."""

from collections.abc import Iterable

DELETED = b"(\\Deleted)"


def takes_uid_expunge(capabilities: Iterable[str]) -> bool:
    """Whether UID EXPUNGE is offered: as UIDPLUS (RFC 4315), or within IMAP4rev2 (RFC 9051, 6.4.9).

    It is believed only where it is offered: another server might take it for EXPUNGE, which
    removes what other programs have marked, too.
    """
    return not {"UIDPLUS", "IMAP4REV2"}.isdisjoint(capabilities)
