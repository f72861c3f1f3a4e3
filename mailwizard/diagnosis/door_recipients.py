"""What the mail exchangers say about the user's address, beside two others at the same domain."""

from dataclasses import dataclass
from typing import Any

from mailwizard.diagnosis.door import Door, own_doors
from mailwizard.diagnosis.door_way import intercepted
from mailwizard.diagnosis.home import home
from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding, Outcome
from mailwizard.model.observation import Observation
from mailwizard.model.seen.door import SmtpReply
from mailwizard.model.seen.mailbox import SignIn
from mailwizard.reading.smtp_refusal import Reason, reason

_FOR_NOW: tuple[Reason | None, ...] = ("later", "busy")
_UNKNOWN: tuple[Reason, ...] = ("unknown-user", "not-served")
# One door says so of the user, and no other says anything else: that is believed.
_OF_THE_MAILBOX: tuple[tuple[str, Reason], ...] = (
    ("MAILBOX_DEACTIVATED", "deactivated"),
    ("EXTERNAL_MAIL_OFF", "external-off"),
    ("GROUP_REFUSES_OUTSIDE", "group"),
    ("MAIL_LOOP", "loop"),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One door's replies by recipient."""

    door: Door
    user: Reason | None
    others: tuple[Reason, ...]
    random: Reason | None
    said: SmtpReply | None

    @property
    def accepts_others(self) -> bool:
        return "accepted" in self.others

    @property
    def serves_nobody(self) -> bool:
        """Everybody is refused, at least one in words about the domain itself."""
        given = (self.user, *self.others)
        if not self.others:
            return False
        if all(why == "deactivated" for why in given):
            return True
        refused = (*_UNKNOWN, "policy")
        return all(why in refused for why in given) and "not-served" in given


def judge(situation: Situation, believed: MailRoute, elsewhere: frozenset[str]) -> list[Finding]:
    """What the replies to RCPT tell. ``elsewhere`` are exchangers of others: theirs are no word
    about the user's mailbox.
    """
    if intercepted(situation):
        return []
    own = own_doors(situation, believed)
    doors = [d for host, found in own.items() if host not in elsewhere for d in found]
    refused_us = [d for d in doors if _refuses_us(d)]
    asked = [_asked(d) for d in doors if d not in refused_us]
    asked = [a for a in asked if a.user is not None]
    found = _of_user(situation, asked)
    if refused_us and not asked:
        words = _words(refused_us[0])
        found.append(finding("PROBE_IP_REFUSED", refused_us, said=words))
    return found


def _of_user(situation: Situation, asked: list[_Asked]) -> list[Finding]:
    if not asked:
        return []
    because = [a.door for a in asked]
    domain = situation.case.domain
    accepted = [a for a in asked if a.user == "accepted"]
    strangers = [a for a in asked if a.serves_nobody]
    if not accepted and len(strangers) < len(asked):
        found = _of_the_mailbox(situation, asked) or _unknown(situation, asked)
        if found:
            return found
    if strangers:
        return [
            finding(
                "MX_DOES_NOT_SERVE_DOMAIN",
                [a.door for a in (*strangers, *accepted)],
                certainty=_certain(len(strangers) == len(asked)),
                # Another door takes the mail: only what happens to be tried at this one is lost.
                outcome=Outcome.RISK if accepted else None,
                domain=domain,
                servers=tuple(dict.fromkeys(a.door.seen.host for a in strangers)),
                said=_text(strangers[0]),
            )
        ]
    if any(a.random == "accepted" for a in accepted):
        return [finding("RCPT_PROBE_INCONCLUSIVE", because, domain=domain)]
    return []


def _of_the_mailbox(situation: Situation, asked: list[_Asked]) -> list[Finding]:
    """What is said of the user's mailbox in words of its own, and by no door otherwise."""
    me = situation.case.me
    because = [a.door for a in asked]
    for code, why in _OF_THE_MAILBOX:
        saying = [a for a in asked if a.user == why]
        if saying and all(a.user in (why, *_FOR_NOW) for a in asked):
            server = saying[0].door.seen.host
            return [
                finding(
                    code,
                    because,
                    certainty=_certain(why != "loop"),
                    variant="door",
                    me=me,
                    server=server,
                    said=_text(saying[0]),
                )
            ]
    return []


def _unknown(situation: Situation, asked: list[_Asked]) -> list[Finding]:
    """PROVISIONING where the server may only not know the address yet; else ADDRESS_UNKNOWN.

    ``postmaster`` must be taken wherever mail is taken (RFC 5321 section 4.5.1), but is not
    everywhere: where nobody is taken, more than a risk is told only of the provider's own servers
    that speak of the mailbox.
    """
    refusing = [a for a in asked if a.user in (*_UNKNOWN, "not-ready")]
    if not refusing or not all(a in refusing or a.user in _FOR_NOW for a in asked):
        return []
    signed_in: list[Observation[Any]] = [o for o in situation.of(SignIn) if o.seen.outcome == "ok"]
    others = any(a.accepts_others for a in refusing)
    waiting = [a for a in refusing if a.user == "not-ready"]
    certainty, outcome = Certainty.POSSIBLE, Outcome.RISK
    if waiting and (not others or signed_in or not _means_unknown(waiting)):
        code, variant = "PROVISIONING", "mailbox" if others else "domain"
    elif all(a.accepts_others for a in refusing):
        code, variant, outcome = "ADDRESS_UNKNOWN", "", Outcome.CAUSE
        certainty = _certain(len(refusing) == len(asked) and not waiting)
    elif all(a.user == "unknown-user" for a in refusing):
        # It refuses everybody we can name in the same words: the address, or all of the domain.
        code, variant = "ADDRESS_UNKNOWN", "everybody"
        if _at_home(situation, refusing):
            certainty, outcome = Certainty.LIKELY, Outcome.CAUSE
    else:
        return []
    return [
        finding(
            code,
            [*(a.door for a in asked), *(signed_in if code == "PROVISIONING" else ())],
            certainty=certainty,
            outcome=outcome,
            variant=variant,
            me=situation.case.me,
            domain=situation.case.domain,
            said=_text(refusing[0]),
            server=refusing[0].door.seen.host,
        )
    ]


def _at_home(situation: Situation, refusing: list[_Asked]) -> bool:
    """Whether these are the exchangers of the provider where the mailbox is, and all say that it is
    the mailbox that does not exist (RFC 3463 section 3.2)."""
    lives = home(situation)
    return (
        lives is not None
        and lives.certainty is not Certainty.POSSIBLE
        and all(
            lives.takes(a.door.seen.host)
            and a.said is not None
            and a.said.enhanced in ("5.1.1", "5.1.10")
            for a in refusing
        )
    )


def _means_unknown(waiting: list[_Asked]) -> bool:
    """Whether the words are those that such a server also has for an address that is wrong."""
    return all(a.said is not None and a.said.enhanced == "5.4.1" for a in waiting)


def _certain(sure: bool) -> Certainty:
    return Certainty.SURE if sure else Certainty.LIKELY


def _asked(door: Door) -> _Asked:
    replies = {r.who: r.reply for r in door.seen.rcpt}
    reasons: dict[str, Reason] = {who: reason(reply) for who, reply in replies.items()}
    return _Asked(
        door=door,
        user=reasons.get("user"),
        others=tuple(reasons[who] for who in ("postmaster", "random") if who in reasons),
        random=reasons.get("random"),
        said=replies.get("user"),
    )


def _refuses_us(door: Door) -> bool:
    """Whether the server speaks of this computer's address, or of our way of asking.

    What it says of the names that were asked for comparison leaves its word on the user as it is.
    """
    return any(
        reason(reply) in ("our-address", "our-probe") and reply.code >= 400
        for reply in _replies(door)
    ) or (door.seen.banner is not None and door.seen.banner.code >= 500)


def _replies(door: Door) -> list[SmtpReply]:
    seen = door.seen
    said = [r for r in (seen.banner, seen.ehlo, seen.mail) if r is not None]
    return said + [r.reply for r in seen.rcpt if r.who == "user"]


def _words(door: Door) -> str:
    return next((r.text for r in _replies(door) if r.code >= 400), "")


def _text(asked: _Asked) -> str:
    return asked.said.text if asked.said is not None else ""
