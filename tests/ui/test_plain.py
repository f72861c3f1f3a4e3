"""The plain wizard, walked with scripted answers and stub probes."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailwizard.engine.session import Session
from mailwizard.model.case import Case
from mailwizard.model.finding import Step
from mailwizard.model.secret import Secret
from mailwizard.model.seen.mailbox import Folder, FolderList, FolderSearch, MailSeen, SignIn
from mailwizard.model.seen.user import Answer
from mailwizard.probes.setting import Setting
from mailwizard.tree import SPAM_LOOK_UPS
from tests.engine.builders import CASE, replace_plan, session, stub
from tests.ui.plain_walk import Kept, walk

QUESTIONS = ("lin@example.com", "buyer@customer.example", "14", "", "3", "1", "1", "1")
CANARY = "canary-Pass-118"
NOW = datetime.now(UTC)


def sign_in(setting: Setting) -> None:
    """Lets the canary in and nobody else."""
    if setting.password is None:
        return
    known = setting.password.reveal() == CANARY
    setting.record(
        SignIn(host="imap.example.com", port=993, outcome="ok" if known else "refused", text="NO")
    )


def search(setting: Setting) -> None:
    """One mail in the spam folder, if somebody signed in."""
    if setting.password is None:
        return
    hit = MailSeen(
        folder="Junk",
        uid=1,
        arrived=NOW,
        dated=NOW,
        from_address="buyer@customer.example",
        from_name="Buyer",
        subject="Offer",
        size=100,
        unread=True,
        matched="address",
    )
    junk = Folder(name="Junk", flags=("\\Junk",), role="junk", role_by="flag")
    setting.record(FolderList(folders=(junk,), delimiter="/"))
    setting.record(
        FolderSearch(
            folder="Junk",
            role="junk",
            role_by="flag",
            since=NOW,
            messages=1,
            method="headers",
            examined=1,
            complete=True,
            hits=(hit,),
        )
    )


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Session:
    replace_plan(
        monkeypatch,
        stub("provider", step=Step.NETWORK),
        stub("sign-in", sign_in, step=None),
        stub("search", search, step=Step.SPAM, after=("sign-in",)),
        stub("quota", step=Step.QUOTA, after=("sign-in",)),
        stub("domain", step=Step.DNS),
        stub("sender-domain", step=Step.SENDER),
    )
    return session(Case(me="", since=CASE.since))


def test_from_the_first_question_to_the_end(at: Session) -> None:
    said = walk(at, *QUESTIONS, "1", "1", "1", "1", "1", "1", "end", passwords=[CANARY])
    assert at.investigation.case.me == "lin@example.com"
    assert at.investigation.case.sender == "buyer@customer.example"
    for number in range(1, 6):
        assert f"Step {number} of 5" in said
    assert at.node.id == "hand-over"
    assert CANARY not in said


def test_mail_in_the_spam_folder_is_said_with_its_owner(at: Session) -> None:
    said = walk(at, *QUESTIONS, "1", "solved", passwords=[CANARY])
    assert at.investigation.diagnosis().verdict.code == "FOUND_IN_JUNK"
    assert "What we found" in said
    assert "Who can fix it: you" in said


def test_that_solved_it_ends_the_walk(at: Session) -> None:
    walk(at, *QUESTIONS, "1", "That solved it", passwords=[CANARY])
    assert at.node.id == "solved"


def test_words_beginnings_and_numbers_are_answers(at: Session) -> None:
    walk(at, "lin@example.com", "", "", "", "no", "yes", "I don't", "ＹＥＳ")
    answers = {o.seen.question: o.seen.value for o in at.investigation.evidence.of(Answer)}
    assert (answers["bounce"], answers["others"], answers["colleagues"]) == ("no", "yes", "unknown")
    assert answers["internal"] == "yes"


def test_an_answer_that_is_none_is_asked_again(at: Session) -> None:
    said = walk(at, "lin", "lin@example.com", "nobody", "", "soon", "3", "", "9", "y", "3")
    assert at.investigation.case.me == "lin@example.com"
    assert at.walk.here == "others"
    assert "Type a number" in said


def test_back_keeps_the_old_answer_and_enter_takes_it(at: Session) -> None:
    said = walk(at, "lin@example.com", "b", "", "buyer@customer.example")
    assert "(Enter keeps: lin@example.com)" in said
    assert at.walk.path == ("me", "customer", "since")


def test_a_question_mark_says_why(at: Session) -> None:
    said = walk(at, "?")
    assert "From its ending we see" in said


def test_quitting_before_anything_was_checked(at: Session) -> None:
    assert "Nothing has been checked yet" in walk(at, "lin@example.com", "q")


def test_the_end_of_input_tells_the_result_so_far(at: Session) -> None:
    said = walk(at, *QUESTIONS, "1", passwords=[CANARY])
    assert "The result so far" in said
    assert not at.running(Step.SPAM)


def test_a_wrong_password_then_the_right_one(at: Session) -> None:
    said = walk(at, *QUESTIONS, "1", "1", "1", passwords=["wrong-Word", CANARY])
    assert "The mailbox did not let us in" in said
    assert at.sign_in_state() == "ok"
    assert at.walk.here == Step.SPAM
    assert "wrong-Word" not in said


def test_an_empty_password_is_no_attempt(at: Session) -> None:
    said = walk(at, *QUESTIONS, "1", "without", passwords=[""])
    assert "Nothing was typed" in said
    assert at.sign_in_state() == "declined"
    assert not at.investigation.evidence.of(SignIn)


def test_without_a_password_the_user_looks(at: Session) -> None:
    walk(at, *QUESTIONS, "without", "1", "no", "no", "no", "I don't know")
    answers = {o.seen.question: o.seen.value for o in at.investigation.evidence.of(Answer)}
    assert answers["webmail-junk"] == "no"
    assert {q.id for q in SPAM_LOOK_UPS} <= set(answers)
    assert at.walk.here == Step.SPAM


def test_where_the_mail_is_found_the_looking_ends(at: Session) -> None:
    walk(at, *QUESTIONS, "without", "1", "yes", "continue")
    answers = {o.seen.question for o in at.investigation.evidence.of(Answer)}
    assert answers & {q.id for q in SPAM_LOOK_UPS} == {"webmail-junk"}
    assert at.walk.here == Step.QUOTA


def test_back_in_the_look_ups_returns_to_the_step(at: Session) -> None:
    walk(at, *QUESTIONS, "without", "look", "no", "b", "b", "continue")
    assert at.walk.here == Step.QUOTA


def test_a_kept_password_is_offered(at: Session) -> None:
    kept = Kept()
    kept.set("lin@example.com", Secret(CANARY))
    said = walk(at, *QUESTIONS, "1", kept=kept)
    assert "kept on this computer" in said
    assert at.sign_in_state() == "ok"


def test_a_password_is_only_kept_if_wanted(at: Session) -> None:
    kept = Kept(works=True)
    said = walk(at, *QUESTIONS, "1", "no", passwords=[CANARY], kept=kept)
    assert "keyring" in said
    assert kept.known == {}


def test_a_password_that_was_refused_is_never_kept(at: Session) -> None:
    kept = Kept(works=True)
    walk(at, *QUESTIONS, "1", "q", passwords=["wrong"], kept=kept)
    assert kept.known == {}


def test_check_everything_opens_the_step_that_explains(at: Session) -> None:
    walk(at, *QUESTIONS, "1", "continue", "everything", "continue", passwords=[CANARY])
    assert at.walk.path[-3:] == (Step.QUOTA, Step.SPAM, Step.QUOTA)


def test_details_name_codes_and_observations(at: Session) -> None:
    said = walk(at, *QUESTIONS, "1", "details", passwords=[CANARY])
    assert "FOUND_IN_JUNK" in said
    assert re.search(r"o\d+ \(search, ", said)


def test_a_pasted_bounce_ends_with_a_full_stop(at: Session) -> None:
    walk(at, "lin@example.com", "", "", "", "1", "550 5.1.1 unknown user", "", "q", ".", "3")
    assert at.investigation.inputs.bounce == b"550 5.1.1 unknown user\n\nq"
    assert at.walk.here == "colleagues"


def test_a_bounce_from_a_file_and_one_that_is_a_picture(at: Session, tmp_path: Path) -> None:
    picture = tmp_path / "a.eml"
    picture.write_bytes(b"\xff\xd8\xff\xe0JFIF")
    bounce = tmp_path / "b.eml"
    bounce.write_bytes(b"550 no")
    said = walk(at, "lin@example.com", "", "", "", "1", str(picture), str(bounce), "3")
    assert "picture" in said
    assert at.investigation.inputs.bounce == b"550 no"


def test_the_report_is_saved_with_names_hidden(at: Session, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    at.jump("hand-over")
    at.investigation.case = CASE
    said = walk(at, "Save the report, with names hidden", str(file), "end")
    report = json.loads(file.read_text("utf-8"))
    assert report["redacted"] is True
    assert "lin@example.com" not in file.read_text("utf-8")
    assert f"Saved: {file}" in said


def test_a_name_that_can_be_no_file_is_asked_for_again(at: Session, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    at.jump("hand-over")
    at.investigation.case = CASE
    said = walk(at, "Save the report, with names hidden", "~no-such-user/a", str(file), "end")
    assert "cannot be a file name" in said
    assert file.exists()


def test_a_file_that_is_there_is_not_replaced_unasked(at: Session, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    at.jump("hand-over")
    at.investigation.case = CASE
    walk(at, "save-full", str(file), "no", str(tmp_path / "none" / "x.txt"), "b", "end")
    assert file.read_text() == "mine"


def test_a_letter_is_shown_and_saved(at: Session, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    at.jump("hand-over")
    at.investigation.case = CASE
    said = walk(at, "admin", "yes", str(file), "end")
    assert "Subject: " in said
    assert "lin@example.com" in file.read_text("utf-8")


def test_control_characters_in_an_answer_do_not_reach_the_terminal(at: Session) -> None:
    said = walk(at, "\x1b[31mlin@example.com\x1b[0m", "[bold]x", "q")
    assert "\x1b" not in said


def test_an_old_answer_can_be_taken_away(at: Session) -> None:
    walk(at, "lin@example.com", "buyer@customer.example", "b", "-")
    assert at.investigation.case.sender is None
    assert at.walk.here == "since"


def test_a_password_can_still_be_given_at_the_step(at: Session) -> None:
    walk(at, *QUESTIONS, "without", "with your", "look into", "1", passwords=[CANARY])
    assert at.sign_in_state() == "ok"
    assert at.walk.here == Step.SPAM
