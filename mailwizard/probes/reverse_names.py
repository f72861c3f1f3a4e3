"""Which names the DNS gives the addresses of the company's own mail exchangers (PTR, RFC 1035)."""

import ipaddress
from collections.abc import Container

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.probes.asking import Question
from mailwizard.probes.resolving import public, question
from mailwizard.probes.setting import Setting
from mailwizard.reading.addresses import same_organisation

MAX_EACH = 4  # addresses of one exchanger, and of one family


def reverse_questions(
    setting: Setting, answer: DnsAnswer, exchangers: Container[str]
) -> list[Question]:
    """What to ask two public resolvers about the addresses in one answer; [] if it has none.

    Only for exchangers of the domain's own name: who a provider's servers are, its profile tells.
    """
    if answer.via != "public" or answer.rtype not in ("A", "AAAA"):
        return []
    if answer.name not in exchangers or not same_organisation(answer.name, setting.case.domain):
        return []
    pointers: list[str] = []
    for record in answer.records[:MAX_EACH]:
        try:
            pointers.append(ipaddress.ip_address(record).reverse_pointer)
        except ValueError:
            continue
    return [
        question(server, pointer, "PTR") for pointer in pointers for server in public(setting, 2)
    ]
