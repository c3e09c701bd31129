"""SharePoint's REST interface is called from a tab that shows SharePoint, and from no other."""

from __future__ import annotations

import pytest
from support.fakes import HOME, SHAREPOINT, context, step_run, workspace

from troubleshooter.steps.sharepoint_tab import sharepoint_tab

MOVED = "https://contoso.cloud.microsoft"


@pytest.mark.parametrize("shown", [f"{SHAREPOINT}/sites/hr", f"{MOVED}/sites/hr"])
async def test_a_tab_that_shows_sharepoint_is_used(shown: str):
    """Also where it moved."""
    made = step_run(context(), workspace())
    made.workspace.turn_to(await made.workspace.open_tab())
    await made.workspace.tab.goto(shown)
    async with sharepoint_tab(made) as tab:
        assert tab is made.workspace.tab


@pytest.mark.parametrize("shown", ["chrome-error://chromewebdata/", "about:blank", HOME])
async def test_another_tab_is_opened_where_the_last_page_did_not_open(shown: str):
    """It goes to SharePoint's start page, and is closed at the end."""
    made = step_run(context(), workspace())
    made.workspace.turn_to(await made.workspace.open_tab())
    await made.workspace.tab.goto(shown)
    async with sharepoint_tab(made) as tab:
        assert tab is not made.workspace.tab
        assert tab.url.startswith(SHAREPOINT)
    assert tab.closed
