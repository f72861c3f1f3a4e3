"""Whom to ask, and for whom nobody waits."""

import time
from collections.abc import Sequence
from dataclasses import replace

from mailwizard.model.seen.dns import DnsAnswer
from mailwizard.probes.asking import Question
from mailwizard.probes.resolving import (
    addresses_of,
    ask_in_turn,
    configured,
    public,
    question,
)
from tests.servers.name_server import Table, name_server
from tests.worlds import NO_CONTROLS, LoopbackWorld, probe_run

KNOWN: Table = {("one.example", "A"): ["203.0.113.1"], ("one.example", "AAAA"): []}
SILENT: Table = {("*", "A"): "silent", ("*", "AAAA"): "silent"}


def test_a_dead_resolver_of_this_network_is_not_waited_for_where_public_ones_tell() -> None:
    world = LoopbackWorld(
        controls=replace(NO_CONTROLS, resolvers=("1.1.1.1", "8.8.8.8")),
        resolvers=(("10.0.0.53", 53),),
    )
    with name_server(KNOWN) as good, name_server(SILENT) as dead:
        world.lead("1.1.1.1", 53, good, "udp")
        world.lead("8.8.8.8", 53, dead, "udp")
        world.lead("10.0.0.53", 53, dead, "udp")
        started = time.monotonic()
        found = addresses_of(probe_run(world).setting, ["one.example"], each=3.0)
        spent = time.monotonic() - started
    assert found == {"one.example": ("203.0.113.1",)}
    assert spent < 1.5


def test_the_second_round_begins_while_the_first_is_still_waited_for() -> None:
    world = LoopbackWorld(
        controls=replace(NO_CONTROLS, resolvers=("1.1.1.1",)), resolvers=(("10.0.0.53", 53),)
    )
    with name_server(KNOWN) as good, name_server(SILENT) as dead:
        world.lead("1.1.1.1", 53, good, "udp")
        world.lead("10.0.0.53", 53, dead, "udp")
        setting = probe_run(world).setting
        (here,), (outside,) = configured(setting), public(setting)
        heard: list[int] = []

        def further(answers: Sequence[DnsAnswer]) -> list[Question]:
            heard.append(len(answers))
            return [question(outside, "one.example", "A")]

        answers = ask_in_turn(
            setting,
            [question(here, "one.example", "A")],
            further,
            each=0.6,
        )
    assert heard == [0]
    assert [(answer.via, answer.status) for answer in answers] == [
        ("public", "answer"),
        ("configured", "timeout"),
    ]


def test_answers_of_the_first_round_are_known_to_the_second() -> None:
    world = LoopbackWorld(resolvers=(("10.0.0.53", 53),))
    with name_server(KNOWN) as good:
        world.lead("10.0.0.53", 53, good, "udp")
        setting = probe_run(world).setting
        (here,) = configured(setting)
        started = time.monotonic()
        answers = ask_in_turn(setting, [question(here, "one.example", "A")], lambda _a: [], each=9)
        spent = time.monotonic() - started
    assert [answer.status for answer in answers] == ["answer"]
    assert spent < 2
