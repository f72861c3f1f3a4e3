"""Searching by the name of a file that came with the mail, where nothing stronger finds it."""

from dataclasses import replace

from mailwizard.model.seen.mailbox import FolderSearch
from tests.probes.mailbox_lab import SINCE, MailboxLab, mailbox
from tests.servers.fake_imap import Dialect, Folder, Message, Session, mail
from tests.worlds import CASE

ASKED = replace(CASE, since=SINCE, attachment="Angebot 2026-118.pdf")


def carrying(message: Message, name: str, size: int = 50_000) -> Message:
    structure = b'(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 9 1)("APPLICATION" "PDF" ("NAME" "%s")'
    structure += b' NIL NIL "BASE64" 4096) "MIXED")'
    return replace(message, size=size, structure=structure % name.encode())


def searched(lab: MailboxLab) -> dict[str, FolderSearch]:
    lab.run("sign-in")
    lab.run("search")
    return {seen.folder: seen for seen in lab.seen(FolderSearch)}


def test_a_mail_from_elsewhere_is_known_by_its_file() -> None:
    there = carrying(mail("scan@printer.example", "Scan"), "angebot_2026-118.PDF")
    folders = [
        Folder("INBOX", messages=[mail("a@other.example"), carrying(mail("b@x.example"), "x.pdf")]),
        Folder("Scans", messages=[mail("c@x.example"), there]),
    ]
    with mailbox(*folders, case=ASKED) as lab:
        found = searched(lab)
    assert found["INBOX"].hits == ()
    [hit] = found["Scans"].hits
    assert (hit.matched, hit.subject, hit.from_address) == (
        "attachment",
        "Scan",
        "scan@printer.example",
    )
    assert hit.attachments == ("angebot_2026-118.PDF",)
    assert found["Scans"].others_arrived == 1
    assert all(seen.complete for seen in found.values())


def test_the_senders_own_mail_with_the_file_ends_the_looking() -> None:
    own = carrying(mail(), "Angebot 2026-118.pdf")
    other = carrying(mail("b@x.example"), "Angebot 2026-118.pdf")
    with mailbox(Folder("INBOX", messages=[own]), Folder("F", messages=[other]), case=ASKED) as lab:
        found = searched(lab)
        commands = " ".join(lab.server.commands)
    assert [hit.matched for hit in found["INBOX"].hits] == ["address"]
    assert found["INBOX"].hits[0].attachments == ("Angebot 2026-118.pdf",)
    assert found["F"].hits == ()
    assert "INTERNALDATE BODYSTRUCTURE" not in commands


def test_another_mail_of_the_sender_does_not_end_it() -> None:
    other = carrying(mail("b@x.example"), "Angebot 2026-118.pdf")
    with mailbox(Folder("INBOX", messages=[mail(), other]), case=ASKED) as lab:
        hits = searched(lab)["INBOX"].hits
    assert {(hit.matched, hit.attachments) for hit in hits} == {
        ("address", ()),
        ("attachment", ("Angebot 2026-118.pdf",)),
    }


def test_what_is_far_too_small_is_not_looked_into() -> None:
    small = carrying(mail("b@x.example"), "Angebot 2026-118.pdf", size=3000)
    case = replace(ASKED, size=1_000_000)
    with mailbox(Folder("INBOX", messages=[small]), case=case) as lab:
        assert searched(lab)["INBOX"].hits == ()
        assert "BODYSTRUCTURE" not in " ".join(lab.server.commands)


def test_my_own_mail_is_not_the_missing_one() -> None:
    mine = carrying(mail("lin@example.com"), "Angebot 2026-118.pdf")
    with mailbox(Folder("Sent", "\\Sent", [mine]), case=ASKED) as lab:
        assert searched(lab)["Sent"].hits == ()


def test_a_server_without_structures_is_said() -> None:
    def script(session: Session, tag: str, _verb: str, arguments: str) -> bool:
        if "BODYSTRUCTURE" in arguments:
            session.say(f"{tag} BAD unknown item")
        return "BODYSTRUCTURE" in arguments

    folder = Folder("INBOX", messages=[mail("a@other.example"), mail(received="from a by b")])
    with mailbox(folder, case=ASKED, dialect=Dialect(script=script)) as lab:
        seen = searched(lab)["INBOX"]
    assert seen.complete
    assert "attached" in seen.detail
    assert [hit.received for hit in seen.hits] == [("from a by b",)]


def test_a_break_in_the_second_look_loses_nothing_of_the_first() -> None:
    def script(session: Session, _tag: str, _verb: str, arguments: str) -> bool:
        if "BODYSTRUCTURE" in arguments and "INTERNALDATE" in arguments:
            session.hang_up()
            return True
        return False

    folders = [Folder("INBOX", messages=[mail()]), Folder("F", messages=[mail("a@x.example")])]
    with mailbox(*folders, case=ASKED, dialect=Dialect(script=script)) as lab:
        found = searched(lab)
    assert len(found["INBOX"].hits) == 1
    assert all(seen.complete for seen in found.values())
