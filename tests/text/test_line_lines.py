"""The rows and facts of the line's quality and of the proxy."""

from datetime import UTC, datetime

import pytest

from mailwizard.model.evidence import Evidence
from mailwizard.model.observation import Seen
from mailwizard.text.facts import fact
from mailwizard.text.seen_lines import seen_line, worked
from tests.diagnosis.line_seen import asked, quality
from tests.diagnosis.network_seen import HOST

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def seen(probe: str, *records: Seen) -> Evidence:
    evidence = Evidence()
    for record in records:
        evidence.add(probe, record, at=AT, seconds=0.1)
    return evidence


def test_the_line_s_row() -> None:
    in_order = seen("line", quality([12.0, 14.0], [10.0, 11.0], mail=[9.0, 13.0], near=[1.0, 1.0]))
    assert seen_line("line", in_order) == "about 12 ms to 3 hosts"
    assert worked("line", in_order) is True
    lossy = seen("line", quality([12.0, None], [10.0, 11.0]))
    assert seen_line("line", lossy) == "about 11 ms to 2 hosts, 1 of 4 without answer"
    dead = seen("line", quality([None, None]))
    assert seen_line("line", dead) == "no connection came about"
    assert worked("line", dead) is False


@pytest.mark.parametrize(
    ("record", "line", "works"),
    [
        (asked("provider", 200), f"proxy.office:8080 lets {HOST} through", True),
        (asked("provider", 403), f"proxy.office:8080 answers 403 for {HOST}", False),
        (asked("provider", 200, body="<html>"), f"proxy.office:8080 answers 200 for {HOST}", False),
        (asked("provider", outcome="silent"), "proxy.office:8080 says nothing", False),
        (asked("provider", outcome="garbage"), "proxy.office:8080 is no proxy", False),
        (asked("provider", outcome="timeout"), "proxy.office:8080 does not answer", False),
    ],
)
def test_the_proxy_s_row(record: Seen, line: str, works: bool) -> None:
    evidence = seen("proxy", asked("web", 200), record)
    assert seen_line("proxy", evidence) == line
    assert worked("proxy", evidence) is works


def test_the_facts_for_the_helpdesk() -> None:
    (timed,) = seen("line", quality([12.0, None], near=[1.0, 1.2]))
    assert fact(timed) == (
        "Connections one after another, in milliseconds: "
        "www.baidu.com [198.51.100.13]:443 12 timeout; 10.66.0.1 [10.66.0.1]:443 1 1"
    )
    (refused,) = seen("proxy", asked("provider", 407, reason="Sign in", wants=("NTLM",)))
    assert fact(refused) == f"proxy.office:8080: CONNECT {HOST}:993: 407, Sign in, NTLM"
