"""How many messages and octets each folder holds, with as few commands as the server allows.

What it offers is tried, not believed: all folders in one LIST (RFC 5819, RFC 8438), else STATUS of
each folder without waiting in between, else the messages' sizes added up.
"""

import re
import threading
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any

from mailwizard.probes.imap.client import ImapClient, quoted
from mailwizard.probes.imap.crew import Crew
from mailwizard.probes.imap.figures import status_items, status_lines
from mailwizard.probes.imap.folders import Place
from mailwizard.probes.imap.pipeline import Answer, pipelined
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.imap.stream import Reply, fetch_stream
from mailwizard.probes.imap.wire import COMMAND_SECONDS
from mailwizard.probes.setting import Setting

TRY_SECONDS = 4.0  # for a command that is not offered: it may be passed over in silence
MOST_MAIL = 1 << 32  # octets: no server takes a larger mail, so a larger size is none
CHUNK = 20_000  # messages asked for with one command
AT_ONCE = 200  # commands sent in one go
TRIED = 3  # folders, to find out what a server understands
SMALL = 2000  # messages: up to here a folder is read in one go with others
_BATCH_FOLDERS, _BATCH_MESSAGES = 20, 10_000

_LISTED = re.compile(
    rb'\* STATUS (?:"((?:[^"\\]|\\.)*)"|\{(\d{1,4})\+?\}|([^\s"{]\S*)) ?(.*)', re.S | re.I
)
_ONE_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})(?!\d)", re.I)


class Sizes:
    """What is known so far, by wire name; filled by threads, to be read by any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._messages: dict[bytes, int] = {}
        self._octets: dict[bytes, int] = {}
        self._partly: set[bytes] = set()

    def messages(self, place: Place) -> int | None:
        """How many messages a folder holds; None where that is not known."""
        return self._messages.get(place.wire_name)

    def octets(self, place: Place) -> int | None:
        """The octets of a folder's messages; None where that is not known."""
        return self._octets.get(place.wire_name)

    def whole(self, place: Place) -> bool:
        """Whether every message of a folder has been counted."""
        return place.wire_name in self._octets and place.wire_name not in self._partly

    def put(self, name: bytes, said: Mapping[str, int]) -> None:
        """Notes what STATUS says of a folder, as far as that can be true."""
        messages, octets = said.get("MESSAGES"), said.get("SIZE")
        with self._lock:
            if messages is not None:
                self._messages[name] = messages
                if octets is not None and messages <= octets <= messages * MOST_MAIL:
                    self._octets[name] = octets

    def read(self, name: bytes, messages: int, octets: int, *, whole: bool) -> None:
        """Notes what was added up from the messages themselves."""
        with self._lock:
            self._messages[name], self._octets[name] = messages, octets
            if not whole:
                self._partly.add(name)


def by_status(
    client: ImapClient,
    places: Sequence[Place],
    sizes: Sizes,
    capabilities: set[str],
    tell: Callable[[int], None],
) -> None:
    """Asks for the sizes of folders; ``tell`` is given how many have been told.

    Afterwards some may be missing, and of some only the messages may be known. Raises Broken,
    Stopped.
    """
    offered = {"LIST-STATUS", "STATUS=SIZE"} <= capabilities
    try:
        _all_at_once(client, places, sizes, tell, COMMAND_SECONDS if offered else TRY_SECONDS)
    except (Refused, Garbled):
        if client.broken:
            raise Broken("a reply that makes no sense") from None
    left = [place for place in places if sizes.octets(place) is None]
    asked: tuple[bytes, ...] = (b"(MESSAGES SIZE)", b"(MESSAGES)")
    if any(sizes.messages(place) is not None for place in left):
        asked = asked[:1]
    for items in asked:
        understood, tried = _is_understood(client, left[:TRIED], items, sizes)
        if understood:
            for start in range(tried, len(left), AT_ONCE):
                _one_by_one(client, left[start : start + AT_ONCE], items, sizes)
                tell(sum(sizes.octets(place) is not None for place in places))
            return


