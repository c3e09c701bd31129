"""The page that a browser makes of a picture that is opened by its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.evidence.window_view import BOX, box_in

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from troubleshooter.evidence.window_shot import Box
    from troubleshooter.model.records import Size

_SHOWN = f"(image) => {{ {BOX} return [image.naturalWidth, image.naturalHeight, boxOf(image)]; }}"


@dataclass(frozen=True)
class PictureAlone:
    """A picture that a tab shows by itself."""

    natural: Size
    """Its size in pixels; zeros while it shows none."""
    box: Box | None
    """Where it is in the window; None if it has no box."""


NOTHING = PictureAlone((0, 0), None)
"""No picture."""


async def shown(image: Locator) -> PictureAlone:
    """Return what `image` shows."""
    width, height, box = await image.evaluate(_SHOWN)
    return PictureAlone((width, height), box_in(box))
