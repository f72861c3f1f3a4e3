"""Moving found mail to the inbox: choose, confirm, watch, and take it back if it was wrong."""

import asyncio
import time
from collections.abc import Sequence
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from mailwizard import tree
from mailwizard.engine.repair import Movable, Repair, bring_back, take_back
from mailwizard.model.amounts import octets
from mailwizard.model.finding import Step
from mailwizard.model.seen.moved import Way
from mailwizard.text import moving
from mailwizard.text.junk_words import warning
from mailwizard.text.language import _
from mailwizard.text.one_mail import why_line
from mailwizard.ui.moved_lines import advice_lines, may_undo, moved_lines
from mailwizard.ui.tui.screens.base import Overlay
from mailwizard.ui.tui.screens.mail import MailScreen
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.prose import Prose
from mailwizard.ui.tui.widgets.words import fit

Phase = Literal["choose", "confirm", "running", "done"]
_CURSOR, _BOX, _DAY, _SIZE = 2, 5, 18, 9


class RescueScreen(Overlay):
    """Nothing is changed before "Move" has been chosen in the confirmation."""

    CSS_PATH = "rescue.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "other_part", show=False)]

    def __init__(self, mails: Sequence[Movable]) -> None:
        super().__init__()
        self._mails = tuple(mails)
        self._chosen = set(range(len(self._mails)))
        self._phase: Phase = "choose"
        self._repair: Repair | None = None
        self._back = False
        self._started = 0.0
        self._cursor = 0
        self._marked: int | None = None  # the mail that the cursor is drawn at
        self._drawing = asyncio.Lock()  # the clock runs beside the keys

    def body(self) -> ComposeResult:
        yield Prose(self._title(), id="prompt")
        yield Prose(self._why(), id="why")
        match self._phase:
            case "choose" | "confirm":
                yield OptionList(*(self._line(number) for number in self._listed()), id="mails")
                if self._phase == "confirm" and (careful := self._careful()):
                    yield Prose(careful, id="problem")
                else:
                    yield Prose("", id="reason")
            case "running":
                yield Vertical(id="room")
            case "done":
                assert self._repair is not None
                told = "\n".join(moved_lines(self._repair, back=self._back))
                yield Prose(self.shown(told), id="told")
                advice = advice_lines(self.session, self._repair)
                if advice and not self._back:
                    yield Prose("\n".join(advice), id="advice")
                yield Vertical(id="room")
        yield Choices(self._choices(), across=True, id="answers")

    def _listed(self) -> list[int]:
        """The numbers of the mails that the list shows, in its order."""
        return sorted(self._chosen) if self._phase == "confirm" else [*range(len(self._mails))]

    def _careful(self) -> str:
        """What to heed before those that may be another's are opened."""
        doubtful = [found for found in self._selected() if warning(found.reasons)]
        if not doubtful:
            return ""
        return _("Mails with “!”: {count}. {careful}").format(
            count=len(doubtful), careful=warning(doubtful[0].reasons)
        )

    def _title(self) -> str:
        match self._phase:
            case "choose":
                return moving.question(self._ways())
            case "confirm":
                return moving.sure(self._ways())
            case "running":
                return _("Moving …")
        return _("What was done")

    def _why(self) -> str:
        match self._phase:
            case "choose":
                return _("Tab goes to the list, Enter there takes a mail in or out.")
            case "confirm":
                plan = moving.confirmation((found.mail, found.way) for found in self._selected())
                return self.shown(plan)
            case "running":
                seconds = int(time.monotonic() - self._started)
                return _("{seconds} s. Esc stops it; the mail is safe at every moment.").format(
                    seconds=seconds
                )
        return ""

    def _choices(self) -> list[Item]:
        match self._phase:
            case "choose":
                items = [Item("show", _("Show one")), Item("cancel", _("Cancel"))]
                if self._chosen:
                    label = moving.move_label(len(self._chosen), self._ways())
                    items.insert(0, Item("ask", label))
                return items
            case "confirm":
                label = moving.do_label(self._ways())
                return [Item("move", label), Item("cancel", _("Cancel"))]
            case "running":
                return [Item("stop", _("Stop"))]
        items = [Item("again", _("Check again"))]
        if self._repair is not None and not self._back and may_undo(self._repair):
            items.insert(0, Item("solved", _("That solved it")))
            items.append(Item("undo", _("Undo: move it back")))
        return items

    def _selected(self) -> list[Movable]:
        return [self._mails[number] for number in sorted(self._chosen)]

    def _ways(self) -> set[Way]:
        return {found.way for found in self._selected()}

    def _under_cursor(self) -> Movable | None:
        """The mail that the list's cursor stands on."""
        for mails in self.query("#mails").results(OptionList):
            if mails.highlighted is not None:
                return self._mails[self._listed()[mails.highlighted]]
        return None

    def _line(self, number: int) -> Content:
        """One mail: cursor, box, "!" where somebody else may have written it, date, sender,
        subject, size, each in its column.
        """
        mail, reasons = self._mails[number].mail, self._mails[number].reasons
        box = ("[x]" if number in self._chosen else "[ ]") + ("!" if warning(reasons) else "")
        width = max(40, self._room()) - _CURSOR - _BOX - _DAY - _SIZE
        sender = width // 3
        name = self.shown(mail.from_name or mail.from_address)
        size = octets(mail.size)
        return Content.assemble(
            "> " if number == self._marked else "  ",
            fit(box, _BOX),
            fit(moving.day(mail.arrived), _DAY),
            fit(name, sender),
            fit(self.shown(mail.subject), width - sender),
            " " * max(1, _SIZE - 1 - len(size)) + size,
        )

    def _room(self) -> int:
        """Columns of the list, without its paddings and scroll bar."""
        return self.app.size.width - (34 if self.app.size.width >= 110 else 0) - 4

    def filled(self) -> None:
        for mails in self.query("#mails").results(OptionList):
            mails.highlighted = min(self._cursor, mails.option_count - 1)
        self.query_one("#answers").focus()

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        """Tells of the mail that the cursor came to."""
        if self._phase == "choose":
            self._cursor = message.option_index
        self._mark(message.option_list)
        found = self._under_cursor()
        for reason in self.query("#reason").results(Prose):
            line = why_line(found.role, found.reasons) if found else ""
            reason.update(self.shown(line))

    def _mark(self, mails: OptionList) -> None:
        """Draws the cursor on the highlighted row, and on that alone."""
        listed, before = self._listed(), self._marked
        self._marked = listed[mails.highlighted] if mails.highlighted is not None else None
        for number in (before, self._marked):
            if number in listed:
                mails.replace_option_prompt_at_index(listed.index(number), self._line(number))

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(0.15, self._tick)

    async def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Takes a mail in or out."""
        if self._phase != "choose":
            return
        number = message.option_index
        self._chosen ^= {number}
        message.option_list.replace_option_prompt_at_index(number, self._line(number))
        self.query_one("#answers", Choices).offer(self._choices())

    async def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """The way on."""
        match message.item:
            case "show" if (found := self._under_cursor()) is not None:
                self.app.push_screen(MailScreen(found))
            case "ask":
                await self._show("confirm")
            case "move":
                await self._run(bring_back(self.session, self._selected()))
            case "undo" if self._repair is not None:
                self._back = True
                await self._run(take_back(self.session, self._repair.done))
            case "solved":
                self.session.answer(tree.solved_question(Step.SPAM), "yes")
                self.session.advance()
                self.wizard.show_node()
            case _:
                await self._leave()

    async def _run(self, repair: Repair) -> None:
        self._repair = repair
        self._started = time.monotonic()
        await self._show("running")

    async def _tick(self) -> None:
        if self._phase != "running" or self._repair is None or self._drawing.locked():
            return
        if self._repair.ended:
            await self._show("done")
        else:
            self.query_one("#why", Prose).update(self._why())

    async def _show(self, phase: Phase) -> None:
        async with self._drawing:
            self._phase = phase
            await self.recompose()
            self.filled()

    async def rebuild(self) -> None:
        async with self._drawing:
            await super().rebuild()

    async def _leave(self) -> None:
        """Esc, Cancel, Stop, Check again: what that means now."""
        match self._phase:
            case "confirm":
                await self._show("choose")
            case "running":
                if self._repair is not None:
                    self._repair.stop()
            case "done":
                self.session.start_step(Step.SPAM, self.wizard.teller())
                self.wizard.show_node()
            case "choose":
                self.app.pop_screen()

    def escape_does(self) -> str:
        return _("stop") if self._phase == "running" else _("back")

    def action_other_part(self) -> None:
        """Tab: between the list and the choices."""
        for mails in self.query("#mails"):
            (self.query_one("#answers") if mails.has_focus else mails).focus()

    async def action_back(self) -> None:  # type: ignore[override]  # Textual awaits actions
        await self._leave()
