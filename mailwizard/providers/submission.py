"""The submission server that belongs to a mailbox's IMAP server."""

from mailwizard.model.provider import Provider
from mailwizard.providers.sites import site_of_server


def submission_host(provider: Provider, imap_host: str, domain: str) -> str | None:
    """The host of the same site; None where none is known, and no name is guessed.

    A company that calls its IMAP server ``imap.`` and its own domain calls its other ``smtp.``.
    """
    site = site_of_server(provider, imap_host)
    if site is not None:
        return site.smtp
    own = imap_host.rstrip(".").lower() == f"imap.{domain}"
    return f"smtp.{domain}" if own else None
