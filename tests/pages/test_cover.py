"""An element that covers a picture is recognized as a real browser renders it."""

from __future__ import annotations

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.errors import CannotTell
from troubleshooter.pages.cover import needs_uncovered, uncover

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


WHOLE = "position: fixed; inset: 0; background: #fff; z-index: 9"
CROSS = '<button {} aria-label="Schließen" onclick="closed(this)"><svg width=12 height=12></svg></button>'
SHOW = '<button style="position:absolute;bottom:9px;right:9px" onclick="lost(this)">Zeigen</button>'
CORNER = 'style="position:absolute;top:9px;{}:9px"'
STEPS = """<div role=dialog aria-modal=true class=fui-TeachingPopoverSurface style="{}"><button onclick="
  if (this.textContent === 'Verstanden') closed(this); else this.textContent = 'Verstanden'">Weiter</button></div>"""
LATER = '<button onclick="lost(this)">Später</button>'
TIPS = f'<div id=tips role=dialog aria-label=Tipps style="{WHOLE}">{SHOW}{LATER}</div>'
ESCAPE = "<script>addEventListener('keydown', (e) => { if (e.key === 'Escape') closed(tips.firstChild); })</script>"


@pytest.fixture
async def button(session: Session):
    """Return a function that gives a button below what covers a first visit."""
    page = await session.tab()

    async def button(over: str):
        scripts = "const closed = (n) => { n.parentNode.remove(); }, lost = () => { document.title = 'lost'; }"
        await page.set_content(f"<script>{scripts}</script><button id=me>AP</button>{over}")
        return page.locator("#me")

    return button


@pytest.mark.parametrize(
    "over",
    [
        f'<div style="{WHOLE}">{CROSS.format(CORNER.format("right"))}{SHOW}</div>',
        f'<div style="{WHOLE}" dir=rtl>{CROSS.format(CORNER.format("left"))}{SHOW}</div>',
        f'<div style="{WHOLE}; bottom: auto; height: 70px; text-align: right">Neu! {CROSS.format("")}</div>',
        STEPS.format(WHOLE),
        TIPS + ESCAPE,
    ],
    ids=["tour", "tour from right to left", "banner", "teaching popover", "tips that Escape closes"],
)
async def test_what_covers_a_first_visit_is_closed(over: str, button):
    """By a cross without words, the only button, or Escape: never by one that leads elsewhere."""
    me = await button(over)
    await needs_uncovered(me, 0.3, "home")
    await me.click(timeout=2000)
    assert "" == await me.page.title()


async def test_what_nothing_closes_is_named(button):
    """Two buttons leave a choice, which is not made: the message says what lies over the button."""
    me = await button(TIPS)
    with pytest.raises(CannotTell, match="cannot be closed: dialog “Tipps”"):
        await needs_uncovered(me, 0.3, "home")
    assert "" == await me.page.title()


async def test_what_lets_clicks_through_is_in_nobodys_way(button):
    """A tint over the whole page changes how the button looks, but not what a click does."""
    me = await button(f'<div style="{WHOLE}; opacity: 0.3; pointer-events: none"></div>')
    await needs_uncovered(me, 0.3, "home")
    await me.click(timeout=2000)


async def test_a_bar_of_the_page_is_not_closed(laid):
    """The only button without words of a header that lies over a picture is no cross."""
    bar = f'<header style="{OVER}"><button aria-label=Menü><svg width=9 height=9></svg></button></header>'
    assert not await laid(bar)
