"""Web addresses that others wrote, which need not be any."""

from urllib.parse import urlsplit


def host_of_url(url: str) -> str:
    """The host in a URL, in lower case; "" where it has none or is no URL."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
