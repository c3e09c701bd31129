"""The browser decides about the selectors of `locators.toml` before it visits anything."""

from __future__ import annotations

import pytest

from troubleshooter.browser.locator_use import LocatorUse, using
from troubleshooter.browser.selector_check import check_repairs
from troubleshooter.browser.session import Session
from troubleshooter.errors import InputError

FILE = "/tenants/locators.toml"


@pytest.mark.parametrize(
    "selector", [":user-valid", "dialog:modal", "a:not(.b, .c)", "li:nth-child(2 of .x)", ":has(> a)"]
)
async def test_what_the_browser_knows_is_accepted(selector: str, session: Session):
    """Also what libraries do not know; the tab in which the browser was asked is closed again."""
    with using(LocatorUse({"home.waffle": ("#a", selector)}, FILE)):
        await check_repairs(session)
    assert [] == session.context.pages


@pytest.mark.parametrize(
    "selector", ["input::placeholder", ":foo", ":has-text('x')", ":visible", "*|a", ":is(a", "a[b=1]"]
)
async def test_what_cannot_be_searched_for_is_named(selector: str, session: Session):
    """By the file, the id and the position, in one line, whether the page's scripts or Playwright do not accept it."""
    repairs = {"home.waffle": ("#a",), "sign-in.email": ("#b", selector)}
    with using(LocatorUse(repairs, FILE)), pytest.raises(InputError) as error:
        await check_repairs(session)
    assert str(error.value).startswith(
        f"{FILE}: locators: sign-in.email: selector 2: {selector!r}: the browser does not"
    )
    assert "\n" not in str(error.value)
    assert [] == session.context.pages


async def test_without_repairs_no_tab_is_opened(session: Session):
    """The check costs nothing where there is nothing to check."""
    opened: list[object] = []

    def note(tab: object) -> None:
        opened.append(tab)

    session.context.on("page", note)
    with using(LocatorUse()):
        await check_repairs(session)
    assert [] == opened
