"""The camera: takes screenshots of windows and avatars, covers bystanders, and is the only writer of pictures."""

from __future__ import annotations

import asyncio
import io
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

from PIL import Image
from playwright.async_api import Error, Locator

from troubleshooter.evidence.report_picture import COVER, previewed, view_of, write
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.evidence.window_shot import Box, WindowShot
from troubleshooter.evidence.window_view import SHOWS_ANYTHING, Element, Measure, WindowView, box_of, measured
from troubleshooter.model.message import Message
from troubleshooter.model.records import Size
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import FloatRect, Frame, Page


Marks = Sequence[tuple[Element, Message]]
"""Elements, each with its label."""

_FONTS = 3.0
"""Seconds that a page's fonts may take; browsers show another font from then on."""
_FONTS_READY = """(ms) => Promise.race(
  [document.fonts.ready.then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), ms))])"""

_BLANK = 3.0
"""Seconds that a page may take to draw anything at all before it is photographed as it is."""
_SHARP_FROM = 240
"""The size in pixels from which a picture opened by its URL is kept as it is, and not enlarged to device pixels."""
_LARGE = 40_000
"""The number of bytes above which a screenshot of an element gets a preview."""
_AT_REST: Any = {"animations": "disabled", "caret": "hide"}
_LOSSLESS: Any = {**_AT_REST, "type": "png"}
_PICTORIAL: Any = {**_AT_REST, "type": "jpeg", "quality": 95}
"""For windows full of color gradients or photographs, which are only read, never compared: a PNG of them takes the
browser three times as long. A window full of text is as fast without loss, and smaller."""
_MANY_BYTES = 300_000
"""The size from which the PNG of a window shows gradients or photographs."""
_TAKES = 3
"""How often a page that moves is photographed."""


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
        self._pictorial: WeakKeyDictionary[Page, str] = WeakKeyDictionary()
        """Tabs whose last window was full of gradients or photographs, with the host that they showed then."""

    async def window(
        self,
        page: Page,
        caption: Message,
        marks: Marks = (),
        measure: Measure | None = None,
        typed: Sequence[Locator] = (),
    ) -> WindowShot:
        """Take a screenshot of the window of `page`, with people painted over, and note where `marks` are in it.

        If the page moved meanwhile, it is photographed again, so that marks and covers are where they belong. On a page
        that never rests, whatever was to be covered at any moment is covered.

        Args:
            measure: returns where the elements to mark and the boxes to paint over are now; default: paints nothing.
            typed: fields that the browser itself covers, wherever they are when it takes the screenshot.
        """
        elements = [element for element, _ in marks]
        where = partial(measure, elements) if measure else partial(measured, page, elements)
        view = await where()
        if await self._ready(page.main_frame, view):
            view = await where()
        host = host_of(page.url)
        how = _PICTORIAL if self._pictorial.get(page) == host else _LOSSLESS
        for _ in range(_TAKES):
            data = await page.screenshot(
                **how,
                scale="css",
                mask=list(typed),
                mask_color="#{:02x}{:02x}{:02x}".format(*COVER),
            )
            taken_at = datetime.now(UTC)
            before, view = view, await where()
            covered = view.covered
            if before.boxes == view.boxes:
                break
        else:
            covered = (*before.covered, *covered)
        if how is _LOSSLESS and len(data) >= _MANY_BYTES:
            self._pictorial[page] = host
        labeled = tuple((box, label) for box, (_, label) in zip(view.marked, marks, strict=True) if box)
        written = asyncio.ensure_future(write(data, covered, self.folder))
        return WindowShot(view_of(data, covered), taken_at, caption, labeled, len(covered), written)

    async def cut_out(self, element: Element, frame: Frame, at: Box | None = None) -> CutOut:
        """Take a screenshot of `element`, which is in `frame`, alone: in device pixels, as it appears on the page.

        If the element moved meanwhile, the screenshot is taken again.

        Args:
            at: where it is, if that has just been measured.
        """
        await self._fonts(frame)
        box = at or await box_of(element)
        for _ in range(_TAKES):
            if box is None or not _is_in(frame.page, box):
                return await self._kept(await element.screenshot(**_LOSSLESS, scale="device"))
            clip = _whole_pixels(box)
            data = await frame.page.screenshot(**_LOSSLESS, scale="device", clip=clip)
            before, box = box, await box_of(element)
            if before == box:
                return await self._kept(data)
        return await self._kept(await element.screenshot(**_LOSSLESS, scale="device"))

    async def cut_out_all(
        self, frame: Frame, where: Callable[[], Awaitable[Sequence[Box | None]]]
    ) -> list[CutOut | None]:
        """Take one screenshot, and cut several elements of `frame` out of it, each as `cut_out` would show it.

        Return None for an element that is not wholly in the window; for all of them if the page keeps moving.

        Args:
            where: returns where the elements are now; None for one to leave out.
        """
        await self._fonts(frame)
        boxes = await where()
        for _ in range(_TAKES):
            inside = [box for box in boxes if box and _is_in(frame.page, box)]
            if not inside:
                break
            clip = _whole_pixels(_around(inside))
            data = await frame.page.screenshot(**_LOSSLESS, scale="device", clip=clip)
            before, boxes = boxes, await where()
            if before == boxes:
                cut = await asyncio.to_thread(_cut, data, clip, inside)
                return [await self._kept(cut[box]) if box in cut else None for box in boxes]
        return [None] * len(boxes)

    async def cut_out_picture(self, image: Locator, natural: Size, at: Box | None = None) -> CutOut:
        """Take a screenshot of a picture that a tab shows by itself.

        Args:
            natural: its size in pixels. A large one is kept as it is, a small one in device pixels.
            at: where it is, if that has been measured.
        """
        scale: Literal["css", "device"] = "css" if min(natural) >= _SHARP_FROM else "device"
        box = at or await box_of(image)
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

    async def _ready(self, frame: Frame, view: WindowView) -> bool:
        """Wait until `frame` shows anything, and until its fonts are there; return False if `view` shows all that."""
        if not view.drawn:
            await self._drawn(frame)
        if not view.fonts:
            await self._fonts(frame)
        return not (view.drawn and view.fonts)

    async def _drawn(self, frame: Frame) -> None:
        """Wait until `frame` shows anything; for a page that stays blank, wait once."""
        if self._blank.get(frame) == frame.url:
            return
        try:
            async with asyncio.timeout(_BLANK):
                await frame.wait_for_function(SHOWS_ANYTHING, timeout=_BLANK * 1000)
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


