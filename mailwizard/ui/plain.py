"""The wizard as numbered questions, one after another: for screen readers, ssh and pipes."""

from mailwizard import tree
from mailwizard.engine.answers import names_a_file, take
from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.model.marked import N_
from mailwizard.model.organisation import Organisation
from mailwizard.model.seen.run import ProbeEnded
from mailwizard.text.language import _
from mailwizard.text.typed import NotUnderstood
from mailwizard.ui import plain_self_test, plain_waiting
from mailwizard.ui.browser import open_page, sign_in_page
from mailwizard.ui.offers import offers
from mailwizard.ui.passwords import Passwords
from mailwizard.ui.plain_card import (
    card,
    details,
    headline,
    menu_words,
    step_card,
    step_title,
    steps_lines,
    way_in_text,
)
from mailwizard.ui.plain_end import HandOver
from mailwizard.ui.plain_progress import show_progress
from mailwizard.ui.plain_rescue import move
from mailwizard.ui.plain_sign_in import account, sign_in
from mailwizard.ui.talk import GoBack, InputEnded, Option, Quit, Talk

_TICK = 0.05
_OF_THE_MAILBOX = (Step.SPAM, Step.QUOTA)


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
                    sign_in(node, self._session, self._talk, self._passwords)
                case tree.AccountNode() as node:
                    account(node, self._session, self._talk)
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
                    if session.investigation.inputs.bounce is not None:
                        talk.say("  " + _(N_("(Enter alone keeps the message given before)")))
                    typed = talk.ask_text(names_a_file, why=_(question.why))
                    if not typed and session.investigation.inputs.bounce is not None:
                        return
                case _:
                    if question.may_skip and not old:
                        talk.say("  " + _(N_("(Enter alone: I don't know)")))
                    typed = talk.ask(why=_(question.why), old=old, may_clear=question.may_skip)
            try:
                take(session, question, typed)
            except NotUnderstood as problem:
                talk.say(_(problem.sentence))
            else:
                return

    def _step(self, node: tree.StepNode) -> None:
        talk, session = self._talk, self._session
        talk.heading(step_title(node))
        talk.say(_(node.why))
        if not session.begun(node.step):
            session.start_step(node.step)
        show_progress(session, talk, node.step)
        told = False
        while True:
            if not told:
                self._say_step_card(node.step)
            told = False
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
                    show_progress(session, talk, node.step)
                case "look":
                    self._look_ups(node)
                case "move":
                    if move(session, talk):
                        session.answer(tree.solved_question(node.step), "yes")
                        session.advance()
                        return
                case "make-room":
                    from mailwizard.ui import plain_make_room  # only here: it costs much to load

                    plain_make_room.run(session, talk)
                case "self-test":
                    plain_self_test.run(session, talk)
                case "open-page":
                    talk.say(open_page(sign_in_page(session)))
                    told = True
                case "watch-line":
                    from mailwizard.ui import plain_line_watch  # only here: it loads the probes

                    told = plain_line_watch.run(session, talk)
                case "wait":
                    if plain_waiting.run(session, talk):
                        return
                case "sign-in":
                    session.jump("sign-in")
                    return
                case "everything":
                    self._check_everything()
                    return
                case "way-in":
                    talk.say("\n".join(way_in_text(session)))
                case "details":
                    findings = session.findings(node.step)
                    talk.say("\n".join(details(findings, session.investigation)))
                    if node.step is Step.DNS:
                        talk.say("\n".join(["", *way_in_text(session)]))

    def _step_options(self, node: tree.StepNode) -> list[Option]:
        options = [
            Option("continue", _(N_("Continue"))),
            Option("solved", _(N_("That solved it"))),
            Option("again", _(N_("Check again"))),
            Option("everything", _(N_("Check everything at once"))),
            Option("details", _(N_("Details for the helpdesk"))),
        ]
        unseen = node.step in _OF_THE_MAILBOX and self._session.sign_in_state() != "ok"
        if node.look_ups:
            look = Option("look", _(N_("Look yourself, with our guidance")))
            options.insert(0 if unseen else 1, look)
        if unseen:
            options.insert(2, Option("sign-in", _(N_("Look into the mailbox with your password"))))
        if node.step is Step.DNS:
            options.insert(-1, Option("way-in", _(N_("The way in, part by part"))))
        for offer in offers(self._session, node.step):
            options.insert(1 if offer.urgent else 2, Option(offer.id, offer.label))
        return options

    def _look_ups(self, node: tree.StepNode) -> None:
        """One look-up after the other; "back" returns to the one before, then to the step."""
        number = 0
        while 0 <= number < len(node.look_ups):
            try:
                self._question(node.look_ups[number])
                if tree.settled(
                    node.look_ups[number],
                    self._session.answers.get(node.look_ups[number].id, ""),
                ):
                    return
                number += 1
            except GoBack:
                number -= 1

    def _check_everything(self) -> None:
        session = self._session
        session.start_everything()
        show_progress(session, self._talk, *Step)
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
                *(Option(offer.id, offer.label) for offer in offers(session, None)),
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
                case "wait":
                    if plain_waiting.run(session, talk):
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
