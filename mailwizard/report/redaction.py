"""Stable placeholders for the parties' addresses, names, subjects, folders, hosts and IPs.

Whatever looks like an address or a host and is not known to be public (a provider's, or asked for
comparison) gets a placeholder, so that a name that nobody thought of does not slip through.
"""

# ruff: noqa: SIM905 - lists of words are easier to read, and to add to, as words

import dataclasses
import re
from collections.abc import Iterable
from typing import Any

from mailwizard.model.case import Case
from mailwizard.model.evidence import Evidence
from mailwizard.model.finding import Finding, Value
from mailwizard.model.observation import Observation, to_json
from mailwizard.model.seen.arrived import MailArrived
from mailwizard.model.seen.mailbox import (
    FolderList,
    FolderSearch,
    MailboxSize,
    MailSeen,
    Quota,
    SenderHistory,
)
from mailwizard.model.seen.notices import LookAlikeMail, QuarantineNotice
from mailwizard.model.seen.room_made import MailArchived, MailDeleted
from mailwizard.model.seen.self_test import SelfTest
from mailwizard.model.seen.space import LargeMail, MailboxSpace
from mailwizard.reading.attachments import same_file_name
from mailwizard.reading.folder_roles import role_of
from mailwizard.reading.subjects import same_subject, subject_key
from mailwizard.report.public_names import (
    COMMON_WORDS,
    LOCAL_PARTS,
    is_public_address,
    is_usual_label,
    public_addresses,
    public_hosts,
    registrable,
)

_PERSON = re.compile(r"person-\d+")
_HOST = re.compile(r"host-\d+\.example")
# A host's bare name (EXCH01, desktop-7), unlike a word of a sentence.
_BARE_HOST = re.compile(r"[0-9_-]|^[A-Z]{3,}$")
_SEPARATORS = re.compile(r"[\s_.-]+")
_V4_NETS = ("192.0.2", "198.51.100", "203.0.113")

# Values of these fields are words of ours; times and numbers tell nothing of the parties.
_OUR_WORDS = frozenset(
    "id kind probe at run via about status rtype role role_by outcome method matched whose stage"
    " transport form action source how purpose service connect tls question result policy reason"
    " asked test_asked resource since arrived dated newest expires not_before not_after date local"
    " sha256 variant why way rung history started".split()
)
# Followed by "=": words of mail headers and logs, not part of an address or host.
_HEADER_WORDS = (
    r"(?:smtp\.(?:mailfrom|mail|from|rcptto|auth|helo|client-ip)|header\.(?:from|d|i|b|s)|policy\.\w+"
    r"|reason|envelope-from|sender|receiver|identity|client-ip|helo|from|orig_to|to|message-id|relay"
    r"|rua|ruf|[dis])="
)
# Endings of file names, which look like hosts otherwise.
_ENDINGS = r"(?:txt|html?|php|aspx?|eml|msg|json|xml|png|jpe?g|gif|css|js|pdf|docx?|xlsx?)(?![\w-])"
_TOKEN = (
    rf"(?P<keep>(?<![\w.-]){_HEADER_WORDS})"
    r"|(?P<address>[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,200}@(?:[A-Za-z0-9_-]{1,63}\.){0,30}[A-Za-z0-9_-]{1,63})"
    rf"|(?P<host>(?<![\w@.-])(?:[A-Za-z0-9_-]{{1,63}}\.){{1,30}}(?!{_ENDINGS})"
    r"(?:xn--[A-Za-z0-9-]+|[A-Za-z]{2,24})(?![\w-]))"
    r"|(?P<v4>(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w\.))"
    r"|(?P<v6>(?:(?<![\w:.])|(?<=ip6:)|(?<=IPv6:))(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:]))"
    r"|(?P<helo>(?:(?<=helo=)|(?<=HELO )|(?<=EHLO ))[A-Za-z0-9_-]+|(?<=from )[A-Za-z0-9_-]+(?= \())"
)


