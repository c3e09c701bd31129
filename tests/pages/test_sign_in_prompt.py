"""A tab that was sent to sign-in: it comes back by itself, or asks somebody to sign in, which ends the wait."""

from __future__ import annotations

import time

import pytest
from support.stray import Stray

from troubleshooter.browser.session import Session
from troubleshooter.pages.sign_in_prompt import comes_back

SITE, SIGN_IN = "https://contoso.sharepoint.com", "https://login.microsoftonline.com"


@pytest.mark.parametrize(
    ("url", "expected"),
    [(f"{SIGN_IN}/asks", False), (f"{SIGN_IN}/silent", True), (f"{SITE}/page", True), (f"{SITE}/asks", True)],
)
async def test_a_page_that_asks_ends_the_wait(session: Session, stray: Stray, url: str, expected: bool):
    """Within seconds of the limit of 20; a field that is shown on the way does not, nor one on another host."""
    tab = await session.tab()
    await tab.goto(url, wait_until="commit")
    begun = time.monotonic()
    assert expected == await comes_back(tab, lambda there: there.startswith(SITE), session.guard.hosts, 20)
    assert time.monotonic() - begun < 10
