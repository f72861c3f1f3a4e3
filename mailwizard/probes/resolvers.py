"""The name servers: the configured ones, and public ones to compare."""

import random
import string
from dataclasses import replace
from functools import partial

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.model.seen.network import Endpoint, SystemLookup
from mailwizard.probes.asking import Question, ask
from mailwizard.probes.reaching import system_lookup, try_endpoint
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.probes.side_by_side import SideBySide

ASK_SECONDS = 3.0
MAX_SERVERS = 4
BY_ADDRESS = Endpoint(
    role="control", service="https", host="", address="", port=443, connect="no-address"
)


def configured(setting: Setting) -> None:
    """Asks each configured resolver for names that exist and one that does not."""
    controls = setting.world.controls.https[:2]
    unknown = random_name()
    work: SideBySide[DnsAnswer | SystemLookup] = SideBySide(setting)
    for server, port in setting.world.nameservers()[:MAX_SERVERS]:
        question = Question(
            via="configured", about="random", server=server, port=port, name=unknown, rtype="A"
        )
        _start(work, setting, question)
        for host in controls:
            _start(work, setting, replace(question, about="control", name=host))
    for host in controls[:1]:
        work.start(partial(system_lookup, setting, host))
    for seen in work.results():
        setting.record(seen)


def public(setting: Setting) -> None:
    """Asks the control resolvers for a name that exists, and the first that answers for one that
    does not. Where none answers over UDP, two are asked over TCP, and their web port is tried:
    the one look outside that needs no name."""
    controls = setting.world.controls
    if not controls.resolvers or not controls.https:
        raise Skipped("no-controls")
    questions = [
        Question(via="public", about="control", server=server, name=controls.https[0], rtype="A")
        for server in controls.resolvers
    ]
    answers = _ask_all(setting, questions)
    if not any(answer.status == "answer" for answer in answers):
        tcp = [replace(question, tcp=True) for question in questions[:2]]
        answers = _ask_all(setting, tcp)
        doors = [
            partial(try_endpoint, setting, replace(BY_ADDRESS, host=server, address=server), "tls")
            for server in controls.resolvers[:2]
        ]
        for seen in SideBySide(setting, doors).results():
            setting.record(seen)
    alive = {answer.server for answer in answers if answer.status == "answer"}
    first = next((question for question in questions if question.server in alive), None)
    if first is not None:
        unknown = replace(first, about="random", name=random_name())
        setting.record(ask(setting, unknown, ASK_SECONDS))


def random_name() -> str:
    """A name that nobody has registered."""
    return "".join(random.choices(string.ascii_lowercase, k=16)) + ".com"


def _ask_all(setting: Setting, questions: list[Question]) -> list[DnsAnswer]:
    work: SideBySide[DnsAnswer] = SideBySide(setting)
    for question in questions:
        _start(work, setting, question)
    answers: list[DnsAnswer] = []
    for answer in work.results():
        setting.record(answer)
        answers.append(answer)
    return answers


def _start(
    work: SideBySide[DnsAnswer] | SideBySide[DnsAnswer | SystemLookup],
    setting: Setting,
    question: Question,
) -> None:
    work.start(lambda: ask(setting, question, ASK_SECONDS))
