"""Builds the demo's internet from a scenario's faults: every server, and the routing table."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from mailwizard.demo import hosts, mailbox
from mailwizard.demo.certificates import Authority, trusting
from mailwizard.demo.dns import NameServer
from mailwizard.demo.imap import ALIMAIL, PLAIN, ImapServer
from mailwizard.demo.mails import Folder, total_size
from mailwizard.demo.names import zones_of
from mailwizard.demo.recipients import TAKEN, Recipients
from mailwizard.demo.scenario import PASSWORD, Faults, Scenario
from mailwizard.demo.servers import Endpoint, Servers, Talk, silence
from mailwizard.demo.smtp import MailExchanger
from mailwizard.demo.submission import SubmissionServer, delivery_to
from mailwizard.demo.web import Page, WebServer
from mailwizard.demo.world import Behaviour, DemoWorld, Place, Rule, Target, office_link
from mailwizard.engine.world import standard_controls

_NO_SUCH_MAILBOX = "554 RCPT ({address}) dosn't exist"
_NOT_SERVED = "550 5.7.1 <{address}>: Relay access denied"
_FIRST_GAP, _GAP_EVERY, _GAP = 45.0, 30.0, 8.0  # seconds
_PORTAL = "http://portal.guest-wifi.example/login"


class Internet:
    """One scenario's internet while it is being built; ``world`` is what comes of it."""

    def __init__(self, scenario: Scenario, servers: Servers) -> None:
        self._scenario = scenario
        self._faults: Faults = scenario.faults
        self._servers = servers
        self._controls = standard_controls()
        self._hosts = hosts.with_controls(self._controls)
        self._now = datetime.now(UTC)
        self._table: dict[Place, Target] = {}
        # Several roots, as in the real world: one issuer everywhere is the mark of interception.
        self._roots = [
            Authority(f"Demo Trust {letter} Ltd", f"Demo Root {letter}", self._now)
            for letter in "ABC"
        ]
        self._full: Callable[[], bool] = lambda: True
        self._interceptor = Authority("Office Guard", "Office Guard Inspection CA", self._now)

    def world(self) -> DemoWorld:
        """Starts all servers and connects them to their addresses."""
        self._name_service()
        self._mailbox()
        self._exchangers()
        self._web()
        faults = self._faults
        return DemoWorld(
            controls=self._controls,
            table=self._table,
            rules=self._rules(),
            trust=lambda: trusting(*self._roots),
            office=office_link(hosts.OWN_ADDRESS, hosts.GATEWAY),
            neighbours={hosts.GATEWAY: faults.line != "cut"},
            void=self._servers.udp(lambda _datagram: None),
            away=_drop_outs() if faults.line == "flaky" else lambda: False,
        )

    def _name_service(self) -> None:
        names = zones_of(self._hosts, self._controls.block_lists, self._faults)
        resolver = NameServer(names.all, recursive=True)
        for address in self._controls.resolvers:
            self._names_at(address, resolver)
        self._names_at(hosts.GATEWAY, resolver, silent=self._faults.resolver == "silent")
        parents = NameServer(names.parents)
        company = NameServer((names.company,) if names.company else ())
        for host, server in (
            *((host, parents) for host in (hosts.ROOT_NS, hosts.PARENT_NS)),
            *((host, company) for host in hosts.COMPANY_NS),
            *((host, NameServer((names.customer,))) for host in hosts.CUSTOMER_NS),
            (hosts.COMMON_NS, NameServer(names.others)),
        ):
            self._names_at(self._hosts[host], server)

    def _names_at(self, address: str, server: NameServer, *, silent: bool = False) -> None:
        self._table[address, 53, "udp"] = (
            "dropped" if silent else self._servers.udp(server.datagram)
        )
        self._table[address, 53, "tcp"] = "dropped" if silent else self._servers.tcp(server.talk)

    def _mailbox(self) -> None:
        faults = self._faults
        scenario = self._scenario
        folders = mailbox.build(self._now, scenario.arrivals, scenario.silent_days, scenario.years)
        quota = total_size(folders) // 1024 * 100 // faults.full if faults.full else None
        self._full = lambda: quota is None or total_size(folders) // 1024 >= quota
        server = ImapServer(
            user=mailbox.ME,
            password=PASSWORD,
            folders=folders,
            dialect=ALIMAIL if faults.full is None else PLAIN,
            refusal=faults.login_refusal,
            quota=quota,
            delivers=partial(self._send_again, folders) if scenario.resent else None,
            delivers_after=scenario.resent_after,
        )
        if faults.imap == "refused":
            self._table[self._hosts[hosts.IMAP], 993, "tcp"] = "refused"
        else:
            self._tls_at(hosts.IMAP, 993, silence if faults.imap == "silent" else server.talk)
        self._submission(next(folder for folder in folders if folder.name == mailbox.INBOX))
        for host in self._controls.imap:
            other = ImapServer(user="", password="", folders=[], refusal="not here")
            self._tls_at(host, 993, other.talk)

    def _send_again(self, folders: list[Folder]) -> None:
        if self._scenario.resent is not None:
            mailbox.deliver(folders, self._scenario.resent, datetime.now(UTC))

    def _exchangers(self) -> None:
        replies = {
            mailbox.ME: self._faults.recipient_reply,
            f"postmaster@{hosts.COMPANY}": TAKEN,
        }
        recipients = Recipients(replies, mailbox.ME, self._full)
        for host in (*hosts.MX, hosts.FORMER_MX):
            former = host == hosts.FORMER_MX
            exchanger = MailExchanger(
                host=host,
                recipients={} if former else recipients,
                others=_NOT_SERVED if former else _NO_SUCH_MAILBOX,
                tls=self._root_of(host).server(host),
            )
            self._at(host, 25, self._servers.tcp(exchanger.talk))
        for host in (*self._controls.smtp, hosts.CUSTOMER_MX):
            self._at(host, 25, self._servers.tcp(MailExchanger(host=host).talk))

    def _submission(self, inbox: Folder) -> None:
        full, reply = self._faults.full, self._faults.recipient_reply
        server = SubmissionServer(
            host=hosts.SUBMISSION,
            user=mailbox.ME,
            password=PASSWORD,
            deliver=delivery_to(inbox),
            recipient_reply=lambda: reply if full and self._full() else TAKEN,
        )
        self._tls_at(hosts.SUBMISSION, 465, server.talk)

    def _web(self) -> None:
        pages = self._pages()
        server = WebServer(pages=pages, now=lambda: datetime.now(UTC))
        plain = self._servers.tcp(server.talk)
        for portal in self._controls.portals:
            self._at(urlsplit(portal.url).hostname or "", 80, plain)
        bootstrap = urlsplit(self._controls.rdap_bootstrap).hostname or ""
        sites = (*self._controls.https, bootstrap, hosts.RDAP, hosts.WEBMAIL, hosts.STS)
        for host in dict.fromkeys(sites):
            self._tls_at(host, 443, server.talk)

    def _pages(self) -> dict[str, Page]:
        pages = {f"{host}/": Page(body=f"<title>{host}</title>") for host in self._controls.https}
        pages[f"{hosts.WEBMAIL}/"] = Page(body="<title>webmail</title>")
        for portal in self._controls.portals:
            url = urlsplit(portal.url)
            pages[f"{url.hostname}{url.path}"] = Page(status=portal.status, body=portal.body or "")
        bootstrap = urlsplit(self._controls.rdap_bootstrap)
        services = [[["com", "net", "de"], [f"https://{hosts.RDAP}/"]]]
        pages[f"{bootstrap.hostname}{bootstrap.path}"] = _json({"services": services})
        days = {hosts.COMPANY: self._faults.registered_days, hosts.CUSTOMER: 250}
        for domain, left in days.items():
            answer = self._registration(domain, left)
            pages[f"{hosts.RDAP}/domain/{domain}"] = _json(answer, "application/rdap+json")
        pages[f"{hosts.STS}/.well-known/mta-sts.txt"] = Page(
            body="version: STSv1\r\nmode: testing\r\nmx: *.qiye.aliyun.com\r\nmax_age: 604800\r\n",
            type="text/plain",
        )
        return pages

    def _registration(self, domain: str, days_left: int) -> dict[str, object]:
        """What the registry says of a domain (RFC 9083)."""
        expires = self._now + timedelta(days=days_left)
        servers = hosts.COMPANY_NS if domain == hosts.COMPANY else hosts.CUSTOMER_NS
        return {
            "objectClassName": "domain",
            "ldhName": domain,
            "status": ["active"] if days_left > 0 else ["redemption period"],
            "events": [
                {
                    "eventAction": "expiration",
                    "eventDate": expires.replace(microsecond=0).isoformat(),
                }
            ],
            "nameservers": [{"objectClassName": "nameserver", "ldhName": name} for name in servers],
        }

    def _rules(self) -> list[Rule]:
        match self._faults.line:
            case "cut":
                return [Rule(target="unreachable", outside=False)]
            case "portal":
                page = Page(status=302, location=_PORTAL)
                server = WebServer(pages={}, now=lambda: datetime.now(UTC), always=page)
                return [
                    Rule(port=80, transport="tcp", target=self._servers.tcp(server.talk)),
                    Rule(port=443, transport="tcp", target="refused"),
                    Rule(target="unreachable"),
                ]
        return [
            Rule(port=port, transport="tcp", target="dropped")
            for port in self._faults.blocked_ports
        ]

    def _at(self, host: str, port: int, target: Endpoint | Behaviour) -> None:
        self._table[self._hosts[host], port, "tcp"] = target

    def _tls_at(self, host: str, port: int, talk: Talk) -> None:
        expired = host == hosts.IMAP and self._faults.certificate == "expired"
        context = self._root_of(host).server(host, expired=expired)
        self._at(host, port, self._servers.tcp(talk, context))

    def _root_of(self, host: str) -> Authority:
        """Who signed a host's certificate. A neighbour of the provider has another root."""
        if self._faults.certificate == "intercepted":
            return self._interceptor
        return self._roots[list(self._hosts).index(host) % len(self._roots)]


def _drop_outs() -> Callable[[], bool]:
    """Whether the line is gone at this moment; at first there is time for a whole check."""
    began = time.monotonic()

    def away() -> bool:
        spent = time.monotonic() - began
        return spent >= _FIRST_GAP and (spent - _FIRST_GAP) % _GAP_EVERY < _GAP

    return away


def _json(value: object, media_type: str = "application/json") -> Page:
    return Page(body=json.dumps(value), type=media_type)
