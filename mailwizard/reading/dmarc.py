"""DMARC records and where to look for them (RFC 9989): pure functions, no look-ups."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_QUERIES = 8
_VERSION = re.compile(r"v\s*=\s*DMARC1\s*(?:;|$)")
_POLICIES = ("none", "quarantine", "reject")


@dataclass(frozen=True, slots=True)
class Record:
    """A DMARC record's tags that matter here, with their defaults; ``policy`` "" if unusable.

    ``psd``: ``y``, ``n`` or ``u``. ``testing``: t=y, the policy is not to be applied in full.
    """

    text: str
    policy: str
    subdomain_policy: str
    spf_alignment: str
    dkim_alignment: str
    psd: str
    testing: bool
    reports: bool

    def policy_for(self, domain: str, found_at: str) -> str:
        """What the owner asks for mail from ``domain``, with this record found at ``found_at``."""
        policy = self.policy if domain == found_at else self.subdomain_policy or self.policy
        if self.testing:
            return {"reject": "quarantine", "quarantine": "none"}.get(policy, policy)
        return policy


def parse(text: str) -> Record | None:
    """A record, or None for a text that is none. An unknown policy counts as none if reports
    are asked for (section 4.7), else the record has no policy."""
    if not _VERSION.match(text.strip()):
        return None
    tags: dict[str, str] = {}
    for part in text.split(";")[:40]:
        name, equals, value = part.partition("=")
        if equals:
            tags.setdefault(name.strip().lower(), value.strip())
    reports = "mailto:" in tags.get("rua", "")
    policy = tags.get("p", "none" if reports else "").lower()
    if policy not in _POLICIES:
        policy = "none" if reports else ""
    return Record(
        text=text,
        policy=policy,
        subdomain_policy=_one_of(tags.get("sp", ""), _POLICIES),
        spf_alignment=_one_of(tags.get("aspf", ""), ("r", "s")) or "r",
        dkim_alignment=_one_of(tags.get("adkim", ""), ("r", "s")) or "r",
        psd=_one_of(tags.get("psd", ""), ("y", "n", "u")) or "u",
        testing=tags.get("t", "n").lower() == "y",
        reports=reports,
    )


def record_of(texts: tuple[str, ...]) -> tuple[Record | None, bool]:
    """The one DMARC record among TXT records; and whether there were several (then none)."""
    found = [record for text in texts if (record := parse(text))]
    return (found[0], False) if len(found) == 1 else (None, len(found) > 1)


def names_to_ask(domain: str) -> tuple[str, ...]:
    """The domains of the tree walk (section 4.10), the domain itself first: at most eight."""
    labels = domain.lower().rstrip(".").split(".")
    names = [".".join(labels)]
    labels = labels[-(MAX_QUERIES - 1) :] if len(labels) >= MAX_QUERIES else labels[1:]
    while labels:
        names.append(".".join(labels))
        labels = labels[1:]
    return tuple(names)


def walk_ends(record: Record | None, at_start: bool) -> bool:
    """Whether the walk stops here: psd=n anywhere, psd=y above the start."""
    return record is not None and (record.psd == "n" or (record.psd == "y" and not at_start))


def organizational_domain(domain: str, found: Mapping[str, Record]) -> str:
    """The organizational domain, from the records that the walk found (section 4.10.2)."""
    start = domain.lower().rstrip(".")
    by_length = sorted(found, key=lambda name: -name.count("."))
    for name in by_length:
        if found[name].psd == "n":
            return name
        if found[name].psd == "y" and name != start:
            labels = start.split(".")
            return ".".join(labels[-(name.count(".") + 2) :])
    return by_length[-1] if by_length else start


def policy_record(domain: str, found: Mapping[str, Record]) -> tuple[str, Record] | None:
    """Which record applies (section 4.10.1): the domain's own, else its organization's, else the
    public suffix's; None if there is none."""
    start = domain.lower().rstrip(".")
    for name in (start, organizational_domain(start, found)):
        if name in found:
            return name, found[name]
    suffixes = [name for name in found if found[name].psd == "y"]
    return (suffixes[0], found[suffixes[0]]) if suffixes else None


def aligned(identity: str, author: str, organisation: str, mode: str) -> bool:
    """Whether an authenticated domain stands for the author's: the same one, or (relaxed, ``r``)
    below the same organizational domain."""
    one, other = identity.lower().rstrip("."), author.lower().rstrip(".")
    if not one:
        return False
    if one == other:
        return True
    return mode == "r" and (one == organisation or one.endswith("." + organisation))


def _one_of(value: str, known: tuple[str, ...]) -> str:
    return value.lower() if value.lower() in known else ""
