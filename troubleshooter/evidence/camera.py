"""The camera: takes screenshots of windows and avatars, covers bystanders, and is the only writer of pictures."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PIL import Image, ImageDraw
from playwright.async_api import Error, Locator

from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.message import Message
from troubleshooter.model.records import Mark, Picture, Size

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame, Page

COVER = (201, 205, 212)
"""Color of covered areas: a gray that no page uses for a person."""

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

Box = tuple[float, float, float, float]
"""Left, top, width, height in CSS pixels of the window."""


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


class Camera:
    """Writes the screenshots of one run into its folder."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self._without_fonts: WeakKeyDictionary[Frame, str] = WeakKeyDictionary()
        """Frames whose fonts never came, with the page that they showed then."""
        self._blank: WeakKeyDictionary[Frame, str] = WeakKeyDictionary()
        """Frames that showed nothing, with the page that they should have shown."""

    async def window(
        self,
        page: Page,
        caption: Message,
        marks: Sequence[tuple[Locator | ElementHandle, Message]] = (),
        cover: Callable[[], Awaitable[Sequence[Box]]] = _nobody,
        typed: Sequence[Locator] = (),
    ) -> Picture:
        """Take a screenshot of the window of `page`, with `cover` painted over, and note where `marks` are in it.

        If the page moved meanwhile, it is photographed again, so that marks and covers are where they belong. On a page
        that never rests, whatever was to be covered at any moment is covered.

        Args:
            cover: returns the boxes to paint over, where they are now.
            typed: fields that the browser itself covers, wherever they are when it takes the screenshot.
        """
        await self._drawn(page.main_frame)
        await self._fonts(page.main_frame)
        boxes, covered = [await _box(element) for element, _ in marks], list(await cover())
        for _ in range(_TAKES):
            data = await page.screenshot(
                scale="css",
                animations="disabled",
                caret="hide",
                type="png",
                mask=list(typed),
                mask_color="#{:02x}{:02x}{:02x}".format(*COVER),
            )
            taken_at = datetime.now(UTC)
            before = boxes, covered
            boxes, covered = [await _box(element) for element, _ in marks], list(await cover())
            if before == (boxes, covered):
                break
        else:
            covered = [*before[1], *covered]
        with Image.open(io.BytesIO(data)) as image:
            size = image.size
            if covered:
                data = _covered(image, covered)
        path, _ = self.folder.keep(data, ".png")
        return Picture(
            path=path,
            px=size,
            taken_at=taken_at,
            caption=caption,
            marks=tuple(
                _mark(n, box, size, label)
                for n, (box, (_, label)) in enumerate(zip(boxes, marks, strict=True), 1)
                if box
            ),
            masked=len(covered),
        )

    async def cut_out(self, element: ElementHandle | Locator) -> CutOut:
        """Take a screenshot of `element` alone, in device pixels, as it appears on the page."""
        await self._fonts(await _frame_of(element))
        data = await element.screenshot(scale="device", animations="disabled", caret="hide", type="png")
        path, digest = self.folder.keep(data, ".png")
        with Image.open(io.BytesIO(data)) as image:
            return CutOut(path, digest, image.size)

    async def _drawn(self, frame: Frame) -> None:
        """Wait until `frame` shows anything; for a page that stays blank, wait once."""
        if self._blank.get(frame) == frame.url:
            return
        try:
            async with asyncio.timeout(_BLANK):
                if not await frame.evaluate(_SHOWS_ANYTHING):
                    await frame.wait_for_function(_SHOWS_ANYTHING, timeout=_BLANK * 1000)
        except (Error, TimeoutError):
            self._blank[frame] = frame.url

    async def _fonts(self, frame: Frame | None) -> None:
        """Wait until the fonts of `frame` are there; for fonts that never come, wait once.

        Playwright waits for them without a limit of its own, which `launch` switches off.
        """
        if frame is None or self._without_fonts.get(frame) == frame.url:
            return
        try:
            async with asyncio.timeout(2 * _FONTS):
                came = await frame.evaluate(_FONTS_READY, _FONTS * 1000)
        except (Error, TimeoutError):
            return  # a page that can't be asked is photographed as it is
        if not came:
            self._without_fonts[frame] = frame.url


async def _frame_of(element: ElementHandle | Locator) -> Frame | None:
    return element.page.main_frame if isinstance(element, Locator) else await element.owner_frame()


async def _box(element: Locator | ElementHandle) -> Box | None:
    try:
        box = await element.bounding_box()
    except Error:
        return None  # the element is gone; the screenshot still shows what was done
    return (box["x"], box["y"], box["width"], box["height"]) if box else None


def _mark(number: int, box: Box | None, size: Size, label: Message) -> Mark:
    assert box
    (width, height), (left, top, wide, high) = size, box
    shares = (left / width, top / height, wide / width, high / height)
    return Mark(number=number, box=tuple(round(min(max(s, 0.0), 1.0), 5) for s in shares), label=label)  # type: ignore[arg-type]


def _covered(image: Image.Image, cover: Sequence[Box]) -> bytes:
    painted = image.convert("RGB")
    pen = ImageDraw.Draw(painted)
    for left, top, wide, high in cover:
        pen.rectangle((left - 1, top - 1, left + wide + 1, top + high + 1), fill=COVER)
    out = io.BytesIO()
    painted.save(out, "PNG")
    return out.getvalue()
