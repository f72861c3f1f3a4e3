"""The user's own choices that outlive a run."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from mailwizard.storage import files, paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """None where the user has chosen nothing."""

    language: str | None = None
    theme: str | None = None


def load(path: Path | None = None) -> Settings:
    """The saved settings; the usual ones where there are none or they cannot be read."""
    try:
        return msgspec.json.decode((path or paths.settings_file()).read_bytes(), type=Settings)
    except (OSError, ValueError, RecursionError):  # msgspec's own errors are ValueErrors
        return Settings()


def save(settings: Settings, path: Path | None = None) -> None:
    """Saves the settings. Raises files.NotSaved."""
    target = path or paths.settings_file()
    files.make_folder(target.parent)
    files.write(target, msgspec.json.format(msgspec.json.encode(settings)))
