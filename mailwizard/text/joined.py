"""Words put together the way the language in use does it: lists, labels."""

from collections.abc import Iterable

from mailwizard.text.language import _


def listed(items: Iterable[str]) -> str:
    """``a, b, c``."""
    return _(", ").join(items)


def labelled(label: str, text: str) -> str:
    """``label: text``."""
    return _("{label}: {text}").format(label=label, text=text)


def bracketed(text: str, note: str) -> str:
    """``text (note)``."""
    return _("{text} ({note})").format(text=text, note=note)
