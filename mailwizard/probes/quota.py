"""How full the mailbox is: the server's own figures, or what can be measured."""

from mailwizard.model.seen.mailbox import MailboxSize, Quota, QuotaResource, SignIn
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.folders import Place, list_folders
from mailwizard.probes.imap.lending import NoMailbox, borrow, give_back
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.imap.roots import ask_inbox, ask_others
from mailwizard.probes.imap.space import Reading, Sizes, by_status, countable
from mailwizard.probes.setting import Setting, Stopped

MEASURE_FROM = 0.9  # a mailbox that is this full is measured, to tell what fills it


def quota(setting: Setting) -> None:
    """Records Quota, and MailboxSize where the server gives no figures or the mailbox is full.

    Raises Skipped where nobody is signed in, Stopped.
    """
    try:
        _Look(setting, borrow(setting)).run()
    except NoMailbox as none:
        setting.record(Quota(supported=False, detail=none.why))


class _Look:
    """One look at the space, over as many connections as it takes."""

    def __init__(self, setting: Setting, client: ImapClient) -> None:
        self._setting = setting
        self._client = client
        self._offered = {
            capability
            for attempt in setting.evidence.of(SignIn)
            if attempt.seen.outcome == "ok"
            for capability in attempt.seen.capabilities
        }

    def run(self) -> None:
        """Records what there is to be seen; the connection goes back to the pool."""
        try:
            seen, places, detail = self._figures()
            self._setting.record(seen)
            if not seen.resources or any(_nearly_full(r) for r in seen.resources):
                self._measure(places, detail)
            else:
                give_back(self._setting, self._client)
        except Stopped:
            self._client.close()
            raise

    def _figures(self) -> tuple[Quota, tuple[Place, ...], str]:
        """The roots' figures, the folders, and why these are not all.

        Whatever breaks the connection is not asked again. Raises NoMailbox, Stopped.
        """
        try:
            seen = ask_inbox(self._client, self._offered)
        except Broken as broken:
            seen = Quota(supported=False, detail=broken.why)
            self._client = borrow(self._setting)
        try:
            places, detail = self._folders()
            if seen.supported:
                seen = ask_others(self._client, seen, places)
        except Broken as broken:
            places, detail = (), broken.why
            self._client = borrow(self._setting)
        return seen, places, detail

    def _folders(self) -> tuple[tuple[Place, ...], str]:
        try:
            listed = list_folders(self._client, self._setting.provider, self._offered)
        except (Refused, Garbled):
            return (), "the server did not list the folders"
        return listed.places, "" if listed.complete else "not all folders could be listed"

    def _measure(self, places: tuple[Place, ...], detail: str) -> None:
        sizes = Sizes()
        counted = countable(places)
        total = len(counted)

        def tell(_done: int = 0) -> None:
            done = sum(sizes.octets(place) is not None for place in counted)
            self._setting.progress(done, total)

        tell()
        try:
            try:
                by_status(self._client, counted, sizes, self._offered, tell)
            except Broken:
                self._client = borrow(self._setting)
            left = [place for place in counted if sizes.octets(place) is None]
            Reading(self._setting, sizes, tell).work(self._client, left)
        except NoMailbox as none:
            detail = none.why
        except Stopped:
            self._setting.record(_measured(counted, sizes, "no time left"))
            raise
        if not detail and not all(sizes.whole(place) for place in counted):
            detail = "some folders could not be measured"
        self._setting.record(_measured(counted, sizes, detail))


def _nearly_full(resource: QuotaResource) -> bool:
    return resource.used >= resource.limit * MEASURE_FROM


def _measured(places: list[Place], sizes: Sizes, detail: str) -> MailboxSize:
    octets: dict[str, int] = {}
    messages: dict[str, int] = {}
    for place in places:
        size = sizes.octets(place)
        if size is not None:
            name = place.folder.name
            octets[name] = octets.get(name, 0) + size
            messages[name] = messages.get(name, 0) + (sizes.messages(place) or 0)
    return MailboxSize(octets=octets, messages=messages, complete=not detail, detail=detail)
