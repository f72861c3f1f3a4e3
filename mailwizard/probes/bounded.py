"""Reading what the other side says, bounded in time and size whatever it sends."""

import socket
import time
from collections.abc import Callable

from mailwizard.probes.setting import Setting, Stopped
from mailwizard.probes.time_out import no_longer_than

GREETING_OCTETS = 4096


def first_line(setting: Setting, connection: socket.socket, seconds: float) -> tuple[bytes, str]:
    """The first line that the other side says, without its end, and why it is no whole line.

    The second is "" for a whole line, ``silent`` (time was over), ``closed``, ``reset``, or
    ``endless`` (no line end within 4096 octets). Raises Stopped.
    """
    data, ended = read_until(
        setting, connection, lambda so_far: b"\n" in so_far, seconds, GREETING_OCTETS
    )
    line, found, _rest = data.partition(b"\n")
    return line.rstrip(b"\r"), "" if found else ended


def read_until(
    setting: Setting,
    connection: socket.socket,
    done: Callable[[bytes], bool],
    seconds: float,
    octets: int,
) -> tuple[bytes, str]:
    """Reads until ``done``, the time in all is over, or there are ``octets``; and why it ended.

    The reasons are those of ``first_line``. Raises Stopped.
    """
    ends = time.monotonic() + setting.limit(seconds)
    data = b""
    while not done(data):
        remaining = ends - time.monotonic()
        if remaining <= 0:
            return data, "silent"
        if len(data) >= octets:
            return data, "endless"
        connection.settimeout(remaining)
        try:
            with no_longer_than(connection, remaining):
                more = connection.recv(min(4096, octets - len(data)))
        except TimeoutError:
            return data, "silent"
        except OSError:
            if setting.stopped:
                raise Stopped from None
            return data, "reset"
        if not more:
            if setting.stopped:
                raise Stopped
            return data, "closed"
        data += more
    return data, ""
