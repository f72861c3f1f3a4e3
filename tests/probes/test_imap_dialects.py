"""Servers as they are: lists, names and delimiters of every kind, and copies of everything."""

from dataclasses import replace

import pytest
from imapclient.imap_utf7 import encode

from mailwizard.model.seen.mailbox import FolderList, FolderSearch
from tests.probes.mailbox_lab import SINCE, MailboxLab, mailbox
from tests.servers.fake_imap import Dialect, Folder, Session, mail
from tests.worlds import CASE


def searched(lab: MailboxLab) -> dict[str, FolderSearch]:
    lab.run("sign-in")
    lab.run("search")
    return {seen.folder: seen for seen in lab.seen(FolderSearch)}


def listing(*lines: bytes) -> Dialect:
    """A server that lists these folders, whatever they are."""

    def script(session: Session, tag: str, verb: str, _arguments: str) -> bool:
        if verb == "LIST":
            session.say(*lines, f"{tag} OK done")
        return verb == "LIST"

    return Dialect(script=script)


@pytest.mark.parametrize(
    ("line", "wire", "name", "role"),
    [
        (b'* LIST () "/" "&V4NXPpCuTvY-"', "&V4NXPpCuTvY-", "垃圾邮件", "junk"),
        (b'* LIST () "/" "&V4NXPpD1TvY-"', "&V4NXPpD1TvY-", "垃圾郵件", "junk"),
        (b'* LIST () "." INBOX.Papierkorb', "INBOX.Papierkorb", "INBOX.Papierkorb", "trash"),
        (b'* LIST () "\\\\" "Ablage\\\\Spam"', "Ablage\\\\Spam", "Ablage\\Spam", "junk"),
        (b"* LIST () NIL Spam", "Spam", "Spam", "junk"),
        (b'* LIST (\\Junk) "/" {3}\r\nXyz', "Xyz", "Xyz", "junk"),
        ('* LIST () "/" "垃圾邮件"'.encode(), "垃圾邮件", "垃圾邮件", "junk"),
        (
            b'* LIST () "/" "' + encode("迷惑メール") + b'"',
            "&j,dg0TDhMPww6w-",
            "迷惑メール",
            "junk",
        ),
        (b'* LIST () "/" "a \\"b\\" c"', 'a \\"b\\" c', 'a "b" c', "other"),
        (b'* LIST () "/" "A &- B"', "A &- B", "A & B", "other"),
        (b'* LIST () "/" "broken &xyz"', "broken &xyz", "broken &xyz", "other"),
    ],
)
def test_names_of_every_kind_are_opened_as_the_server_writes_them(
    line: bytes, wire: str, name: str, role: str
) -> None:
    folders = [Folder("INBOX"), Folder(wire, messages=[mail()])]
    with mailbox(*folders, dialect=listing(b'* LIST () "/" INBOX', line)) as lab:
        found = searched(lab)
    assert len(found[name].hits) == 1
    assert found[name].role == role


def test_gmail_keeps_everything_twice() -> None:
    message = mail()
    dialect = listing(
        b'* LIST (\\HasNoChildren) "/" "INBOX"',
        b'* LIST (\\HasChildren \\Noselect) "/" "[Gmail]"',
        b'* LIST (\\All \\HasNoChildren) "/" "[Gmail]/All Mail"',
        b'* LIST (\\HasNoChildren \\Junk) "/" "[Gmail]/Spam"',
        b'* LIST (\\HasNoChildren) "/" "Kunden"',
    )
    folders = [
        Folder("INBOX"),
        Folder("[Gmail]/All Mail", messages=[message]),
        Folder("[Gmail]/Spam"),
        Folder("Kunden", messages=[message]),
    ]
    with mailbox(*folders, dialect=dialect) as lab:
        found = searched(lab)
    assert list(found) == ["[Gmail]/Spam", "INBOX", "Kunden", "[Gmail]/All Mail"]
    assert (found["Kunden"].others_read, found["[Gmail]/All Mail"].others_read) == (0, None)


def test_a_folder_that_only_holds_others_is_not_opened() -> None:
    lines = [
        b'* LIST () "/" INBOX',
        b'* LIST (\\NoSelect) "/" A',
        b'* LIST (\\NonExistent) "/" B',
    ]
    with mailbox(Folder("INBOX"), Folder("A"), dialect=listing(*lines)) as lab:
        assert list(searched(lab)) == ["INBOX"]
        assert {f.name: f.selectable for f in lab.seen(FolderList)[0].folders} == {
            "INBOX": True,
            "A": False,
            "B": False,
        }


@pytest.mark.parametrize(
    "dialect",
    [
        Dialect(greeting=b"* OK AliYun IMAP Server Ready\r\n", search="bad"),
        Dialect(greeting=b"* OK Coremail System IMap Server Ready\r\n", needs_id=True),
        Dialect(capability="IMAP4 IMAP4rev1 ID AUTH=PLAIN NAMESPACE", search="bad"),
        Dialect(search="everything", since="everything"),
        Dialect(search="bad", since="nothing", needs_id=True),
        Dialect(capability="IMAP4rev1 X-GM-EXT-1 ID"),
        Dialect(capability="IMAP4rev1 ESEARCH LITERAL+ CONDSTORE"),
    ],
)
def test_one_after_another_on_every_dialect(dialect: Dialect) -> None:
    """Many folders, so that further connections are opened: each of them has to say who it is."""
    folders = [
        Folder("INBOX", messages=[mail(days_ago=50), mail("x@other.example")]),
        *(Folder(f"F{n}", messages=[mail(days_ago=90), mail(subject=str(n))]) for n in range(30)),
    ]
    with mailbox(*folders, dialect=dialect) as lab:
        found = searched(lab)
    assert all(seen.complete for seen in found.values())
    assert [len(found[f"F{n}"].hits) for n in range(30)] == [1] * 30
    assert found["INBOX"].hits == ()


def test_exists_and_dates_in_other_words() -> None:
    """INTERNALDATE with a one-digit day, lower-case replies, a quoted header, no UIDNEXT."""

    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        if verb == "EXAMINE":
            session.say("* 1 EXISTS", f"{tag} OK done")
            return True
        date = f'internaldate "{day.day:2}-{day:%b-%Y} 10:00:00 +0800"'
        if verb == "FETCH":
            session.say(f"* 1 fetch (uid 101 {date})", f"{tag} OK done")
            return True
        if verb == "UID" and "SEARCH" in arguments:
            session.say("* search 101", f"{tag} OK done")
            return True
        if verb == "UID":
            header = "From: buyer@customer.example"
            said = f'* 1 fetch (flags () {date} body[header.fields (from)] "{header}" uid 101)'
            session.say(said, f"{tag} ok done")
            return True
        return False

    case = replace(CASE, since=SINCE)
    day = mail().arrived
    with mailbox(Folder("INBOX"), dialect=Dialect(script=script), case=case) as lab:
        seen = searched(lab)["INBOX"]
    assert [hit.from_address for hit in seen.hits] == ["buyer@customer.example"]
    assert seen.complete
