"""The failure of a page that does not open says what happened; a broken connection is retried once."""

from __future__ import annotations

import pytest
from support.stray import Stray

from troubleshooter.browser.failures import BrowserFailure
from troubleshooter.browser.opening import open_page
from troubleshooter.browser.session import Session
from troubleshooter.model.enums import Reason

SITE = "https://contoso.sharepoint.com"


@pytest.mark.parametrize("path", ["/page", "/cut-off-once"])
async def test_a_page_opens(session: Session, stray: Stray, path: str):
    """Also where its connection breaks at the first try."""
    tab = await session.tab()
    answer = await open_page(tab, SITE + path, "domcontentloaded")
    assert answer
    assert 200 == answer.status


@pytest.mark.parametrize(
    ("path", "reason", "says"),
    [
        ("/loops", Reason.REDIRECT_LOOP, f"{SITE}/loops redirects in a loop."),
        ("/downloads", Reason.NOT_A_PAGE, f"{SITE}/downloads is a file"),
        ("/nothing", Reason.NOT_A_PAGE, f"{SITE}/nothing does not open a page"),
        ("/to-program", Reason.NOT_A_PAGE, "does not open a page"),
        ("/to-data", Reason.PAGE_FAILED, "ERR_UNSAFE_REDIRECT"),
        ("/empty-error", Reason.PAGE_FAILED, "returned an error"),
        ("/asks-for-password", Reason.PAGE_FORBIDDEN, "contoso.sharepoint.com asks for a user name and a password"),
        ("/cut-off", Reason.CONNECTION_FAILED, "contoso.sharepoint.com"),
        ("/to-dead", Reason.CONNECTION_FAILED, "login.microsoftonline.com"),
    ],
)
async def test_a_page_that_does_not_open_says_why(session: Session, stray: Stray, path: str, reason: Reason, says: str):
    """The failure names what was asked for, or the host further on that failed; the session goes on."""
    tab = await session.tab()
    with pytest.raises(BrowserFailure) as failed:
        await open_page(tab, SITE + path, "domcontentloaded")
    network = failed.value.network
    assert network
    assert reason is network.reason
    assert says in network.note(SITE + path).text
    assert not session.guard.trouble.done()
    await open_page(tab, f"{SITE}/page", "domcontentloaded")
    assert "page" == await tab.title()


async def test_a_connection_that_keeps_breaking_is_tried_twice(session: Session, stray: Stray):
    """Chromium itself may try again too; nothing is tried a third time by us."""
    tab = await session.tab()
    with pytest.raises(BrowserFailure):
        await open_page(tab, f"{SITE}/cut-off", "commit")
    assert 2 <= len(stray.documents("contoso.sharepoint.com", "/cut-off")) <= 4
