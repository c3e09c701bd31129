"""The camera: takes screenshots of windows and avatars, covers bystanders, and is the only writer of pictures."""

from __future__ import annotations

import asyncio
import io
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

from PIL import Image
from playwright.async_api import Error, Locator

from troubleshooter.evidence.report_picture import COVER, previewed, view_of, write
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.evidence.window_shot import Box, WindowShot
from troubleshooter.model.message import Message
from troubleshooter.model.records import Size

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, FloatRect, Frame, Page

    Marks = Sequence[tuple[Locator | ElementHandle, Message]]
    """Elements, each with its label."""
Cover = Callable[[], Awaitable[Sequence[Box]]]
"""Returns the boxes to cover."""

_FONTS = 3.0
"""Seconds that a page's fonts may take; browsers show another font from then on."""
_FONTS_READY = """(ms) => Promise.race(
  [document.fonts.ready.then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), ms))])"""

_BLANK = 3.0
"""Seconds that a page may take to draw anything at all before it is photographed as it is."""
_SHOWS_ANYTHING = """() => {
  const body = document.body;
  if (!body || location.protocol === 'about:') return location.protocol === 'about:';
  if (body.innerText.trim() || getComputedStyle(body).backgroundImage !== 'none') return true;
  const drawn = 'img, canvas, svg, iframe, video, input, button';
  return [...body.querySelectorAll('*')].some((e) => e.shadowRoot
    || (e.matches(drawn) && e.checkVisibility({ visibilityProperty: true })));
}"""

_STATE = f"() => ({{ drawn: ({_SHOWS_ANYTHING})(), fonts: document.fonts.status === 'loaded' }})"
"""Whether anything is drawn, and whether no font is still to come."""
_SHARP_FROM = 240
"""The size in pixels from which a picture opened by its URL is kept as it is, and not enlarged to device pixels."""
_LARGE = 40_000
"""The number of bytes above which a screenshot of an element gets a preview."""
_LOSSLESS: Any = {"animations": "disabled", "caret": "hide", "type": "png"}
_TAKES = 3
"""How often a page that moves is photographed."""


async def _nobody() -> Sequence[Box]:
    return ()


@dataclass(frozen=True)
class CutOut:
    """The screenshot of one element."""

    path: str
    sha256: str
    px: Size
    preview: str | None = None
    """Path of a smaller copy for the report; None if the screenshot is small."""


