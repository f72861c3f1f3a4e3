"""A time-out that also holds where a socket's own does not.

A socket's time-out counts the waiting for the other side. One that never lets us wait, because it
floods the TLS library with messages that carry no data, could keep one call busy for ever.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator

MARGIN = 0.25  # seconds after which the socket's own time-out has had its chance


@contextlib.contextmanager
def no_longer_than(connection: socket.socket, seconds: float) -> Iterator[None]:
    """Breaks the connection off after ``seconds``. Raises TimeoutError where it came to that."""
    over = threading.Event()

    def break_off() -> None:
        over.set()
        with contextlib.suppress(OSError):
            socket.socket.shutdown(connection, socket.SHUT_RDWR)

    timer = threading.Timer(seconds + MARGIN, break_off)
    timer.daemon = True
    timer.start()
    try:
        yield
    except OSError:
        if over.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
    if over.is_set():
        raise TimeoutError
