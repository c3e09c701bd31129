"""One evaluation says which of several selectors is the most trusted one that matches, and how often."""

from __future__ import annotations

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
