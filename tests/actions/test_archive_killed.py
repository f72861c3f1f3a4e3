"""The archive and the deletion, killed at random points: every message is accounted for."""

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from mailwizard.actions.archive.archiving import find_unfinished
from mailwizard.actions.archive.outcome import Form
from tests.actions.archive_lab import FOLDERS, box, in_archive, in_child, small_steps
from tests.servers import dovecot

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(dovecot.BINARY is None, reason="dovecot-imapd is not installed"),
]


@pytest.mark.parametrize("form", ["mbox", "eml"])
def test_killed_while_copying(form: Form, tmp_path: Path) -> None:
    chance = random.Random(f"copying {form}")
    with box(tmp_path) as lab, small_steps():
        events = in_child(lambda: lab.archive(form))
        assert events is not None
        for _round in range(6):
            shutil.rmtree(lab.parent / "Archive", ignore_errors=True)
            killed = 0
            while in_child(lambda: lab.archive(form), at=chance.randrange(1, events)) is None:
                killed += 1
                lab.accounted()
                if killed >= 6:
                    assert in_child(lambda: lab.archive(form)) is not None
                    break
            assert killed
            for folder in FOLDERS:
                there = in_archive(lab.parent / "Archive", folder)
                assert Counter(there) == Counter(lab.at_first[folder])


@pytest.mark.parametrize("form", ["mbox", "eml"])
def test_killed_while_deleting(form: Form, tmp_path: Path) -> None:
    chance = random.Random(f"deleting {form}")
    with box(tmp_path) as lab, small_steps():
        lab.archive(form)
        killed = 0
        while find_unfinished(lab.parent, dovecot.USER):
            at = chance.randrange(1, 90) if killed < 20 else 0
            if in_child(lambda: lab.delete(lab.archive(form)), at=at) is None:
                killed += 1
            lab.accounted()
        assert killed > 3
        for folder in FOLDERS:
            assert lab.in_mailbox(folder) == []
            there = in_archive(lab.parent / "Archive", folder)
            assert Counter(there) == Counter(lab.at_first[folder])
