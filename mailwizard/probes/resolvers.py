"""The name servers: the configured ones, and public ones to compare."""

import random
import string
import threading
from dataclasses import replace
from functools import partial

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Endpoint, SystemLookup
from mailwizard.probes.asking import Question, ask
from mailwizard.probes.reaching import system_lookup, try_endpoint
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.probes.side_by_side import SideBySide

ASK_SECONDS = 3.0
MOMENT = 1.0  # seconds that a name server on a usual line needs at most
MAX_SERVERS = 4


def configured(setting: Setting) -> None:
    """Asks each configured resolver for names that exist and one that does not."""
    controls = setting.world.controls.https[:2]
    unknown = random_name()
    work: SideBySide[DnsAnswer | SystemLookup] = SideBySide(setting)
    for server, port in setting.world.nameservers()[:MAX_SERVERS]:
        question = Question(
            via="configured", about="random", server=server, port=port, name=unknown, rtype="A"
        )
        work.start(partial(ask, setting, question, ASK_SECONDS))
        for host in controls:
            known = replace(question, about="control", name=host)
            work.start(partial(ask, setting, known, ASK_SECONDS))
    for host in controls[:1]:
        work.start(partial(system_lookup, setting, host))
    for seen in work.results():
        setting.record(seen)


def public(setting: Setting) -> None:
    """Asks the control resolvers for a name that exists, and the first that answers for one that
    does not. Where none answers over UDP within a moment, two are asked over TCP as well, and
    their web port is tried: the one look outside that needs no name."""
    controls = setting.world.controls
    if not controls.resolvers or not controls.https:
        raise Skipped("no-controls")
    questions = [
        Question(via="public", about="control", server=server, name=controls.https[0], rtype="A")
        for server in controls.resolvers
    ]
    answered = threading.Event()
    unknown = random_name()

    def pause() -> None:
        answered.wait(MOMENT)

    work: SideBySide[DnsAnswer | Endpoint | None] = SideBySide(setting, [pause])
    for question in questions:
        work.start(partial(ask, setting, question, ASK_SECONDS))
    for seen in work.results():
        if seen is not None:
            setting.record(seen)
        elif not answered.is_set():
            for question in questions[:2]:
                work.start(partial(ask, setting, replace(question, tcp=True), ASK_SECONDS))
                work.start(partial(try_endpoint, setting, _web_port(question.server), "tls"))
        if isinstance(seen, DnsAnswer) and seen.status == "answer" and not answered.is_set():
            answered.set()
            alive = next(question for question in questions if question.server == seen.server)
            again = replace(alive, about="random", name=unknown, tcp=seen.transport == "tcp")
            work.start(partial(ask, setting, again, ASK_SECONDS))


def _web_port(server: str) -> Endpoint:
    return Endpoint(role="control", service="https", host=server, port=443, address=server)


def random_name() -> str:
    """A name that nobody has registered."""
    return "".join(random.choices(string.ascii_lowercase, k=16)) + ".com"
