"""Quota roots: all that the folders are under, offered or not, from servers of every kind."""

from collections.abc import Callable

import pytest

from mailwizard.model.seen.mailbox import MailboxSize, Quota, QuotaResource
from tests.probes.mailbox_lab import mailbox
from tests.servers.fake_imap import Dialect, Folder, Session, mail

Script = Callable[[Session, str, str, str], bool]
ROOTS = {
    "INBOX": ["* QUOTAROOT INBOX me", "* QUOTA me (STORAGE 10 5000)"],
    "Sent": ["* QUOTAROOT Sent me", "* QUOTA me (STORAGE 10 5000)"],
    "Shared/Team": ['* QUOTAROOT "Shared/Team" "team root"', '* QUOTA "team root" (STORAGE 5 5)'],
}


def roots(said: dict[str, list[str]]) -> Script:
    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        if verb != "GETQUOTAROOT":
            return False
        lines = said.get(arguments.strip('"'))
        session.say(
            *(lines or []), f"{tag} OK done" if lines is not None else f"{tag} NO not yours"
        )
        return True

    return script


def asked(folders: list[Folder], dialect: Dialect) -> tuple[Quota, int, list[str]]:
    with mailbox(*folders, dialect=dialect) as lab:
        lab.run("sign-in")
        lab.run("quota")
        return lab.seen(Quota)[0], lab.server.received, lab.server.commands


FOLDERS = [Folder("INBOX"), Folder("Sent", "\\Sent"), Folder("Shared/Team"), Folder("Other")]


def test_each_root_once_with_its_folders() -> None:
    seen, connections, _commands = asked(FOLDERS, Dialect(script=roots(ROOTS)))
    assert seen.supported
    assert seen.resources == (
        QuotaResource(
            root="me", resource="STORAGE", used=10, limit=5000, folders=("INBOX", "Sent")
        ),
        QuotaResource(
            root="team root", resource="STORAGE", used=5, limit=5, folders=("Shared/Team",)
        ),
    )
    assert connections == 1


def test_of_many_folders_one_of_each_top_level_is_asked_for() -> None:
    folders = [Folder("INBOX"), Folder("垃圾", "\\Junk")]
    folders += [Folder(f"{top}/{number}") for top in ("A", "B") for number in range(100)]
    _seen, _connections, commands = asked(folders, Dialect(script=roots(ROOTS)))
    names = [c.split(" ", 2)[2].strip('"') for c in commands if " GETQUOTAROOT " in c]
    assert sorted(names) == ["A/0", "B/0", "INBOX", "垃圾"]


@pytest.mark.parametrize(
    ("lines", "resources"),
    [
        (['* QUOTAROOT INBOX ""', '* QUOTA "" (STORAGE 1 2)'], {("", "STORAGE", 1, 2)}),
        (['* QUOTAROOT INBOX "a" b', "* QUOTA a (STORAGE 1 2)", "* QUOTA b (MESSAGE 3 4)"],
         {("a", "STORAGE", 1, 2), ("b", "MESSAGE", 3, 4)}),
        (["* QUOTA other (STORAGE 1 2)", "* QUOTAROOT INBOX me", "* QUOTA me (STORAGE 3 4)"],
         {("me", "STORAGE", 3, 4)}),
        (["* QUOTA me (STORAGE 3 4)"], {("me", "STORAGE", 3, 4)}),
        (["* QUOTAROOT {5}\r\nINBOX {2}\r\nme", "* QUOTA {2}\r\nme (STORAGE 3 4)"],
         {("me", "STORAGE", 3, 4)}),
        ([r'* QUOTAROOT INBOX "a\"b"', r'* QUOTA "a\"b" (STORAGE 3 4)'],
         {('a"b', "STORAGE", 3, 4)}),
        (["* QUOTAROOT INBOX me", "* QUOTA me (STORAGE -3 4)"], set()),
        (["* QUOTAROOT INBOX me", "* QUOTA me (STORAGE 3 99999999999999999999)"], set()),
        (["* QUOTAROOT INBOX me", "* QUOTA me (STORAGE 3 MESSAGE 1 2)"],
         {("me", "MESSAGE", 1, 2)}),
        (["* QUOTAROOT INBOX me", "* QUOTA me ()"], set()),
        (["* QUOTAROOT INBOX"], set()),
        ([], set()),
    ],
)  # fmt: skip
def test_replies_of_every_kind(lines: list[str], resources: set[tuple[str, str, int, int]]) -> None:
    seen, connections, _commands = asked([Folder("INBOX")], Dialect(script=roots({"INBOX": lines})))
    assert seen.supported
    assert {(r.root, r.resource, r.used, r.limit) for r in seen.resources} == resources
    assert connections == 1


@pytest.mark.parametrize(
    ("reply", "detail"),
    [("BAD what?", "not offered"), ("NO [NOPERM] not you", "not you")],
)
def test_a_refusal_is_no_fault(reply: str, detail: str) -> None:
    def script(session: Session, tag: str, verb: str, _arguments: str) -> bool:
        if verb == "GETQUOTAROOT":
            session.say(f"{tag} {reply}")
        return verb == "GETQUOTAROOT"

    seen, connections, commands = asked(FOLDERS, Dialect(script=script))
    assert seen == Quota(supported=False, detail=detail)
    assert connections == 1
    assert sum(" GETQUOTAROOT " in command for command in commands) == 1


def test_a_server_that_hangs_up_on_the_question_is_measured_all_the_same() -> None:
    def script(session: Session, _tag: str, verb: str, _arguments: str) -> bool:
        if verb == "GETQUOTAROOT":
            session.hang_up()
        return verb == "GETQUOTAROOT"

    with mailbox(Folder("INBOX", messages=[mail()]), dialect=Dialect(script=script)) as lab:
        lab.run("sign-in")
        lab.run("quota")
        assert lab.seen(Quota)[0].supported is False
        assert lab.seen(MailboxSize)[0].octets == {"INBOX": 2000}


def test_a_server_that_hangs_up_on_the_other_folders_keeps_the_inboxs_figures() -> None:
    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        if verb == "GETQUOTAROOT" and "INBOX" not in arguments:
            session.hang_up()
            return True
        return roots(ROOTS)(session, tag, verb, arguments)

    seen, connections, _commands = asked(FOLDERS, Dialect(script=script))
    assert [r.folders for r in seen.resources] == [("INBOX",)]
    assert connections == 2
