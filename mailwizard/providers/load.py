"""Reads the providers' TOML files."""

import tomllib
from functools import cache
from importlib import resources

import msgspec

from mailwizard.model.provider import Provider

DEFAULT = "alimail"


class NoSuchProvider(LookupError):
    """There is no profile of that name."""


@cache
def all_providers() -> dict[str, Provider]:
    """Every profile by its id."""
    found: dict[str, Provider] = {}
    for file in resources.files("mailwizard.providers").iterdir():
        if file.name.endswith(".toml"):
            provider = msgspec.convert(tomllib.loads(file.read_text("utf-8")), Provider)
            found[provider.id] = provider
    return dict(sorted(found.items(), key=lambda item: (item[0] != DEFAULT, item[0])))


def provider(provider_id: str) -> Provider:
    """One profile. Raises NoSuchProvider."""
    try:
        return all_providers()[provider_id]
    except KeyError:
        raise NoSuchProvider(provider_id) from None
