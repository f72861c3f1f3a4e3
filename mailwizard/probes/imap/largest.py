"""The largest messages of the opened folder, without reading the sizes of all of them.

SEARCH LARGER is asked with falling bounds until it gives enough. It is tried, not believed: a bound
that nothing exceeds must give nothing, and each hit's own size is read.
"""

import heapq
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.replies import Garbled, Refused
from mailwizard.probes.imap.space import MOST_MAIL, every_message
from mailwizard.probes.imap.stream import Reply, fetch_stream
from mailwizard.probes.imap.uid_sets import uid_sets
from mailwizard.probes.imap.wire import COMMAND_SECONDS

MANY = 2000  # messages: below, reading all sizes is as quick as asking
MOST_HITS = 4000  # whose sizes are read without asking for a closer bound
_BOUNDS = tuple(1 << power for power in range(25, 8, -2))  # 32 MB … 512 octets
_CLOSER = 5  # times that the bound is moved up between two that are known
_ABSURD = 0xFFFFFFFE
_NUMBER = re.compile(rb"\d{1,10}(?!\d)")


class _NotToBeBelieved(Exception):
    """What SEARCH LARGER gives cannot be true."""


def largest(client: ImapClient, messages: int, most: int = 50) -> list[tuple[int, int]]:
    """UID and RFC822.SIZE of the ``most`` largest, the largest first.

    ``messages`` is EXISTS. Raises Refused, Garbled, Broken, Stopped.
    """
    if messages > MANY:
        try:
            return _by_search(client, messages, most)
        except (Refused, Garbled, _NotToBeBelieved):
            if client.broken:
                raise
    with closing(every_message(client, messages, b"(UID RFC822.SIZE)")) as replies:
        return _top(sizes(replies), most)


def _by_search(client: ImapClient, messages: int, most: int) -> list[tuple[int, int]]:
    if _larger(client, _ABSURD):
        raise _NotToBeBelieved
    above, bound, hits = 0, 0, array("I")
    for bound in _BOUNDS:
        hits = _larger(client, bound)
        if len(hits) >= most:
            break
        above = bound
    else:
        raise _NotToBeBelieved  # so many messages, and hardly one has a size
    for _time in range(_CLOSER):
        if len(hits) <= MOST_HITS or not above:
            break
        middle = round((bound * above) ** 0.5)
        fewer = _larger(client, middle)
        if len(fewer) >= most:
            bound, hits = middle, fewer
        else:
            above = middle
    if len(hits) > messages // 2:
        raise _NotToBeBelieved  # of no use: all sizes can as well be read
    found = _top(_sizes_of(client, hits, bound), most)
    if len(found) < most:
        raise _NotToBeBelieved
    return found


def _sizes_of(client: ImapClient, uids: Sequence[int], bound: int) -> Iterator[tuple[int, int]]:
    wanted = frozenset(uids)
    believed = True  # read to the end all the same: the connection is still needed
    for numbers in uid_sets(sorted(wanted)):
        with closing(fetch_stream(client, numbers, b"(UID RFC822.SIZE)")) as replies:
            for uid, size in sizes(replies):
                if uid in wanted:
                    believed = believed and size > bound
                    yield uid, size
    if not believed:
        raise _NotToBeBelieved


def sizes(replies: Iterable[Reply]) -> Iterator[tuple[int, int]]:
    """UID and size of each reply that has both and can be true."""
    for reply in replies:
        uid, size = reply.uid, reply.size
        if uid is not None and size is not None and size < MOST_MAIL:
            yield uid, size


def _top(found: Iterable[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    heap: list[tuple[int, int]] = []
    known: set[int] = set()
    for uid, size in found:
        if (len(heap) == most and size <= heap[0][0]) or uid in known:
            continue
        known.add(uid)
        if len(heap) < most:
            heapq.heappush(heap, (size, uid))
        else:
            known.discard(heapq.heapreplace(heap, (size, uid))[1])
    return [(uid, size) for size, uid in sorted(heap, key=lambda one: (-one[0], one[1]))]


def _larger(client: ImapClient, bound: int) -> "array[int]":
    """UID SEARCH LARGER: the UIDs as they come, four octets each."""
    found = array("I")
    with client.talk() as wire:
        tag = wire.begin_commands([b"UID SEARCH LARGER %d" % bound])[0]
        while not (line := wire.readline()).startswith(tag + b" "):
            if line[:9].upper() == b"* SEARCH ":
                for number in _NUMBER.finditer(line, 9):
                    if (uid := int(number[0])) <= 0xFFFFFFFF:
                        found.append(uid)
            wire.begin(COMMAND_SECONDS)
        wire.end_command(tag)
        if not line[len(tag) :].strip().upper().startswith(b"OK"):
            raise client.refusal()
    return found
