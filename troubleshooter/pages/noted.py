"""Notes what the product did with elements of a page, for the copy of the page that is saved (`snapshot.js`).

The notes are in the page's memory: no element of the page is changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Locator, Page

_PATIENCE_MS = 1000
"""How long an element may take to be there: it was found just now."""
_NOTES = """
  const key = Symbol.for('troubleshooter.notes');
  const notes = document[key] = document[key] || Object.assign(new WeakMap(), { clicks: 0 });
  const pressed = (e) => e.closest('a[href], button, input, [role=button], [role=link], [role=menuitem], '
    + '[role=option], [role=listitem], [role=tab], [tabindex]') || e;
  const clicked = (e) => notes.set(pressed(e), { ...notes.get(pressed(e)), clicked: notes.clicks += 1 });
"""
_WATCH = f"""() => {{ {_NOTES}
  if (notes.watches) return;
  notes.watches = true;
  addEventListener('click', (event) => {{
    const [first] = event.composedPath();
    if (event.isTrusted && first instanceof Element) clicked(first);
  }}, true);
}}"""
_CLICKED = f"(e) => {{ {_NOTES} clicked(e); }}"
_FOUND = f"(e, found) => {{ {_NOTES} notes.set(e, {{ ...notes.get(e), found }}); }}"


async def watch_clicks(page: Page) -> None:
    """From now on, note what is clicked in the documents that `page` shows now."""
    for frame in page.frames:
        await or_default(frame.evaluate(_WATCH), None)


async def note_click(element: Locator) -> None:
    """Note that `element` is about to be clicked; one that has gone is not waited for."""
    await or_default(element.evaluate(_CLICKED, timeout=_PATIENCE_MS), None)


async def note_found(element: Locator | ElementHandle, mark: str) -> None:
    """Note that `element` was found as what `mark` stands for (`FOUND` in `capture/snapshot.py`)."""
    there = (
        await or_default(element.element_handle(timeout=_PATIENCE_MS), None)
        if hasattr(element, "element_handle")
        else element
    )
    if there:
        await or_default(there.evaluate(_FOUND, mark), None)
