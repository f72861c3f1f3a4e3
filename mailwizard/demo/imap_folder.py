"""The commands of one opened folder (RFC 3501, 6.4): SEARCH, FETCH, STORE, COPY, EXPUNGE."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from mailwizard.demo.imap_fetch import fetched
from mailwizard.demo.imap_words import NotUnderstood, Word, in_set, search, text
from mailwizard.demo.mails import Folder, Mail

COMMANDS = frozenset({"SEARCH", "FETCH", "STORE", "COPY", "EXPUNGE"})


@dataclass
class OpenFolder:
    """One folder as one client has opened it. ``write`` takes untagged replies, as octets.

    ``sent`` waits until the client has taken most of them, so that no mailbox is held in memory.
    """

    folder: Folder
    writable: bool
    write: Callable[[bytes], None]
    sent: Callable[[], Awaitable[None]]
    named: Callable[[Word], Folder | None]
    text_search: bool

    async def obey(self, command: str, arguments: list[Word], *, by_uid: bool) -> str:
        """Carries a command out; what it returns follows the tag. Raises NotUnderstood."""
        if command == "SEARCH":
            found = search(self.folder.mails, arguments, text_keys=self.text_search)
            numbers = [str(mail.uid if by_uid else number) for number, mail in found]
            self._say(" ".join(["* SEARCH", *numbers]))
            return "OK SEARCH completed"
        if command == "EXPUNGE":
            return self._expunge(text(arguments[0]) if by_uid and arguments else "1:*")
        if len(arguments) < 2:
            raise NotUnderstood
        chosen = self._chosen(text(arguments[0]), by_uid=by_uid)
        match command:
            case "FETCH":
                await self._fetch(chosen, arguments[1], with_uid=by_uid)
            case "STORE" if self.writable and len(arguments) == 3:
                self._store(chosen, text(arguments[1]).upper(), arguments[2])
            case "COPY":
                return self._copy([mail for _, mail in chosen], arguments[1])
            case _:
                raise NotUnderstood
        return f"OK {command} completed"

    def _say(self, line: str) -> None:
        self.write(line.encode() + b"\r\n")

    def _chosen(self, numbers: str, *, by_uid: bool) -> list[tuple[int, Mail]]:
        mails = self.folder.mails
        last_uid = mails[-1].uid if mails else 0
        inside = in_set(numbers, last_uid if by_uid else len(mails))
        return [
            (number, mail)
            for number, mail in enumerate(mails, 1)
            if inside(mail.uid if by_uid else number)
        ]

    async def _fetch(self, chosen: list[tuple[int, Mail]], wanted: Word, *, with_uid: bool) -> None:
        items: list[Word] = list(wanted) if isinstance(wanted, list) else [wanted]
        for number, mail in chosen:
            reply, marks = fetched(number, mail, items, with_uid=with_uid)
            if marks and self.writable:
                mail.flags.add("\\Seen")
            self.write(reply)
            await self.sent()

    def _store(self, chosen: list[tuple[int, Mail]], action: str, flags: Word) -> None:
        given = {text(flag) for flag in flags} if isinstance(flags, list) else {flags}
        for number, mail in chosen:
            if action.startswith("+FLAGS"):
                mail.flags |= given
            elif action.startswith("-FLAGS"):
                mail.flags -= given
            else:
                mail.flags = set(given)
            if not action.endswith(".SILENT"):
                now = " ".join(sorted(mail.flags))
                self._say(f"* {number} FETCH (FLAGS ({now}) UID {mail.uid})")

    def _copy(self, mails: list[Mail], name: Word) -> str:
        target = self.named(name)
        if target is None:
            return "NO [TRYCREATE] no such folder"
        copies = [target.add(m.arrived, set(m.flags), m.head, m.text, m.padding) for m in mails]
        if not copies:
            return "OK COPY completed"
        old = ",".join(str(mail.uid) for mail in mails)
        new = ",".join(str(mail.uid) for mail in copies)
        return f"OK [COPYUID {target.uidvalidity} {old} {new}] COPY completed"

    def _expunge(self, uids: str) -> str:
        if not self.writable:
            return "NO the folder is open for reading only"
        mails = self.folder.mails
        inside = in_set(uids, self.folder.uidnext)
        for number in range(len(mails), 0, -1):
            mail = mails[number - 1]
            if "\\Deleted" in mail.flags and inside(mail.uid):
                del mails[number - 1]
                self._say(f"* {number} EXPUNGE")
        return "OK EXPUNGE completed"
