"""Provides a tab that shows SharePoint, so that its REST API can be called; a page that failed to open is no use."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from troubleshooter.browser.opening import open_page
from troubleshooter.pages import start_page
from troubleshooter.steps.step_run import StepRun

if TYPE_CHECKING:
    from playwright.async_api import Page


@asynccontextmanager
async def sharepoint_tab(step: StepRun) -> AsyncIterator[Page]:
    """Yield the current tab if it shows SharePoint, else a new one, which is closed at the end of the block.

    Raises:
        BrowserFailure: SharePoint did not open.
        CannotTell: SharePoint asks to sign in (`signed-out`).
    """
    workspace, origin = step.workspace, step.context.tenant.sharepoint
    if workspace.has_tab and workspace.guard.hosts.leads_to(workspace.tab.url, origin):
        yield workspace.tab
        return
    async with workspace.extra_tab() as tab:
        await open_page(tab, start_page.address(origin), "commit")
        await workspace.arrive(origin, tab)
        yield tab
