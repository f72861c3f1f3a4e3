"""Makes the README's pictures from the real program: ``python -m tests.screenshots [NAME …]``.

Each picture is the wizard playing a story of the demo. Needs ``rsvg-convert`` and a Chinese font
(Debian: librsvg2-bin, fonts-dejavu-core, fonts-noto-cjk).
"""

import asyncio
import html
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

from rich.cells import get_character_cell_size
from textual.pilot import Pilot

from mailwizard.demo.start import start
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.line_watch import Pace
from mailwizard.engine.session import Session
from mailwizard.probes.setting import Setting
from mailwizard.text.language import _, use
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.ports import Options
from mailwizard.ui.tui.screens.line_watch import LineWatchScreen
from mailwizard.ui.tui.screens.make_room.archive import ArchiveScreen
from mailwizard.ui.tui.screens.make_room.choose import ChooseScreen
from mailwizard.ui.tui.screens.make_room.picture import MakeRoomScreen
from mailwizard.ui.tui.screens.make_room.where import WhereScreen
from mailwizard.ui.tui.screens.rescue import RescueScreen
from mailwizard.ui.tui.screens.self_test import SelfTestScreen
from mailwizard.ui.tui.screens.waiting import WaitScreen
from mailwizard.ui.tui.screens.way_in import WayInScreen
from mailwizard.ui.tui.widgets.choices import Choices
from mailwizard.ui.tui.widgets.result_card import ResultCard
from tests.ui.tui_tools import text, until

FOLDER = Path(__file__).resolve().parent.parent / "screenshots"
LANGUAGES = ("en", "zh_CN")


Playing = Pilot[None]


def on(pilot: Playing, screen: type) -> bool:
    """Whether a screen of this kind is on top, and filled."""
    return isinstance(pilot.app.screen, screen) and bool(pilot.app.screen.query("#answers"))


def words(pilot: Playing) -> str:
    """What the screen shows."""
    return text(pilot.app)  # type: ignore[arg-type]


async def bring_back(pilot: Playing) -> None:
    """The preview of what was found."""
    await pilot.press("home", "enter")
    await until(pilot, lambda: on(pilot, RescueScreen))
    await pilot.press("tab", "down")


async def make_room(pilot: Playing) -> None:
    """Where the room goes."""
    await pilot.press("home", "enter")
    await until(pilot, lambda: on(pilot, MakeRoomScreen) and _("Measure again") in words(pilot), 30)


async def archive(pilot: Playing) -> None:
    """Mails being saved, in the middle of it."""
    await make_room(pilot)
    await pilot.press("tab", "tab", "home", "enter")
    await until(pilot, lambda: on(pilot, ChooseScreen))
    await pilot.press("tab", "tab", "tab", "home", "enter")
    await until(pilot, lambda: on(pilot, WhereScreen))
    pilot.app.screen.query_one("#answers", Choices).action_choose()  # a press waits too long
    await until(pilot, lambda: on(pilot, ArchiveScreen) and half_done(pilot))


def half_done(pilot: Playing) -> bool:
    """Whether mails are being copied, and the bar on the screen is somewhere in the middle."""
    shown = " MB" in words(pilot)  # not folders being looked through
    return shown and any(f" {percent} %" in words(pilot) for percent in range(30, 95))


async def wait(pilot: Playing) -> None:
    """Waiting for the mail that is sent once more."""
    pilot.app.push_screen(WaitScreen())
    await until(pilot, lambda: on(pilot, WaitScreen))
    await pilot.press("home", "enter")
    await until(pilot, lambda: "9:57" in words(pilot))


async def self_test(pilot: Playing) -> None:
    """What a test mail to oneself has told."""
    pilot.app.push_screen(SelfTestScreen())
    await until(pilot, lambda: on(pilot, SelfTestScreen))
    await pilot.press("home", "enter")
    await until(pilot, lambda: bool(pilot.app.screen.query(ResultCard)), 30)
    await pilot.pause(0.5)


async def way_in(pilot: Playing) -> None:
    """The map of the way in, with the screen to itself."""
    pilot.app.push_screen(WayInScreen())
    await until(pilot, lambda: on(pilot, WayInScreen) and _("Your mailbox") in words(pilot))
    await pilot.pause(0.5)


async def read_to_it(pilot: Playing) -> None:
    """Scrolls to the sentence that is read to IT."""
    await until(pilot, lambda: bool(pilot.app.screen.query(ResultCard)))
    await pilot.pause(0.5)
    pilot.app.screen.query_one(".actions").scroll_end(animate=False)
    await pilot.pause(0.5)


def drops_out(number: int) -> bool:
    """At which looks nothing behind the router answers."""
    return number in (6, 7, 8, 9, 17, 18)


async def watch_line(pilot: Playing) -> None:
    """Two minutes of a line that drops out, at another pace; the times shown are the watch's."""
    session = pilot.app.session  # type: ignore[attr-defined]
    now, looked = 0.0, -1

    def pause(_halt: object, seconds: float) -> None:
        nonlocal now
        now += seconds

    def look(setting: Setting, number: int) -> None:
        nonlocal looked
        looked = number
        Pace().look(setting, number)

    session.investigation.world = replace(
        session.investigation.world, away=lambda: drops_out(looked), patience=0.05
    )
    pilot.app.push_screen(LineWatchScreen(Pace(clock=lambda: now, pause=pause, look=look)))
    await until(pilot, lambda: on(pilot, LineWatchScreen))
    await pilot.press("home", "enter")
    await until(pilot, lambda: _("Watch again") in words(pilot), 60)
    await pilot.pause(0.5)


