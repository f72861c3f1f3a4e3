"""Which STATUS reply belongs to which command, also where a server ends several at once."""

import pytest

from mailwizard.probes.imap.figures import status_lines
from mailwizard.probes.imap.pipeline import Answer
from mailwizard.probes.imap.replies import Refused, Reply

A, B = b'"A" (MESSAGES 1)', b'"B" (MESSAGES 2)'
NO = Refused(Reply("NO", "", "not yours"))


def answer(*lines: object, refused: Refused | None = None) -> Answer:
    return Answer(refused, {"STATUS": list(lines)} if lines else {})


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([answer(A), answer(B)], [A, B]),
        ([answer(A, B), answer()], [A, B]),
        ([answer(), answer(A, B)], [A, B]),
        ([answer(refused=NO), answer(A)], [None, A]),
        ([answer(A), answer(refused=NO), answer(B)], [A, None, B]),
        ([answer(A, A), answer(B)], [A, B]),
        ([answer(), answer(B)], [None, B]),
        ([answer((b"{1}", b"A"), b" (MESSAGES 1)"), answer(B)], [A, B]),
        ([], []),
    ],
)
def test_each_folders_own(answers: list[Answer], told: list[bytes | None]) -> None:
    assert status_lines(answers) == told
