"""Every finding that can be given has its facts and its words, and no others are kept."""

import ast
from pathlib import Path

import pytest

from mailwizard import diagnosis
from mailwizard.diagnosis.codes import CODES
from mailwizard.diagnosis.steps import OF_THE_WHOLE
from mailwizard.text.finding_text import texts
from tests.faults import faults

SOURCE = Path(next(iter(diagnosis.__path__)))
ABOUT = {"verdict.py", "steps.py", "codes.py"}  # these sort findings; the verdict gives a few
WORDS = {name.partition(":")[0] for name in texts()}
# Nothing is wrong with the mail: a file that tells nothing, a test that the user asked for.
# A row of its own only for some ways in which a sign-in at the wrong site shows.
WITHOUT_ROW = {
    "BOUNCE_NOT_UNDERSTOOD",
    "NAMES_MADE_UP",
    "WAITED_IN_VAIN",
    "FOLDERS_FULL",
    "IMAP_ADDRESS_DEAD",
    "SIGN_IN_AT_OTHER_SITE",
    "LINE_UNSTEADY",
    "LINE_STEADY",
    "LINE_WATCHED",
} | {code for code in CODES if code.startswith("SELF_TEST_")}


def _given() -> set[str]:
    """The codes that stand in the sources of the judges."""
    return {
        node.value
        for path in SOURCE.rglob("*.py")
        if path.name not in ABOUT
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in CODES
    }


def _made() -> set[str]:
    """The codes that ``finding("CODE", …)`` is called with, whether they have facts or not."""
    return {
        node.args[0].value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("finding", "_finding", "_found", "_say")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_code_that_is_given_has_its_facts() -> None:
    assert len(_made()) > 50
    assert _made() <= set(CODES)


def test_there_are_facts_of_nothing_that_is_never_given() -> None:
    assert set(CODES) - _given() - OF_THE_WHOLE == set()


def test_every_code_has_words_and_all_words_have_a_code() -> None:
    assert set(CODES) == WORDS


@pytest.mark.parametrize("code", [code for code in CODES if code not in WITHOUT_ROW])
def test_the_facts_are_those_of_the_table(code: str) -> None:
    rows = [fault for fault in faults() if fault.code == code]
    facts = CODES[code]
    assert facts.outcome in {row.outcome for row in rows}
    assert facts.owner in {row.owner for row in rows}
    if code not in OF_THE_WHOLE:
        assert {row.step for row in rows} & {facts.step, "all", "any"}


def test_the_table_names_every_step_and_forbids_only_what_it_knows() -> None:
    known = {fault.code for fault in faults()}
    for fault in faults():
        assert fault.code not in fault.never, fault.id
        assert fault.never <= known, fault.id
