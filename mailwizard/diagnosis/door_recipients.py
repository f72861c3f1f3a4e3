"""What the mail exchangers say about the user's address, beside two others at the same domain."""

from dataclasses import dataclass

from mailwizard.diagnosis.door import Door, own_doors
from mailwizard.diagnosis.mail_route import MailRoute
from mailwizard.diagnosis.situation import Situation, finding
from mailwizard.model.finding import Certainty, Finding
from mailwizard.model.seen.door import SmtpReply
from mailwizard.reading.smtp_refusal import Reason, reason


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
        refused = ("not-served", "unknown-user", "policy")
        return (
            len(self.others) > 0 and all(why in refused for why in given) and "not-served" in given
        )


def judge(situation: Situation, believed: MailRoute, elsewhere: frozenset[str]) -> list[Finding]:
    """What the replies to RCPT tell. ``elsewhere`` are exchangers of others: theirs are no word
    about the user's mailbox.
    """
    doors = [d for found in own_doors(situation, believed).values() for d in found]
    refused_us = [d for d in doors if _refuses_us(d)]
    asked = [_asked(d) for d in doors if d not in refused_us and d.seen.host not in elsewhere]
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
    me = situation.case.me
    domain = situation.case.domain
    accepted = [a for a in asked if a.user == "accepted"]
    if not accepted:
        for code, why in (
            ("MAILBOX_DEACTIVATED", "deactivated"),
            ("EXTERNAL_MAIL_OFF", "external-off"),
            ("GROUP_REFUSES_OUTSIDE", "group"),
        ):
            saying = [a for a in asked if a.user == why]
            if saying and all(a.user in (why, "later", "busy") for a in asked):
                return [finding(code, because, variant="door", me=me, said=_text(saying[0]))]
        unknown = [
            a for a in asked if a.user in ("unknown-user", "not-served") and a.accepts_others
        ]
        if unknown and all(a in unknown or a.user in ("later", "busy") for a in asked):
            return [
                finding(
                    "ADDRESS_UNKNOWN",
                    because,
                    certainty=Certainty.SURE if len(unknown) == len(asked) else Certainty.LIKELY,
                    me=me,
                    domain=domain,
                    said=_text(unknown[0]),
                    server=unknown[0].door.seen.host,
                )
            ]
    strangers = [a for a in asked if a.serves_nobody]
    if strangers:
        everywhere = len(strangers) == len(asked)
        return [
            finding(
                "MX_DOES_NOT_SERVE_DOMAIN",
                [a.door for a in strangers],
                certainty=Certainty.SURE if everywhere else Certainty.LIKELY,
                domain=domain,
                servers=tuple(dict.fromkeys(a.door.seen.host for a in strangers)),
                said=_text(strangers[0]),
            )
        ]
    if any(a.random == "accepted" for a in accepted):
        return [finding("RCPT_PROBE_INCONCLUSIVE", because, domain=domain)]
    return []


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
    """Whether the server speaks of this computer's address, or of our way of asking."""
    return any(
        reason(reply) in ("our-address", "our-probe") and reply.code >= 400
        for reply in _replies(door)
    ) or (door.seen.banner is not None and door.seen.banner.code >= 500)


def _replies(door: Door) -> list[SmtpReply]:
    seen = door.seen
    said = [r for r in (seen.banner, seen.ehlo, seen.mail) if r is not None]
    return said + [r.reply for r in seen.rcpt]


def _words(door: Door) -> str:
    return next((r.text for r in _replies(door) if r.code >= 400), "")


def _text(asked: _Asked) -> str:
    return asked.said.text if asked.said is not None else ""
