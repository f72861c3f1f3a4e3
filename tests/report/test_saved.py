"""The JSON of the contract, and the way back from a saved file."""

import json
from dataclasses import replace
from typing import Any

import pytest

from mailwizard.model.secret import Secret
from mailwizard.model.seen.user import Answer
from mailwizard.report import saved
from mailwizard.report.report import build
from mailwizard.text.problems import not_a_report
from tests.report.builders import AT, CASE, Found, Looked


def document(looked: Looked | None = None, *, redact: bool = False) -> dict[str, Any]:
    report = build(looked or Looked(), language="en", seconds=2.414, redact=redact)
    data: dict[str, Any] = json.loads(saved.to_json(report))
    return data


def test_the_shape_of_the_contract() -> None:
    data = document()
    assert data["schema"] == "mailwizard.report/1"
    assert data["tool"]["name"] == "mailwizard"
    assert (data["started"], data["seconds"]) == ("2026-11-23T09:00:00Z", 2.41)
    assert (data["language"], data["redacted"]) == ("en", False)
    case = {key: data["case"][key] for key in ("me", "sender", "since", "size", "provider")}
    assert case == {
        "me": CASE.me,
        "sender": CASE.sender,
        "since": "2026-11-09",
        "size": None,
        "provider": "alimail",
    }
    assert data["case"]["answers"] == {"others": "yes"}
    assert set(data["verdict"]) == {"outcome", "code", "owner", "certainty", "headline"}
    assert data["verdict"]["code"] == data["findings"][0]["code"] == "NEVER_REACHED_US"
    assert set(data["findings"][0]) == {
        *("code", "step", "outcome", "owner", "certainty"),
        *("headline", "meaning", "actions", "because", "data"),
    }
    assert [step["id"] for step in data["steps"]] == ["spam", "quota", "network", "dns", "sender"]
    assert data["steps"][0] == {
        "id": "spam",
        "outcome": "clear",
        "coverage": "2 of 2 folders, 2026-11-09 to today",
        "seconds": 1.25,
    }
    assert {"id", "kind", "probe", "at", "seconds", "data"} <= set(data["observations"][0])


@pytest.mark.parametrize("redact", [True, False])
def test_because_names_observations_of_the_report(redact: bool) -> None:
    data = document(redact=redact)
    known = {observation["id"] for observation in data["observations"]}
    for found in data["findings"]:
        assert found["because"]
        assert set(found["because"]) <= known


def test_what_is_opened_is_what_was_saved() -> None:
    looked = Looked()
    text = saved.to_json(build(looked, language="en", seconds=2.4))
    case, evidence = saved.from_json(text)
    assert case == CASE
    assert evidence.all() == looked.evidence.all()
    back = saved.read(text.encode())
    assert (back.started, back.seconds, back.redacted) == (AT, 2.4, False)


def test_a_provider_that_was_only_detected_is_not_taken_for_chosen() -> None:
    assert saved.read(json.dumps(document())).case.provider is None
    chosen = Looked(case=replace(CASE, provider="exmail"), detected=Found(by="user"))
    assert saved.read(json.dumps(document(chosen))).case.provider == "alimail"


def test_an_answer_that_was_taken_back_stays_taken_back() -> None:
    looked = Looked()
    looked.evidence.begin("user:others")
    data = document(looked)
    assert data["case"]["answers"] == {}
    _case, evidence = saved.from_json(json.dumps(data))
    assert evidence.of(Answer) == []


def test_a_redacted_report_opens() -> None:
    back = saved.read(json.dumps(document(redact=True)))
    assert back.redacted
    assert back.case.me == "person-1@company.example"
    assert len(back.evidence) == len(Looked().evidence)


def changed(**parts: Any) -> str:
    return json.dumps({**document(), **parts})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", saved.NotAReport),
        ("hello", saved.NotAReport),
        (b"\x89PNG\r\n\x1a\n\0", saved.NotAReport),
        ("[1, 2]", saved.NotAReport),
        ("{}", saved.NotAReport),
        ('{"schema": "other/1"}', saved.NotAReport),
        ('{"schema": 1}', saved.NotAReport),
        ("[" * 200_000, saved.NotAReport),
        ('{"schema": "mailwizard.report/1"', saved.BrokenReport),
        ('{"schema": "mailwizard.report/1"}', saved.BrokenReport),
        ('{"schema": "mailwizard.report/2"}', saved.NewerReport),
        ('{"schema": "mailwizard.report/99"}', saved.NewerReport),
        ('{"schema": "mailwizard.report/' + "9" * 5000 + '"}', saved.NewerReport),
    ],
)
def test_what_is_no_report_of_ours_is_told_apart(
    text: str | bytes, problem: type[saved.NotOpened]
) -> None:
    with pytest.raises(problem) as caught:
        saved.read(text)
    assert "letter.json" in not_a_report(caught.value.reason, "letter.json")


@pytest.mark.parametrize(
    "parts",
    [
        {"case": None},
        {"case": {"me": "nobody", "since": "2026-11-09"}},
        {"case": {"me": "a@b.cn", "since": "soon"}},
        {"case": {"me": "a@b.cn", "since": "2026-11-09", "size": "big"}},
        {"observations": [{"id": "o1"}]},
        {"observations": [{"id": "o1", "kind": "telepathy", "probe": "x", "data": {}}]},
        {"observations": 5},
        {"started": "yesterday"},
        {"seconds": []},
        {"seconds": 10**400},
        {"observations": [{**document()["observations"][0], "seconds": 10**400}]},
        {"withdrawn": 5},
    ],
)
def test_a_damaged_report_is_said_to_be_one(parts: dict[str, Any]) -> None:
    with pytest.raises(saved.BrokenReport):
        saved.read(changed(**parts))


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "LIMIT", 100)
    with pytest.raises(saved.TooLarge):
        saved.read(changed())


def test_what_others_wrote_into_a_file_steers_no_terminal() -> None:
    data = document()
    data["case"]["subject"] = "\x1b]0;owned\x07 \u202egnp"
    data["observations"][0]["data"]["folders"][0]["name"] = "IN\x9b31mBOX"
    back = saved.read(json.dumps(data))
    assert back.case.subject is not None
    assert back.case.subject.isprintable()
    assert back.evidence.all()[0].seen.folders[0].name.isprintable()


def test_a_password_is_in_no_format() -> None:
    from mailwizard.report.formats import FORMATS

    looked = Looked()
    looked.password = Secret("kAnArIe-7391")  # type: ignore[attr-defined]
    for form in FORMATS.values():
        for redact in (True, False):
            assert "kAnArIe" not in form(build(looked, language="en", seconds=1, redact=redact))


def test_a_mark_that_an_editor_put_before_the_text_does_no_harm() -> None:
    assert saved.read(b"\xef\xbb\xbf" + changed().encode()).case.me
