"""What is asked for comparison: the records of ``controls.toml``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalControl:
    """A plain HTTP address whose answer on an open line is known."""

    url: str
    status: int
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockList:
    """A DNS block list: its zone, and where to read about a listing."""

    zone: str
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """Hosts for comparison. All are asked gently; none is told who the user is."""

    resolvers: tuple[str, ...]
    portals: tuple[PortalControl, ...]
    https: tuple[str, ...]
    imap: tuple[str, ...]
    smtp: tuple[str, ...]
    rdap_bootstrap: str
    block_lists: tuple[BlockList, ...]
