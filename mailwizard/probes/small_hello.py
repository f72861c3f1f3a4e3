"""The smallest TLS hello, to which the smallest answer comes: an alert.

It offers one cipher that no server takes, so that no certificates are sent back. Where a whole
handshake stalls and this is answered, the server is there and listens, and big packets get lost.
"""

import secrets
import struct
from typing import Literal

from mailwizard.probes.bounded import read_until
from mailwizard.probes.connecting import connect_fault
from mailwizard.probes.setting import Setting

SECONDS = 2.0
ANSWER_OCTETS = 512

_ALERT = 21  # RFC 8446, section 5.1
_HANDSHAKE = 22
_NULL_CIPHER = 0x003B  # TLS_RSA_WITH_NULL_SHA256: nothing would be encrypted

Answer = Literal["answered", "silent", "broken", "other"]


def small_hello(setting: Setting, address: str, port: int, host: str) -> Answer:
    """What came back to a small hello over a fresh connection. Raises Stopped.

    ``answered`` is an alert (RFC 8446, section 6), ``broken`` a closed or refused connection,
    ``other`` anything else.
    """
    try:
        connection = setting.connect(address, port, SECONDS)
    except OSError as problem:
        return "silent" if connect_fault(problem) == "timeout" else "broken"
    with connection:
        try:
            connection.settimeout(setting.limit(SECONDS))
            connection.sendall(hello(host))
        except TimeoutError:
            return "silent"
        except OSError:
            return "broken"
        data, ended = read_until(setting, connection, bool, SECONDS, ANSWER_OCTETS)
    if not data:
        return "silent" if ended == "silent" else "broken"
    return "answered" if data[0] == _ALERT and data[1:2] == b"\x03" else "other"


def hello(host: str) -> bytes:
    """A TLS 1.2 ClientHello (RFC 5246, section 7.4.1.2) with the server's name (RFC 6066)."""
    try:
        name = host.encode("idna") if host else b""
    except UnicodeError:
        name = b""
    extensions = b""
    if name and not host.replace(".", "").isdigit() and ":" not in host:
        entry = struct.pack("!BH", 0, len(name)) + name
        extensions += _extension(0, struct.pack("!H", len(entry)) + entry)
    extensions += _extension(13, struct.pack("!HHH", 4, 0x0401, 0x0403))
    body = (
        b"\x03\x03"
        + secrets.token_bytes(32)
        + b"\x00"  # no session
        + struct.pack("!HH", 2, _NULL_CIPHER)
        + b"\x01\x00"  # no compression
        + struct.pack("!H", len(extensions))
        + extensions
    )
    message = b"\x01" + struct.pack("!I", len(body))[1:] + body
    return struct.pack("!BHH", _HANDSHAKE, 0x0301, len(message)) + message


def _extension(number: int, data: bytes) -> bytes:
    return struct.pack("!HH", number, len(data)) + data