def _is_understood(
    client: ImapClient, places: Sequence[Place], items: bytes, sizes: Sizes
) -> tuple[bool, int]:
    """Whether the server takes STATUS with these items, and how many folders that needed.

    A single folder may be refused as such, which tells nothing of the command.
    """
    for tried, place in enumerate(places, 1):
        ends = _one_by_one(client, [place], items, sizes)
        if ends != ["NO"]:
            return ends == ["OK"], tried
    return False, len(places)


def _all_at_once(
    client: ImapClient,
    places: Sequence[Place],
    sizes: Sizes,
    tell: Callable[[int], None],
    seconds: float,
) -> None:
    """``LIST "" "*" RETURN (STATUS (MESSAGES SIZE))``: its replies one by one, as they come.

    ``seconds`` bounds each of them.
    """
    wanted = {place.wire_name for place in places}
    finished = False
    try:
        with client.talk(seconds) as wire:
            tag = wire.begin_commands([b'LIST "" "*" RETURN (STATUS (MESSAGES SIZE))'])[0]
            told = 0
            while not (line := wire.readline()).startswith(tag + b" "):
                wire.begin(seconds)
                found = _LISTED.match(line)
                if found is None:
                    if literal := re.search(rb"\{(\d{1,6})\+?\}\r?\n\Z", line):
                        wire.read(int(literal[1]))
                    continue
                name, rest = _name(found), found[4]
                if found[2] is not None:
                    name, rest = wire.read(int(found[2])), wire.readline()
                if name in wanted:
                    sizes.put(name, status_items(rest))
                    told += 1
                    tell(min(told, len(wanted)))
            wire.end_command(tag)
            finished = True
            if not line[len(tag) :].strip().upper().startswith(b"OK"):
                raise client.refusal()
    finally:
        if not finished:
            client.close()


def _name(found: re.Match[bytes]) -> bytes:
    if found[1] is not None:
        return re.sub(rb"\\(.)", rb"\1", found[1])
    return found[3] or b""


def _one_by_one(
    client: ImapClient, places: Sequence[Place], items: bytes, sizes: Sizes
) -> list[str]:
    """STATUS of each folder, pipelined: OK, NO or BAD, and BAD where an item is left out."""
    commands = [b"STATUS %s %s" % (quoted(place.wire_name), items) for place in places]
    ends: list[str] = []
    with closing(_answers(client, commands)) as answering:
        answers = list(answering)
    for answer, line, place in zip(answers, status_lines(answers), places, strict=False):
        if answer.refused is not None:
            ends.append(answer.refused.reply.kind)
            continue
        said = status_items(line or b"")
        sizes.put(place.wire_name, said)
        ends.append("OK" if "SIZE" in said or b"SIZE" not in items else "BAD")
    return ends


def _joined(data: Iterable[Any]) -> bytes:
    return b" ".join(
        bytes(part) for item in data for part in (item if isinstance(item, tuple) else (item,))
    )


def _answers(client: ImapClient, commands: Sequence[bytes]) -> Generator[Answer, None, None]:
    """``pipelined``, where an answer without sense is the connection's end."""
    try:
        yield from pipelined(client, commands)
    except Garbled as garbled:
        raise Broken(str(garbled)) from None


