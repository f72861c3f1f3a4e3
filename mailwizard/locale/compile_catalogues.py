"""Build hook: compiles the catalogues (.po → .mo), so that the package carries what it shows."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel or an editable install is built."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles every catalogue beside its source."""
        del version, build_data
        compile_all(Path(self.root) / "mailwizard" / "locale")


def compile_all(folder: Path) -> None:
    """Writes ``mailwizard.mo`` beside every ``mailwizard.po`` below a folder."""
    for source in sorted(folder.glob("*/LC_MESSAGES/mailwizard.po")):
        with source.open("rb") as file:
            catalogue = read_po(file)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
