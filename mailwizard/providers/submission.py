"""The submission server that belongs to a mailbox's IMAP server."""

from mailwizard.model.provider import Provider


def submission_host(provider: Provider, imap_host: str, domain: str) -> str | None:
    """The host of the same site; None where none is known, and no name is guessed.

    A company that calls its IMAP server ``imap.`` and its own domain calls its other ``smtp.``.
    """
    host = imap_host.rstrip(".").lower()
    for site in provider.sites:
        if site.imap.lower() == host:
            return site.smtp
    return f"smtp.{domain}" if host == f"imap.{domain}" else None
