"""The window in which the photo is changed, wherever it opens: over the page, on My Account, on the profile page.

No source gives an id of the dialog, the file input, or the buttons. So all are found by structure (a dialog's role, a
hidden file input or the chooser that a button opens, the primary button), where that leaves a choice by the documented
labels or by what comes once a photo is chosen, and whatever is not unique is not touched.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, TimedOut, browser_failures, or_default, succeeded
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, FileChooser, FilePayload, Frame, Page, Response

    from troubleshooter.browser.traffic import Traffic

_LOOK = (Path(__file__).parent / "upload.js").read_text(encoding="utf-8")
_GONE = """(one) => {
  const box = one.getBoundingClientRect();
  return !one.isConnected || !box.width || one.disabled || one.getAttribute('aria-disabled') === 'true';
}"""
_CLICKS = 5
"""At most so many clicks on the way to the file, and as many after it."""
_CHOOSER_MS = 2500
"""How long a click has to open a file chooser; a click that opens one does so at once."""
_BINARY = ("image/", "multipart/form-data", "application/octet-stream")


@dataclass(frozen=True)
class DialogState:
    """How the window is built at one moment."""

    dialogs: int
    inputs: tuple[ElementHandle, ...]
    change: tuple[ElementHandle, ...]
    """Buttons that may lead on to the choice of a file."""
    confirm: tuple[ElementHandle, ...]
    """Buttons that may send what was chosen."""
    alerts: str


class PhotoRefused(Exception):
    """The service took the photo and refused it.

    Attributes:
        status: HTTP status, 0 where only the page says so.
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
        """Whether the page itself counts as the window where it shows no dialog."""
        self.sent = False
        """Whether a photo left for the service."""
        self.went_on = False
        """Whether the page itself went elsewhere, or was loaded anew, after the photo was chosen."""
        self._answers: list[Response] = []
        self._answered = asyncio.Event()
        self._clicked: list[ElementHandle] = []
        self._chooser: FileChooser | None = None

    async def look(self, *, remember: bool = False) -> DialogState:
        """Return how the window is built, in whichever frame it is; `remember` tells its buttons from later ones."""
        best: DialogState | None = None
        for frame in self.page.frames:
            found = await or_default(_read(frame, {"wholePage": self.whole_page, "remember": remember}), None)
            if found is None:
                continue  # the frame is gone
            if best is None or (found.dialogs, len(found.inputs)) > (best.dialogs, len(best.inputs)):
                best = found
        return best or DialogState(0, (), (), (), "")

    async def reach_file(self) -> ElementHandle | None:
        """Go to where a file can be chosen; return the file input, None where the window offers no way.

        Raises:
            CannotTell: there is more than one way (`page-changed`); nothing was sent.
        """
        for _ in range(_CLICKS):
            await self.traffic.settle(self.timeout)
            seen = await self.look()
            if seen.dialogs > 1:
                raise _several(dialogs=seen.dialogs)
            if len(seen.inputs) > 1:
                raise _several(inputs=len(seen.inputs))
            if seen.inputs:
                return seen.inputs[0]
            if len(seen.change) > 1:
                raise _several(buttons=len(seen.change))
            if not seen.change:
                return None
            if await self._opens_chooser(seen.change[0]):
                return self._chooser.element if self._chooser else None
        return None

    async def _opens_chooser(self, button: ElementHandle) -> bool:
        chosen: asyncio.Future[FileChooser] = asyncio.get_running_loop().create_future()

        def note(chooser: FileChooser) -> None:
            if not chosen.done():
                chosen.set_result(chooser)

        self.page.on("filechooser", note)
        try:
            before = await self.look()
            self._clicked.append(button)
            await button.click()
            await self.traffic.settle(self.timeout)
            after = await self.look()
            if not chosen.done() and (before.dialogs, len(before.inputs)) == (after.dialogs, len(after.inputs)):
                await asyncio.wait([chosen], timeout=_CHOOSER_MS / 1000)
        finally:
            self.page.remove_listener("filechooser", note)
        self._chooser = chosen.result() if chosen.done() else None
        return chosen.done()

    async def choose(self, field: ElementHandle, file: FilePayload) -> None:
        """Put `file` into the file input; from here on what leaves for the service is watched."""
        self.page.on("response", self._note)
        self.page.on("framenavigated", self._note_way)
        await self.look(remember=True)
        await field.set_input_files(file)
        await self.traffic.settle(self.timeout)

    def _note(self, answer: Response) -> None:
        request = answer.request
        kind = request.headers.get("content-type", "")
        if request.method in ("POST", "PUT", "PATCH") and kind.startswith(_BINARY):
            self._answers.append(answer)
            self._answered.set()
            self.sent = self.sent or answer.ok

    def _note_way(self, frame: Frame) -> None:
        self.went_on = self.went_on or frame is self.page.main_frame

    async def next_button(self) -> ElementHandle | None:
        """Return the button that sends or ends, None once there is nothing more to confirm.

        Raises:
            CannotTell: more than one may be it, and nothing was sent yet (`page-changed`).
            Refused: the service refused the photo.
        """
        seen = await self.look()
        failed = next((a.status for a in self._answers if a.status >= 400), 0)
        if failed or (seen.alerts and not self.sent and self._answers):
            raise PhotoRefused(failed, seen.alerts)
        if self.sent and (self.went_on or not seen.dialogs):
            return None
        if len(seen.confirm) > 1 and not self.sent:
            raise _several(buttons=len(seen.confirm))
        if len(seen.confirm) != 1 or await self._was_clicked(seen.confirm[0]):
            return None  # never twice: the second click might send the photo again
        return seen.confirm[0]

    async def _was_clicked(self, button: ElementHandle) -> bool:
        for clicked in self._clicked:
            # A failure means that one of the two belonged to a page that is gone.
            if await or_default(button.evaluate("(one, other) => one === other", clicked), False):
                return True
        return False

    async def confirm(self, button: ElementHandle) -> None:
        """Click a button that `next_button` gave, and wait until the window rests; one that has gone needs no click."""
        self._clicked.append(button)
        await self.look(remember=True)
        try:
            with browser_failures():
                await button.click()
        except TimedOut:
            raise
        except BrowserFailure:
            if not await self._gone(button):
                raise
        await self._until_moved(button)
        await self.traffic.settle(self.timeout)

    async def _gone(self, button: ElementHandle) -> bool:
        return bool(await or_default(button.evaluate(_GONE), True))

    @property
    def _moved(self) -> str:
        whole = str(self.whole_page).lower()
        one_has_come = (
            f"(({{ confirm }}) => confirm.length === 1 && confirm[0] !== one)(({_LOOK})({{ wholePage: {whole} }}))"
        )
        return f"(one) => ({_GONE})(one) || {one_has_come}"

    async def _until_moved(self, button: ElementHandle) -> None:
        """Wait until the click had an effect: an answer, a button that is gone or no longer works, a new one."""
        answered = asyncio.ensure_future(self._answered.wait())
        gone = asyncio.ensure_future(
            self.page.wait_for_function(self._moved, arg=button, timeout=self.timeout * 1000, polling=250)
        )
        try:
            if not self._answered.is_set():
                await asyncio.wait([answered, gone], return_when=asyncio.FIRST_COMPLETED)
            else:
                await asyncio.wait([gone], timeout=_CHOOSER_MS / 1000)
        finally:
            for task in (answered, gone):
                task.cancel()
            await asyncio.gather(answered, gone, return_exceptions=True)

    async def left(self) -> bool:
        """Wait, within the limit, for the service's answer to the photo; return whether it took it."""
        try:
            await asyncio.wait_for(self._answered.wait(), self.timeout)
        except TimeoutError:
            return False
        return self.sent

    def done_watching(self) -> None:
        """Stop watching what leaves."""
        self.page.remove_listener("response", self._note)
        self.page.remove_listener("framenavigated", self._note_way)

    async def appears(self, seconds: float) -> bool:
        """Wait until a dialog stands on the page, in any frame; return whether one came."""
        script = f"() => {{ const seen = ({_LOOK})({{ wholePage: false }}); return seen.dialogs > 0; }}"
        came = await succeeded(self.page.wait_for_function(script, timeout=seconds * 1000))
        return came or (await self.look()).dialogs > 0

    @property
    def most_clicks(self) -> int:
        """Return how many confirmations are tried."""
        return _CLICKS


async def _read(frame: Frame, settings: dict[str, bool]) -> DialogState:
    handle = await frame.evaluate_handle(_LOOK, settings)

    async def elements(name: str) -> tuple[ElementHandle, ...]:
        listed = await (await handle.get_property(name)).get_properties()
        return tuple(e for one in listed.values() if (e := one.as_element()))

    dialogs = await (await handle.get_property("dialogs")).json_value()
    alerts = await (await handle.get_property("alerts")).json_value()
    return DialogState(dialogs, await elements("inputs"), await elements("change"), await elements("confirm"), alerts)


def _several(*, dialogs: int = 0, inputs: int = 0, buttons: int = 0) -> CannotTell:
    """Return the end of a step at which more than one thing may be meant."""
    note = message("{count} buttons may lead on, and nothing says which: nothing was sent.", count=buttons)
    if inputs:
        note = message(
            "{count} fields take a file, and nothing says which is for the photo: nothing was sent.", count=inputs
        )
    if dialogs:
        note = message(
            "{count} windows opened, and nothing says which is for the photo: nothing was sent.", count=dialogs
        )
    return CannotTell(Reason.PAGE_CHANGED, note, page=PhotoDialog.name)
