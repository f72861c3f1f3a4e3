"""Whatever a test of the diagnosis gets as findings must be whole, whoever looks at it."""

import functools
from collections.abc import Callable
from string import Formatter

import pytest

from mailwizard.diagnosis import (
    account,
    dns,
    line_watch,
    mailbox,
    network,
    program,
    quota,
    self_test,
    sender,
)
from mailwizard.diagnosis.codes import CODES
from mailwizard.diagnosis.situation import Situation
from mailwizard.model.finding import Finding, Outcome
from mailwizard.providers.load import all_providers
from mailwizard.text.finding_text import render, texts
from mailwizard.text.language import LANGUAGES, speaking
from tests.faults import faults

BY_PROVIDER = frozenset(("provider", "webmail", "support"))  # no profile leaves these empty
ELLIPSIS = "…"  # stands for a datum that is missing
_rendered: set[tuple[object, ...]] = set()


@pytest.fixture(autouse=True)
def _every_finding_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (account, dns, line_watch, mailbox, network, program, quota, self_test, sender):
        monkeypatch.setattr(module, "judge", _checked(module.judge))  # type: ignore[attr-defined]


def _checked(judge: Callable[[Situation], list[Finding]]) -> Callable[[Situation], list[Finding]]:
    @functools.wraps(judge)
    def checked(situation: Situation) -> list[Finding]:
        found = judge(situation)
        known = {o.id for o in situation.evidence}
        for finding in found:
            assert finding.code in CODES
            assert set(finding.because) <= known, finding
            if finding.outcome in (Outcome.CAUSE, Outcome.RISK):
                assert finding.because, finding
            _is_told_whole(finding)
        causes = {f.code for f in found if f.outcome is Outcome.CAUSE}
        for fault in faults():
            if fault.outcome == "cause" and fault.code in causes:
                assert not fault.never & causes, fault.id
        return found

    return checked


def named(*lines: str) -> frozenset[str]:
    """The placeholders of some lines."""
    return frozenset(
        name for line in lines for _text, name, _spec, _conv in Formatter().parse(line) if name
    )


def _is_told_whole(finding: Finding) -> None:
    """Its words name all that they speak of, for every provider and in every language."""
    if any(ELLIPSIS in str(value) for value in finding.data.values()):
        return  # said by others, or cut short: not to be told from a gap
    filled = frozenset(name for name, value in finding.data.items() if value not in ("", None, ()))
    shape = (finding.code, finding.data.get("variant"), finding.owner, filled)
    if shape in _rendered:
        return
    variant = f"{finding.code}:{finding.data.get('variant', '')}"
    text = texts().get(variant) or texts()[finding.code]
    assert named(text.headline, text.meaning) <= filled | BY_PROVIDER, finding
    for provider in all_providers().values():
        for language in LANGUAGES:
            with speaking(language):
                words = render(finding, provider)
            told = (words.headline, words.meaning, *words.actions)
            assert all(told), (finding.code, language)
            assert not any(ELLIPSIS in text for text in told), (finding, language, told)
            assert not any("{" in text for text in told), (finding.code, language, told)
    _rendered.add(shape)
