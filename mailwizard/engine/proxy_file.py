"""The proxy settings' file (PAC) that the operating system is told to use; it is not fetched."""

import re
import sys
from urllib.parse import urlsplit

from mailwizard.engine.default_route import run

SECONDS = 0.5
_MAC = re.compile(r"^\s*ProxyAutoConfigURLString\s*:\s*(\S+)", re.MULTILINE)
_MAC_ON = re.compile(r"^\s*ProxyAutoConfigEnable\s*:\s*1\s*$", re.MULTILINE)
_WINDOWS = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"


def proxy_file() -> str:
    """Its URL without credentials; "" where none is set or the system does not tell."""
    if sys.platform == "win32":
        return without_user(_of_windows())
    if sys.platform == "darwin":
        return without_user(of_mac(run(["scutil", "--proxy"], SECONDS)))
    if sys.platform.startswith("linux"):
        mode = run(["gsettings", "get", "org.gnome.system.proxy", "mode"], SECONDS)
        if mode.strip() != "'auto'":
            return ""
        url = run(["gsettings", "get", "org.gnome.system.proxy", "autoconfig-url"], SECONDS)
        return without_user(url.strip().strip("'"))
    return ""


def of_mac(told: str) -> str:
    """The URL in what ``scutil --proxy`` printed, "" where it is switched off."""
    found = _MAC.search(told)
    return found[1] if found and _MAC_ON.search(told) else ""


def without_user(url: str) -> str:
    """A URL without user name, password and query; "" for what is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if not parts.scheme:
        return ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"[:300]


def _of_windows() -> str:
    if sys.platform != "win32":
        return ""
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _WINDOWS) as key:
            value, _type = winreg.QueryValueEx(key, "AutoConfigURL")
    except OSError:
        return ""
    return str(value)
