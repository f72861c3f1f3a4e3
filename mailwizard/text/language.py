"""The language of everything that is shown: gettext catalogues, English is the source."""

import gettext
import locale
import os
from importlib import resources

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}

_translation: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use(language: str) -> None:
    """Switches the language. Raises KeyError for one that there is no catalogue of."""
    global _translation, _language
    if language not in LANGUAGES:
        raise KeyError(language)
    if language == "en":
        _translation = gettext.NullTranslations()
    else:
        catalogue = resources.files("mailwizard.locale") / language / "LC_MESSAGES/mailwizard.mo"
        with catalogue.open("rb") as file:
            _translation = gettext.GNUTranslations(file)
    _language = language


def current() -> str:
    """The language in use."""
    return _language


def system_language() -> str:
    """The language of this computer, as far as there is a catalogue of it; else English."""
    asked = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((text for text in asked if text), "") or (locale.getlocale()[0] or "")
    return "zh_CN" if name.lower().startswith(("zh", "chinese")) else "en"


def _(text: str) -> str:
    """The text in the language in use."""
    return _translation.gettext(text) if text else ""
