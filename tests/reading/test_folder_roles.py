"""What a folder is for."""

import pytest

from mailwizard.model.seen.mailbox import Role
from mailwizard.reading.folder_roles import role_of


@pytest.mark.parametrize(
    ("name", "flags", "delimiter", "expected"),
    [
        ("INBOX", [], "/", ("inbox", "name")),
        ("inbox", ["\\HasChildren"], ".", ("inbox", "name")),
        ("垃圾邮件", ["\\Junk"], "/", ("junk", "flag")),
        ("Whatever", ["\\HasNoChildren", "\\JUNK"], "/", ("junk", "flag")),
        ("[Gmail]/Spam", ["\\Spam"], "/", ("junk", "flag")),
        ("[Gmail]/Spam", [], "/", ("junk", "name")),
        ("[Gmail]/All Mail", ["\\AllMail"], "/", ("all", "flag")),
        ("INBOX.Junk E-mail", [], ".", ("junk", "name")),
        ("垃圾郵件", [], "/", ("junk", "name")),
        ("迷惑メール", [], "/", ("junk", "name")),
        ("Papierkorb", [], "/", ("trash", "name")),
        ("Gelöschte Elemente", [], "/", ("trash", "name")),
        ("已删除邮件", [], "/", ("trash", "name")),
        ("Deleted Messages", [], "/", ("trash", "name")),
        ("已发送", [], "/", ("sent", "name")),
        ("Entwürfe", [], "/", ("drafts", "name")),
        ("Archive", [], "/", ("archive", "name")),
        ("Project Spam filter", [], "/", ("other", "")),
        ("Spam/old", [], "/", ("other", "")),
        ("a/b", [], "", ("other", "")),
        ("Flagged", ["\\Flagged", "\\Important"], "/", ("other", "")),
    ],
)
def test_roles(name: str, flags: list[str], delimiter: str, expected: tuple[Role, str]) -> None:
    assert role_of(name, flags, delimiter) == expected


def test_the_providers_own_names() -> None:
    known = {"junk": ("拦截的邮件",), "nonsense": ("x",)}
    assert role_of("其他/拦截的邮件", [], "/", known) == ("junk", "name")
    assert role_of("x", [], "/", known) == ("other", "")
