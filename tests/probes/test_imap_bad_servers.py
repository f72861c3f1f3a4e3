"""Servers that break the rules in the middle of a search: no hang, nothing lost or made up."""

import contextlib
import queue
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailwizard.model.seen.mailbox import FolderSearch
from mailwizard.probes.search import search
from mailwizard.probes.setting import Stopped
from tests.probes.mailbox_lab import MailboxLab, mailbox
from tests.servers.fake_imap import PASSWORD, Dialect, Folder, Session, mail
from tests.worlds import probe_run


def searched(lab: MailboxLab, seconds: float = 10.0) -> dict[str, FolderSearch]:
    lab.run("sign-in")
    lab.run("search", seconds=seconds)
    return {seen.folder: seen for seen in lab.seen(FolderSearch)}


def many(count: int, *, each: int = 1) -> list[Folder]:
    return [
        Folder("INBOX", messages=[mail(subject="in the inbox")]),
        *(Folder(f"F{n:03}", messages=[mail(subject=str(n))] * each) for n in range(count)),
    ]


def in_folder(session: Session, name: str) -> bool:
    return session.folder is not None and session.folder.name == name


def test_five_hundred_folders_take_few_round_trips_and_three_connections() -> None:
    with mailbox(*many(500)) as lab:
        found = searched(lab, seconds=40)
        received = lab.server.received
    assert len(found) == 501
    assert all(seen.complete and len(seen.hits) == 1 for seen in found.values())
    assert next(iter(found)) == "INBOX"
    assert 2 <= received <= 3


def test_a_lane_that_dies_gives_its_folders_back() -> None:
    """The second and third connection are cut at their first folder; the first does it all."""

    def script(session: Session, _tag: str, verb: str, _arguments: str) -> bool:
        if verb == "EXAMINE" and session.number > 1 and session.number <= 3:
            session.hang_up()
            return True
        return False

    with mailbox(*many(40), dialect=Dialect(script=script)) as lab:
        found = searched(lab)
    assert all(seen.complete for seen in found.values())


def test_answers_out_of_order_are_not_believed() -> None:
    """The answers to EXAMINE of two folders are swapped; then it is done one at a time."""
    held: list[tuple[str, str, str]] = []

    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        if verb == "EXAMINE" and session.number == 1 and not held and arguments == '"F000"':
            held.append((tag, verb, arguments))
            return True
        if held and verb == "EXAMINE" and session.number == 1:
            session.answer(tag, verb, arguments)
            session.answer(*held[0])
            return True
        return bool(held) and session.number == 1

    with mailbox(*many(3), dialect=Dialect(script=script)) as lab:
        found = searched(lab)
    assert {name: [h.subject for h in seen.hits] for name, seen in found.items()} == {
        "INBOX": ["in the inbox"],
        "F000": ["0"],
        "F001": ["1"],
        "F002": ["2"],
    }
    assert all(seen.complete for seen in found.values())


def test_a_quick_answer_may_overtake_a_slow_one() -> None:
    """SEARCH is answered after the FETCH that was sent behind it, as RFC 9051, 5.5 allows."""
    held: list[str] = []
    stamp = (datetime.now(UTC) - timedelta(days=1)).strftime("%d-%b-%Y %H:%M:%S +0000")

    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        if verb == "FETCH":
            held.append(tag)
            session.say(f'* 1 FETCH (UID 101 INTERNALDATE "{stamp}")')
            return True
        if verb == "UID" and "SEARCH" in arguments and held:
            session.answer(tag, verb, arguments)
            session.say(f"{held.pop()} OK done")
            return True
        return False

    with mailbox(*many(3), dialect=Dialect(script=script)) as lab:
        assert all(len(seen.hits) == 1 for seen in searched(lab).values())


@pytest.mark.parametrize(
    "reply",
    [
        b"* 1 FETCH (UID 101 BODY[HEADER] {4294967296}\r\nFrom: x\r\n",
        b"* 1 FETCH (UID 101 BODY[HEADER] {99999999999999}\r\n",
        b"* 1 FETCH (UID 101 BODY[HEADER] {2000000}\r\n",
        b"\x00\xff\xfe nonsense\r\n",
        b"+ go on\r\n",
        b"* BYE system shutdown\r\n",
    ],
)
def test_a_reply_that_cannot_be_taken_costs_one_folder(reply: bytes) -> None:
    def script(session: Session, _tag: str, verb: str, arguments: str) -> bool:
        if verb == "UID" and "FETCH" in arguments and in_folder(session, "F001"):
            session.connection.sendall(reply)
            if b"BYE" in reply:
                session.hang_up()
            return True
        return False

    begins = time.monotonic()
    with mailbox(*many(4), dialect=Dialect(script=script)) as lab:
        found = searched(lab, seconds=20)
    assert time.monotonic() - begins < 10
    assert not found["F001"].complete
    assert found["F001"].detail
    others = [seen for name, seen in found.items() if name != "F001"]
    assert all(seen.complete and len(seen.hits) == 1 for seen in others)


