"""This computer's own network settings."""

from mailwizard.probes.setting import Setting


def link(setting: Setting) -> None:
    """Records interfaces, default gateway, resolvers, hosts-file entries and proxies."""
    hosts = [setting.imap_server[0]]
    for site in setting.provider.sites:
        hosts += [host for host in (site.imap, site.webmail, site.smtp) if host]
    hosts += [f"{name}.{setting.case.domain}" for name in ("imap", "mail", "smtp")]
    setting.record(setting.world.link(tuple(dict.fromkeys(hosts))))
