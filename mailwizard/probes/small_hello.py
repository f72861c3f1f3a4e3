"""A small TLS hello, to which the smallest answer comes: an alert.

It offers one cipher that no server takes, so that no certificates are sent back. Where a whole
handshake stalls and this is answered, the server is there and listens, and big packets get lost.
"""

import contextlib
import ssl
from typing import Literal

from mailwizard.probes.bounded import read_until
from mailwizard.probes.connecting import connect_fault
from mailwizard.probes.setting import Setting

SECONDS = 2.0
ANSWER_OCTETS = 512

_ALERT = b"\x15\x03"  # RFC 8446, section 5.1: the record's type, and the version's first octet
_NO_ENCRYPTION = "NULL-SHA256:@SECLEVEL=0"  # TLS_RSA_WITH_NULL_SHA256

Answer = Literal["", "answered", "silent", "broken", "other"]


def small_hello(setting: Setting, address: str, port: int, host: str) -> Answer:
    """What came back to a small hello over a fresh connection. Raises Stopped.

    ``answered`` is an alert (RFC 8446, section 6), ``broken`` a closed or refused connection,
    ``other`` anything else; "" where this computer's TLS library makes no such hello.
    """
    try:
        words = hello(host)
    except ssl.SSLError:
        return ""
    try:
        connection = setting.connect(address, port, SECONDS)
    except OSError as problem:
        return "silent" if connect_fault(problem) == "timeout" else "broken"
    with connection:
        try:
            connection.settimeout(setting.limit(SECONDS))
            connection.sendall(words)
        except TimeoutError:
            return "silent"
        except OSError:
            return "broken"
        data, ended = read_until(setting, connection, bool, SECONDS, ANSWER_OCTETS)
    if not data:
        return "silent" if ended == "silent" else "broken"
    return "answered" if data.startswith(_ALERT) else "other"


def hello(host: str) -> bytes:
    """A TLS 1.2 ClientHello (RFC 5246, section 7.4.1.2), with the server's name if it can have one.

    Raises SSLError where the library knows no cipher without encryption.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(_NO_ENCRYPTION)
    said = ssl.MemoryBIO()
    try:
        talk = context.wrap_bio(ssl.MemoryBIO(), said, server_hostname=host)
    except ValueError:  # no name that TLS could carry
        context.check_hostname = False
        talk = context.wrap_bio(ssl.MemoryBIO(), said)
    with contextlib.suppress(ssl.SSLWantReadError):
        talk.do_handshake()
    return said.read()
