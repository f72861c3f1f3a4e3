"""Words and marks that several widgets share."""

from textual.content import Content

from mailwizard.model.finding import Outcome, Step
from mailwizard.model.marked import N_
from mailwizard.text.rows import State

MARKS: dict[State, str] = {
    "waiting": " ",
    "running": ">",
    "done": ".",
    "ok": "+",
    "problem": "x",
    "risk": "!",
    "not known": "?",
    "not tested": "-",
}
"""ASCII, so that a column never shifts where a font draws ticks two cells wide."""

STYLES: dict[State, str] = {
    "waiting": "$text-muted",
    "running": "$accent",
    "done": "$foreground",
    "ok": "$success",
    "problem": "$error bold",
    "risk": "$warning bold",
    "not known": "$warning",
    "not tested": "$text-muted",
}

OF_OUTCOME: dict[Outcome, State] = {
    Outcome.CAUSE: "problem",
    Outcome.RISK: "risk",
    Outcome.CLEAR: "ok",
    Outcome.INFO: "ok",
    Outcome.UNKNOWN: "not known",
}

SHORT: dict[str, str] = {
    Step.SPAM: N_("Spam folder"),
    Step.QUOTA: N_("Quota"),
    Step.NETWORK: N_("Network"),
    Step.DNS: N_("DNS/MX"),
    Step.SENDER: N_("Sender"),
    "hand-over": N_("Result"),
}
"""The nodes of the tree's line, in its order, with names short enough for it."""


def fit(text: str, width: int) -> str:
    """The text in exactly ``width`` cells, cut with an ellipsis or filled with spaces."""
    content = Content(text)
    if content.cell_length > width:
        content = content.truncate(max(0, width), ellipsis=True)
    return content.plain + " " * max(0, width - content.cell_length)
