"""What a command starts from: the organisation's file, the real network, a fresh session."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from mailwizard.commands.surroundings import Surroundings
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.session import Session
from mailwizard.engine.world import RealWorld, standard_controls
from mailwizard.model.case import Case
from mailwizard.model.organisation import Organisation
from mailwizard.probes.setting import World
from mailwizard.text.typed import usual_since


def organisation(surroundings: Surroundings) -> tuple[Organisation, Callable[[], str] | None]:
    """What the organisation's file prescribes; a mistake in it is named, then it is left aside.

    The sentence that names the mistake is given back too, to be said again in another language.
    """
    from mailwizard.storage.organisation import NotReadable, load
    from mailwizard.text.problems import not_readable

    try:
        return load(), None
    except NotReadable as problem:
        mistake = partial(
            not_readable,
            problem.reason,
            problem.path,
            problem.line,
            problem.field,
            problem.expected,
        )
    surroundings.say(f"mailwizard: {mistake()}")
    return Organisation(), mistake


def real_world(of: Organisation, nameserver: tuple[str, int] | None = None) -> RealWorld:
    """The network as it is, with the organisation's own hosts for comparison."""
    return RealWorld(replace(standard_controls(), **of.controls), nameserver)


def fresh_session(world: World, of: Organisation) -> Session:
    """A session in which nothing has been answered yet."""
    case = Case(
        me="",
        since=usual_since(world.now().astimezone().date()),
        provider=of.provider,
        imap_host=of.imap_host,
        imap_port=of.imap_port,
    )
    return Session(Investigation(world, case))


def with_defaults(case: Case, of: Organisation) -> Case:
    """The organisation's provider and server, where the command names none."""
    if case.provider or case.imap_host:
        return case
    return replace(case, provider=of.provider, imap_host=of.imap_host, imap_port=of.imap_port)
