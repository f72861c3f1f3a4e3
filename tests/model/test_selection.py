"""Which mails a selection takes."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from mailwizard.model.selection import Selection

OLD = Selection(folders=("INBOX",), before=date(2026, 1, 1))
EVE = datetime(2025, 12, 31, 23, 59, tzinfo=UTC)
SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("selection", "folder", "arrived", "size", "taken"),
    [
        (Selection(folders=("INBOX",)), "INBOX", None, 0, True),
        (Selection(folders=("INBOX",)), "inbox", None, 0, False),
        (Selection(folders=()), "INBOX", EVE, 0, False),
        (OLD, "INBOX", EVE, 0, True),
        (OLD, "INBOX", datetime(2026, 1, 1, tzinfo=UTC), 0, False),
        (OLD, "INBOX", datetime(2026, 1, 1, 7, 59, tzinfo=SHANGHAI), 0, True),
        (OLD, "INBOX", datetime(2025, 12, 31, 23, 0), 0, True),
        (OLD, "INBOX", None, 0, False),
        (Selection(folders=("INBOX",), at_least=100), "INBOX", EVE, 100, True),
        (Selection(folders=("INBOX",), at_least=100), "INBOX", EVE, 99, False),
        (Selection(folders=("INBOX",), at_least=0), "INBOX", EVE, 0, True),
    ],
)
def test_takes(
    selection: Selection, folder: str, arrived: datetime | None, size: int, taken: bool
) -> None:
    assert selection.takes(folder, arrived, size) is taken