def _is_in(page: Page, box: Box) -> bool:
    """Return whether all of `box` is in the window of `page`."""
    window = page.viewport_size
    left, top, wide, high = box
    return bool(window and left >= 0 and top >= 0 and left + wide <= window["width"] and top + high <= window["height"])


def _around(boxes: Sequence[Box]) -> Box:
    """Return the smallest rectangle that contains all of `boxes`."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    return left, top, max(box[0] + box[2] for box in boxes) - left, max(box[1] + box[3] for box in boxes) - top


def _cut(data: bytes, clip: FloatRect, boxes: Sequence[Box]) -> dict[Box, bytes]:
    """Return the part of a screenshot at each of `boxes`, as PNG; nothing if its pixels are no whole number to one.

    Args:
        data: a screenshot in device pixels.
        clip: which part of the window it shows, in CSS pixels.
    """
    cut = {}
    with Image.open(io.BytesIO(data)) as image:
        scale, rest = divmod(image.width, int(clip["width"]))
        for box in () if rest else boxes:
            part = _whole_pixels(box)
            left, top = (part["x"] - clip["x"]) * scale, (part["y"] - clip["y"]) * scale
            written = io.BytesIO()
            image.crop((left, top, left + part["width"] * scale, top + part["height"] * scale)).save(written, "PNG")
            cut[box] = written.getvalue()
    return cut


def _whole_pixels(box: Box) -> FloatRect:
    """Return the smallest rectangle of whole CSS pixels around `box`, as Playwright takes an element's screenshot."""
    left, top, wide, high = box
    x, y = math.floor(left), math.floor(top)
    return {"x": x, "y": y, "width": math.ceil(left + wide) - x, "height": math.ceil(top + high) - y}
