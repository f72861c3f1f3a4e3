"""A letter, to read, to change, to copy or to save."""

from mailwizard.text.language import _
from mailwizard.text.letters import Letter
from mailwizard.ui.tui.screens.saving import TextScreen


class LetterScreen(TextScreen):
    """The program sends nothing: the letter is copied into the user's own mail program."""

    EDITABLE = True

    def __init__(self, letter: Letter) -> None:
        super().__init__()
        self._letter = letter

    def title_text(self) -> str:
        return self._letter.title

    def head_text(self) -> str:
        hint = _("You can change the text (Tab). Nothing is sent from here.")
        return f"{self._address()}\n{hint}"

    def _address(self) -> str:
        lines = [
            _("To: {who}").format(who=self._letter.to),
            _("Subject: {subject}").format(subject=self._letter.subject),
        ]
        return self.shown("\n".join(lines))

    def saved_text(self) -> str:
        return f"{self._address()}\n\n{self.present_text()}"

    def text(self) -> str:
        return self.shown(self._letter.body)

    def file_name(self) -> str:
        return f"mailwizard-{self._letter.id}.txt"
