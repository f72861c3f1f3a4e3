"""Opens a page in the user's browser, where there is one with a window of its own."""

import os
import sys
import webbrowser

from mailwizard.engine.session import Session
from mailwizard.model.finding import Step
from mailwizard.text.language import _


def sign_in_page(session: Session) -> str:
    """The plain http address behind which a Wi-Fi's sign-in page appears; "" where none does."""
    for finding in session.findings(Step.NETWORK):
        if finding.code == "CAPTIVE_PORTAL":
            return f"http://{finding.data['host']}/"
    return ""


def open_page(url: str) -> str:
    """Opens it, and says what happened."""
    if _has_windows() and _opened(url):
        return _("Your browser opens {url}. Sign in there, then check again here.").format(url=url)
    return _("No browser can be opened from here. Open one yourself and go to {url}").format(
        url=url
    )


def _has_windows() -> bool:
    """Whether a browser would not take this terminal for itself, as text browsers do."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _opened(url: str) -> bool:
    try:
        return webbrowser.open(url)
    except (webbrowser.Error, OSError):
        return False
