"""Elements that a script found, kept within the page: other scripts get them without a handle of their own each.

Every handle costs a call to the browser. Here, one handle leads to an object in the page, the holder, which the page
itself has no name for; an element is the holder and the way to it from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.errors import CannotTell
from troubleshooter.evidence.window_view import BOX, box_in
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, FloatRect, Frame, JSHandle, Locator

THE = """const the = (k) => (k instanceof Node ? k : k.way.reduce((at, key) => at[key], k.holder));"""
"""A statement that defines `the(k)`: the element that `HeldElement.given` stands for, or that a handle leads to."""
_HOLD = "(root) => ({ root, lists: [] })"
_HOLDERS: dict[Frame, JSHandle] = {}
"""By frame, the holder of the document that it showed when it was last asked. A holder leads to its frame, so weak keys
would never go."""
_MEASURE = f"(e) => {{ {BOX} return window === window.top ? boxOf(e) : false; }}"
"""Where an element is; false in a frame, which does not know where it is itself."""


class HeldElement:
    """An element that is kept within the page."""

    def __init__(self, holder: JSHandle, way: Sequence[str | int]) -> None:
        """Stand for what is found in `holder` by the keys in `way`, one after the other."""
        self.holder = holder
        self.way = (*way,)
        self._handle: ElementHandle | None = None

    @property
    def given(self) -> dict[str, Any]:
        """Return what stands for the element among the arguments of a script, which finds it with `THE`."""
        return {"holder": self.holder, "way": list(self.way)}

    async def evaluate(self, script: str, arg: object = None) -> Any:  # noqa: ANN401 - whatever the script returns
        """Return what the function `script` returns for the element and `arg`."""
        text = f"(holder, [way, arg]) => {{ {THE} return ({script})(the({{ holder, way }}), arg); }}"
        return await self.holder.evaluate(text, [list(self.way), arg])

    async def element(self) -> ElementHandle:
        """Return a handle of the element, for what only the browser can do with it."""
        if self._handle is None:
            script = f"(holder, way) => {{ {THE} return the({{ holder, way }}); }}"
            found = await self.holder.evaluate_handle(script, list(self.way))
            self._handle = found.as_element()
            assert self._handle
        return self._handle

    async def bounding_box(self) -> FloatRect | None:
        """Return where the element is in the window; None if it has no box."""
        box = await self.evaluate(_MEASURE)
        if box is False:
            return await (await self.element()).bounding_box()
        found = box_in(box)
        return {"x": found[0], "y": found[1], "width": found[2], "height": found[3]} if found else None

    async def screenshot(self, **how: Any) -> bytes:  # noqa: ANN401 - Playwright's own arguments
        """Take a screenshot of the element, once it is in view and at rest."""
        return await (await self.element()).screenshot(**how)


async def kept_in(frame: Frame, script: str, given: object) -> tuple[JSHandle, Any]:
    """Return the holder of the document in `frame`, and what the function `script` returns for it and `given`.

    The script puts what it finds into the holder's `lists`.
    """
    if known := _HOLDERS.get(frame):
        try:
            with browser_failures():
                return known, await known.evaluate(script, given)
        except BrowserFailure:
            _HOLDERS.pop(frame, None)  # the frame shows another document now
    _forget_closed()
    made = _HOLDERS[frame] = await frame.evaluate_handle("() => ({ lists: [] })")
    return made, await made.evaluate(script, given)


def _forget_closed() -> None:
    """Let go of frames that have ended, and with them of everything else of their browsers."""
    for frame in list(_HOLDERS):
        browser = frame.page.context.browser
        if frame.is_detached() or frame.page.is_closed() or (browser and not browser.is_connected()):
            del _HOLDERS[frame]


async def held(element: ElementHandle | Locator | JSHandle) -> HeldElement:
    """Return `element`, kept within its page."""
    return HeldElement(await element.evaluate_handle(_HOLD), ("root",))


def in_full(answer: object, count: int) -> list[Any]:
    """Return `answer`, the list of `count` items that a script returned.

    Raises:
        CannotTell: it is something else, because the page has tampered with it (`page-changed`).
    """
    if not isinstance(answer, list) or len(answer) != count:
        raise CannotTell(Reason.PAGE_CHANGED, message("The page was rebuilt while it was being inspected."))
    return answer


class ListedElements:
    """The elements in what a script returned."""

    def __init__(self, holder: JSHandle, way: Sequence[str | int] = ()) -> None:
        """Take elements from an object whose values are lists of elements: `holder`, or what is in it, by `way`."""
        self._holder = holder
        self._way = (*way,)
        self._held: dict[tuple[str, int], HeldElement] = {}

    def at(self, name: str, index: int) -> HeldElement:
        """Return the element at `index` of the list `name`."""
        if (name, index) not in self._held:
            self._held[name, index] = HeldElement(self._holder, (*self._way, name, index))
        return self._held[name, index]


async def elements_of(answer: JSHandle, name: str) -> list[ElementHandle]:
    """Return the elements in the list `name` of a script's answer."""
    handles = await (await answer.get_property(name)).get_properties()
    return [element for handle in handles.values() if (element := handle.as_element())]
