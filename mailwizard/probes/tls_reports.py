"""Where senders report trouble with encrypted delivery to (TLS-RPT, RFC 8460)."""

from mailwizard.model.seen.dns import TlsReports
from mailwizard.model.shown import shown
from mailwizard.probes.resolving import ask_enough, configured, public, question, trusted
from mailwizard.probes.setting import Setting
from mailwizard.reading.tls_rpt import addresses, published


def tls_reports(setting: Setting) -> TlsReports | None:
    """The domain's record; None where no resolver answers. Raises Stopped."""
    domain = setting.case.domain
    name = f"_smtp._tls.{domain}"
    servers = configured(setting)[:1] + public(setting, 2)
    answers = ask_enough(setting, [question(server, name, "TXT") for server in servers])
    answer = trusted(answers, name, "TXT")
    if answer is None:
        return None
    record = published(answer.records)
    return TlsReports(domain=domain, txt=shown(record), to=addresses(record))
