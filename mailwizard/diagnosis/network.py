"""The network step, judged as a ladder: computer, router, line, names, clock, encryption, server.

A broken line silences everything above it. Further up, each rung is judged from evidence that the
faults below cannot have caused.
"""

from dataclasses import replace

from mailwizard.diagnosis.network_addresses import address_dead, ipv6_broken, with_a_control
from mailwizard.diagnosis.network_certificates import certificate_fault, intercepted
from mailwizard.diagnosis.network_clock import clock_wrong
from mailwizard.diagnosis.network_encryption import encryption_fault
from mailwizard.diagnosis.network_line import line_fault
from mailwizard.diagnosis.network_names import judge_names
from mailwizard.diagnosis.network_packets import path_mtu
from mailwizard.diagnosis.network_quality import weak_line
from mailwizard.diagnosis.network_server import port_blocked, server_fault
from mailwizard.diagnosis.outside import looks
from mailwizard.diagnosis.silence import on_weak_line
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.seen.network import Endpoint

_BY_ADDRESS = (
    *("IMAP_CERT_NAME", "IMAP_CERT_UNTRUSTED", "IMAP_PORT_SECURITY_MISMATCH", "IMAP_TLS_OLD"),
    *("IMAP_SERVICE_DOWN", "PROVIDER_UNREACHABLE", "IMAP_STALLED"),
)
"""What is also seen where somebody has been led to another server."""

_ORDER = tuple(Certainty)
_PROVEN = ("ok", "expired", "incomplete")
"""How TLS goes with a server that has a certificate for its name."""


def judge(situation: Situation) -> list[Finding]:
    """All findings of the way from this computer to the mail server, the lowest rung first."""
    fault = line_fault(situation)
    if fault is not None:
        return [fault]
    names = judge_names(situation)
    clock = clock_wrong(situation)
    own = [
        o
        for o in looks(situation, Endpoint)
        if o.seen.role == "provider"
        and o.seen.service == "imap"
        and o.seen.address not in names.not_its_own
    ]
    weak = weak_line(situation)
    blocked = (
        intercepted(situation, own)
        or path_mtu(situation, own, line_is_weak=weak is not None)
        or port_blocked(situation, own)
    )
    near = (*names.findings, clock, blocked)
    if weak is not None:
        near = tuple(f and on_weak_line(situation, f, Certainty.LIKELY) for f in near)
    new_way = ipv6_broken(situation)
    if weak is not None and new_way is not None:
        new_way = on_weak_line(situation, new_way, Certainty.POSSIBLE)
    server = None
    if blocked is None:
        server = (
            certificate_fault(situation, own, clock_is_wrong=clock is not None)
            or encryption_fault(situation, own)
            or server_fault(
                situation, with_a_control(situation, own), line_is_weak=weak is not None
            )
        )
    led_there = not names.confirmed and not all(o.seen.tls in _PROVEN for o in own)
    if server is not None and server.code in _BY_ADDRESS and led_there:
        # Only this network's own name service led there: it may have led astray.
        server = replace(
            server, certainty=max(server.certainty, Certainty.LIKELY, key=_ORDER.index)
        )
    return [
        found
        for found in (
            *near,
            server,
            new_way,
            address_dead(situation, own, broken=new_way, line_is_weak=weak is not None),
            weak,
        )
        if found is not None
    ]
