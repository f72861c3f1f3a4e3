"""The folders of the mailbox, by the names that the user reads."""

from dataclasses import dataclass

from mailwizard.actions.archive.connection import Lasting
from mailwizard.actions.archive.outcome import CannotGoOn
from mailwizard.model.seen.mailbox import Role
from mailwizard.probes.imap.folders import Place, list_folders
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.setting import Setting


@dataclass(frozen=True, slots=True)
class Places:
    """What LIST told, and what the server offers after the sign-in."""

    places: dict[str, Place]
    delimiter: str
    capabilities: tuple[str, ...]

    @classmethod
    def of(cls, setting: Setting, lasting: Lasting) -> "Places":
        """Asks the server. Raises CannotGoOn, Stopped.

        A name that two folders share in the user's eyes names neither.
        """
        while True:
            try:
                client = lasting.client()
                offered = client.capabilities_now()
                listed = list_folders(client, setting.provider, set(offered))
            except Refused as refused:
                raise CannotGoOn("refused", refused.reply.text) from None
            except (Broken, Garbled) as problem:
                lasting.lost(str(problem))
                continue
            break
        found: dict[str, Place] = {}
        twice: set[str] = set()
        for place in listed.places:
            name = place.folder.name
            twice.update({name} & found.keys())
            if place.folder.selectable:
                found[name] = place
        return cls(
            {name: place for name, place in found.items() if name not in twice},
            listed.delimiter,
            offered,
        )

    def wire_names(self) -> dict[str, bytes]:
        """The folders' names as the server writes them."""
        return {name: place.wire_name for name, place in self.places.items()}

    def first(self, role: Role) -> Place | None:
        """The folder of a role: one that a flag tells of before one that its name tells of."""
        found = [place for place in self.places.values() if place.folder.role == role]
        return min(found, key=lambda place: place.folder.role_by != "flag", default=None)