class Camera:
    """Writes the screenshots of one run into its folder."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self._with_fonts: WeakKeyDictionary[Frame, str] = WeakKeyDictionary()
        """Frames whose fonts were waited for, with the page that they showed then."""
        self._blank: WeakKeyDictionary[Frame, str] = WeakKeyDictionary()
        """Frames that showed nothing, with the page that they should have shown."""

    async def window(
        self,
        page: Page,
        caption: Message,
        marks: Marks = (),
        cover: Cover = _nobody,
        typed: Sequence[Locator] = (),
    ) -> WindowShot:
        """Take a screenshot of the window of `page`, with `cover` painted over, and note where `marks` are in it.

        If the page moved meanwhile, it is photographed again, so that marks and covers are where they belong. On a page
        that never rests, whatever was to be covered at any moment is covered.

        Args:
            cover: returns the boxes to paint over, where they are now.
            typed: fields that the browser itself covers, wherever they are when it takes the screenshot.
        """
        await self._ready(page.main_frame)
        boxes, covered = await _positions(marks, cover)
        for _ in range(_TAKES):
            data = await page.screenshot(
                **_LOSSLESS,
                scale="css",
                mask=list(typed),
                mask_color="#{:02x}{:02x}{:02x}".format(*COVER),
            )
            taken_at = datetime.now(UTC)
            before = boxes, covered
            boxes, covered = await _positions(marks, cover)
            if before == (boxes, covered):
                break
        else:
            covered = [*before[1], *covered]
        labeled = tuple((box, label) for box, (_, label) in zip(boxes, marks, strict=True) if box)
        written = asyncio.ensure_future(write(data, covered, self.folder))
        return WindowShot(view_of(data, covered), taken_at, caption, labeled, len(covered), written)

    async def cut_out(self, element: ElementHandle | Locator, frame: Frame) -> CutOut:
        """Take a screenshot of `element`, which is in `frame`, alone: in device pixels, as it appears on the page.

        If the element moved meanwhile, the screenshot is taken again.
        """
        await self._fonts(frame)
        box = await _box(element)
        for _ in range(_TAKES):
            if box is None or not _is_in(frame.page, box):
                return await self._kept(await element.screenshot(**_LOSSLESS, scale="device"))
            clip = _whole_pixels(box)
            data = await frame.page.screenshot(**_LOSSLESS, scale="device", clip=clip)
            before, box = box, await _box(element)
            if before == box:
                return await self._kept(data)
        return await self._kept(await element.screenshot(**_LOSSLESS, scale="device"))

    async def cut_out_picture(self, image: Locator, natural: Size) -> CutOut:
        """Take a screenshot of a picture that a tab shows by itself.

        Args:
            natural: its size in pixels. A large one is kept as it is, a small one in device pixels.
        """
        scale: Literal["css", "device"] = "css" if min(natural) >= _SHARP_FROM else "device"
        box = await _box(image)
        await image.page.bring_to_front()  # a tab in the background draws only once a second
        if box and _is_in(image.page, box):
            clip = _whole_pixels(box)
            return await self._kept(await image.page.screenshot(**_LOSSLESS, scale=scale, clip=clip))
        return await self._kept(await image.screenshot(**_LOSSLESS, scale=scale))

    async def _kept(self, data: bytes) -> CutOut:
        path, digest = self.folder.keep(data, ".png")
        with Image.open(io.BytesIO(data)) as image:
            size = image.size
        if len(data) <= _LARGE:
            return CutOut(path, digest, size)
        preview, _ = self.folder.keep(await asyncio.to_thread(previewed, data), ".webp")
        return CutOut(path, digest, size, preview)

    async def _ready(self, frame: Frame) -> None:
        """Wait until `frame` shows anything, and until its fonts are there."""
        try:
            state: dict[str, bool] = await frame.evaluate(_STATE)
        except Error:
            return  # a page that can't be asked is photographed as it is
        if not state["drawn"]:
            await self._drawn(frame)
        if not state["fonts"]:
            await self._fonts(frame)

    async def _drawn(self, frame: Frame) -> None:
        """Wait until `frame` shows anything; for a page that stays blank, wait once."""
        if self._blank.get(frame) == frame.url:
            return
        try:
            async with asyncio.timeout(_BLANK):
                await frame.wait_for_function(_SHOWS_ANYTHING, timeout=_BLANK * 1000)
        except (Error, TimeoutError):
            self._blank[frame] = frame.url

    async def _fonts(self, frame: Frame) -> None:
        """Wait, once per page, until the fonts of `frame` are there, or do not come.

        Playwright waits for them without a limit of its own, which `launch` switches off.
        """
        if self._with_fonts.get(frame) == frame.url:
            return
        try:
            async with asyncio.timeout(2 * _FONTS):
                await frame.evaluate(_FONTS_READY, _FONTS * 1000)
        except (Error, TimeoutError):
            return  # a page that can't be asked is photographed as it is
        self._with_fonts[frame] = frame.url


async def _positions(marks: Marks, cover: Cover) -> tuple[list[Box | None], list[Box]]:
    """Return where the marked elements are, and what has to be covered."""
    marked, covered = await asyncio.gather(asyncio.gather(*(_box(element) for element, _ in marks)), cover())
    return marked, list(covered)


async def _box(element: Locator | ElementHandle) -> Box | None:
    try:
        box = await element.bounding_box()
    except Error:
        return None  # the element is gone; the screenshot still shows what was done
    return (box["x"], box["y"], box["width"], box["height"]) if box else None


def _is_in(page: Page, box: Box) -> bool:
    """Return whether all of `box` is in the window of `page`."""
    window = page.viewport_size
    left, top, wide, high = box
    return bool(window and left >= 0 and top >= 0 and left + wide <= window["width"] and top + high <= window["height"])


def _whole_pixels(box: Box) -> FloatRect:
    """Return the smallest rectangle of whole CSS pixels around `box`, as Playwright takes an element's screenshot."""
    left, top, wide, high = box
    x, y = math.floor(left), math.floor(top)
    return {"x": x, "y": y, "width": math.ceil(left + wide) - x, "height": math.ceil(top + high) - y}
