"""Makes the README's pictures from the real program: ``python -m tests.screenshots``.

Each picture is the wizard playing a story of the demo. Needs ``rsvg-convert`` and a Chinese font
(Debian: librsvg2-bin, fonts-dejavu-core, fonts-noto-cjk).
"""

import asyncio
import html
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.cells import get_character_cell_size

from mailwizard.demo.start import start
from mailwizard.engine.investigation import Investigation
from mailwizard.engine.session import Session
from mailwizard.text.language import use
from mailwizard.ui.tui.app import WizardApp
from mailwizard.ui.tui.ports import Options
from tests.ui.tui_tools import until

FOLDER = Path(__file__).resolve().parent.parent / "screenshots"
LANGUAGES = ("en", "zh_CN")


@dataclass(frozen=True)
class Picture:
    """One picture: the story played, the node it stops at, the size of the terminal."""

    name: str
    story: str
    node: str
    size: tuple[int, int] = (80, 24)


PICTURES = (
    Picture("question", "junk", "customer"),
    Picture("sign-in", "junk", "sign-in"),
    Picture("step-spam", "junk", "spam"),
    Picture("step-network", "gateway-down", "network"),
    Picture("step-dns", "mx-mixed", "dns", (120, 40)),
    Picture("result", "bounce-spf", "hand-over"),
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
            await pilot.pause(0.5)
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
    """Makes all pictures, in both languages."""
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        for picture in PICTURES:
            width, height = picture.size
            name = f"{picture.name}-{language}-{width}x{height}.png"
            save(asyncio.run(take(picture, language)), FOLDER / name)
            sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
