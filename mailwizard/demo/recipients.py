"""What the demo's mail exchangers say of recipients: of a full mailbox only while it is full."""

from collections.abc import Callable, Iterator, Mapping

TAKEN = "250 2.1.5 Ok"


class Recipients(Mapping[str, str]):
    """Replies to RCPT by address. ``me`` is taken as soon as ``full`` says no."""

    def __init__(self, replies: Mapping[str, str], me: str, full: Callable[[], bool]) -> None:
        self._replies = dict(replies)
        self._me = me
        self._full = full

    def __getitem__(self, address: str) -> str:
        reply = self._replies[address]
        return reply if address != self._me or self._full() else TAKEN

    def __iter__(self) -> Iterator[str]:
        return iter(self._replies)

    def __len__(self) -> int:
        return len(self._replies)
