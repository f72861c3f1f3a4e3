"""Asks for the password: why, where it goes, what is kept; or goes on without."""

import threading

from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Checkbox

from mailwizard import tree
from mailwizard.engine.runner import ProbeState
from mailwizard.model.secret import Secret
from mailwizard.text.language import _
from mailwizard.text.rows import rows
from mailwizard.ui.plain_card import menu_words
from mailwizard.ui.tui.screens.base import WizardScreen
from mailwizard.ui.tui.widgets.choices import Choices, Item
from mailwizard.ui.tui.widgets.password_input import PasswordInput
from mailwizard.ui.tui.widgets.probe_table import ProbeTable
from mailwizard.ui.tui.widgets.prose import Prose


class KeyringAnswered(Message):
    """Whether passwords can be kept on this computer, and the one that is kept."""

    def __init__(self, available: bool, kept: Secret | None) -> None:
        super().__init__()
        self.available = available
        self.kept = kept


class SignInScreen(WizardScreen):
    """One field, and what happens to what is typed there."""

    CSS_PATH = "sign_in.tcss"

    def __init__(self, node: tree.SignInNode) -> None:
        super().__init__()
        self._node = node
        self._kept: Secret | None = None
        self._can_keep = False
        self._keep: Secret | None = None
        self._signing_in = False

    def body(self) -> ComposeResult:
        yield Prose(_(self._node.title), id="prompt")
        yield Prose(_(self._node.why), id="why")
        yield Prose(self._destination(), id="destination")
        yield Prose(self._rule(), id="rule")
        yield PasswordInput(placeholder=_("password, not shown"), id="password")
        keep = Checkbox(_("Remember in this computer's keyring"), id="keep")
        keep.display = self._can_keep
        yield keep
        yield Choices(self._choices(), id="answers")
        yield Prose("", id="problem")
        yield ProbeTable((), id="probes")

    def _destination(self) -> str:
        host, port = self.session.investigation.detected.imap_server
        address = self.session.investigation.case.me
        text = _(
            "For {address}. The password goes to {host} (port {port}) only, after that server has"
            " proved who it is. It is written to no file and to no report."
        ).format(address=address, host=host, port=port)
        if self.session.investigation.detected.by == "default":
            text += " " + _(
                "Who runs your mailbox could not be found out: is this not your mail server, then"
                " go on without a password."
            )
        return self.shown(text)

    def _rule(self) -> str:
        provider = self.session.investigation.detected.provider
        path = provider.paths.get("app-password")
        if provider.app_password == "unknown" or path is None:
            return ""
        if provider.app_password == "required":
            text = _("Programs need a password of their own here. It is made in webmail: {path}")
        else:
            text = _(
                "Programs may need a password of their own here, other than the one for webmail."
                " It is made in webmail: {path}"
            )
        return text.format(path=menu_words(path))

    def _choices(self) -> list[Item]:
        if self._signing_in:
            return [Item("stop", _("Stop"))]
        items = [Item("sign-in", _("Sign in"))]
        if self._kept is not None:
            items.insert(0, Item("kept", _("Use the password kept on this computer")))
        items.append(Item("without", _("Go on without a password")))
        return items

    def filled(self) -> None:
        self.query_one("#answers", Choices).offer(self._choices())
        if self._kept is None:
            self.query_one("#password").focus()
        else:
            self.query_one("#answers").focus()
        self._refresh()

    def on_mount(self) -> None:
        self.set_interval(0.15, self._refresh)
        self.session.find_provider(self.wizard.teller())
        if self.wizard.options.password_store is not None:
            threading.Thread(target=self._ask_keyring, name="keyring", daemon=True).start()

    def _ask_keyring(self) -> None:
        """On a thread of its own: a keyring may take seconds, or never answer."""
        store = self.wizard.options.password_store
        if store is None:
            return
        kept = store.get(self.session.investigation.case.me)
        self.post_message(KeyringAnswered(store.available(), kept))

    def on_keyring_answered(self, message: KeyringAnswered) -> None:
        """Offers what the keyring can do; what is being typed is left alone."""
        refused = self.session.sign_in_state() == "refused"  # never the same password again
        self._can_keep, self._kept = message.available, None if refused else message.kept
        self.query_one("#keep").display = message.available
        choices = self.query_one("#answers", Choices)
        choices.offer(self._choices())
        if self._kept is not None and not self.query_one("#password", PasswordInput).value:
            choices.action_first()
            choices.focus()

    def on_input_submitted(self) -> None:
        """Enter in the field."""
        self._sign_in_typed()

    def on_choices_chosen(self, message: Choices.Chosen) -> None:
        """Sign in, stop, or go on without."""
        match message.item:
            case "sign-in":
                self._sign_in_typed()
            case "kept" if self._kept is not None:
                self._start(self._kept)
            case "stop":
                self._stop()
            case "without":
                self.session.sign_in(None)
                self._go_on()

    def _sign_in_typed(self) -> None:
        field = self.query_one("#password", PasswordInput)
        if self._signing_in:
            return
        if not field.value:
            self._say(_("Type the password first, or go on without one."))
            field.focus()
            return
        password = field.take()
        self._keep = password if self.query_one("#keep", Checkbox).value else None
        self._start(password)

    def _start(self, password: Secret) -> None:
        self._signing_in = True
        self._say("")
        self.session.sign_in(password, self.wizard.teller())
        self.query_one("#answers", Choices).offer(self._choices())
        self.query_one("#answers").focus()
        self.show_tree()

    def _stop(self) -> None:
        self._signing_in = False
        self.session.stop()
        self.session.forget(("sign-in",))
        self.query_one("#answers", Choices).offer(self._choices())
        self._say(_("Stopped. Nothing was changed. Try again, or go on without a password."))
        self.query_one("#password").focus()
        self.show_tree()

    def probe_changed(self, state: ProbeState) -> None:  # noqa: ARG002
        self._refresh()

    def _refresh(self) -> None:
        if not self.is_mounted or not self.query("#destination"):
            return
        self.query_one("#destination", Prose).update(self._destination())
        self.query_one("#rule", Prose).update(self._rule())
        table = self.query_one("#probes", ProbeTable)
        table.display = self._signing_in
        if not self._signing_in:
            return
        states = self.session.states(None)
        table.show(rows(None, states, self.session.investigation.evidence, ()))
        if not self.session.running(None):
            self._signing_in = False
            self._ended()

    def _ended(self) -> None:
        store = self.wizard.options.password_store
        password, self._keep = self._keep, None
        if self.session.sign_in_state() == "ok" and store is not None and password is not None:
            me = self.session.investigation.case.me
            threading.Thread(
                target=lambda: store.set(me, password), name="keyring", daemon=True
            ).start()
        if self.wizard.screen is self:
            self._go_on()

    def _go_on(self) -> None:
        self.session.advance()
        self.wizard.show_node()

    def _say(self, text: str) -> None:
        self.query_one("#problem", Prose).update(text)

    def escape_does(self) -> str:
        return _("stop") if self._signing_in else _("back")

    def action_back(self) -> None:
        if self._signing_in:
            self._stop()
        else:
            super().action_back()
