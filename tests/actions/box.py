"""A mailbox with missing mails in one folder of a real Dovecot, and ways to look at it."""

import time
from dataclasses import replace
from typing import Any

from imapclient import IMAPClient

from mailwizard.actions.marks import Mark
from mailwizard.actions.outcome import Rescued
from mailwizard.actions.rescue import rescue, undo
from mailwizard.model.seen.mailbox import FolderSearch
from mailwizard.model.seen.moved import Way
from mailwizard.probes.imap.client import ImapClient
from mailwizard.probes.imap.replies import Refused, Reply
from tests.probes.mailbox_lab import ADDRESS, HOST, PROBES, SINCE, authority
from tests.servers import dovecot
from tests.worlds import CASE, LoopbackWorld, ProbeRun, probe_run

CHANGE = ImapClient.change


class Box:
    """A mailbox with two missing mails in one folder, and another program's connection to it."""

    def __init__(self, server: dovecot.Dovecot, folder: str, *, named: bool = True) -> None:
        self.server, self.folder = server, folder
        world = LoopbackWorld(authority=authority(), hosts={HOST: [ADDRESS]})
        world.lead(ADDRESS, 993, server.place)
        self.world = world
        for number in (1, 2):
            name = f"Message-ID: <{folder}.{number}@customer>\r\n" if named else ""
            server.deliver(
                f"From: buyer@customer.example\r\nSubject: {folder} {number}\r\n{name}\r\n"
                f"body {'x' * number}\r\n".encode(),
                "" if folder == "INBOX" else folder,
                arrived=time.time() - number * 3600,
            )
        self.search()
        assert len(self.marks) == 2

    def search(self) -> None:
        """Signs in and searches, as a program that has just been started."""
        self.run = self.setting("sign-in", fresh=True)
        for name in ("sign-in", "search"):
            self.run = self.setting(name)
            PROBES[name](self.run.setting)
            self.run.setting.mailboxes.close()
        seen = {o.seen.folder: o.seen for o in self.run.evidence.of(FolderSearch)}
        hits = [hit for hit in seen[self.folder].hits if hit.subject.startswith(self.folder + " ")]
        self.marks = [Mark.of(mail) for mail in hits]
        self.uidvalidity = seen[self.folder].uidvalidity

    def setting(self, name: str = "rescue", *, fresh: bool = False) -> ProbeRun:
        """A new Setting over what was seen so far."""
        case = replace(CASE, me=dovecot.USER, since=SINCE)
        return probe_run(
            self.world,
            case=case,
            password=dovecot.PASSWORD,
            evidence=None if fresh else self.run.evidence,
            probe=name,
        )

    def rescue(self, way: Way = "move") -> Rescued:
        """Brings the mails back, as the search saw them."""
        return rescue(self.setting().setting, self.folder, self.marks, self.uidvalidity, way)

    def undo(self, done: Rescued) -> Rescued:
        """Takes that back."""
        return undo(self.setting().setting, done)

    def other(self, folder: str, *, readonly: bool = True) -> IMAPClient:
        """Another program's connection."""
        context = authority().client_context()
        context.check_hostname = False
        host, port = self.server.place
        client = IMAPClient(host, port=port, ssl_context=context, timeout=5)
        client.login(dovecot.USER, dovecot.PASSWORD)
        client.select_folder(folder, readonly=readonly)
        return client

    def mark_deleted(self) -> None:
        """Another program marks everything in the folder as deleted."""
        other = self.other(self.folder, readonly=False)
        other.add_flags(other.search(), [b"\\Deleted"])
        other.logout()

    def subjects(self, folder: str) -> list[str]:
        """Subjects of this test's mails in a folder; those marked as deleted in brackets."""
        client = self.other(folder)
        uids = client.search()
        found = client.fetch(uids, ["FLAGS", "ENVELOPE"]) if uids else {}
        client.logout()
        texts = [
            (f"({subject})" if b"\\Deleted" in data[b"FLAGS"] else subject)
            for data in found.values()
            if (subject := data[b"ENVELOPE"].subject.decode()).startswith(self.folder + " ")
        ]
        return sorted(texts)

    @property
    def both(self) -> list[str]:
        """The subjects of the missing mails."""
        return [f"{self.folder} 1", f"{self.folder} 2"]


def without_move(client: ImapClient, command: Any, *rest: Any) -> Any:
    """A server that does not know MOVE."""
    if command == "MOVE":
        raise Refused(Reply("BAD", "", "Unknown command"))
    return CHANGE(client, command, *rest)
