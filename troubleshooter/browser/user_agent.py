"""What the browser calls itself while many users are checked: Microsoft asks automated traffic to say what it is."""

from __future__ import annotations

import re

from troubleshooter import __version__
from troubleshooter.browser.failures import browser_failures
from troubleshooter.browser.launch import Started
from troubleshooter.browser.new_tab import new_tab

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9]+")


async def decorated_user_agent(browser: Started, company: str) -> str:
    """Return the browser's own name, followed by `NONISV|Company|Product/Version` (service-2026, H).

    Raises:
        BrowserFailure: the browser is gone.
    """
    with browser_failures():
        context = await browser.browser.new_context()
        own: str = await (await new_tab(context)).evaluate("navigator.userAgent")
        await context.close()
    return f"{own} NONISV|{_NOT_PLAIN.sub('', company) or 'Unnamed'}|troubleshooter/{__version__}"
