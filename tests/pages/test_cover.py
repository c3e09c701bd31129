"""An element that covers a picture is recognized as a real browser renders it."""

from __future__ import annotations

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.pages.cover import uncover

OVER = "position: absolute; inset: 0; background: #fff;"
BUTTON = '<button aria-label="Close" onclick="this.parentNode.remove()">x</button>'


@pytest.fixture
async def laid(session: Session):
    """Return a function that puts HTML over a picture and returns whether the picture is visible in the end."""
    page = await session.tab()

    async def seen(over: str) -> bool:
        await page.set_content(f'<div style="position: relative; width: 96px"><img width=96 height=96>{over}</div>')
        there = await uncover(page.locator("img"), 0.3)
        assert await page.evaluate("document.adoptedStyleSheets.length") == 0
        return there

    return seen


@pytest.mark.parametrize(
    "over",
    [
        f'<div style="{OVER}"></div>',
        f'<div style="{OVER} opacity: 0.4"></div>',
        f'<div style="{OVER} pointer-events: none; opacity: 0.4"></div>',
    ],
    ids=["a veil", "a tint", "a tint that lets clicks through"],
)
async def test_what_changes_a_picture_covers_it(over: str, laid):
    """A picture whose cover stays does not count as visible."""
    assert not await laid(over)


async def test_a_button_that_cannot_be_clicked_leaves_the_cover(laid):
    """If the button that closes a cover is covered as well, the picture does not count as visible."""
    veil = '<div style="position: fixed; inset: 0; z-index: 9; background: #eee"></div>'
    assert not await laid(f'<dialog open style="{OVER}">{BUTTON}</dialog>{veil}')


@pytest.mark.parametrize(
    "over",
    [
        "",
        f'<div style="{OVER} opacity: 0"></div>',
        f'<div style="{OVER} visibility: hidden"></div>',
        '<div style="position: absolute; inset: 0"></div>',
        '<div style="position: absolute; right: 0; bottom: 0; width: 24px; height: 24px; background: green"></div>',
        f'<dialog open style="{OVER}">{BUTTON}</dialog>',
    ],
    ids=["nothing", "transparent", "hidden", "without colour", "a badge", "a bubble that can be closed"],
)
async def test_what_does_not_or_goes_away_is_no_cover(over: str, laid):
    """A picture counts as visible if nothing over it changes it, or if its cover can be closed."""
    assert await laid(over)
