"""One case being looked into: what is judged, and when it is judged again."""

from tests.engine.builders import investigation


def test_what_is_judged_does_not_grow_while_it_is_looked_at() -> None:
    of = investigation()
    of.answer("others", "no")
    before = of.situation()
    of.answer("others", "yes")
    of.answer("internal", "yes")
    assert len(before.evidence) == 1
    assert before.answered("others", "no")
    assert of.situation().answered("others", "yes")


def test_a_withdrawn_answer_is_not_in_the_copy_either() -> None:
    of = investigation()
    of.answer("others", "no")
    of.withdraw("others")
    assert not of.situation().answered("others", "no")
    assert of.situation().evidence.version == of.evidence.version


def test_it_is_judged_again_only_after_something_new() -> None:
    of = investigation()
    first = of.diagnosis()
    assert of.diagnosis() is first
    of.answer("webmail-junk", "yes")
    assert of.diagnosis().verdict.code == "FOUND_IN_JUNK"
