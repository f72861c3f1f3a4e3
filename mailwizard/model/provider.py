"""A mail provider's profile: one TOML file a provider becomes one of these."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One data centre of a provider; signing in at the wrong one fails like a wrong password.

    ``webmail`` is "" where no source states it; ``smtp`` and ``pop`` are None there. ``mx`` and
    ``spf_includes`` are those of the provider's that belong to this site alone. ``same_as`` is the
    site of which this one is only another name: the same accounts.
    """

    id: str
    webmail: str
    imap: str
    smtp: str | None = None
    pop: str | None = None
    mx: tuple[str, ...] = ()
    spf_includes: tuple[str, ...] = ()
    same_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuPath:
    """Where to look in webmail (or the administrator's console): the words of the menus."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Facts about one provider; only facts that at least one source states.

    ``mx`` and ``spf_includes`` are host names or ``*.suffix`` patterns. ``folders`` maps a role
    (junk, trash, sent, drafts, archive) to known folder names. ``paths`` maps a look-up
    (see ``tree.py``) to its menu path. ``standard_mx`` are the records the vendor asks for,
    as (preference, host).
    """

    id: str
    name: str
    name_zh: str
    sites: tuple[Site, ...]
    mx: tuple[str, ...] = ()
    standard_mx: tuple[tuple[int, str], ...] = ()
    spf_includes: tuple[str, ...] = ()
    imap_greetings: tuple[str, ...] = ()
    folders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    app_password: str = "unknown"  # "required", "may be required" or "unknown"
    oauth_only: bool = False
    refusals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    paths: dict[str, MenuPath] = field(default_factory=dict)
    support: dict[str, str] = field(default_factory=dict)
    groups_internal_by_default: bool = False
    junk_days: int | None = None
