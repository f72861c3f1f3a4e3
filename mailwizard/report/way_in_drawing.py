"""The map of the way in as lines: a list where there is little room, a tree where there is more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mailwizard.diagnosis.way_in_parts import Exchanger, Stage, State, WayIn
from mailwizard.report.layout import cells, pad, wrap
from mailwizard.text import way_in_lines as words
from mailwizard.text.joined import listed
from mailwizard.text.language import _
from mailwizard.text.rows import STATES

MARKS: dict[State, str] = {
    "waiting": " ",
    "running": ">",
    "done": ".",
    "ok": "+",
    "problem": "x",
    "risk": "!",
    "not known": "?",
    "not tested": "-",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line; where it tells a state, in that state's colour. ``strong``: a name."""

    text: str
    state: State | None = None
    faint: bool = False
    strong: bool = False


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Art:
    """The characters that join the parts: lines, or ASCII."""

    down: str
    branch: str
    last: str
    along: str


LINES = Art("│", "├─", "└─", " ── ")
ASCII = Art("|", "|-", "'-", " -- ")


def drawn(
    way: WayIn, told: Mapping[str, str], width: int, *, most: int | None = None, art: Art = ASCII
) -> list[Line]:
    """The map in at most ``width`` cells a line, as full as fits into ``most`` lines.

    ``told``: headlines by a finding's code. Nothing is ever cut: where even the shortest form is
    longer than ``most``, it is longer.
    """
    for detail in (3, 2, 1, 0):
        lines = list(_lines(way, dict(told), width, art, detail))
        if most is None or len(lines) <= most:
            return lines
    return lines


def text_of(lines: list[Line]) -> list[str]:
    """The lines as plain text."""
    return ["".join(piece.text for piece in line).rstrip() for line in lines]


def _lines(way: WayIn, told: dict[str, str], width: int, art: Art, detail: int) -> Iterator[Line]:
    """``detail`` 0: a line a part; 1: what was found; 2: with branches; 3: joined by lines."""
    states = max(cells(_(word)) for word in STATES.values()) + 3
    titles = max(cells(_(title)) for title in words.TITLES.values()) + 2
    for number, stage in enumerate(way.stages):
        last = number == len(way.stages) - 1
        if number and detail >= 3:
            yield (Piece(art.down, faint=True),)
        told_of = words.figures(way, stage, branches=detail >= 2)
        yield from _stage(stage, told_of, states, titles, width, "" if last else art.down)
        bar = " " if last else art.down
        headline = words.headline_of(stage, told) if detail >= 1 else ""
        if headline:
            indent = pad(bar, states + titles) if width > 60 else pad(bar, 4)
            for line in wrap(headline, width, indent, indent):
                yield (Piece(line[: len(indent)], faint=True), Piece(line[len(indent) :]))
        if detail >= 2:
            yield from _branches(way, stage, _widest(way), width, art)


def _stage(
    stage: Stage, phrases: tuple[str, ...], states: int, titles: int, width: int, bar: str
) -> Iterator[Line]:
    state = pad(f"{MARKS[stage.state]} {_(STATES[stage.state])}", states)
    title = pad(_(words.TITLES[stage.id]), titles)
    room = width - states - titles
    found = _packed(phrases, max(10, room))
    yield Piece(state, stage.state), Piece(title, strong=True), Piece(found[0])
    for more in found[1:]:
        yield Piece(pad(bar, states + titles), faint=True), Piece(more)


def _widest(way: WayIn) -> int:
    """Cells of the column of states at the branches: no wider than what stands in it."""
    doors = [d.state for e in way.exchangers for d in e.doors]
    shown = {*(s.state for s in way.servers), *(e.state for e in way.exchangers), *doors}
    return max((cells(_(STATES[state])) for state in shown), default=0) + 4


def _packed(phrases: tuple[str, ...], width: int) -> list[str]:
    """Phrases in lines, broken between them; one that is too long for a line, inside."""
    lines: list[str] = [""]
    for phrase in phrases:
        joined = listed((lines[-1], phrase)) if lines[-1] else phrase
        if cells(joined) <= width:
            lines[-1] = joined
            continue
        parts = wrap(phrase, width)
        lines = [*lines, *parts] if lines[-1] else parts
    return lines


def _branches(way: WayIn, stage: Stage, states: int, width: int, art: Art) -> Iterator[Line]:
    if stage.id == "servers":
        names = max((cells(s.host) for s in way.servers), default=0) + 2
        for server in way.servers:
            yield from _branch(
                f"{art.branch} ",
                f"{art.down}  ",
                server.state,
                (pad(server.host, names) + words.server_words(server),),
                width,
                art,
                states,
            )
    for exchanger in way.exchangers if stage.id == "mx" else ():
        first, rest = f"{art.branch} ", f"{art.down}  "
        name = words.exchanger_words(exchanger)
        chain = _chained(exchanger, name, width - cells(first) - states, art)
        yield from _branch(first, rest, exchanger.state, chain or (name,), width, art, states)
        if chain:
            continue
        addresses = max((cells(d.address) for d in exchanger.doors), default=0)
        for number, door in enumerate(exchanger.doors, 1):
            end = number == len(exchanger.doors)
            address, *more = words.door_words(door)
            yield from _branch(
                f"{art.down}  {art.last if end else art.branch} ",
                f"{art.down}  {' ' if end else art.down}  ",
                door.state,
                (pad(address, addresses), *more),
                width,
                art,
                states,
            )


def _chained(exchanger: Exchanger, name: str, room: int, art: Art) -> tuple[str, ...]:
    """An exchanger with its only door on one line, where it fits and one state says it all."""
    if len(exchanger.doors) != 1:
        return ()
    door = exchanger.doors[0]
    parts = (name, *words.door_words(door))
    fits = cells(art.along.join(parts)) <= room
    return parts if fits and (exchanger.abroad or door.state == exchanger.state) else ()


def _branch(
    first: str, rest: str, state: State, parts: tuple[str, ...], width: int, art: Art, states: int
) -> Iterator[Line]:
    """One branch: its state, and a chain of parts; what has no room goes below."""
    word = pad(f"{MARKS[state]} {_(STATES[state])}", states)
    start, indent = cells(first), " " * states
    line = ""
    fresh: Line = (Piece(first, faint=True), Piece(word, state))
    room = max(10, width - start - states)
    for part in parts:
        joined = f"{line}{art.along}{part}" if line else part
        if cells(joined.rstrip()) <= room:
            line = joined
            continue
        if line:
            yield *fresh, Piece(line)
            fresh = (Piece(rest + indent, faint=True),)
        *full, line = wrap(part, room) if cells(part) > room else [part]
        for one in full:
            yield *fresh, Piece(one)
            fresh = (Piece(rest + indent, faint=True),)
    yield *fresh, Piece(line)
