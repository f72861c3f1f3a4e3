"""Findings about the program's own probes."""

from dataclasses import replace

from mailwizard import plan
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Finding, Step
from mailwizard.model.seen.run import ProbeEnded


def judge(situation: Situation) -> list[Finding]:
    """A probe that crashed is a result of its own: what it should have checked is unknown."""
    found: list[Finding] = []
    for ended in situation.of(ProbeEnded):
        if ended.seen.how != "crashed":
            continue
        probe = plan.BY_ID.get(ended.probe)
        crashed = finding(
            "CHECK_FAILED",
            [ended],
            probe=ended.probe,
            what=probe.what if probe else ended.probe,
            reason=ended.seen.reason,
        )
        found.append(replace(crashed, step=(probe.step if probe else None) or Step.SPAM))
    return found
