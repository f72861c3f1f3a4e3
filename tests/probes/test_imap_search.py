"""Searching: every dialect finds the same mail, and what was not looked at is said."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailwizard.model.observation import to_json
from mailwizard.model.seen.mailbox import FolderList, FolderSearch, RulesReadable, SignIn
from mailwizard.probes.setting import Stopped
from tests.probes.mailbox_lab import SINCE, MailboxLab, mailbox
from tests.servers.fake_imap import PASSWORD, Dialect, Folder, Message, Session, mail
from tests.worlds import CASE

JUNK = "&V4NXPpCuTvY-"
ASKED = replace(CASE, since=SINCE)


def searched(lab: MailboxLab, seconds: float = 10.0) -> dict[str, FolderSearch]:
    lab.run("sign-in")
    lab.run("search", seconds=seconds)
    return {seen.folder: seen for seen in lab.seen(FolderSearch)}


def others(count: int) -> list[Message]:
    return [mail(f"P{n} <p{n}@other.example>", f"News {n}", 2) for n in range(count)]


DIALECTS = {
    "alimail": Dialect(search="bad"),
    "lying": Dialect(search="everything"),
    "honest": Dialect(),
    "no SINCE": Dialect(search="bad", since="bad"),
    "blind SINCE": Dialect(search="bad", since="nothing"),
    "netease": Dialect(needs_id=True),
}


@pytest.mark.parametrize("many", [2000, 3], ids=["few", "many"])
@pytest.mark.parametrize("name", DIALECTS)
def test_every_dialect_finds_the_same(
    name: str, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailwizard.probes.imap.looking.MANY", many)
    inbox = Folder(
        "INBOX", messages=[mail(days_ago=40), *others(9), mail(subject="Old", days_ago=20)]
    )
    junk = Folder(JUNK, "\\Junk", [*others(4), mail(), mail(subject="Second", days_ago=0.5)])
    with mailbox(inbox, junk, dialect=DIALECTS[name]) as lab:
        found = searched(lab)
    hits = found["垃圾邮件"].hits
    assert [hit.subject for hit in hits] == ["Second", "Angebot 2026-118"]
    assert {hit.matched for hit in hits} == {"address"}
    assert found["INBOX"].hits == ()
    assert found["垃圾邮件"].others_arrived == 4
    assert found["INBOX"].others_arrived == 9
    assert all(seen.complete for seen in found.values())
    trusted = many == 3 and name in ("honest", "netease")
    assert found["垃圾邮件"].method == ("server-search" if trusted else "headers")


def test_junk_inbox_and_trash_come_first_and_nothing_is_changed() -> None:
    folders = [Folder("A"), Folder("INBOX"), Folder("Trash"), Folder("Spam"), Folder("B")]
    with mailbox(*folders) as lab:
        assert list(searched(lab)) == ["Spam", "INBOX", "Trash", "A", "B"]
        verbs = set(lab.server.verbs())
        commands = " ".join(lab.server.commands)
    assert verbs.isdisjoint({"SELECT", "STORE", "COPY", "MOVE", "EXPUNGE", "APPEND", "CLOSE"})
    assert "BODY[" not in commands
    assert lab.seen(RulesReadable) == [RulesReadable(readable=False)]


@pytest.mark.parametrize(
    ("sender", "more", "matched"),
    [
        ("Buyer <BUYER@Customer.Example>", {}, "address"),
        ("anna@customer.example", {}, "domain"),
        ("anna@mail.customer.example", {}, "domain"),
        ("crm@tool.example", {"reply_to": "buyer@customer.example"}, "reply-to"),
        ("crm@tool.example", {"sender": "x@customer.example"}, "sender"),
        ("crm@tool.example", {"return_path": "<bounce@customer.example>"}, "sender"),
        ('"buyer@customer.example via Sign" <no@sign.example>', {}, "name"),
        ("x@notcustomer.example", {}, None),
        ("x@customer.example.evil.example", {}, None),
        ("lin@example.com", {"reply_to": "buyer@customer.example"}, None),
    ],
)
def test_what_ties_a_mail_to_the_sender(
    sender: str, more: dict[str, str], matched: str | None
) -> None:
    with mailbox(Folder("INBOX", messages=[mail(sender, **more)])) as lab:
        hits = searched(lab)["INBOX"].hits
    assert [hit.matched for hit in hits] == ([matched] if matched else [])


def test_a_subject_ties_only_where_it_is_known() -> None:
    other = mail("crm@tool.example", "AW: angebot  2026-118")
    with mailbox(Folder("INBOX", messages=[other])) as lab:
        assert searched(lab)["INBOX"].hits == ()
    case = replace(ASKED, subject="Angebot 2026-118")
    with mailbox(Folder("INBOX", messages=[other]), case=case) as lab:
        assert [hit.matched for hit in searched(lab)["INBOX"].hits] == ["subject"]


def test_at_a_public_mail_service_only_the_address_counts() -> None:
    case = replace(ASKED, sender="hans@gmail.com")
    messages = [mail("anna@gmail.com"), mail("Hans@gmail.com", days_ago=2)]
    with mailbox(Folder("INBOX", messages=messages), case=case) as lab:
        hits = searched(lab)["INBOX"].hits
    assert [hit.from_address for hit in hits] == ["Hans@gmail.com"]


def test_gbk_subjects_and_names_are_read() -> None:
    message = mail()
    header = "From: 张三 <buyer@customer.example>\r\nSubject: 报价单\r\n\r\n".encode("gbk")
    gbk = replace(message, header=header)
    with mailbox(Folder("INBOX", messages=[gbk])) as lab:
        hit = searched(lab)["INBOX"].hits[0]
    assert (hit.from_name, hit.subject) == ("张三", "报价单")


def test_hostile_headers_are_made_harmless() -> None:
    message = mail(subject="\x1b[31mred\x1b[0m [bold]x[/bold] \u202egnp")
    with mailbox(Folder("INBOX", messages=[message])) as lab:
        subject = searched(lab)["INBOX"].hits[0].subject
    assert "\x1b" not in subject
    assert "\u202e" not in subject


def test_the_internal_date_decides_not_the_servers_day() -> None:
    first = datetime(SINCE.year, SINCE.month, SINCE.day).astimezone(UTC)
    just_in = replace(mail(subject="in"), arrived=first)
    just_out = replace(mail(subject="out"), arrived=first - timedelta(seconds=1))
    with mailbox(Folder("INBOX", messages=[just_out, just_in])) as lab:
        assert [hit.subject for hit in searched(lab)["INBOX"].hits] == ["in"]


def test_without_a_sender_only_counts() -> None:
    messages = [mail(days_ago=40), *others(3)]
    with mailbox(Folder("INBOX", messages=messages), case=replace(ASKED, sender=None)) as lab:
        seen = searched(lab)["INBOX"]
    assert (seen.hits, seen.others_arrived, seen.messages) == ((), 3, 4)
    assert seen.newest == messages[1].arrived


def test_a_folder_that_is_refused_is_said() -> None:
    with mailbox(Folder("INBOX", messages=[mail()]), Folder("Secret", refuse="no access")) as lab:
        found = searched(lab)
    assert found["INBOX"].complete
    assert not found["Secret"].complete
    assert "no access" in found["Secret"].detail


def test_folders_that_cannot_be_opened_are_left_out() -> None:
    with mailbox(Folder("INBOX"), Folder("[Gmail]", "\\Noselect")) as lab:
        assert list(searched(lab)) == ["INBOX"]
        assert len(lab.seen(FolderList)[0].folders) == 2


def test_hits_are_bounded() -> None:
    messages = [mail(subject=str(n)) for n in range(260)]
    with mailbox(Folder("INBOX", messages=messages)) as lab:
        seen = searched(lab)["INBOX"]
    assert (len(seen.hits), seen.others_arrived, seen.examined) == (200, 0, 260)


def test_a_connection_that_breaks_in_a_literal_costs_one_folder() -> None:
    def script(session: Session, _tag: str, verb: str, arguments: str) -> bool:
        if verb == "UID" and "FETCH" in arguments and session.folder is not None:
            if session.folder.name != "Bad":
                return False
            session.connection.sendall(b"* 1 FETCH (UID 101 BODY[HEADER] {5000}\r\nFrom: x")
            session.hang_up()
            return True
        return False

    folders = [Folder("Bad", messages=[mail()]), Folder("INBOX", messages=[mail()]), Folder("Z")]
    with mailbox(*folders, dialect=Dialect(script=script)) as lab:
        found = searched(lab)
    assert not found["Bad"].complete
    assert found["INBOX"].complete
    assert found["Z"].complete
    assert len(found["INBOX"].hits) == 1


def test_a_password_that_was_changed_meanwhile_is_not_tried_twice() -> None:
    def script(session: Session, _tag: str, verb: str, _arguments: str) -> bool:
        if verb == "UID":
            session.server.dialect.login = "NO [AUTHENTICATIONFAILED] changed"
            session.hang_up()
        return verb == "UID"

    folders = [Folder("INBOX", messages=[mail()]), Folder("Z", messages=[mail()])]
    with mailbox(*folders, dialect=Dialect(script=script)) as lab:
        found = searched(lab)
        assert lab.server.verbs().count("LOGIN") == 2
    assert {name: seen.method for name, seen in found.items()} == {"INBOX": "none", "Z": "none"}
    assert not any(seen.complete for seen in found.values())
    assert lab.seen(SignIn, "search")[0].outcome == "refused"


def test_what_was_seen_before_the_time_was_over_stands() -> None:
    def script(session: Session, _tag: str, _verb: str, arguments: str) -> bool:
        stalls = session.folder is not None and session.folder.name == "Z"
        return stalls and "SEARCH" in arguments

    folders = [Folder("INBOX", messages=[mail()]), Folder("Z", messages=[mail()]), Folder("ZZ")]
    with mailbox(*folders, dialect=Dialect(script=script)) as lab:
        lab.run("sign-in")
        with pytest.raises(Stopped):
            lab.run("search", seconds=1.2)
        found = {seen.folder: seen for seen in lab.seen(FolderSearch)}
    assert len(found["INBOX"].hits) == 1
    assert not found["Z"].complete
    assert found["ZZ"].complete  # it was searched on another connection, one command at a time


def test_a_reply_without_sense_is_narrowed_down() -> None:
    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        if verb == "UID" and arguments.startswith("FETCH 102 "):
            session.say("* 2 FETCH (UID 102 BODY[HEADER", f"{tag} OK done")
            return True
        if verb == "UID" and arguments.startswith("FETCH 101:103 "):
            session.answer(tag, verb, arguments.replace("101:103", "101,103"))
            return True
        return False

    messages = [mail(subject="a"), mail(subject="b"), mail(subject="c")]
    folder = Folder("INBOX", messages=messages)
    with mailbox(folder, dialect=Dialect(script=script)) as lab:
        seen = searched(lab)["INBOX"]
    assert {hit.subject for hit in seen.hits} == {"a", "c"}
    assert not seen.complete


@pytest.mark.parametrize(
    "lines",
    [
        [b"* SEARCH 1 2 x 99999999999999999999999 -5 103"],
        [b"* SEARCH 101", b"* SEARCH 102 103"],
        [b"* SEARCH 101 102 103 (MODSEQ 917162500)"],
    ],
)
def test_odd_search_replies(lines: list[bytes]) -> None:
    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        if verb == "UID" and "SEARCH" in arguments:
            session.say(*lines, f"{tag} OK done")
            return True
        return False

    folder = Folder("INBOX", messages=[mail(), mail(), mail()])
    with mailbox(folder, dialect=Dialect(script=script)) as lab:
        assert searched(lab)["INBOX"].hits


def test_a_list_with_odd_lines_is_read_as_far_as_it_goes() -> None:
    def script(session: Session, tag: str, verb: str, _arguments: str) -> bool:
        if verb != "LIST":
            return False
        session.say(
            b'* LIST () "/" INBOX',
            b'* LIST (\\HasNoChildren \\JUNK) "." {4}\r\nSpam',
            b'* LIST () NIL "quoted \\"name\\""',
            '* LIST () "/" "垃圾"'.encode("gbk"),
            b"* LIST nonsense",
            f"{tag} OK done",
        )
        return True

    with mailbox(Folder("INBOX"), dialect=Dialect(script=script)) as lab:
        searched(lab)
        listed = lab.seen(FolderList)[0]
    assert {f.name: f.role for f in listed.folders} == {
        "Spam": "junk",
        "INBOX": "inbox",
        'quoted "name"': "other",
        "垃圾": "other",
    }
    assert not listed.complete


@pytest.mark.parametrize("capability", ["SPECIAL-USE", "XLIST"])
def test_roles_are_asked_for_where_the_plain_list_has_none(capability: str) -> None:
    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        if verb == "XLIST" or "RETURN (SPECIAL-USE)" in arguments:
            word = "XLIST" if verb == "XLIST" else "LIST"
            session.say(f'* {word} (\\Junk) "/" Ablage', f"{tag} OK done")
            return True
        return False

    dialect = Dialect(capability=f"IMAP4rev1 {capability}", script=script)
    with mailbox(Folder("INBOX"), Folder("Ablage"), dialect=dialect) as lab:
        searched(lab)
        listed = lab.seen(FolderList)[0]
    assert {f.name: (f.role, f.role_by) for f in listed.folders} == {
        "Ablage": ("junk", "flag"),
        "INBOX": ("inbox", "name"),
    }


def test_no_password_in_what_is_kept() -> None:
    with mailbox(Folder("INBOX", messages=[mail()])) as lab:
        searched(lab)
        kept = json.dumps([to_json(o) for o in lab.evidence])
        client = lab.pool.take()
        assert PASSWORD not in kept
        assert PASSWORD not in repr(vars(client)) + repr(vars(vars(client)["_wire"]))


def test_a_mailbox_that_is_not_listed_is_said() -> None:
    def script(session: Session, tag: str, verb: str, _arguments: str) -> bool:
        if verb == "LIST":
            session.say(f"{tag} NO not now")
        return verb == "LIST"

    with mailbox(Folder("INBOX"), dialect=Dialect(script=script)) as lab:
        assert searched(lab) == {}
        assert lab.seen(FolderList)[0].complete is False