class Redactor:
    """Placeholders for one case. The same thing has the same placeholder everywhere.

    Numbers follow the order of the evidence, so they stay the same while it grows.
    """

    def __init__(self, case: Case, evidence: Evidence) -> None:
        self._case = case
        self._public = public_hosts(evidence)
        self._public_roots = frozenset(registrable(host) for host in self._public)
        observations = evidence.all()
        records = [to_json(o)["data"] for o in observations]
        self._public_ips = public_addresses(evidence, records, self._public)
        self._roots: dict[str, str] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._words: dict[str, str] = {}
        self._pattern = re.compile(_TOKEN, re.IGNORECASE)
        self._learn_parties()
        for observation in observations:
            self._learn(observation)
        self._pattern = self._compiled()
        for record in records:  # gives every host, address and IP its number in the log's order
            self.json(record)

    def text(self, text: str) -> str:
        """Free text, such as a server's reply, with every trace replaced."""
        return self._pattern.sub(self._replace, text) if text else text

    def json(self, value: Any, key: str = "") -> Any:
        """JSON values walked through; keys of mappings (folder names, hosts) are replaced too."""
        if isinstance(value, str):
            if key in _OUR_WORDS:
                return value
            if key in ("helo", "message_id") and value:
                return self._named(key, value)
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(str(k)): self.json(v, str(k)) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self.json(item, key) for item in value)
        return value

    def observation(self, observation: Observation[Any]) -> dict[str, Any]:
        """An observation as plain JSON values, its names replaced."""
        record = to_json(observation)
        return {**record, "data": self.json(record["data"])}

    def finding(self, finding: Finding) -> Finding:
        """A finding whose data hold placeholders, so that its words can be rendered from them."""
        data: dict[str, Value] = {k: self.json(v, k) for k, v in finding.data.items()}
        return dataclasses.replace(finding, data=data)

    def case(self) -> Case:
        """The case with placeholders."""
        case = self._case
        return dataclasses.replace(
            case,
            me=self.text(case.me),
            sender=self.text(case.sender) if case.sender else case.sender,
            subject=self.text(case.subject) if case.subject else case.subject,
            attachment=self.text(case.attachment) if case.attachment else case.attachment,
            imap_host=self.text(case.imap_host) if case.imap_host else case.imap_host,
        )

    def _learn_parties(self) -> None:
        self._party(self._case.domain, "company")
        self._address(self._case.me)
        if self._case.sender_domain and registrable(self._case.sender_domain) not in self._roots:
            self._party(self._case.sender_domain, "customer-1")
        if self._case.sender_address:
            self._address(self._case.sender_address)
        if self._case.subject:
            self._subject(self._case.subject)
        if self._case.attachment:
            self._file(self._case.attachment)

    def _party(self, domain: str, placeholder: str) -> None:
        root = registrable(domain)
        self._roots[root] = f"{placeholder}.example"
        label = root.split(".")[0]
        if label not in {public.split(".")[0] for public in self._public_roots}:
            self._word(label, placeholder, shortest=4)
        try:
            spoken = root.encode("ascii").decode("idna")
        except UnicodeError:
            return
        if spoken != root:
            self._word(spoken, f"{placeholder}.example")
            self._word(spoken.split(".")[0], placeholder)

    def _learn(self, observation: Observation[Any]) -> None:
        seen = observation.seen
        match seen:
            case FolderSearch():
                self._folder(seen.folder, seen.role)
                mails = seen.hits
            case SenderHistory():
                mails = seen.mails
            case MailArrived():
                self._folder(seen.folder, seen.role)
                mails = (seen.mail,)
            case SelfTest():
                for copy in seen.copies:
                    self._folder(copy.folder, copy.role)
                return
            case QuarantineNotice() | LookAlikeMail():
                self._address(seen.from_address)
                self._subject(seen.subject)
                return
            case FolderList():
                for folder in seen.folders:
                    self._folder(folder.name, folder.role)
                return
            case MailboxSize():
                self._folders(seen.octets)
                return
            case Quota():
                self._folders(name for resource in seen.resources for name in resource.folders)
                return
            case MailArchived() | MailDeleted():
                self._folders(seen.folders)
                return
            case MailboxSpace():
                for space in seen.folders:
                    self._folder(space.name, space.role)
                for large in seen.largest:
                    self._mail(large)
                for sender in seen.senders:
                    self._person(sender.address, sender.name)
                return
            case _:
                return
        for mail in mails:
            self._mail(mail)

    def _mail(self, mail: MailSeen | LargeMail) -> None:
        if mail.from_address or mail.from_name:
            self._person(mail.from_address, mail.from_name)
        if mail.subject:
            self._subject(mail.subject)
        for name in mail.attachments if isinstance(mail, MailSeen) else ():
            self._file(name)

    def _person(self, address: str, name: str) -> None:
        self._address(address)
        person = f"person-{self._number('person', address.lower())}"
        if name:
            self._word(name, person)
            for part in re.split(r"[\s.,;()\"']+", name):
                self._word(part, person, shortest=3)
                if len(part) == 3 and not part.isascii():
                    self._word(part[1:], person)  # a Chinese given name, without the surname

    def _subject(self, subject: str) -> None:
        """One number for what counts as the same subject, so that it is still seen as the same."""
        asked = self._case.subject
        same = asked if asked and same_subject(asked, subject) else subject
        self._word(subject, f"subject-{self._number('subject', subject_key(same))}")

    def _file(self, name: str) -> None:
        """One number for what counts as the same file."""
        asked = self._case.attachment
        same = asked if asked and same_file_name(asked, name) else name
        self._word(name, f"file-{self._number('file', same.lower())}", shortest=3)

    def _folders(self, names: Iterable[str]) -> None:
        """Folders whose role is not recorded: a usual name tells it."""
        for name in names:
            self._folder(name, role_of(name, (), "/")[0])

    def _folder(self, name: str, role: str) -> None:
        if role == "other":
            self._word(name, f"folder-{self._number('folder', name)}", shortest=3)

    def _word(self, word: str, placeholder: str, *, shortest: int = 1) -> None:
        """A word to be replaced wherever it stands; Chinese words may be shorter by one."""
        plain = word.strip().lower()
        long_enough = len(plain) >= (shortest if plain.isascii() else min(shortest, 2))
        if plain and long_enough and plain not in COMMON_WORDS:
            self._words.setdefault(plain, placeholder)

    def _address(self, address: str) -> str:
        """The placeholder of a mail address."""
        local, at, domain = address.lower().rpartition("@")
        if not at or not local:
            return self._host(address)
        if local in LOCAL_PARTS or _PERSON.fullmatch(local):
            return f"{local}@{self._host(domain)}"
        person = f"person-{self._number('person', address.lower())}"
        if registrable(domain) in self._roots:
            for part in (local, *re.split(r"[._+=-]+", local)):
                self._word(part, person, shortest=3)
        if not address.isascii():
            self._word(address, f"{person}@{self._host(domain)}")
        return f"{person}@{self._host(domain)}"

    def _host(self, host: str) -> str:
        """The placeholder of a host name; usual labels (mx1, _dmarc) stay, also below a party's."""
        name = host.lower().rstrip(".")
        if name in self._public and name not in self._roots:
            return name
        root = registrable(name)
        if root in self._roots.values() or _HOST.fullmatch(root):
            return name
        if root in self._roots:
            replaced = self._roots[root]
        elif root in self._public_roots or root in ("in-addr.arpa", "ip6.arpa"):
            replaced = root
        elif "." not in name:
            return f"host-{self._number('host', name)}"
        else:
            replaced = f"host-{self._number('host', root)}.example"
        labels = name.removesuffix(root).rstrip(".").split(".") if name != root else []
        below = [
            label if is_usual_label(label) else f"host-{self._number('host', f'{label}.{root}')}"
            for label in labels
        ]
        return ".".join([*below, replaced])

    def _ip(self, text: str) -> str:
        if text in self._public_ips or not is_public_address(text):
            return text
        if ":" in text:
            return f"2001:db8::{self._number('v6', text.lower()):x}"
        number = self._number("v4", text) - 1
        return f"{_V4_NETS[number // 254 % len(_V4_NETS)]}.{number % 254 + 1}"

    def _named(self, key: str, value: str) -> str:
        """A whole field: a HELO name, which may have no dot, or a Message-ID."""
        if key == "helo":
            bare = value.strip("[]")
            return self._ip(bare) if is_public_address(bare) else self._host(bare)
        host = self._host(value.strip("<>").rpartition("@")[2])
        return f"<message-{self._number('message', value)}@{host}>"

    def _number(self, kind: str, name: str) -> int:
        known = self._numbers.get((kind, name))
        if known is None:
            known = sum(1 for other, _name in self._numbers if other == kind) + 1
            self._numbers[(kind, name)] = known
        return known

    def _replace(self, match: re.Match[str]) -> str:
        found = match[0]
        match match.lastgroup:
            case "keep":
                return found
            case "address":
                return self._address(found)
            case "host":
                return self._host(found)
            case "helo":
                return self._host(found) if _BARE_HOST.search(found) else found
            case "v4" | "v6":
                return self._ip(found)
            case _:
                return self._placeholder(found)

    def _placeholder(self, found: str) -> str:
        """That of a listed word, which may be written otherwise here."""
        plain = found.lower()
        if plain in self._words:
            return self._words[plain]
        bare = _SEPARATORS.sub("", plain)
        spelt = (p for word, p in self._words.items() if _SEPARATORS.sub("", word) == bare)
        return next(spelt, "…")  # a letter whose lower case has another length

    def _compiled(self) -> re.Pattern[str]:
        """Whole names and subjects first, then addresses and hosts, then single words."""
        words = sorted(self._words, key=len, reverse=True)
        whole = [_as_pattern(word) for word in words if not _is_single(word)]
        single = [_as_pattern(word) for word in words if _is_single(word)]
        return re.compile("|".join([*whole, _TOKEN, *single]), re.IGNORECASE)


def _is_single(word: str) -> bool:
    """A word that may be part of an address or host, which is then replaced as a whole."""
    return word.isascii() and not re.search(r"\s", word)


def _as_pattern(word: str) -> str:
    """A word as it may be written elsewhere: "acme-trading" also as "Acme Trading".

    A short word must stand alone, a long one is hidden inside others too.
    """
    if not _is_single(word):
        return r"\s+".join(re.escape(part) for part in word.split())
    escaped = r"[\s_.-]*".join(re.escape(part) for part in re.split(r"[_.-]+", word) if part)
    if len(word) < 6:
        return rf"(?<![A-Za-z0-9]){escaped}(?![A-Za-z0-9])"
    return escaped
