"""Looks for the sender's mail in every folder, read-only, with its coverage stated."""

from mailwizard.model.seen.mailbox import FolderList, RulesReadable, SignIn
from mailwizard.probes.imap.attached import Attached
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.folders import Listed, list_folders
from mailwizard.probes.imap.lanes import Lanes
from mailwizard.probes.imap.lending import NoMailbox, borrow, give_back
from mailwizard.probes.imap.matching import Wanted
from mailwizard.probes.imap.quest import Quest
from mailwizard.probes.imap.replies import Broken, Garbled, Refused
from mailwizard.probes.imap.tally import Tally
from mailwizard.probes.imap.window import start_of
from mailwizard.probes.setting import Setting, Stopped


def search(setting: Setting) -> None:
    """Records FolderList, RulesReadable and one FolderSearch a folder, junk, inbox, trash first.

    Folders that were not searched, for whatever reason, are recorded as such. Raises Skipped where
    nobody is signed in, Stopped.
    """
    try:
        client = borrow(setting)
    except NoMailbox as none:
        setting.record(_no_list(none.why))
        return
    try:
        listed = _list(setting, client)
        setting.record(RulesReadable(readable=False))
    except Stopped:
        client.close()
        raise
    if listed is None:
        return
    wanted = Wanted.of(setting.case)
    quest = Quest(start_of(setting.case.since), setting.world.now(), wanted)
    tallies = [Tally(place) for place in listed.places if place.folder.selectable]
    lanes = Lanes(setting, quest, tallies)
    lanes.work(client, Attached(quest) if quest.by_attachment else None)


def _list(setting: Setting, client: ImapClient) -> Listed | None:
    capabilities = {
        capability
        for attempt in setting.evidence.of(SignIn)
        for capability in attempt.seen.capabilities
    }
    try:
        listed = list_folders(client, setting.provider, capabilities)
    except (Refused, Garbled):
        give_back(setting, client)
        setting.record(_no_list("the server did not list the folders"))
    except Broken as broken:
        setting.record(_no_list(broken.why))
    else:
        setting.record(listed.seen)
        return listed
    return None


def _no_list(why: str) -> FolderList:
    return FolderList(folders=(), delimiter="", complete=False, detail=why)
