"""Earlier mail of the sender, and how full the mailbox is."""

from dataclasses import replace

import pytest

from mailwizard.model.seen.mailbox import MailboxSize, Quota, SenderHistory
from mailwizard.probes.setting import Skipped
from tests.probes.mailbox_lab import SINCE, mailbox
from tests.servers.fake_imap import Dialect, Folder, Session, mail
from tests.worlds import CASE


def test_history_is_earlier_mail_newest_first_with_its_way() -> None:
    received = "from mail.customer.example (mail.customer.example [198.51.100.7]) by mx1"
    messages = [
        mail(subject="oldest", days_ago=50),
        mail("x@other.example", days_ago=30),
        mail(
            subject="older", days_ago=20, received=received, authentication_results="mx1; spf=pass"
        ),
        mail(subject="new", days_ago=1),
    ]
    with mailbox(Folder("INBOX", messages=messages)) as lab:
        for probe in ("sign-in", "search", "history"):
            lab.run(probe)
        seen = lab.seen(SenderHistory)[0]
    assert [m.subject for m in seen.mails] == ["older", "oldest"]
    assert seen.mails[0].received == (received,)
    assert seen.mails[0].authentication == ("mx1; spf=pass",)
    assert (seen.examined, seen.complete) == (3, True)


def test_history_looks_where_the_hits_are() -> None:
    folders = [
        Folder("INBOX", messages=[mail(subject="inbox", days_ago=30)]),
        Folder("Kunden", messages=[mail(subject="filed", days_ago=20), mail(days_ago=1)]),
        Folder("Nowhere", messages=[mail(subject="unseen", days_ago=30)]),
    ]
    with mailbox(*folders) as lab:
        for probe in ("sign-in", "search", "history"):
            lab.run(probe)
        assert [m.subject for m in lab.seen(SenderHistory)[0].mails] == ["filed", "inbox"]


@pytest.mark.parametrize("dialect", [Dialect(), Dialect(search="bad")])
def test_a_long_history_is_bounded(dialect: Dialect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailwizard.probes.history.MOST_READ", 30)
    old = [mail(subject=str(n), days_ago=100 - n / 10) for n in range(40)]
    messages = [*old, *(mail("x@other.example", days_ago=30) for _ in range(20))]
    with mailbox(Folder("INBOX", messages=messages), dialect=dialect) as lab:
        lab.run("sign-in")
        lab.run("history")
        seen = lab.seen(SenderHistory)[0]
    assert len(seen.mails) == (20 if dialect.search == "works" else 10)
    assert seen.complete is (dialect.search == "works")


def test_no_history_without_a_sender() -> None:
    with mailbox(case=replace(CASE, since=SINCE, sender=None)) as lab, pytest.raises(Skipped):
        lab.run("history")


@pytest.mark.parametrize(
    ("said", "resources"),
    [
        ('"User quota" (STORAGE 4900 5000)', {("STORAGE", 4900, 5000)}),
        ('"" (STORAGE 10 512 MESSAGE 20 100)', {("STORAGE", 10, 512), ("MESSAGE", 20, 100)}),
        ("root ()", set()),
        ("root (STORAGE x 1)", set()),
    ],
)
def test_quota_figures(said: str, resources: set[tuple[str, int, int]]) -> None:
    dialect = Dialect(later_capability="IMAP4rev1 QUOTA", quota=said)
    with mailbox(Folder("INBOX", messages=[mail()]), dialect=dialect) as lab:
        lab.run("sign-in")
        lab.run("quota")
        seen = lab.seen(Quota)[0]
        assert seen.supported
        assert {(r.resource, r.used, r.limit) for r in seen.resources} == resources


def test_what_is_not_reported_is_measured() -> None:
    folders = [Folder("INBOX", messages=[mail()] * 3), Folder("Sent", messages=[mail()])]
    with mailbox(*folders, Folder("Shut", refuse="no")) as lab:
        lab.run("sign-in")
        lab.run("quota")
        assert lab.seen(Quota)[0].supported is False
        size = lab.seen(MailboxSize)[0]
    assert size.octets == {"INBOX": 6000, "Sent": 2000}
    assert size.messages == {"INBOX": 3, "Sent": 1}
    assert size.complete is False


def test_where_everything_is_kept_twice_it_is_counted_once() -> None:
    folders = [
        Folder("INBOX", messages=[mail()]),
        Folder("Label", messages=[mail()]),
        Folder("[Gmail]/All", "\\All", [mail(), mail()]),
        Folder("[Gmail]/Spam", "\\Junk", [mail()]),
    ]
    with mailbox(*folders) as lab:
        lab.run("sign-in")
        lab.run("quota")
        size = lab.seen(MailboxSize)[0]
    assert size.octets == {"[Gmail]/All": 4000, "[Gmail]/Spam": 2000}


def test_a_quota_command_that_is_refused_after_all() -> None:
    def script(session: Session, tag: str, verb: str, _arguments: str) -> bool:
        if verb == "GETQUOTAROOT":
            session.say(f"{tag} NO [SERVERBUG] sorry")
        return verb == "GETQUOTAROOT"

    dialect = Dialect(capability="IMAP4rev1 QUOTA", script=script)
    with mailbox(dialect=dialect) as lab:
        lab.run("sign-in")
        lab.run("quota")
        assert lab.seen(Quota)[0] == Quota(supported=False, detail="sorry")


def test_status_size_spares_the_counting() -> None:
    def script(session: Session, tag: str, verb: str, arguments: str) -> bool:
        if verb == "STATUS":
            session.say(f"* STATUS {arguments.split()[0]} (SIZE 700 MESSAGES 7)", f"{tag} OK done")
        return verb == "STATUS"

    dialect = Dialect(capability="IMAP4rev1 STATUS=SIZE", script=script)
    with mailbox(dialect=dialect) as lab:
        lab.run("sign-in")
        lab.run("quota")
        assert lab.seen(MailboxSize)[0].octets == {"INBOX": 700}
        assert "FETCH" not in lab.server.verbs()
