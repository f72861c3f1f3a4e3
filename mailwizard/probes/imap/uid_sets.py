"""UID sets as commands take them (RFC 9051, 9: sequence-set), such as ``5:9,12``."""

from collections.abc import Iterable, Iterator

_MOST_OCTETS = 4000  # of one set, so that no server finds the command's line too long


def uid_set(uids: Iterable[int]) -> bytes:
    """Ascending UIDs as one set, neighbours joined."""
    return b",".join(_pieces(uids))


def uid_sets(uids: Iterable[int]) -> Iterator[bytes]:
    """The same in sets of bounded length."""
    part = b""
    for piece in _pieces(uids):
        if part and len(part) + len(piece) >= _MOST_OCTETS:
            yield part
            part = b""
        part = part + b"," + piece if part else piece
    if part:
        yield part


def _pieces(uids: Iterable[int]) -> Iterator[bytes]:
    first = last = 0
    for uid in uids:
        if first and uid == last + 1:
            last = uid
            continue
        if first:
            yield _piece(first, last)
        first = last = uid
    if first:
        yield _piece(first, last)


def _piece(first: int, last: int) -> bytes:
    return b"%d" % first if first == last else b"%d:%d" % (first, last)
