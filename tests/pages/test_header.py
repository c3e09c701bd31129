"""A page without SharePoint's header says why it has none: an error is no redesign."""

from __future__ import annotations

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason
from troubleshooter.pages.header import SuiteHeader

REASONS = {
    "page-403": Reason.PAGE_FORBIDDEN,
    "page-404": Reason.PAGE_MISSING,
    "page-500": Reason.PAGE_FAILED,
    "page-503": Reason.THROTTLED,
    "page": Reason.PAGE_CHANGED,
}


@pytest.mark.parametrize("path", REASONS)
async def test_an_error_page_has_no_header(path: str, session: Session):
    """The status of the page decides; only a page that was answered as usual has changed."""
    tab = await session.tab()
    await tab.goto(f"https://contoso.sharepoint.com/{path}")
    with pytest.raises(CannotTell) as raised:
        await SuiteHeader(tab, 0.5).me()
    assert REASONS[path] is raised.value.reason
