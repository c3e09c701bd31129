"""A visit to a page of the stray server, as steps make it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from support.fakes import HOME, context, step_run

from troubleshooter.browser.session import Session
from troubleshooter.evidence.camera import Camera
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.pages.site_page import SitePage
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.steps.page_visit import PageVisit
from troubleshooter.steps.workspace import Workspace

SUBJECT = "a@contoso.com"


async def visited(session: Session, folder: Path, url: str) -> PageVisit:
    """Return a visit to the page at `url`, which is open; its run writes to `folder`."""
    run = RunFolder.new(folder, "photo-differs", datetime.now(UTC), Redactor())
    workspace = Workspace(session, Camera(run), home=HOME, timeout=10)
    step = step_run(context(SUBJECT, subject=SUBJECT, pages=(url,), timeout=10.0), workspace).on_page(0)
    workspace.turn_to(await workspace.open_tab())
    page = SitePage(workspace.tab, workspace.traffic(workspace.tab), 10)
    await page.open(url, session.guard.hosts)
    return PageVisit(step, page)
