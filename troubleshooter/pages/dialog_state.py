"""Inspects the structure of the window in which the photo is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default
from troubleshooter.pages import structure

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame, Page

_STATE = structure.script("upload.js")
_IS_GONE = """(button) => {
  const box = button.getBoundingClientRect();
  return !button.isConnected || !box.width || button.disabled || button.getAttribute('aria-disabled') === 'true';
}"""
HAS_DIALOG = f"() => {{ const seen = ({_STATE})({{ wholePage: false }}); return seen.dialogs > 0; }}"
"""A script that returns whether a page shows a dialog."""


@dataclass(frozen=True)
class DialogState:
    """The structure of the window at one moment."""

    dialogs: int
    inputs: tuple[ElementHandle, ...]
    change: tuple[ElementHandle, ...]
    """Buttons that may lead to choosing a file."""
    confirm: tuple[ElementHandle, ...]
    """Buttons that may send the chosen file."""
    alerts: str


async def dialog_state(page: Page, *, whole_page: bool, remember: bool) -> DialogState:
    """Return the structure of the window, in whichever frame of `page` it is.

    Args:
        whole_page: whether the page itself counts as the window if it shows no dialog.
        remember: whether to remember the window's buttons, so that later ones can be distinguished from them.
    """
    best: DialogState | None = None
    for frame in page.frames:
        found = await or_default(_state_of(frame, {"wholePage": whole_page, "remember": remember}), None)
        if found is None:
            continue  # the frame is gone
        if best is None or (found.dialogs, len(found.inputs)) > (best.dialogs, len(best.inputs)):
            best = found
    return best or DialogState(0, (), (), (), "")


async def _state_of(frame: Frame, settings: dict[str, bool]) -> DialogState:
    handle = await frame.evaluate_handle(_STATE, settings)

    async def elements(name: str) -> tuple[ElementHandle, ...]:
        listed = await (await handle.get_property(name)).get_properties()
        return tuple(element for item in listed.values() if (element := item.as_element()))

    dialogs = await (await handle.get_property("dialogs")).json_value()
    alerts = await (await handle.get_property("alerts")).json_value()
    return DialogState(dialogs, await elements("inputs"), await elements("change"), await elements("confirm"), alerts)


async def is_gone(button: ElementHandle) -> bool:
    """Return whether `button` is gone or no longer works."""
    return bool(await or_default(button.evaluate(_IS_GONE), True))  # a failure means that its page is gone


def has_moved_on(*, whole_page: bool) -> str:
    """Return a script that returns whether clicking a button had an effect: it is gone, or a new one has appeared."""
    settings = f"{{ wholePage: {str(whole_page).lower()} }}"
    one_has_come = f"(({{ confirm }}) => confirm.length === 1 && confirm[0] !== button)(({_STATE})({settings}))"
    return f"(button) => ({_IS_GONE})(button) || {one_has_come}"
