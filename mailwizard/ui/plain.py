"""The wizard as numbered questions, one after another: for screen readers, ssh and pipes."""

import time

from mailwizard import tree
from mailwizard.diagnosis.verdict import ACCOUNT
from mailwizard.engine.answers import names_a_file, take
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.marked import N_
from mailwizard.model.organisation import Organisation
from mailwizard.model.secret import Secret
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.text.language import _
from mailwizard.text.rows import Row, rows
from mailwizard.text.typed import NotUnderstood
from mailwizard.ui.passwords import Passwords
from mailwizard.ui.plain_card import (
    card,
    details,
    headline,
    menu_words,
    row_line,
    step_card,
    step_title,
    steps_lines,
)
from mailwizard.ui.plain_end import HandOver
from mailwizard.ui.talk import GoBack, InputEnded, Option, Quit, Talk

_TICK = 0.05
_LOOK_UP_FIRST = (Step.SPAM, Step.QUOTA)


class Plain:
    """Walks a session's tree with somebody who reads and types lines."""

    def __init__(
        self,
        session: Session,
        talk: Talk,
        passwords: Passwords,
        organisation: Organisation,
    ) -> None:
        self._session = session
        self._talk = talk
        self._passwords = passwords
        self._hand_over = HandOver(session, talk, organisation)

    def run(self) -> int:
        """Asks until the end, or until the user or the input ends it. Returns the exit code."""
        self._talk.say(_(N_("mailwizard: why does my customer's mail not arrive?")))
        self._talk.say(_(N_("Answer with a number or in words. b: back · ?: why we ask · q: quit")))
        try:
            while self._one_node():
                pass
        except (Quit, InputEnded):
            self._so_far()
        finally:
            self._session.close()
        return 0

    def _one_node(self) -> bool:
        """Shows the present node and moves on; False at the end."""
        try:
            match self._session.node:
                case tree.Question() as question:
                    self._question(question)
                    self._session.advance()
                case tree.SignInNode() as node:
                    self._sign_in(node)
                case tree.AccountNode() as node:
                    self._account(node)
                case tree.StepNode() as node:
                    self._step(node)
                case tree.EndNode() as node:
                    return self._end(node)
        except GoBack:
            self._session.back()
        return True

    def _question(self, question: tree.Question) -> None:
        """Asks until the answer can be taken."""
        talk, session = self._talk, self._session
        talk.say()
        talk.say(_(question.prompt))
        provider = session.investigation.detected.provider
        if path := provider.paths.get(question.path):
            talk.say("  " + _(N_("Look here: {path}")).format(path=menu_words(path)))
        if question.example:
            talk.say("  " + _(question.example))
        old = session.answers.get(question.id, "")
        while True:
            match question.kind:
                case "choice":
                    options = [Option(c.id, _(c.label)) for c in question.choices]
                    typed = talk.choose(options, why=_(question.why), old=old)
                case "bounce":
                    typed = talk.ask_text(names_a_file, why=_(question.why))
                    if not typed and session.investigation.inputs.bounce is not None:
                        return
                case _:
                    if question.may_skip and not old:
                        talk.say("  " + _(N_("(Enter alone: I don't know)")))
                    typed = talk.ask(why=_(question.why), old=old)
            try:
                take(session, question, typed)
            except NotUnderstood as problem:
                talk.say(_(problem.sentence))
            else:
                return

    def _sign_in(self, node: tree.SignInNode) -> None:
        talk, session = self._talk, self._session
        talk.heading(_(node.title))
        self._wait_for_provider()
        found = session.investigation.detected
        talk.say(_(node.why))
        talk.say(
            _(
                N_(
                    "The password is sent to {host} only, after its certificate has been checked,"
                    " and is written to no file."
                )
            ).format(host=found.imap_server[0])
        )
        self._app_password_rule()
        kept = self._passwords.get(session.investigation.case.me)
        options = [Option("type", _(N_("Type the password")))]
        if kept is not None:
            options.insert(0, Option("kept", _(N_("Use the password kept on this computer"))))
        options.append(Option("without", _(N_("Go on without a password"))))
        chosen = talk.choose(options, why=_(node.why))
        password = kept if chosen == "kept" else None
        if chosen == "type":
            password = talk.ask_secret(_(N_("Password (it is not shown): ")))
            if password is None:
                talk.say(_(N_("Nothing was typed.")))
                return
        session.sign_in(password)
        self._show_progress(None)
        if chosen == "type" and password is not None and session.sign_in_state() == "ok":
            self._offer_to_keep(password)
        session.advance()

    def _app_password_rule(self) -> None:
        """Says before it fails that programs need a password of their own."""
        provider = self._session.investigation.detected.provider
        path = provider.paths.get("app-password")
        if provider.app_password == "unknown" or path is None:
            return
        if provider.app_password == "required":
            text = N_("Programs need a password of their own here. It is made in webmail: {path}")
        else:
            text = N_(
                "Programs may need a password of their own here, other than the one for webmail."
                " It is made in webmail: {path}"
            )
        self._talk.say(_(text).format(path=menu_words(path)))

    def _offer_to_keep(self, password: Secret) -> None:
        if not self._passwords.available():
            return
        self._talk.say(_(N_("Keep the password in this computer's keyring for the next time?")))
        options = [Option("yes", _(tree.YES.label)), Option("no", _(tree.NO.label))]
        if self._talk.choose(options, old="no") == "yes":
            self._passwords.set(self._session.investigation.case.me, password)

    def _account(self, node: tree.AccountNode) -> None:
        talk, session = self._talk, self._session
        talk.heading(_(node.title))
        diagnosis = session.investigation.diagnosis()
        finding = next((f for f in diagnosis.findings if f.code in ACCOUNT), None)
        lines = card(finding, session.investigation) if finding else [_(node.why)]
        talk.say("\n".join(lines))
        options = [Option(choice.id, _(choice.label)) for choice in node.choices]
        session.answer(node.id, talk.choose(options, why=_(node.why)))
        session.advance()

    def _step(self, node: tree.StepNode) -> None:
        talk, session = self._talk, self._session
        talk.heading(step_title(node))
        talk.say(_(node.why))
        if not session.begun(node.step):
            session.start_step(node.step)
        self._show_progress(node.step)
        while True:
            self._say_step_card(node.step)
            chosen = talk.choose(self._step_options(node), why=_(node.why))
            match chosen:
                case "continue":
                    if session.answers.get(tree.solved_question(node.step)) == "yes":
                        session.answer(tree.solved_question(node.step), "no")
                    session.advance()
                    return
                case "solved":
                    session.answer(tree.solved_question(node.step), "yes")
                    session.advance()
                    return
                case "again":
                    session.start_step(node.step)
                    self._show_progress(node.step)
                case "look":
                    self._look_ups(node)
                case "everything":
                    self._check_everything()
                    return
                case "details":
                    findings = session.findings(node.step)
                    talk.say("\n".join(details(findings, session.investigation)))

    def _step_options(self, node: tree.StepNode) -> list[Option]:
        options = [
            Option("continue", _(N_("Continue"))),
            Option("solved", _(N_("That solved it"))),
            Option("again", _(N_("Check again"))),
            Option("everything", _(N_("Check everything at once"))),
            Option("details", _(N_("Details for the helpdesk"))),
        ]
        if node.look_ups:
            look = Option("look", _(N_("Look yourself, with our guidance")))
            unseen = self._session.sign_in_state() != "ok" and node.step in _LOOK_UP_FIRST
            options.insert(0 if unseen else 1, look)
        return options

    def _look_ups(self, node: tree.StepNode) -> None:
        """One look-up after the other; "back" returns to the one before, then to the step."""
        number = 0
        while 0 <= number < len(node.look_ups):
            try:
                self._question(node.look_ups[number])
                number += 1
            except GoBack:
                number -= 1

    def _check_everything(self) -> None:
        session = self._session
        session.start_everything()
        self._show_progress(*Step)
        session.jump(session.explaining_step())

    def _end(self, node: tree.EndNode) -> bool:
        """The result; False when there is nothing more to do."""
        talk, session = self._talk, self._session
        talk.heading(_(node.title))
        if node.id == "solved":
            talk.say(_(node.why))
        else:
            self._say_result()
        while True:
            talk.say()
            options = [
                *self._hand_over.options(with_letters=node.id != "solved"),
                Option("everything", _(N_("Check everything at once"))),
                Option("details", _(N_("Details for the helpdesk"))),
                Option("end", _(N_("End"))),
            ]
            chosen = talk.choose(options, why=_(node.why))
            match chosen:
                case "end":
                    return False
                case "everything":
                    self._check_everything()
                    return True
                case "details":
                    findings = session.investigation.diagnosis().findings
                    talk.say("\n".join(details(findings, session.investigation)))
                case _:
                    try:
                        self._hand_over.do(chosen)
                    except GoBack:
                        continue

    def _say_result(self) -> None:
        investigation = self._session.investigation
        diagnosis = investigation.diagnosis()
        self._talk.say("\n".join(card(diagnosis.verdict, investigation)))
        others = [f for f in diagnosis.findings[1:] if f.outcome in ("cause", "risk")]
        if others:
            self._talk.say(_(N_("Also:")))
            self._talk.say("\n".join(f"  - {headline(f, investigation)}" for f in others))
        self._talk.say(_(N_("The steps:")))
        self._talk.say("\n".join(steps_lines(diagnosis)))

    def _say_step_card(self, step: Step) -> None:
        investigation = self._session.investigation
        diagnosis = investigation.diagnosis()
        outcome = next(r.outcome for r in diagnosis.steps if r.step == step)
        findings = self._session.findings(step)
        self._talk.say()
        self._talk.say("\n".join(step_card(findings, outcome, investigation)))
        self._talk.say()

    def _so_far(self) -> None:
        """A polite end in the middle: what is known until now."""
        investigation = self._session.investigation
        self._session.stop()
        if isinstance(self._session.node, tree.EndNode):
            return
        self._talk.say()
        if investigation.evidence.of(ProbeEnded):
            verdict = investigation.diagnosis().verdict
            self._talk.say(_(N_("The result so far:")))
            self._talk.say("\n".join(card(verdict, investigation)))
        else:
            self._talk.say(_(N_("Ended. Nothing has been checked yet, and nothing was changed.")))

    def _wait_for_provider(self) -> None:
        run = self._session.find_provider()
        if run is not None:
            self._talk.say(_(N_("Looking up who runs your mailbox …")))
            run.wait(10.0)

    def _show_progress(self, *steps: Step | None) -> None:
        """Prints each probe's row when it has ended, and once more what was judged afterwards."""
        printed: dict[str, str] = {}
        running = True
        while running:
            running = any(self._session.running(step) for step in steps)
            for step in steps:
                for row in self._rows(step):
                    if row.state not in ("waiting", "running") and row.probe not in printed:
                        printed[row.probe] = row.state
                        self._talk.say(row_line(row))
            if running:
                time.sleep(_TICK)
        for step in steps:
            for row in self._rows(step):
                if printed.get(row.probe) == "done" and row.state != "ok":
                    self._talk.say(row_line(row))

    def _rows(self, step: Step | None) -> list[Row]:
        session = self._session
        states = session.states(step)
        findings = () if session.running(step) else session.investigation.diagnosis().findings
        return rows(step, states, session.investigation.evidence, findings)
