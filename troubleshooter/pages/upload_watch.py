"""Watches what a page sends to the service after a photo was chosen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Frame, Page, Response

_BINARY = ("image/", "multipart/form-data", "application/octet-stream")
"""The content types with which a photo may be sent."""


class UploadWatch:
    """Watches the responses to a photo that a page sends."""

    def __init__(self, page: Page) -> None:
        self.sent = False
        """Whether a photo was sent and accepted."""
        self.page_left = False
        """Whether the page itself navigated or was reloaded after the photo was chosen."""
        self.answered = asyncio.Event()
        """Set once the service has responded."""
        self._page = page
        self._responses: list[Response] = []

    def start(self) -> None:
        """Start watching the page."""
        self._page.on("response", self._note_response)
        self._page.on("framenavigated", self._note_navigation)

    def stop(self) -> None:
        """Stop watching the page."""
        self._page.remove_listener("response", self._note_response)
        self._page.remove_listener("framenavigated", self._note_navigation)

    @property
    def has_answer(self) -> bool:
        """Return whether the service responded to a photo."""
        return bool(self._responses)

    @property
    def refusal(self) -> int:
        """Return the HTTP status with which the service refused a photo; 0 if it refused none."""
        return next((response.status for response in self._responses if response.status >= 400), 0)

    def _note_response(self, response: Response) -> None:
        request = response.request
        content_type = request.headers.get("content-type", "")
        if request.method in ("POST", "PUT", "PATCH") and content_type.startswith(_BINARY):
            self._responses.append(response)
            self.answered.set()
            self.sent = self.sent or response.ok

    def _note_navigation(self, frame: Frame) -> None:
        self.page_left = self.page_left or frame is self._page.main_frame
