"""One evaluation says which of several selectors is the most trusted one that matches, and how often."""

from __future__ import annotations

from dataclasses import replace

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.pages import find

WANTED = LocatorDefinition(
    id="test.button", use="a button", fact="none", confidence="A", selectors=("#best", ".good", "button")
)
PAGES = {
    "the best": ("<button>x</button><b class=good>x</b><b id=best>x</b>", ("#best", 1)),
    "hidden": ("<b id=best hidden>x</b><b class=good>x</b><b class=good>y</b><button>x</button>", (".good", 2)),
    "the last": ("<button>x</button><button>y</button><button>z</button>", ("button", 3)),
    "in a shadow root": (
        "<p id=host></p><script>document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML = "
        "'<b class=good>x</b>';</script><button>x</button>",
        (".good", 1),
    ),
    "tampered with": (
        "<b id=best>x</b><script>Element.prototype.matches = () => { throw new Error(); };</script>",
        ("#best", 1),
    ),
    "lied about": (
        "<b class=good>x</b><script>Array.prototype.map = () => [-1, 'x'];</script>",
        (".good", 1),
    ),
    "nothing": ("<i>x</i>", None),
}


@pytest.mark.parametrize("page", PAGES)
async def test_the_most_trusted_selector_that_is_visible_counts(page: str, session: Session):
    """Where the page itself can't tell, or tells nonsense, Playwright is asked, selector by selector."""
    content, expected = PAGES[page]
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    await tab.set_content(content)
    found = await find.anywhere(tab, WANTED, 0.1)
    assert expected == (found and (found.selector, found.alternatives))
    if found:
        assert tab.main_frame is found.frame
        assert await found.locator.is_visible()


COPY = "<button id=first>copy</button>"
UNSEEN = {
    "slid out": f"<div style='position:fixed;left:0;top:0;transform:translateX(-100%)'>{COPY}</div>",
    "beside the page": f"<div style='position:absolute;left:-9000px'>{COPY}</div>",
    "transparent": f"<div style='opacity:0'>{COPY}</div>",
    "flat": f"<div style='max-height:0;overflow:hidden'>{COPY}</div>",
    "slid out of its box": f"<div style='overflow:hidden'><p style='transform:translateX(-2000px)'>{COPY}</p></div>",
}
SEEN = {
    "below the fold": f"<div style='height:5000px'></div>{COPY}",
    "below the fold of a box that scrolls, in one that does not": (
        "<div style='height:300px;overflow:hidden'><div style='height:300px;overflow:auto'>"
        f"<div style='height:5000px'></div>{COPY}</div></div>"
    ),
    "at the far end of a row that scrolls": (
        "<div style='width:300px;overflow-x:auto'><div style='width:5000px;text-align:right'>" + COPY + "</div></div>"
    ),
    "above what a box was scrolled to": (
        f"<div id=box style='height:300px;overflow:auto'>{COPY}<div style='height:5000px'></div></div>"
        "<script>box.scrollTop = 3000</script>"
    ),
    "beside a box that does not hold it": (
        f"<div style='height:0;overflow:hidden'><p style='position:absolute;top:9px'>{COPY}</p></div>"
    ),
    "at a fixed place": f"<div style='height:0;overflow:hidden'><p style='position:fixed;top:9px'>{COPY}</p></div>",
    "under a tour": f"<div aria-hidden=true inert>{COPY}</div>",
    "far to the left, from right to left": (
        f"<script>document.documentElement.dir = 'rtl'</script><div style='width:5000px;text-align:left'>{COPY}</div>"
    ),
}


@pytest.mark.parametrize("name", [*UNSEEN, *SEEN])
async def test_what_nobody_sees_is_found_as_such(name: str, session: Session):
    """An element that nobody can scroll to is not seen; one that only has to be scrolled to is."""
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    await tab.set_content(f"<!DOCTYPE html>{(UNSEEN | SEEN)[name]}")
    found = await find.anywhere(tab, WANTED, 0.1)
    assert found
    assert (name in SEEN) == found.seen


@pytest.mark.parametrize(("copies", "expected"), [(True, "second"), (False, "first")])
@pytest.mark.parametrize("name", UNSEEN)
async def test_a_copy_that_is_seen_comes_before_one_that_is_not(
    name: str, copies: bool, expected: str, session: Session
):
    """Of several that do the same, the first that a person sees; of others, such as several pictures, the first."""
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    await tab.set_content(f"<!DOCTYPE html>{UNSEEN[name]}<button id=second>x</button><button id=third>x</button>")
    found = await find.anywhere(tab, replace(WANTED, has_copies=copies), 0.1)
    assert found and found.seen
    assert (expected, 3) == (await found.locator.get_attribute("id"), found.alternatives)
