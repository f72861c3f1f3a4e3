"""Whom to ask for a name: this computer's resolvers and the public ones, side by side."""

import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.probes.asking import About, Question, Via, ask
from mailwizard.probes.few_at_once import few_at_once
from mailwizard.probes.setting import Setting
from mailwizard.probes.side_by_side import SideBySide

Server = tuple[Via, str, int]

MAX_CONFIGURED = 3


def configured(setting: Setting) -> tuple[Server, ...]:
    """This computer's resolvers, as (via, address, port)."""
    return tuple(
        ("configured", address, port)
        for address, port in setting.world.nameservers()[:MAX_CONFIGURED]
    )


def public(setting: Setting, at_most: int | None = None) -> tuple[Server, ...]:
    """The public resolvers of the controls; ``at_most`` picks from both ends of the list."""
    servers: tuple[Server, ...] = tuple(
        ("public", address, 53) for address in setting.world.controls.resolvers
    )
    if at_most is None or len(servers) <= at_most:
        return servers
    # The list runs from domestic to foreign resolvers: both ends give two different views.
    return servers[: at_most - at_most // 2] + servers[len(servers) - at_most // 2 :]


def question(server: Server, name: str, rtype: str, about: About = "own") -> Question:
    """A recursive question to one resolver."""
    via, address, port = server
    return Question(via=via, about=about, server=address, port=port, name=name, rtype=rtype)


def ask_all(
    setting: Setting,
    questions: Iterable[Question],
    *,
    each: float = 2.0,
    heard: Callable[[DnsAnswer], None] | None = None,
) -> list[DnsAnswer]:
    """Asks all questions side by side; ``heard`` gets every answer as it comes. Raises Stopped."""
    answers: list[DnsAnswer] = []

    def job(asked: Question) -> Callable[[], DnsAnswer]:
        return lambda: ask(setting, asked, each)

    for answer in few_at_once(setting, [job(asked) for asked in questions]):
        if heard is not None:
            heard(answer)
        answers.append(answer)
    return answers


def ask_in_turn(
    setting: Setting,
    questions: Sequence[Question],
    further: Callable[[Sequence[DnsAnswer]], Iterable[Question]],
    *,
    each: float = 2.0,
) -> list[DnsAnswer]:
    """Asks questions, and then those that ``further`` makes of the answers so far.

    The second round starts when all have answered or half of ``each`` is over, so that dead
    servers in the first cost no whole wait of their own. All at once: meant for a few questions.
    Raises Stopped.
    """
    answers: list[DnsAnswer] = []
    complete = threading.Event()

    def pause() -> None:
        complete.wait(each / 2)

    work: SideBySide[DnsAnswer | None] = SideBySide(setting, [pause])
    for asked in questions:
        work.start(partial(ask, setting, asked, each))
    for answer in work.results():
        if answer is None:
            for asked in further(answers):
                work.start(partial(ask, setting, asked, each))
            continue
        answers.append(answer)
        if len(answers) >= len(questions):
            complete.set()
    return answers


def ask_enough(
    setting: Setting, questions: Sequence[Question], *, each: float = 2.0
) -> list[DnsAnswer]:
    """Asks side by side, until a public resolver has told of every name (not: denied it).

    For what is only a way to something else: nobody waits for a dead resolver then. Where no
    public one tells, all are waited for. Raises Stopped.
    """
    missing = {(asked.name, asked.rtype) for asked in questions}
    answers: list[DnsAnswer] = []
    for answer in few_at_once(setting, [partial(ask, setting, asked, each) for asked in questions]):
        answers.append(answer)
        if answer.via == "public" and answer.status in ("answer", "nodata"):
            missing.discard((answer.name, answer.rtype))
            if not missing:
                break
    return answers


def trusted(answers: Sequence[DnsAnswer], name: str, rtype: str) -> DnsAnswer | None:
    """The answer to go on with: a public resolver's before this network's own; None without any.

    Of several that differ, the one that has records, so that what exists somewhere is looked at.
    """
    fitting = [a for a in answers if (a.name, a.rtype) == (name, rtype) and a.status in DEFINITE]
    return min(
        fitting,
        key=lambda a: (a.via == "configured", a.status != "answer", a.records),
        default=None,
    )


def addresses_of(
    setting: Setting, hosts: Iterable[str], each: float = 2.0
) -> dict[str, tuple[str, ...]]:
    """The addresses of hosts, IPv4 first; () where none was given. Nothing is recorded.

    The configured resolvers are asked beside two public ones, so that a dead one costs no time of
    its own. Raises Stopped.
    """
    names = list(dict.fromkeys(host.rstrip(".").lower() for host in hosts))
    servers = configured(setting)[:1] + public(setting, 2)
    answers = ask_enough(
        setting,
        [
            question(server, name, rtype)
            for name in names
            for rtype in ("A", "AAAA")
            for server in servers
        ],
        each=each,
    )
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        chosen = [trusted(answers, name, rtype) for rtype in ("A", "AAAA")]
        found[name] = tuple(record for answer in chosen if answer for record in answer.records)
    return found
