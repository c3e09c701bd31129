"""Finds a browser on this computer."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message

if TYPE_CHECKING:
    from playwright.async_api import BrowserType

_PLACES: dict[str, dict[str, tuple[str, ...]]] = {
    "chrome": {
        "Linux": ("google-chrome", "google-chrome-stable"),
        "Darwin": ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",),
        "Windows": ("Google/Chrome/Application/chrome.exe",),
    },
    "msedge": {
        "Linux": ("microsoft-edge", "microsoft-edge-stable"),
        "Darwin": ("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",),
        "Windows": ("Microsoft/Edge/Application/msedge.exe",),
    },
    "chromium": {
        "Linux": ("chromium", "chromium-browser"),
        "Darwin": ("/Applications/Chromium.app/Contents/MacOS/Chromium",),
        "Windows": ("Chromium/Application/chrome.exe",),
    },
}
_WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
"""The environment variables that name the folders in which programs are installed."""
BROWSERS = tuple(_PLACES)
"""The names that `--browser` accepts, in search order."""


@dataclass(frozen=True)
class Executable:
    """A browser on this computer."""

    name: str
    path: str


def find(chromium: BrowserType, browser: str | None = None, executable: str | None = None) -> tuple[Executable, ...]:
    """Return the browsers to try: `executable`, else `browser`, else all of `BROWSERS` that are installed, in order.

    Raises:
        Stopped: there is none (`browser-missing`).
    """
    if executable:
        return (Executable(browser or Path(executable).name, executable),)
    names = [browser] if browser else BROWSERS
    found = [Executable(name, path) for name in names if (path := _installed(name))]
    bundled = chromium.executable_path
    if browser in (None, "chromium") and Path(bundled).is_file():
        found.append(Executable("chromium", bundled))
    if found:
        return tuple(found if browser is None else found[:1])
    raise Stopped(
        Reason.BROWSER_MISSING,
        message("No browser was found on this computer: {names}.", names=browser or ", ".join(BROWSERS)),
        message("Install Google Chrome, Microsoft Edge or Chromium, or name one with --executable."),
    )


def _installed(name: str) -> str | None:
    """Return the path of the browser `name`; None if it is not installed."""
    system = platform.system()
    folders = [Path(folder) for variable in _WINDOWS_FOLDERS if (folder := os.environ.get(variable))]
    for place in _PLACES[name].get(system, ()):
        if system == "Windows":
            found = next((str(folder / place) for folder in folders if (folder / place).is_file()), None)
        else:
            found = shutil.which(place)
        if found:
            return found
    return None
