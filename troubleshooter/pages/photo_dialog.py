"""Operates the window in which the photo is changed, wherever it opens: over the page, on My Account, on the profile.

No source gives an id of the dialog, the file input, or the buttons. So all are found by structure (a dialog's role, a
hidden file input or the file chooser that a button opens, the primary button); if that leaves a choice, by the
documented labels, or by what appears once a photo is chosen. Whatever is not unique is not touched.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, TimedOut, browser_failures, or_default, succeeded
from troubleshooter.errors import CannotTell
from troubleshooter.model.message import message
from troubleshooter.pages.cover import uncover
from troubleshooter.pages.dialog_state import (
    CHANGE,
    CONFIRM,
    FILE,
    WINDOW,
    DialogState,
    dialog_state,
    has_dialog,
    has_moved_on,
    is_gone,
    takes_photo,
)
from troubleshooter.pages.find import changed
from troubleshooter.pages.upload_watch import UploadWatch

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, FileChooser, FilePayload, Page

    from troubleshooter.browser.traffic import Traffic

_CLICKS = 5
"""The maximum number of clicks on the way to the file, and of clicks after it."""
_READING = 8.0
"""Seconds to wait for a window to react to the photo."""
_REACTION = 2.5
"""Seconds to wait for a click to open a file chooser, or for a window to react to a second click."""


class PhotoRefused(Exception):
    """Raised if the service received the photo and refused it.

    Attributes:
        status: HTTP status, 0 if only the page says so.
        words: what the page says, in its own language.
    """

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


class PhotoDialog:
    """The window in which the photo is changed."""

    name = "photo-dialog"

    def __init__(self, page: Page, traffic: Traffic, timeout: float, *, whole_page: bool) -> None:
        self.page = page
        self.traffic = traffic
        self.timeout = timeout
        self.whole_page = whole_page
        """Whether the page itself counts as the window if it shows no dialog."""
        self._upload = UploadWatch(page)
        self._clicked: list[ElementHandle] = []
        self.unrecognized = False
        """Whether the window has buttons of which none is known to lead to the file."""
        self._chooser: FileChooser | None = None

    @property
    def sent(self) -> bool:
        """Return whether a photo was sent to the service."""
        return self._upload.sent

    async def look(self, *, remember: bool = False) -> DialogState:
        """Return the window's structure; with `remember`, its buttons are distinguished from later ones."""
        return await dialog_state(self.page, whole_page=self.whole_page, remember=remember)

    async def reach_file(self) -> ElementHandle | None:
        """Go to where a file can be chosen; return the file input, or None if the window offers none.

        An input that does not say what it takes counts if no button opens another one.

        Raises:
            CannotTell: there is more than one way (`page-changed`); nothing was sent.
        """
        tried = ""
        for _ in range(_CLICKS):
            await self.traffic.settle(self.timeout)
            state = await self.look()
            if state.dialogs > 1:
                raise _ambiguous(dialogs=state.dialogs)
            if len(state.inputs) > 1:
                raise _ambiguous(inputs=len(state.inputs))
            if state.inputs and (state.of_photos or tried or len(state.change) != 1):
                return state.inputs[0]
            if len(state.change) > 1:
                raise _ambiguous(buttons=len(state.change))
            markup = await self._markup_of(state.change[0]) if state.change else ""
            if not state.change or markup == tried:
                self.unrecognized = state.buttons > 0
                return None
            if await self._opens_chooser(state.change[0]):
                return self._chooser.element if self._chooser else None
            tried = markup
        return None

    async def _markup_of(self, button: ElementHandle) -> str:
        return await or_default(button.evaluate("(button) => button.outerHTML"), "gone")

    async def _opens_chooser(self, button: ElementHandle) -> bool:
        """Click `button`, and return whether it opens a file chooser."""
        chosen: asyncio.Future[FileChooser] = asyncio.get_running_loop().create_future()

        def note(chooser: FileChooser) -> None:
            if not chosen.done():
                chosen.set_result(chooser)

        self.page.on("filechooser", note)
        try:
            before = await self.look()
            self._clicked.append(button)
            await uncover(button, _REACTION)
            await button.click()
            await self.traffic.settle(self.timeout)
            after = await self.look()
            if not chosen.done() and (before.dialogs, len(before.inputs)) == (after.dialogs, len(after.inputs)):
                await asyncio.wait([chosen], timeout=_REACTION)
        finally:
            self.page.remove_listener("filechooser", note)
        self._chooser = chosen.result() if chosen.done() else None
        return chosen.done()

    async def choose(self, field: ElementHandle, file: FilePayload) -> None:
        """Put `file` into the file input, and watch from then on what is sent to the service.

        The window reads the file before it offers to confirm, which takes a moment.
        """
        self._upload.start()
        await self.look(remember=True)
        await field.set_input_files(file)
        await self.traffic.settle(self.timeout)
        if not self.sent:
            script = takes_photo(whole_page=self.whole_page)
            limit = min(_READING, self.timeout) * 1000
            await succeeded(self.page.wait_for_function(script, timeout=limit, polling=250))

    async def next_button(self) -> ElementHandle | None:
        """Return the button that sends or finishes, None once there is nothing more to confirm.

        Raises:
            CannotTell: more than one button may be meant, and nothing was sent yet (`page-changed`).
            PhotoRefused: the service refused the photo.
        """
        state, upload = await self.look(), self._upload
        if upload.refusal or (state.alerts and not self.sent and upload.has_answer):
            raise PhotoRefused(upload.refusal, state.alerts)
        if self.sent and (upload.page_left or not state.dialogs):
            return None
        if len(state.confirm) > 1 and not self.sent:
            raise _ambiguous(buttons=len(state.confirm))
        if len(state.confirm) != 1 or await self._was_clicked(state.confirm[0]):
            return None  # never click it twice, because the second click might send the photo again
        return state.confirm[0]

    async def _was_clicked(self, button: ElementHandle) -> bool:
        for clicked in self._clicked:
            # A failure means that one of the two belonged to a page that is gone.
            if await or_default(button.evaluate("(button, other) => button === other", clicked), False):
                return True
        return False

    async def confirm(self, button: ElementHandle) -> None:
        """Click the button that `next_button` returned, unless it is gone, and wait until the window settles."""
        self._clicked.append(button)
        await self.look(remember=True)
        try:
            with browser_failures():
                await uncover(button, _REACTION)
                await button.click()
        except TimedOut:
            raise
        except BrowserFailure:
            if not await is_gone(button):
                raise
        await self._until_moved_on(button)
        await self.traffic.settle(self.timeout)

    async def _until_moved_on(self, button: ElementHandle) -> None:
        """Wait until the click had an effect: a response, a button that is gone or no longer works, or a new button."""
        script = has_moved_on(whole_page=self.whole_page)
        answered = asyncio.ensure_future(self._upload.answered.wait())
        moved_on = asyncio.ensure_future(
            self.page.wait_for_function(script, arg=button, timeout=self.timeout * 1000, polling=250)
        )
        try:
            if not self._upload.answered.is_set():
                await asyncio.wait([answered, moved_on], return_when=asyncio.FIRST_COMPLETED)
            else:
                await asyncio.wait([moved_on], timeout=_REACTION)
        finally:
            for task in (answered, moved_on):
                task.cancel()
            await asyncio.gather(answered, moved_on, return_exceptions=True)

    async def left(self) -> bool:
        """Wait, within the limit, for the service's response to the photo; return whether the photo was accepted."""
        try:
            await asyncio.wait_for(self._upload.answered.wait(), self.timeout)
        except TimeoutError:
            return False
        return self.sent

    def done_watching(self) -> None:
        """Stop watching what is sent to the service."""
        self._upload.stop()

    async def appears(self, seconds: float) -> bool:
        """Wait until the page shows a dialog, in any frame; return whether it does."""
        came = await succeeded(self.page.wait_for_function(has_dialog(), timeout=seconds * 1000))
        return came or (await self.look()).dialogs > 0

    @property
    def most_clicks(self) -> int:
        """Return the maximum number of confirmations to try."""
        return _CLICKS


def _ambiguous(*, dialogs: int = 0, inputs: int = 0, buttons: int = 0) -> CannotTell:
    """Return the `CannotTell` error for a step at which more than one element may be meant."""
    note = message(
        "{count} buttons may be the one to continue with, and it is not clear which, so nothing was sent.",
        count=buttons,
    )
    ids = [CHANGE.id, CONFIRM.id]
    if inputs:
        ids = [FILE.id]
        note = message(
            "{count} fields accept a file, and it is not clear which is for the photo, so nothing was sent.",
            count=inputs,
        )
    if dialogs:
        ids = [WINDOW.id]
        note = message(
            "{count} windows opened, and it is not clear which is for the photo, so nothing was sent.", count=dialogs
        )
    return changed(note, ids, PhotoDialog.name)
