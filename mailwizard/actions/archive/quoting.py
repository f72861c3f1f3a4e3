"""The mboxrd form of a message's lines: ``>`` before each that begins with ``From ``.

A line that has some ``>`` before its ``From `` gets one more, so that it can be taken back exactly.
"""

import re
from typing import Literal

_HELD = re.compile(rb">*(?:F(?:r(?:om?)?)?)?")
_MOST_HELD = 1 << 20


class Lines:
    """Quotes or unquotes what comes in parts of any size; memory does not grow with it."""

    def __init__(self, way: Literal["quote", "unquote"]) -> None:
        if way == "quote":
            self._first = re.compile(rb"(>*From )")
            self._other = re.compile(rb"\n(>*From )")
            self._by = (rb">\1", b"\n" + rb">\1")
            self._sign = b"From "
        else:
            self._first = re.compile(rb">(>*From )")
            self._other = re.compile(rb"\n>(>*From )")
            self._by = (rb"\1", b"\n" + rb"\1")
            self._sign = b"From "
        self._at_start = True
        self._held = b""

    def feed(self, part: bytes) -> bytes:
        """A further part; what may still become a line to be changed is held back."""
        data = self._held + part if self._held else part
        self._held = b""
        at_start = self._at_start
        start = data.rfind(b"\n") + 1
        if (start or at_start) and len(data) - start < _MOST_HELD:
            if _HELD.fullmatch(data, start):
                self._held, data = data[start:], data[:start]
            self._at_start = bool(self._held) or (not data and at_start) or data[-1:] == b"\n"
        else:
            self._at_start = False
        if self._sign not in data:
            return data
        data = self._other.sub(self._by[1], data)
        return (
            self._first.sub(self._by[0], data, count=1)
            if (at_start and self._first.match(data))
            else data
        )

    def end(self) -> bytes:
        """What was held back, once nothing more comes."""
        held, self._held = self._held, b""
        return held
