"""Switches off parts of Chromium's own interface that a browser without a window need not draw.

Chromium 156 renders the suggestions of its address bar as two web pages, and loads them at each start: a quarter of the
processor time that a start takes.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_SUGGESTIONS = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
_LIST = re.compile(r"\n\s*disabledFeatures = \[(?P<names>[^\]]*)\]")
_NAME = re.compile(r'^\s*"(\w+)"', re.MULTILINE)


@cache
def without_suggestions() -> tuple[str, ...]:
    """Return the switch; nothing if it is unknown what Playwright itself switches off.

    Chromium obeys only the last of several such switches, so this one has to repeat what Playwright's contains.
    """
    names = switched_off_by_playwright()
    return (f"--disable-features={','.join((*names, *_SUGGESTIONS))}",) if names else ()


def switched_off_by_playwright() -> tuple[str, ...]:
    """Return the features that Playwright switches off, as its driver's own code lists them."""
    try:
        driver = files("playwright").joinpath("driver", "package", "lib", "coreBundle.js").read_text(encoding="utf-8")
    except OSError:
        return ()
    found = _LIST.search(driver)
    return tuple(_NAME.findall(found["names"])) if found else ()
