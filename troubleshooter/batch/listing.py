"""Signs in, opens a page and writes the users whom it names into the journal, before anybody is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from troubleshooter.batch.browsers import BrowserSlot, StartBrowser
from troubleshooter.batch.from_page import PageList, page_list
from troubleshooter.batch.people_of_page import PeopleOfPage, people_of
from troubleshooter.batch.session_step import session_step
from troubleshooter.batch.sign_in import SharedSignIn
from troubleshooter.batch.start import Begun, chosen_rows, depth_for
from troubleshooter.browser.failures import BrowserFailure
from troubleshooter.browser.shared import SharedBrowser
from troubleshooter.browser.user_agent import decorated_user_agent
from troubleshooter.errors import CannotTell
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.pages.site_page import SitePage
from troubleshooter.run.prepared import PreparedRun

if TYPE_CHECKING:
    from playwright.async_api import StorageState


@dataclass(frozen=True)
class Listed:
    """A list that was made from a page."""

    list: PageList
    sessions: Mapping[str, StorageState]
    """The session in which the page was read, by its account; the checks continue it."""


async def list_users(begun: Begun, url: str, start_browser: StartBrowser) -> Listed:
    """Read who is on the page at `url`, in a session of the run's first account, and write them into the journal.

    Raises:
        NotLetIn: the account was not let in.
        CannotTell: the page can't be read, or names nobody; nothing was written but the sign-in.
        InputError: nobody of the page is to be checked.
    """
    account, prepared = next(iter(begun.accounts.items()))
    slot = BrowserSlot(prepared.browser, prepared.tenant.network, start_browser)
    try:
        agent = await slot.tried(lambda browser: decorated_user_agent(browser, prepared.tenant.name))
        prepared = replace(prepared, user_agent=agent)
        sign_in = SharedSignIn(prepared, begun.journal.sign_ins, begun.folder.path)
        state = await sign_in.state(await slot.browser())
        people = await slot.tried(lambda browser: _read(begun, prepared, url, SharedBrowser(browser, state)))
    except BrowserFailure as failure:
        note = message("The browser could not read the page {url}.", url=url)
        raise CannotTell(Reason.CRASHED if failure.ended else Reason.PAGE_CHANGED, note) from failure
    finally:
        await slot.close()
    found = page_list(url, people)
    rows = chosen_rows(found.rows, begun.request)
    begun.journal.add_users(rows, depth_for(begun.request, len(rows)))
    return Listed(found, {account: state})


async def _read(begun: Begun, prepared: PreparedRun, url: str, browser: SharedBrowser) -> PeopleOfPage:
    folder = RunFolder.at(begun.folder.path / "evidence" / ".list")
    try:
        step = await session_step(prepared, browser, folder)
        workspace = step.workspace
        tab = await workspace.open_tab()
        page = SitePage(tab, workspace.traffic(tab), step.context.timeout)
        await page.open(url, workspace.guard.hosts)
        return await people_of(page)
    finally:
        await browser.close()
        folder.discard()
