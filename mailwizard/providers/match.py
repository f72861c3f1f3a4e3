"""Which provider a host name belongs to."""

from collections.abc import Iterable

from mailwizard.model.provider import Provider
from mailwizard.providers.load import all_providers


def matches(host: str, patterns: Iterable[str]) -> bool:
    """Whether a host name equals one of the patterns; ``*.suffix`` stands for any name below."""
    name = host.rstrip(".").lower()
    return any(
        name.endswith(pattern[1:]) if pattern.startswith("*.") else name == pattern
        for pattern in patterns
    )


def by_mx(host: str) -> Provider | None:
    """The provider whose mail exchanger this is."""
    return next((p for p in all_providers().values() if matches(host, p.mx)), None)


def takes_mail_for(provider: Provider, host: str) -> bool:
    """Whether an exchanger is the provider's: a known one, or an unknown one right beside those.

    Beside: in the same domain, where that is a part of the provider's own (mx9.qiye.aliyun.com).
    """
    if matches(host, provider.mx):
        return True
    parent = host.rstrip(".").lower().partition(".")[2]
    known = {name.partition(".")[2] for name in provider.mx if not name.startswith("*.")}
    return parent.count(".") >= 2 and parent in known and by_mx(host) is None


def by_spf_include(host: str) -> Provider | None:
    """The provider whose SPF include this is."""
    return next((p for p in all_providers().values() if matches(host, p.spf_includes)), None)


def by_client_host(host: str) -> Provider | None:
    """The provider whose IMAP, SMTP or webmail host this is."""
    name = host.rstrip(".").lower()
    if not name:  # a profile of software that companies run themselves names no hosts
        return None
    for provider in all_providers().values():
        for site in provider.sites:
            if name in (site.imap, site.smtp, site.webmail):
                return provider
    return None


def by_greeting(greeting: str) -> Provider | None:
    """The provider whose IMAP servers greet so."""
    for provider in all_providers().values():
        if any(words in greeting for words in provider.imap_greetings):
            return provider
    return None
