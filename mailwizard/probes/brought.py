"""What the user brought along: the bounce that the sender got, a line of the sender's mail log."""

from mailwizard.probes.setting import Setting, Skipped
from mailwizard.reading.bounce import read_bounce
from mailwizard.reading.mail_log import read_sender_log


def bounce(setting: Setting) -> None:
    """Reads the bounce. Records Bounce. Raises Skipped("none-given")."""
    if setting.inputs.bounce is None:
        raise Skipped("none-given")
    setting.record(read_bounce(setting.inputs.bounce))


def sender_log(setting: Setting) -> None:
    """Reads the log. Records SenderLog. Raises Skipped("none-given")."""
    if setting.inputs.sender_log is None:
        raise Skipped("none-given")
    setting.record(read_sender_log(setting.inputs.sender_log, to=setting.case.me))
