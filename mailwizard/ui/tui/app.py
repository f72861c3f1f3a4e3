"""The wizard's app: holds the session and shows the screen that belongs to the present node."""

import asyncio
import contextlib
import os
import signal
import threading
import traceback
from collections.abc import Callable
from pathlib import PurePath
from typing import ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import Binding, BindingType
from textual.message import Message

from mailwizard import tree
from mailwizard.engine.runner import ProbeState
from mailwizard.engine.session import Session
from mailwizard.text import language
from mailwizard.text.language import _
from mailwizard.ui.tui import themes
from mailwizard.ui.tui.background import Background
from mailwizard.ui.tui.hiding import Hiding
from mailwizard.ui.tui.ports import Options
from mailwizard.ui.tui.screens.account import AccountScreen
from mailwizard.ui.tui.screens.base import WizardScreen
from mailwizard.ui.tui.screens.bounce import BounceScreen
from mailwizard.ui.tui.screens.everything import EverythingScreen
from mailwizard.ui.tui.screens.help import HelpScreen
from mailwizard.ui.tui.screens.question import QuestionScreen
from mailwizard.ui.tui.screens.result import ResultScreen
from mailwizard.ui.tui.screens.sign_in import SignInScreen
from mailwizard.ui.tui.screens.step import StepScreen
from mailwizard.ui.tui.screens.waiting import WaitScreen

_LOOK = 0.4  # seconds between two looks at what goes on in the background


class ProbeChanged(Message):
    """A probe changed; posted from its thread with a frozen snapshot.

    What is shown is the session's newest run of each probe, so a late message of an older run
    only causes one look too many.
    """

    def __init__(self, state: ProbeState) -> None:
        super().__init__()
        self.state = state


class WizardApp(App[None]):
    """One session, one screen at a time; overlays (help, details, letters) lie above."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (80, "-usual"),
        (110, "-wide"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "wizard_help", priority=True, show=False),
        Binding("f2", "hide_names", priority=True, show=False),
        Binding("f3", "check_everything", priority=True, show=False),
        Binding("f4", "next_language", priority=True, show=False),
        Binding("f5", "show_waiting", priority=True, show=False),
        Binding("f6", "next_theme", priority=True, show=False),
        Binding("f7", "watch_line", priority=True, show=False),
        Binding("f10,ctrl+q", "quit", priority=True, show=False),
    ]

    def __init__(self, session: Session, options: Options | None = None) -> None:
        self.options = options or Options()
        without = "NO_COLOR" in os.environ
        # Told at once: Textual chooses here how it drops colours, and greys are colours, too.
        super().__init__(ansi_color=True if without else None)
        self.session = session
        self.hiding = Hiding(session)
        self._background = Background(self)
        self._leaving = False
        for theme in themes.OWN.values():
            self.register_theme(theme)
        own = themes.OWN.get(self.options.theme, themes.DARK)
        self._without_colour = without
        self.theme = themes.WITHOUT_COLOUR if without else own.name

    def on_mount(self) -> None:
        self._leave_when_told_to()
        self.title = "mailwizard"
        self.push_screen(self._screen())
        self.set_interval(_LOOK, self._background.look)

    def show_node(self) -> None:
        """Shows the screen of the present node in place of the one that is there.

        What was broken off for leaving leads nowhere any more.
        """
        if self._leaving:
            return
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.switch_screen(self._screen())

    def _screen(self) -> WizardScreen:
        match self.session.node:
            case tree.Question(kind="bounce") as question:
                return BounceScreen(question)
            case tree.Question() as question:
                return QuestionScreen(question)
            case tree.SignInNode() as node:
                return SignInScreen(node)
            case tree.AccountNode() as node:
                return AccountScreen(node)
            case tree.StepNode() as node:
                return StepScreen(node)
            case tree.EndNode() as node:
                return ResultScreen(node)

    def teller(self) -> Callable[[ProbeState], None]:
        """What probes call on their threads when they change."""

        def tell(state: ProbeState) -> None:
            self.post_message(ProbeChanged(state))

        return tell

    def on_probe_changed(self, message: ProbeChanged) -> None:
        """The screen that is on top shows what it wants of it."""
        if isinstance(self.screen, WizardScreen):
            self.screen.probe_changed(message.state)

    def shown(self, text: str) -> str:
        """A text as it may be shown: with placeholders for names while they are hidden."""
        return self.hiding.text(text)

    async def action_hide_names(self) -> None:
        """Hides or shows personal names on every screen."""
        self.hiding.toggle()
        await self._rebuild()

    async def action_next_language(self) -> None:
        """The next language that there is a catalogue of."""
        codes = list(language.LANGUAGES)
        start = codes.index(language.current())
        for code in codes[start + 1 :] + codes[: start + 1]:
            try:
                language.use(code)
            except KeyError:
                continue
            break
        await self._rebuild()

    async def action_next_theme(self) -> None:
        """Dark, light, high contrast."""
        if not self._without_colour:
            names = [theme.name for theme in themes.OWN.values()]
            self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def action_check_everything(self) -> None:
        """Starts every check; at its end the step opens that explains the missing mail."""
        if not self.session.investigation.case.me:
            self.say(_("Give your own mail address first, then everything can be checked."))
        elif not isinstance(self.screen, EverythingScreen):
            self.push_screen(EverythingScreen())

    def action_show_waiting(self) -> None:
        """Opens the waiting for the re-sent mail, where there is one."""
        shown = any(isinstance(screen, WaitScreen) for screen in self.screen_stack)
        if self.session.waiting is not None and not shown:
            self.push_screen(WaitScreen())

    def action_watch_line(self) -> None:
        """On the network step: watches the line for some minutes."""
        if isinstance(self.screen, StepScreen):
            self.screen.watch_line()

    def say(self, text: str) -> None:
        """A short remark on the present screen; nothing essential is only here."""
        if isinstance(self.screen, WizardScreen):
            self.screen.remark(text)

    async def _rebuild(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, WizardScreen):
                await screen.rebuild()

    def action_wizard_help(self) -> None:
        """Opens the help page."""
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def action_help_quit(self) -> None:
        """Ctrl+C, where nothing is selected that could be copied."""
        self._leave()

    async def action_quit(self) -> None:
        """Quits at once; whatever still runs is broken off."""
        self._leave()

    def _leave_when_told_to(self) -> None:
        """SIGTERM and SIGHUP quit like F10, so that the terminal is as it was before."""
        if threading.current_thread() is not threading.main_thread():
            return
        for name in ("SIGTERM", "SIGHUP"):
            with contextlib.suppress(NotImplementedError, AttributeError):  # as on Windows
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self._leave)

    def _leave(self) -> None:
        self._leaving = True
        self._background.untitle()
        self.session.close()
        self.exit()

    def _fatal_error(self) -> None:
        """A fault of ours: says where, without source lines, values or the error's own words."""
        if self._exit_renderables:
            return  # what follows from the first fault says nothing more
        error = self._exception
        frames = traceback.extract_tb(error.__traceback__ if error else None)
        lines = [
            f"  {PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames
        ]
        words = "\n".join(
            [
                _("mailwizard stopped because of a fault of its own. Your mail is safe."),
                _("Please report it to the makers of mailwizard (see README), with these lines:"),
                f"  {type(error).__name__}",
                *lines[-12:],
            ]
        )
        self.panic(Text(words))
