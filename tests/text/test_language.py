"""Another language for one block, without disturbing anybody else."""

import threading

import pytest

from mailwizard.text import language


def test_a_block_speaks_its_own_language() -> None:
    before = language.current()
    with language.speaking("en"):
        assert language.current() == "en"
    assert language.current() == before


def test_other_threads_do_not_notice() -> None:
    heard: list[str] = []
    with language.speaking("en"):
        thread = threading.Thread(target=lambda: heard.append(language._for_now.get()))
        thread.start()
        thread.join()
    assert heard == [""]


def test_a_language_that_there_is_no_catalogue_of() -> None:
    with pytest.raises(KeyError), language.speaking("tlh"):
        pass
    with pytest.raises(KeyError):
        language.translate("Yes", "tlh")
    assert language.translate("Yes", "en") == "Yes"
