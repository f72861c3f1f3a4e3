"""What the parent says of the name servers, against the servers themselves."""

from ipaddress import ip_address

from mailwizard.diagnosis.delegation import Delegation, Server
from mailwizard.diagnosis.home import Home, home
from mailwizard.diagnosis.mail_route import addresses, own_answers
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.seen.dns import DEFINITE, Registration
from mailwizard.providers.match import by_mx
from mailwizard.reading.mx import parse_mx


def judge(situation: Situation, look: Delegation) -> list[Finding]:
    """Never a cause: NS_INCONSISTENT for names and glue, NS_PARTLY_DOWN for names without use."""
    return [
        *_names(situation, look),
        *_targets(situation, look),
        *_glue(situation, look),
        *_useless(situation, look),
    ]


def wrong_provider(situation: Situation, look: Delegation) -> list[Finding]:
    """NS_WRONG_PROVIDER: the records that the mailbox needs are at servers nobody is led to.

    Proven only where such a server gives them with authority, and those of the delegation
    answer, too, but give others or none.
    """
    if look.named is None:
        return []
    lives = home(situation)
    hidden = [s for s in look.servers if s not in look.serving and s.state == "good"]
    fitting = [s for s in hidden if _has_records(s) and (lives is None or _leads_home(s, lives))]
    asked = [s for s in look.serving if s.state in ("good", "refusing", "lame")]
    if not fitting or not asked or len(asked) < len(look.serving):
        return []
    knowing = [s for s in asked if s.state == "good"]
    if knowing and (lives is None or any(_leads_home(s, lives) for s in knowing)):
        return []
    if not knowing and any(
        o.seen.status in DEFINITE
        for o in own_answers(situation, situation.case.domain, "MX", ["public"])
    ):
        return []  # a box on the way answers for the servers: others get through to them
    # A server of nobody known may be a filter in front of the mailbox.
    filtered = any(_has_records(s) and not _to_known(s) for s in knowing)
    certainty = Certainty.LIKELY
    if lives is not None and lives.certainty is not Certainty.POSSIBLE and not filtered:
        certainty = Certainty.SURE
    registered = [
        o
        for o in situation.of(Registration)
        if o.seen.about == "own" and {s.name for s in fitting} & set(o.seen.name_servers)
    ]
    return [
        finding(
            "NS_WRONG_PROVIDER",
            [
                *look.because,
                *(o for server in (*fitting, *asked) for o in server.mx),
                *(lives.because if lives is not None else ()),
                *registered,
            ],
            certainty=certainty,
            outcome=Outcome.RISK if filtered else Outcome.CAUSE,
            domain=situation.case.domain,
            at_parent=tuple(sorted(look.named)),
            right=tuple(sorted({server.name for server in fitting})),
        )
    ]


def _has_records(server: Server) -> bool:
    return any(o.seen.status == "answer" for o in server.mx)


def _leads_home(server: Server, lives: Home) -> bool:
    return any(lives.takes(mx.host) for o in server.mx for mx in parse_mx(o.seen.records))


def _to_known(server: Server) -> bool:
    return any(by_mx(mx.host) for o in server.mx for mx in parse_mx(o.seen.records))


def _names(situation: Situation, look: Delegation) -> list[Finding]:
    """The two lists differ: what was changed at one place and not at the other.

    A risk where a server that only one of them names is out of order; else a fact.
    """
    if look.named is None or look.by_zone is None or look.named == look.by_zone:
        return []
    odd = look.named ^ look.by_zone
    bad = any(server.name in odd and server.state != "good" for server in look.serving)
    return [
        finding(
            "NS_INCONSISTENT",
            [*look.because, *look.child],
            certainty=Certainty.POSSIBLE if bad else Certainty.SURE,
            outcome=Outcome.RISK if bad else Outcome.INFO,
            variant="delegation",
            domain=situation.case.domain,
            at_parent=tuple(sorted(look.named)),
            in_zone=tuple(sorted(look.by_zone)),
        )
    ]


def _targets(situation: Situation, look: Delegation) -> list[Finding]:
    """One server gives an exchanger's address, another says that there is none.

    Different addresses are no fault: many servers give them by turns, or by where the asker is.
    """
    hosts = {
        mx.host for server in look.serving for o in server.mx for mx in parse_mx(o.seen.records)
    }
    for host in sorted(hosts):
        for rtype in ("A", "AAAA"):
            said = [
                o
                for server in look.serving
                for o in server.answers
                if (o.seen.name, o.seen.rtype) == (host, rtype)
                and o.seen.authoritative
                and o.seen.status in DEFINITE
                and not o.seen.cname
            ]
            if len({o.seen.status == "answer" for o in said}) > 1:
                without = {o.seen.server_name for o in said if o.seen.status != "answer"}
                return [
                    finding(
                        "NS_INCONSISTENT",
                        said,
                        certainty=Certainty.LIKELY,
                        outcome=Outcome.RISK,
                        variant="target",
                        domain=situation.case.domain,
                        target=host,
                        servers=tuple(sorted(without)),
                    )
                ]
    return []


def _glue(situation: Situation, look: Delegation) -> list[Finding]:
    """The parent's address of a server is none of those that the zone gives it.

    A risk where nobody answers there; else a fact.
    """
    found: list[Finding] = []
    for host, known in sorted(look.glue.items()):
        for rtype, v6 in (("A", False), ("AAAA", True)):
            said = [
                o
                for server in look.serving
                for o in server.answers
                if (o.seen.name, o.seen.rtype) == (host, rtype)
                and o.seen.authoritative
                and o.seen.records
                and not o.seen.cname
            ]
            own = {_plain(record) for o in said for record in o.seen.records}
            given = {_plain(address) for address in known if (":" in address) == v6}
            stale = given - own
            if not own or not stale:
                continue
            answering = {_plain(s.address) for s in look.serving if s.state == "good"}
            found.append(
                finding(
                    "NS_INCONSISTENT",
                    [*look.because, *said],
                    certainty=Certainty.LIKELY,
                    outcome=Outcome.INFO if stale <= answering else Outcome.RISK,
                    variant="glue",
                    domain=situation.case.domain,
                    server=host,
                    stale=tuple(sorted(stale)),
                    own=tuple(sorted(own)),
                )
            )
    return found


def _plain(address: str) -> str:
    try:
        return str(ip_address(address))
    except ValueError:
        return address


def _useless(situation: Situation, look: Delegation) -> list[Finding]:
    """Names that lead to no server: without an address, or an alias (RFC 2181, 10.3)."""
    found: list[Finding] = []
    for host in sorted((look.named or frozenset()) | (look.by_zone or frozenset())):
        there, answers = addresses(situation, host)
        aliased = [o for o in answers if o.seen.cname and o.seen.via != "configured"]
        if there is False and host not in look.glue:
            variant, because = "no-address", answers
        elif there and aliased:
            variant, because = "alias", tuple(aliased)
        else:
            continue
        found.append(
            finding(
                "NS_PARTLY_DOWN",
                [*look.because, *look.child, *because],
                certainty=Certainty.LIKELY,
                variant=variant,
                domain=situation.case.domain,
                servers=(host,),
            )
        )
    return found
