"""Sentences on the screens, in lines that a reader of Chinese does not stumble over."""

import pytest
from textual.app import App, ComposeResult

from mailwizard.ui.tui.widgets.prose import Prose

REASON = "被当成垃圾邮件的原因：邮件内容的垃圾邮件评分是 7.2。身份核验已通过。"
WAIT = "邮件一到就告诉您，并说明它在哪里。不会改动您邮箱里的任何内容。"


class _App(App[None]):
    CSS = "Prose { height: auto; width: 1fr; }"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        yield Prose(self._text)


async def lines(text: str, width: int) -> list[str]:
    app = _App(text)
    async with app.run_test(size=(width, 12)) as pilot:
        await pilot.pause()
        prose = app.query_one(Prose)
        shown = str(prose.render()).split("\n")
        assert prose.size.height == len(shown)
        return shown


@pytest.mark.parametrize("width", range(20, 60, 7))
@pytest.mark.parametrize("text", [REASON, WAIT])
async def test_chinese_fills_its_lines_and_none_begins_with_a_mark(text: str, width: int) -> None:
    shown = await lines(text, width)
    assert "".join(shown).replace(" ", "") == text.replace(" ", "")
    assert not any(line[0] in "。，：" for line in shown)
    assert all(len(line) * 2 > width - 8 for line in shown[:-1])


async def test_lines_and_indents_stay() -> None:
    text = "228 of 422 mails   80.8 MB\n  two words that do not fit into one line"
    assert await lines(text, 30) == [
        "228 of 422 mails   80.8 MB",
        "  two words that do not fit",
        "  into one line",
    ]


async def test_nothing_in_the_text_is_markup() -> None:
    assert await lines("[bold]offer[/bold]", 40) == ["[bold]offer[/bold]"]