class Reading:
    """Adds up the sizes of the messages of folders whose server does not tell more."""

    def __init__(self, setting: Setting, sizes: Sizes, tell: Callable[[], None]) -> None:
        self._sizes = sizes
        self._tell = tell
        self._alone: set[bytes] = set()  # read one by one, after a connection broke with them
        self._crew: Crew[list[Place]] = Crew(setting, self._batch)

    def work(self, client: ImapClient, places: Sequence[Place]) -> None:
        """Reads all of these folders, on up to three connections. Raises Stopped."""
        empty = [place for place in places if self._sizes.messages(place) == 0]
        for place in empty:
            self._sizes.read(place.wire_name, 0, 0, whole=True)
        batches = self._batches([place for place in places if place not in empty])
        self._crew.work(client, batches)

    def _batches(self, places: Iterable[Place]) -> list[list[Place]]:
        batches: list[list[Place]] = []
        room = 0
        for place in places:
            count = self._sizes.messages(place)
            if count is None or count > SMALL:
                batches.insert(0, [place])  # the large ones first, and by themselves
                room = 0 if len(batches) == 1 else room
            elif batches and room >= count and len(batches[-1]) < _BATCH_FOLDERS:
                batches[-1].append(place)
                room -= count
            else:
                batches.append([place])
                room = _BATCH_MESSAGES - count
        return batches

    def _batch(self, client: ImapClient, places: list[Place]) -> None:
        """Reads some folders. Raises Broken, Stopped."""
        left = [place for place in places if self._sizes.octets(place) is None]
        try:
            if len(left) == 1 or self._alone.intersection(place.wire_name for place in left):
                for place in left:
                    self._one(client, place)
            else:
                self._together(client, left)
        except Broken:
            self._alone.update(place.wire_name for place in left)
            raise

    def _together(self, client: ImapClient, places: Sequence[Place]) -> None:
        commands = [
            command
            for place in places
            for command in (b"EXAMINE " + quoted(place.wire_name), b"FETCH 1:* (RFC822.SIZE)")
        ]
        with closing(_answers(client, commands)) as answers:
            for place in places:
                opened: Answer | None = next(answers, None)
                fetched: Answer | None = next(answers, None)
                if opened is None or fetched is None:
                    break
                if opened.refused is None:
                    self._add_up(place, opened, fetched)
                self._tell()
            for _rest in answers:
                pass

    def _add_up(self, place: Place, opened: Answer, fetched: Answer) -> None:
        said = [line for line in opened.data.get("EXISTS", []) if isinstance(line, bytes)]
        messages = int(said[-1]) if said and said[-1].isdigit() and len(said[-1]) < 11 else 0
        found = (_ONE_SIZE.search(_joined([line])) for line in fetched.data.get("FETCH", []))
        sizes = [int(size[1]) for size in found if size and int(size[1]) < MOST_MAIL]
        self._sizes.read(place.wire_name, messages, sum(sizes), whole=messages <= len(sizes))

    def _one(self, client: ImapClient, place: Place) -> None:
        try:
            messages = client.examine(place.wire_name).messages or 0
            octets = count = 0
            with closing(every_message(client, messages, b"(RFC822.SIZE)")) as replies:
                for reply in replies:
                    size = reply.size
                    if size is not None and size < MOST_MAIL:
                        octets, count = octets + size, count + 1
            self._sizes.read(place.wire_name, messages, octets, whole=messages <= count)
        except (Refused, Garbled):
            if client.broken:
                raise Broken("a reply that makes no sense") from None
        self._tell()


def every_message(client: ImapClient, messages: int, items: bytes) -> Generator[Reply, None, None]:
    """FETCH of all messages of the opened folder, ``messages`` of them, in their order.

    Raises Refused, Garbled, Broken, Stopped.
    """
    for start in range(1, messages + 1, CHUNK):
        numbers = b"%d:%d" % (start, min(start + CHUNK - 1, messages))
        with closing(fetch_stream(client, numbers, items, by_uid=False)) as replies:
            yield from replies


def countable(places: Iterable[Place]) -> list[Place]:
    """The folders to add up: a folder of all mail holds the others', but not junk and trash."""
    opened = [place for place in places if place.folder.selectable]
    if any(place.folder.role == "all" and place.folder.role_by == "flag" for place in opened):
        return [place for place in opened if place.folder.role in ("all", "junk", "trash")]
    return [place for place in opened if place.folder.role != "all"]
