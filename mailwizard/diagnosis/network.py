"""The network step, judged as a ladder: computer, router, line, names, clock, encryption, server.

A broken line silences everything above it. Further up, each rung is judged from evidence that the
faults below cannot have caused.
"""

from dataclasses import replace

from mailwizard.diagnosis.network_addresses import address_dead, ipv6_broken
from mailwizard.diagnosis.network_certificates import certificate_fault, intercepted
from mailwizard.diagnosis.network_clock import clock_wrong
from mailwizard.diagnosis.network_encryption import encryption_fault
from mailwizard.diagnosis.network_line import line_fault
from mailwizard.diagnosis.network_names import judge_names
from mailwizard.diagnosis.network_packets import path_mtu
from mailwizard.diagnosis.network_quality import weak_line
from mailwizard.diagnosis.network_server import port_blocked, server_fault
from mailwizard.diagnosis.outside import looks
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.seen.network import Endpoint

_BY_ADDRESS = ("IMAP_CERT_NAME", "IMAP_CERT_UNTRUSTED")
"""What is also seen where somebody has been led to another server."""


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
    blocked = (
        intercepted(situation, own) or path_mtu(situation, own) or port_blocked(situation, own)
    )
    weak = weak_line(situation)
    new_way = ipv6_broken(situation)
    server = None
    if blocked is None:
        server = (
            certificate_fault(situation, own, clock_is_wrong=clock is not None)
            or encryption_fault(situation, own)
            or server_fault(situation, own, line_is_weak=weak is not None)
        )
    by_address = server is not None and server.code in _BY_ADDRESS and not names.confirmed
    if server is not None and by_address and server.certainty is Certainty.SURE:
        # Only this network's own name service led there: it may have led astray.
        server = replace(server, certainty=Certainty.LIKELY)
    return [
        found
        for found in (
            *names.findings,
            clock,
            blocked,
            server,
            new_way,
            address_dead(situation, own, broken=new_way, line_is_weak=weak is not None),
            weak,
        )
        if found is not None
    ]
