"""The user's own domain in the DNS, as each resolver gives it: where it sends its mail."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from mailwizard.model.seen.dns import DEFINITE, DnsAnswer
from mailwizard.probes.asking import Question, ask
from mailwizard.probes.few_at_once import FewAtOnce
from mailwizard.probes.resolving import (
    Server,
    ask_all,
    configured,
    public,
    question,
    trusted,
)
from mailwizard.probes.reverse_names import reverse_questions
from mailwizard.probes.setting import Setting
from mailwizard.reading.mx import parse_mx

MAX_TARGETS = 20
AT_ONCE = 32
OTHER_TYPES = ("A", "AAAA", "NS", "SOA", "TXT", "CNAME")


def domain(setting: Setting) -> None:
    """MX from every resolver; the other records from this computer's and from two public ones.

    As soon as an answer leads there: the addresses of every mail exchanger; where MX is missing,
    an MX at ``www``; where a resolver gives SERVFAIL, the same without DNSSEC checking, and
    whether it fails for the parent zone, too. Records DnsAnswer. Raises Stopped.
    """
    name = setting.case.domain
    everyone = configured(setting) + public(setting)
    look = _Look(setting, everyone)
    few = configured(setting) + public(setting, 2)
    look.ask(question(server, name, "MX") for server in everyone)
    look.ask(question(server, name, rtype) for rtype in OTHER_TYPES for server in few)
    look.run()
    told = any(
        a.via == "public" and a.rtype == "MX" and a.status == "servfail" for a in look.answers
    )
    if not told and trusted(look.answers, name, "MX") is None:
        # A resolver gives up on dead name servers only after some seconds, and says so then.
        again = ask_all(
            setting,
            [question(server, name, "MX") for server in few],
            each=4.0,
            heard=setting.record,
        )
        for answer in again:
            look.follow(answer)
        look.run()


@dataclass(slots=True)
class _Look:
    """What is asked, and what follows from each answer: nobody waits for a dead resolver."""

    setting: Setting
    everyone: tuple[Server, ...]
    answers: list[DnsAnswer] = field(default_factory=list)
    _asked: set[Question] = field(default_factory=set)
    _hosts: set[str] = field(default_factory=set)
    _work: FewAtOnce[DnsAnswer] = field(init=False)

    def __post_init__(self) -> None:
        self._work = FewAtOnce(self.setting, at_most=AT_ONCE)

    def ask(self, questions: Iterable[Question]) -> None:
        """Starts what was not asked before."""
        for asked in questions:
            if asked not in self._asked:
                self._asked.add(asked)
                self._work.start(partial(ask, self.setting, asked))

    def run(self) -> None:
        """Records all answers and asks what follows from them. Raises Stopped."""
        for answer in self._work.results():
            self.setting.record(answer)
            self.answers.append(answer)
            self.follow(answer)

    def follow(self, answer: DnsAnswer) -> None:
        """What one answer about the domain's MX, or an exchanger's address, leads to."""
        name = self.setting.case.domain
        self.ask(reverse_questions(self.setting, answer, self._hosts))
        if (answer.name, answer.rtype) != (name, "MX") or answer.checking_disabled:
            if answer.checking_disabled and answer.rtype == "MX":
                self._targets(answer)
            return
        self._targets(answer)
        if answer.status == "servfail":
            self._unchecked(answer)
        if answer.status == "nodata" and answer.via == "public":
            self.ask(question(server, f"www.{name}", "MX") for server in public(self.setting, 2))

    def _unchecked(self, failing: DnsAnswer) -> None:
        """Asks again with CD (RFC 4035): SERVFAIL may come from DNSSEC validation alone."""
        parent = failing.name.partition(".")[2]
        for server in self.everyone:
            if server[:2] == (failing.via, failing.server):
                self.ask(
                    replace(question(server, failing.name, rtype), checking_disabled=True)
                    for rtype in ("MX", "DS", "DNSKEY")
                )
                if parent:
                    self.ask([question(server, parent, "SOA")])

    def _targets(self, answer: DnsAnswer) -> None:
        """Asks for the addresses of every exchanger that any resolver names."""
        if answer.status not in DEFINITE:
            return
        hosts = [mx.host for mx in parse_mx(answer.records) if not mx.is_null and not mx.is_address]
        servers = dict.fromkeys(configured(self.setting)[:1] + public(self.setting, 2))
        for host in hosts:
            if len(self._hosts) < MAX_TARGETS or host in self._hosts:
                self._hosts.add(host)
                self.ask(
                    question(server, host, rtype) for rtype in ("A", "AAAA") for server in servers
                )
