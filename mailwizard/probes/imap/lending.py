"""A signed-in connection for one probe: an idle one, or a new one with a password that was good."""

from mailwizard.model.evidence import Evidence
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.opening import open_mailbox
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.setting import Setting, Skipped


class NoMailbox(Exception):
    """There is no connection to be had any more; ``why`` is for the helpdesk, shown safely."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def borrow(setting: Setting) -> ImapClient:
    """A signed-in connection. Raises Skipped where nobody is signed in, NoMailbox, Stopped.

    A new sign-in that does not succeed is recorded: a password that was refused is never tried
    again, by whichever probe.
    """
    if not signed_in(setting.evidence):
        raise Skipped("not-signed-in")
    idle = left_open(setting)
    if idle is not None:
        return idle
    if setting.password is None:
        raise Skipped("no-password")
    client, seen = open_mailbox(setting, setting.password)
    if client is None:
        setting.record(seen)
        raise NoMailbox(f"{seen.outcome} {seen.text}".strip())
    setting.mailboxes.opened(client)
    return client


def borrow_more(setting: Setting) -> ImapClient | None:
    """A further connection beside one that is lent already, to work side by side.

    None where it is not to be had, or would be one too many: that is no fault of anybody, so
    nothing is recorded. Raises Stopped.
    """
    if setting.password is None or not signed_in(setting.evidence):
        return None
    idle = left_open(setting)
    if idle is not None or not setting.mailboxes.room():
        return idle
    client, _seen = open_mailbox(setting, setting.password, beside=True)
    if client is None:
        setting.mailboxes.no_more()
        return None
    setting.mailboxes.opened(client)
    return client


def reopen(setting: Setting, *, beside: bool = False) -> ImapClient | SignIn | None:
    """A connection for work that outlives its drop; nothing is recorded, whatever happens.

    Else how the sign-in ended: a password that was refused is not tried again. None where it would
    be one connection too many, with ``beside`` (another one) also where the server is known to let
    no more in. Raises Skipped, Stopped.
    """
    idle = left_open(setting)
    if idle is not None:
        return idle
    if setting.mailboxes.full() or (beside and not setting.mailboxes.room()):
        return None
    if setting.password is None:
        raise Skipped("no-password")
    if (refused := refused_already(setting.evidence)) is not None:
        return refused
    client, seen = open_mailbox(setting, setting.password)
    if client is None:
        return seen
    setting.mailboxes.opened(client)
    return client


def left_open(setting: Setting) -> ImapClient | None:
    """A connection that somebody left, if one of them still lives. Raises Stopped."""
    while (idle := setting.mailboxes.take()) is not None:
        if not isinstance(idle, ImapClient):
            idle.close()
            continue
        try:
            idle.attach(setting)
            idle.noop()
        except (Broken, Garbled, Refused):
            idle.close()
            continue
        return idle
    return None


def give_back(setting: Setting, client: ImapClient) -> None:
    """Leaves the connection to the next probe."""
    if not client.broken:
        setting.mailboxes.give(client)


def signed_in(evidence: Evidence) -> bool:
    """Whether the last attempt to sign in, by whichever probe, was good."""
    newest = _newest(evidence)
    return newest is not None and newest.outcome == "ok"


def refused_already(evidence: Evidence) -> SignIn | None:
    """The server's refusal of the password, if that was what the last attempt got."""
    newest = _newest(evidence)
    return newest if newest is not None and newest.outcome == "refused" else None


def _newest(evidence: Evidence) -> SignIn | None:
    attempts = evidence.of(SignIn)
    newest = max(attempts, key=lambda o: (o.at, int(o.id[1:])), default=None)
    return None if newest is None else newest.seen
