"""One record a kind of thing that can be seen, grouped by where it is seen.

Importing this package registers every kind, so that a saved report can be read.
"""

from mailwizard.model.seen import (
    arrived,
    dns,
    door,
    line,
    line_watch,
    mailbox,
    moved,
    network,
    notices,
    room_made,
    run,
    self_test,
    sender,
    space,
    user,
)

__all__ = [
    "arrived",
    "dns",
    "door",
    "line",
    "line_watch",
    "mailbox",
    "moved",
    "network",
    "notices",
    "room_made",
    "run",
    "self_test",
    "sender",
    "space",
    "user",
]
