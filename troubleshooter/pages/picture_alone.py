"""The page that a browser makes of a picture that is opened by its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.evidence.window_view import BOX, box_in

if TYPE_CHECKING:
    from playwright.async_api import Page

    from troubleshooter.evidence.window_shot import Box
    from troubleshooter.model.records import Size

_SHOWN = f"""(selector) => {{
  {BOX}
  const image = document.querySelector(selector);
  return image ? [image.naturalWidth, image.naturalHeight, boxOf(image)] : [0, 0, null];
}}"""
"""Asked of the page, not of a locator: for one, each new document first has to be given all of Playwright's search."""


@dataclass(frozen=True)
class PictureAlone:
    """A picture that a tab shows by itself."""

    natural: Size
    """Its size in pixels; zeros while it shows none."""
    box: Box | None
    """Where it is in the window; None if it has no box."""


NOTHING = PictureAlone((0, 0), None)
"""No picture."""


async def shown(tab: Page, selector: str) -> PictureAlone:
    """Return what the picture that matches `selector` shows in `tab`."""
    width, height, box = await tab.evaluate(_SHOWN, selector)
    return PictureAlone((width, height), box_in(box))
