"""Where the program keeps its files on this computer (XDG on Linux, the usual places elsewhere)."""

from pathlib import Path

from platformdirs import PlatformDirs


def config_folder() -> Path:
    """Settings and the organisation's file: ``$XDG_CONFIG_HOME/mailwizard``."""
    return PlatformDirs("mailwizard", appauthor=False).user_config_path


def state_folder() -> Path:
    """Saved sessions and the list of addresses: ``$XDG_STATE_HOME/mailwizard``."""
    return PlatformDirs("mailwizard", appauthor=False).user_state_path


def organisation_file() -> Path:
    """Where the organisation's file is looked for when no other is named."""
    return config_folder() / "organisation.toml"


def sessions_folder() -> Path:
    """One file a saved session."""
    return state_folder() / "sessions"


def addresses_file() -> Path:
    """The addresses that have a password in the keyring, which cannot list them itself."""
    return state_folder() / "addresses.json"