def test_an_end_in_mid_literal_keeps_what_was_read() -> None:
    def script(session: Session, _tag: str, verb: str, arguments: str) -> bool:
        if verb == "UID" and "FLAGS RFC822.SIZE" in arguments and in_folder(session, "F000"):
            session.connection.sendall(b"* 1 FETCH (UID 101 BODY[HEADER] {500}\r\nFrom: x")
            session.hang_up()
            return True
        return False

    with mailbox(*many(1), dialect=Dialect(script=script)) as lab:
        found = searched(lab)
    assert not found["F000"].complete
    assert [hit.subject for hit in found["F000"].hits] == ["0"]


def test_what_nobody_asked_for_is_left_aside() -> None:
    def script(session: Session, _tag: str, _verb: str, _arguments: str) -> bool:
        if session.folder is None:
            return False
        session.say(
            "* 1 FETCH (FLAGS (\\Seen))",
            "* 7 FETCH (UID 999 BODY[HEADER] {35}\r\nFrom: buyer@customer.example\r\nX: y\r\n)",
            "* 3 EXPUNGE",
            "* OK still here",
        )
        return False

    with mailbox(*many(3), dialect=Dialect(script=script)) as lab:
        found = searched(lab)
    assert all([hit.uid for hit in seen.hits] == [101] for seen in found.values())
    assert all(seen.complete for seen in found.values())


def test_a_folder_that_is_rebuilt_meanwhile_is_searched_once_more() -> None:
    folders = many(3)
    folders[1].uidvalidity = 7
    opened: list[str] = []

    def script(_session: Session, _tag: str, verb: str, arguments: str) -> bool:
        if verb == "EXAMINE" and arguments == '"F000"':
            opened.append(arguments)
            folders[1].uidvalidity = 7 if len(opened) == 1 else 8
        return False

    with mailbox(*folders, dialect=Dialect(script=script)) as lab:
        found = searched(lab)
    assert (found["F000"].complete, found["F000"].uidvalidity) == (True, 8)
    assert len(found["F000"].hits) == 1


def test_a_folder_that_is_rebuilt_all_the_time_is_read_while_it_stays_open() -> None:
    folders = many(3)
    folders[1].uidvalidity = 7

    def script(_session: Session, _tag: str, verb: str, arguments: str) -> bool:
        if verb == "EXAMINE" and arguments == '"F000"':
            folders[1].uidvalidity += 1
        return False

    with mailbox(*folders, dialect=Dialect(script=script)) as lab:
        found = searched(lab)
    assert all(seen.complete and len(seen.hits) == 1 for seen in found.values())


@pytest.mark.parametrize("refusal", ["NO no access", "BAD never"])
def test_examine_is_refused_everywhere_and_select_is_not_tried(refusal: str) -> None:
    def script(session: Session, tag: str, verb: str, _arguments: str) -> bool:
        if verb == "EXAMINE":
            session.say(f"{tag} {refusal}")
        return verb == "EXAMINE"

    with mailbox(*many(3), dialect=Dialect(script=script)) as lab:
        found = searched(lab)
        assert "SELECT" not in lab.server.verbs()
    assert all(seen.method == "none" and not seen.complete for seen in found.values())
    assert all(refusal.split()[1] in seen.detail for seen in found.values())


def test_a_refused_folder_does_not_get_the_answers_of_the_one_before() -> None:
    """This server keeps the folder open that it had, although another was asked for in vain."""

    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        if verb == "EXAMINE" and arguments == '"F000"':
            session.say(f"{tag} NO not this one")
            return True
        return False

    with mailbox(*many(2), dialect=Dialect(script=script)) as lab:
        found = searched(lab)
    assert (found["F000"].hits, found["F000"].complete) == ((), False)
    assert len(found["F001"].hits) == 1