@dataclass(frozen=True)
class Picture:
    """One picture: the story played, the node it stops at, the size of the terminal.

    ``then`` is what is done from there on.
    """

    name: str
    story: str
    node: str
    size: tuple[int, int] = (80, 24)
    then: Callable[[Playing], Awaitable[None]] | None = None


PICTURES = (
    Picture("question", "junk", "customer"),
    Picture("sign-in", "junk", "sign-in"),
    Picture("step-spam", "junk", "spam"),
    Picture("step-network", "gateway-down", "network"),
    Picture("network-it", "port-993-blocked", "network", then=read_to_it),
    Picture("network-it", "port-993-blocked", "network", (120, 40)),
    Picture("watch-line", "never-sent", "network", then=watch_line),
    Picture("step-dns", "mx-mixed", "dns", (120, 40)),
    Picture("way-in", "mx-mixed", "dns", then=way_in),
    Picture("way-in", "mx-mixed", "dns", (120, 40), then=way_in),
    Picture("result", "bounce-spf", "hand-over"),
    Picture("bring-back", "junk", "spam", then=bring_back),
    Picture("make-room", "mailbox-full", "quota", then=make_room),
    Picture("make-room", "mailbox-full", "quota", (120, 40), then=make_room),
    Picture("archive", "mailbox-full", "quota", then=archive),
    Picture("wait", "mailbox-full", "quota", then=wait),
    Picture("test-mail", "never-sent", "spam", then=self_test),
)


async def take(picture: Picture, language: str) -> str:
    """Plays the story up to the node; the screen as SVG."""
    use(language)
    with start(picture.story) as demo:
        investigation = Investigation(demo.world, demo.case)
        investigation.inputs = demo.inputs
        investigation.password = demo.password
        session = Session(investigation)
        session.answers.update(me=demo.case.me, customer=demo.case.sender or "")
        app = WizardApp(session, Options())
        async with app.run_test(size=picture.size) as pilot:
            if picture.node in ("customer", "sign-in"):
                session.jump(picture.node)
                app.show_node()
            else:
                await pilot.press("f3")
                await until(pilot, lambda: session.walk.here == session.explaining_step(), 40)
                if picture.node != session.walk.here:
                    session.jump(picture.node)
                    app.show_node()
            if picture.then is None:
                await pilot.pause(0.5)
            else:
                await picture.then(pilot)
            return app.export_screenshot(title="mailwizard")


_TEXT = re.compile(
    r'<text class="(?P<css>[^"]*)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" textLength="[\d.]+"'
    r"(?P<rest>[^>]*)>(?P<words>[^<]*)</text>"
)
_CELL = 12.2  # the width of a cell in Textual's pictures, in pixels
_FONTS = "font-family: DejaVu Sans Mono, Noto Sans Mono CJK SC; font-size: 20.27px;"


def on_the_grid(svg: str) -> str:
    """Puts every wide character into its own two cells, whatever the font's own widths are."""

    def split(found: re.Match[str]) -> str:
        words = html.unescape(found["words"]).replace("\xa0", " ")
        parts: list[str] = []
        cell, run, start = 0, "", 0

        def put(text: str, at: int) -> None:
            if text.strip():
                shown = text.lstrip(" ")
                x = float(found["x"]) + (at + len(text) - len(shown)) * _CELL
                parts.append(
                    f'<text class="{found["css"]}" x="{x:.1f}" y="{found["y"]}"{found["rest"]}>'
                    f"{html.escape(shown).replace(' ', '&#160;')}</text>"
                )

        for char in words:
            size = get_character_cell_size(char)
            if size == 1:
                if not run:
                    start = cell
                run += char
            else:
                put(run, start)
                run = ""
                put(char, cell)
            cell += size
        put(run, start)
        return "".join(parts)

    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.S)
    svg = re.sub(r"font-family: Fira Code[^;]*;\s*font-size: 20px;", _FONTS, svg)
    return _TEXT.sub(split, svg)


def save(svg: str, file: Path) -> None:
    """Turns the SVG into a PNG."""
    with tempfile.NamedTemporaryFile("w", suffix=".svg", encoding="utf-8") as source:
        source.write(on_the_grid(svg))
        source.flush()
        subprocess.run(["rsvg-convert", "-o", file, source.name], check=True)


def main() -> int:
    """Makes all pictures, or those named, in both languages."""
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        for picture in PICTURES:
            if sys.argv[1:] and picture.name not in sys.argv[1:]:
                continue
            width, height = picture.size
            name = f"{picture.name}-{language}-{width}x{height}.png"
            with tempfile.TemporaryDirectory() as home:  # where the archive goes
                os.environ["HOME"] = home
                save(asyncio.run(take(picture, language)), FOLDER / name)
            sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
