"""The largest messages of a folder: asked of SEARCH where it can be believed, else read."""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from mailwizard.probes.imap import largest as module
from mailwizard.probes.imap.largest import largest
from mailwizard.probes.imap.lending import borrow
from mailwizard.probes.imap.uid_sets import uid_sets
from tests.probes.mailbox_lab import mailbox
from tests.servers.fake_imap import PASSWORD, Dialect, Folder, Session, mail
from tests.worlds import probe_run

Answer = Callable[[Session, int], list[int] | None]
DICE = random.Random(5)
MESSAGES = [
    replace(mail(), size=DICE.choice((900, 4000, 60_000, 700_000)) + number)
    for number in range(400)
]
BY_SIZE = sorted(((101 + n, m.size) for n, m in enumerate(MESSAGES)), key=lambda one: -one[1])


def honest(session: Session, bound: int) -> list[int]:
    assert session.folder is not None
    return [101 + n for n, m in enumerate(session.folder.messages) if m.size > bound]


def found(answer: Answer | None, most: int = 10) -> tuple[list[tuple[int, int]], Counter[str]]:
    """What is found in a folder of 400 messages, and the commands that it took."""

    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        asked = re.match(r"SEARCH LARGER (\d+)", arguments)
        if verb != "UID" or asked is None:
            return False
        uids = answer(session, int(asked[1])) if answer is not None else None
        if uids is None:
            session.say(f"{tag} BAD invalid command or parameters")
        else:
            session.say("* SEARCH " + " ".join(map(str, uids)), f"{tag} OK done")
        return True

    with mailbox(Folder("INBOX", messages=MESSAGES), dialect=Dialect(script=script)) as lab:
        lab.run("sign-in")
        run = probe_run(
            lab.world,
            case=lab.case,
            evidence=lab.evidence,
            password=PASSWORD,
            mailboxes=lab.pool,
            probe="largest",
        )
        client = borrow(run.setting)
        assert client.examine(b"INBOX").messages == len(MESSAGES)
        lab.server.commands.clear()
        top = largest(client, len(MESSAGES), most)
        assert not client.broken
        return top, Counter(lab.server.verbs())


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY", 100)


def test_search_finds_them() -> None:
    top, verbs = found(honest)
    assert top == BY_SIZE[:10]
    assert verbs["SEARCH"] < 12
    assert verbs["FETCH"] == 1


def test_many_hits_are_narrowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_HITS", 20)
    top, verbs = found(honest)
    assert top == BY_SIZE[:10]
    assert verbs["FETCH"] == 1


LIES: dict[str, Answer | None] = {
    "refused": None,
    "everything": lambda _session, _bound: list(range(101, 501)),
    "nothing": lambda _session, _bound: [],
    "smaller ones": lambda session, bound: (
        [] if bound > 1 << 30 else [u for u in range(101, 501) if u not in honest(session, bound)]
    ),
    "numbers that are none": lambda _session, bound: [] if bound > 1 << 30 else [7] * 50,
    "unsorted, twice": lambda session, bound: honest(session, bound)[::-1] * 2,
}


@pytest.mark.parametrize("answer", LIES.values(), ids=LIES)
def test_whatever_search_says_the_largest_are_found(answer: Answer | None) -> None:
    assert found(answer)[0] == BY_SIZE[:10]


def test_more_than_there_are() -> None:
    assert found(honest, 1000)[0] == BY_SIZE


def test_message_sets_are_short_and_whole() -> None:
    assert list(uid_sets([5, 6, 7, 9, 11, 12])) == [b"5:7,9,11:12"]
    assert list(uid_sets([])) == []
    uids = [n * 3 for n in range(1, 5000)]
    parts = list(uid_sets(uids))
    assert max(map(len, parts)) <= 4000
    assert [int(n) for part in parts for n in part.split(b",")] == uids
