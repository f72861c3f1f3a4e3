"""The decision tree: every edge, no dead ends, and its picture in the README."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailwizard import tree
from mailwizard.engine.session import Walk
from mailwizard.model.finding import Outcome, Step

README = Path(__file__).parents[1] / "README.md"
SIGN_IN = get_args(tree.SignInState)


def situations(source: str) -> Iterator[tree.Progress]:
    """Every combination of what the edges of one node look at."""
    edges = [edge for edge in tree.EDGES if edge.source == source]
    questions = {edge.when.answered[0] for edge in edges if edge.when.answered}
    choices = {
        question: ["", *(e.when.answered[1] for e in edges if e.when.answered)]
        for question in questions
    }
    passed = {edge.when.not_visited for edge in edges if edge.when.not_visited}
    outcomes = {edge.when.not_outcome for edge in edges if edge.when.not_outcome}
    for answers in product(*choices.values()):
        for sign_in in SIGN_IN:
            for seen in product([False, True], repeat=len(passed)):
                for had in product([False, True], repeat=len(outcomes)):
                    yield tree.Progress(
                        answers=dict(zip(choices, answers, strict=True)),
                        sign_in=sign_in,
                        visited=tuple(n for n, on in zip(passed, seen, strict=True) if on),
                        outcomes=dict(o for o, on in zip(outcomes, had, strict=True) if on),
                    )


@pytest.mark.parametrize("edge", tree.EDGES, ids=lambda e: f"{e.source}-{e.target}-{e.label}")
def test_every_edge_is_taken_in_some_situation(edge: tree.Edge) -> None:
    taken = [
        progress
        for progress in situations(edge.source)
        if next(e for e in tree.EDGES if e.source == edge.source and e.when.holds(progress)) is edge
    ]
    assert taken, "an earlier edge of the node always wins"
    assert tree.next_node(edge.source, taken[0]) == edge.target


@pytest.mark.parametrize("node", tree.NODES, ids=lambda node: node.id)
def test_no_dead_ends(node: tree.Node) -> None:
    if isinstance(node, tree.EndNode):
        with pytest.raises(LookupError):
            tree.next_node(node.id, tree.Progress())
        return
    for progress in situations(node.id):
        assert tree.next_node(node.id, progress) in tree.BY_ID


def test_ids_are_unique() -> None:
    ids = [node.id for node in tree.NODES] + list(tree.LOOK_UPS)
    assert len(ids) == len(set(ids))
    assert len(tree.BY_ID) == len(tree.NODES)


def test_every_node_is_reached_and_reaches_an_end() -> None:
    def spread(start: set[str], edges: list[tuple[str, str]]) -> set[str]:
        found = set(start)
        while more := {b for a, b in edges if a in found} - found:
            found |= more
        return found

    edges = [(edge.source, edge.target) for edge in tree.EDGES]
    assert spread({tree.START}, edges) == set(tree.BY_ID)
    ends = {node.id for node in tree.NODES if isinstance(node, tree.EndNode)}
    assert spread(ends, [(b, a) for a, b in edges]) == set(tree.BY_ID)


def test_every_edge_joins_nodes_and_asks_about_choices_that_exist() -> None:
    choices = {
        node.id: {choice.id for choice in node.choices}
        for node in tree.NODES
        if isinstance(node, tree.Question | tree.AccountNode)
    }
    choices.update({tree.solved_question(step): {"yes"} for step in Step})
    for edge in tree.EDGES:
        assert {edge.source, edge.target} <= set(tree.BY_ID)
        if edge.when.answered:
            question, choice = edge.when.answered
            assert choice in choices[question]


def test_the_documented_order_of_steps() -> None:
    progress = tree.Progress(sign_in="ok")
    way = ["sign-in"]
    while not isinstance(tree.BY_ID[way[-1]], tree.EndNode):
        here = tree.Progress(sign_in="ok", visited=tuple(way))
        way.append(tree.next_node(way[-1], here))
    assert way == ["sign-in", *Step, "hand-over"]
    assert tree.next_node("sign-in", progress) == Step.SPAM


def test_an_unreachable_server_leads_to_the_network_first_and_back_once() -> None:
    way = ["sign-in"]
    for _turn in range(12):
        if isinstance(tree.BY_ID[way[-1]], tree.EndNode):
            break
        here = tree.Progress(sign_in="unreachable", visited=tuple(way))
        way.append(tree.next_node(way[-1], here))
    assert way[:4] == ["sign-in", Step.NETWORK, "sign-in", Step.SPAM]
    assert way.count(Step.NETWORK) == 1
    assert way[-1] == "hand-over"


def test_a_local_fault_is_not_followed_by_another_sign_in() -> None:
    progress = tree.Progress(
        sign_in="unreachable",
        visited=("sign-in", Step.NETWORK),
        outcomes={Step.NETWORK: Outcome.CAUSE},
    )
    assert tree.next_node(Step.NETWORK, progress) == Step.SPAM


@given(
    st.lists(
        st.builds(
            tree.Progress,
            answers=st.dictionaries(
                st.sampled_from(["bounce", "account", *map(tree.solved_question, Step)]),
                st.sampled_from(["yes", "no", "retry", "webmail", "unknown"]),
            ),
            sign_in=st.sampled_from(SIGN_IN),
            outcomes=st.dictionaries(st.sampled_from(Step), st.sampled_from(Outcome)),
        ),
        max_size=30,
    )
)
def test_back_after_a_move_is_the_walk_before_it(turns: list[tree.Progress]) -> None:
    walk = Walk()
    for turn in turns:
        progress = tree.Progress(
            answers=turn.answers,
            sign_in=turn.sign_in,
            outcomes=turn.outcomes,
            visited=walk.path,
        )
        try:
            moved = walk.to(tree.next_node(walk.here, progress))
        except LookupError:
            break
        assert moved.back() == walk
        walk = moved


def test_back_at_the_start_stays_there() -> None:
    assert Walk().back() == Walk()


@pytest.mark.skipif(not README.exists(), reason="there is no README here")
def test_the_readme_shows_this_very_tree() -> None:
    text = README.read_text("utf-8")
    _before, found, rest = text.partition("<!-- tree -->")
    block, closed, _after = rest.partition("<!-- /tree -->")
    assert found, "the README has no <!-- tree --> mark"
    assert closed, "the README has no <!-- /tree --> mark"
    picture = block.strip().removeprefix("```mermaid").removesuffix("```").strip()
    assert picture == tree.mermaid().strip()
