"""Parts of the documented addresses of apps, as answers name them (sign-in and home 2.1, A; real pages 1.10, B)."""

from __future__ import annotations

LAUNCH = "/launch/"
START_PAGE = "/_layouts/15/sharepoint.aspx"
WAFFLE = "source=waffle"
LAUNCHED = frozenset(
    {
        *("sharepoint", "onedrive", "outlook", "word", "excel", "powerpoint", "onenote", "teams", "planner", "forms"),
        *("loop", "stream", "lists", "visio"),
    }
)
"""Apps whose launch address is reported; of any other app, only that there is one."""
LEADS = (f"{LAUNCH}…", *(f"{LAUNCH}{app}" for app in sorted(LAUNCHED)), START_PAGE, WAFFLE)
"""Everything that an answer may say of them."""
