"""A tab in which pictures of many users are requested side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.browser.picture_response import body_of
from troubleshooter.browser.traffic import first_of
from troubleshooter.model.scalars import Size
from troubleshooter.model.service_limits import THROTTLED
from troubleshooter.pages.picture_set import show_pictures

if TYPE_CHECKING:
    from playwright.async_api import Page, Response


@dataclass(frozen=True)
class ServedPicture:
    """How one request for a picture was answered."""

    status: int = 0
    """The last HTTP status; 0 if there was no response."""
    natural: Size | None = None
    """The picture's size in pixels, as the browser shows it; None if it shows none."""
    body: bytes | None = None
    """The picture's bytes; None if it is none."""
    retry_after: str = ""
    """The `Retry-After` header."""

    @property
    def throttled(self) -> bool:
        """Return whether the service asked to slow down."""
        return self.status in THROTTLED

    @property
    def empty(self) -> bool:
        """Return whether it is the picture of one pixel that a service serves where it has no photo."""
        return self.natural is not None and min(self.natural) <= 1


class PictureTab:
    """A tab that shows a page of one host, and requests pictures from there as that page might."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self._responses: dict[str, Response] = {}
        self._kept: dict[str, ServedPicture] = {}
        tab.on("response", self._note)

    def _note(self, response: Response) -> None:
        if response.request.resource_type == "image":
            self._responses[first_of(response.request).url] = response

    async def served(self, urls: Sequence[str], seconds: float) -> list[ServedPicture]:
        """Request `urls`, except those whose answer was kept; return how each was answered within `seconds`."""
        found = {url: self._kept.pop(url) for url in urls if url in self._kept}
        asked = [url for url in urls if url not in found]
        sizes = await show_pictures(self.tab, asked, seconds)
        answers = await asyncio.gather(*(self._served(url, size) for url, size in zip(asked, sizes, strict=True)))
        self._responses.clear()  # what comes late is not kept
        found |= dict(zip(asked, answers, strict=True))
        return [found[url] for url in urls]

    def keep(self, url: str, answer: ServedPicture) -> None:
        """Return `answer` the next time `url` is asked for: a page shows what it has, and does not request it again."""
        self._kept[url] = answer

    async def _served(self, url: str, size: Size | None) -> ServedPicture:
        response = self._responses.get(url)
        if response is None:
            return ServedPicture()
        body = await body_of(response) if size else None
        return ServedPicture(response.status, size, body, response.headers.get("retry-after", ""))
