"""Signing in, in the plain wizard: why, where to, with what, and what if it is refused."""

from mailwizard import tree
from mailwizard.diagnosis.verdict import ACCOUNT
from mailwizard.engine.session import Session
from mailwizard.model.marked import N_
from mailwizard.model.secret import Secret
from mailwizard.text.language import _
from mailwizard.ui.passwords import Passwords
from mailwizard.ui.plain_card import card, menu_words
from mailwizard.ui.plain_progress import show_progress
from mailwizard.ui.talk import Option, Talk

_LONGEST_LOOK_UP = 10.0
_ELSEWHERE = "elsewhere"


def sign_in(node: tree.SignInNode, session: Session, talk: Talk, passwords: Passwords) -> None:
    """Asks for the password and tries it, or goes on without. Raises GoBack, Quit, InputEnded."""
    talk.heading(_(node.title))
    run = session.find_provider()
    if run is not None:
        talk.say(_(N_("Looking up who runs your mailbox …")))
        run.wait(_LONGEST_LOOK_UP)
    talk.say(_(node.why))
    talk.say(
        _(
            N_(
                "The password is sent to {host} only, after its certificate has been checked, and"
                " is written to no file."
            )
        ).format(host=session.investigation.detected.imap_server[0])
    )
    _say_app_password_rule(session, talk)
    refused = session.sign_in_state() == "refused"  # never the same password again
    kept = None if refused else passwords.get(session.investigation.case.me)
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
    show_progress(session, talk, None)
    if chosen == "type" and password is not None and session.sign_in_state() == "ok":
        _offer_to_keep(password, session, talk, passwords)
    session.advance()


def account(node: tree.AccountNode, session: Session, talk: Talk) -> None:
    """Says why the server refused, and what can be done. Raises GoBack, Quit, InputEnded."""
    talk.heading(_(node.title))
    diagnosis = session.investigation.diagnosis()
    finding = next((f for f in diagnosis.findings if f.code in ACCOUNT), None)
    lines = card(finding, session.investigation) if finding else [_(node.why)]
    talk.say("\n".join(lines))
    options = [Option(choice.id, _(choice.label)) for choice in node.choices]
    host = session.other_site()
    if host is not None:
        label = _(N_("Sign in at {host} instead")).format(host=host)
        options.insert(0, Option(_ELSEWHERE, label))
    chosen = talk.choose(options, why=_(node.why))
    session.answer(node.id, "retry" if chosen == _ELSEWHERE else chosen)
    if chosen == _ELSEWHERE and host is not None:
        session.move_to(host)
    session.advance()


def _say_app_password_rule(session: Session, talk: Talk) -> None:
    """Says before it fails that programs need a password of their own."""
    provider = session.investigation.detected.provider
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
    talk.say(_(text).format(path=menu_words(path)))


def _offer_to_keep(password: Secret, session: Session, talk: Talk, passwords: Passwords) -> None:
    if not passwords.available():
        return
    talk.say(_(N_("Keep the password in this computer's keyring for the next time?")))
    options = [Option("yes", _(tree.YES.label)), Option("no", _(tree.NO.label))]
    if talk.choose(options, old="no") == "yes":
        passwords.set(session.investigation.case.me, password)
