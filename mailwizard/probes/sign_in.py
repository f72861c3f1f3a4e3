"""Signs in to the mailbox, once, and leaves the connection to the probes that follow."""

from mailwizard.model.seen.mailbox import SignIn
from mailwizard.probes.imap.lending import give_back
from mailwizard.probes.imap.opening import open_mailbox
from mailwizard.probes.setting import Setting


def sign_in(setting: Setting) -> None:
    """Records SignIn. Without a password nothing is tried. Raises Stopped."""
    host, port = setting.imap_server
    if setting.password is None:
        setting.record(SignIn(host=host, port=port, outcome="not-tried"))
        return
    setting.mailboxes.close()
    client, seen = open_mailbox(setting, setting.password)
    try:
        setting.record(seen)
    finally:
        if client is not None:
            setting.mailboxes.opened(client)
            give_back(setting, client)
