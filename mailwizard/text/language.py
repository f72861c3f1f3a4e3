"""The language of everything that is shown: gettext catalogues, English is the source."""

import contextlib
import gettext
import locale
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from functools import cache
from importlib import resources

LANGUAGES = {"en": "English", "zh_CN": "简体中文", "zh_TW": "繁體中文"}

_translation: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"
_for_now: ContextVar[str] = ContextVar("language of a block", default="")


def use(language: str) -> None:
    """Switches the language. Raises KeyError for one that there is no catalogue of."""
    global _translation, _language
    _translation = _catalogue(language)
    _language = language


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """Another language for one block, in this thread only: a letter to somebody who reads it.

    Raises KeyError for one that there is no catalogue of.
    """
    _catalogue(language)
    token = _for_now.set(language)
    try:
        yield
    finally:
        _for_now.reset(token)


def translate(text: str, language: str) -> str:
    """The text in a certain language. Raises KeyError for one that there is no catalogue of."""
    return _catalogue(language).gettext(text) if text else ""


def current() -> str:
    """The language in use."""
    return _for_now.get() or _language


def system_language(environment: Mapping[str, str]) -> str:
    """The language of this computer, as far as there is a catalogue of it; else English."""
    asked = [environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = (next((text for text in asked if text), "") or locale.getlocale()[0] or "").lower()
    if not name.startswith(("zh", "chinese")):
        return "en"
    traditional = name.startswith(("zh_tw", "zh_hk", "zh_mo", "zh_hant")) or "traditional" in name
    return "zh_TW" if traditional else "zh_CN"


def _(text: str) -> str:
    """The text in the language in use."""
    if not text:
        return ""
    language = _for_now.get()
    return (_catalogue(language) if language else _translation).gettext(text)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language not in LANGUAGES:
        raise KeyError(language)
    if language == "en":
        return gettext.NullTranslations()
    catalogue = resources.files("mailwizard.locale") / language / "LC_MESSAGES/mailwizard.mo"
    try:
        with catalogue.open("rb") as file:
            return gettext.GNUTranslations(file)
    except FileNotFoundError:
        raise KeyError(language) from None