def test_one_octet_at_a_time_ends_with_the_probe() -> None:
    def script(session: Session, _tag: str, verb: str, arguments: str) -> bool:
        if verb == "UID" and "FETCH" in arguments and in_folder(session, "F000"):
            try:
                while True:
                    session.connection.sendall(b"*")
                    time.sleep(0.05)
            except OSError:
                return True
        return False

    begins = time.monotonic()
    with mailbox(*many(1), dialect=Dialect(script=script)) as lab:
        lab.run("sign-in")
        with pytest.raises(Stopped):
            lab.run("search", seconds=2)
        found = {seen.folder: seen for seen in lab.seen(FolderSearch)}
    assert time.monotonic() - begins < 3
    assert found["INBOX"].complete
    assert not found["F000"].complete


def test_a_server_that_reads_one_command_and_drops_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Sent ahead, only the first command is answered: then it is done one at a time."""
    monkeypatch.setattr("mailwizard.probes.imap.looking.FIRST_SECONDS", 0.5)
    with mailbox(*many(2), dialect=Dialect(drops_what_is_sent_ahead=True)) as lab:
        found = searched(lab, seconds=30)
    assert all(seen.complete and len(seen.hits) == 1 for seen in found.values())


def test_messages_that_vanish_meanwhile_are_not_missed() -> None:
    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        if verb == "UID" and "SEARCH" in arguments and in_folder(session, "F000"):
            session.say("* SEARCH 101 150", f"{tag} OK done")
            return True
        return False

    with mailbox(*many(1), dialect=Dialect(script=script)) as lab:
        found = searched(lab)
    assert found["F000"].complete
    assert len(found["F000"].hits) == 1


def test_figures_about_others_mail() -> None:
    old = [mail("x@old.example", days_ago=20, subject=str(n)) for n in range(4)]
    first = mail("x@old.example", days_ago=400)
    new = [
        replace(mail(f"{who}@o.example", days_ago=2), flags=flags)
        for who, flags in (("a", "\\Seen"), ("A", ""), ("b", "\\seen"))
    ]
    sent = Folder("Sent", "\\Sent", [mail("lin@example.com")])
    with mailbox(Folder("INBOX", messages=[first, *old, *new, mail()]), sent) as lab:
        found = searched(lab)
    inbox = found["INBOX"]
    assert (inbox.others_arrived, inbox.others_read, inbox.senders) == (3, 2, 2)
    assert (inbox.oldest, inbox.arrived_before) == (first.arrived, 4)
    assert inbox.last is not None
    assert inbox.last > new[-1].arrived
    assert (found["Sent"].senders, found["Sent"].last) == (None, None)


@pytest.mark.parametrize("since", ["bad", "nothing", "everything"])
def test_a_search_that_is_no_good_gives_the_same_figures(since: str) -> None:
    old = [mail("x@old.example", days_ago=20, subject=str(n)) for n in range(4)]
    messages = [mail(days_ago=400), *old, mail("a@o.example"), mail()]
    with mailbox(Folder("INBOX", messages=messages), dialect=Dialect(since=since)) as lab:
        inbox = searched(lab)["INBOX"]
    assert (inbox.others_arrived, inbox.arrived_before, len(inbox.hits)) == (1, 4, 1)
    assert inbox.complete


def test_a_search_that_finds_nothing_is_tried_on_an_old_message() -> None:
    """The first folders have nothing new that could prove it wrong."""
    folders = [
        Folder("INBOX", messages=[mail(days_ago=100)]),
        Folder("F", messages=[mail(days_ago=1), mail("x@old.example", days_ago=90)]),
    ]
    with mailbox(*folders, dialect=Dialect(since="nothing")) as lab:
        assert len(searched(lab)["F"].hits) == 1


def test_stopping_breaks_all_connections_off_at_once() -> None:
    stalled = threading.Barrier(4)  # three connections, and the test

    def script(_session: Session, _tag: str, verb: str, arguments: str) -> bool:
        if verb == "UID" and "SEARCH" in arguments:
            with contextlib.suppress(threading.BrokenBarrierError):
                stalled.wait(5)
            return True
        return False

    ended = queue.SimpleQueue[str]()
    with mailbox(*many(60), dialect=Dialect(script=script)) as lab:
        lab.run("sign-in")
        run = probe_run(
            lab.world,
            case=lab.case,
            evidence=lab.evidence,
            password=PASSWORD,
            mailboxes=lab.pool,
            seconds=20,
            probe="search",
        )

        def work() -> None:
            try:
                search(run.setting)
            except Stopped:
                ended.put("stopped")

        threading.Thread(target=work, daemon=True).start()
        stalled.wait(5)
        begins = time.monotonic()
        run.setting.stop()
        assert ended.get(timeout=5) == "stopped"
        assert time.monotonic() - begins < 1
        assert len({seen.folder for seen in lab.seen(FolderSearch)}) == 61
        assert not any(seen.complete for seen in lab.seen(FolderSearch))
