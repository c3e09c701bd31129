"""Inspects the structure of the window in which the photo is changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import or_default
from troubleshooter.browser.locator_use import locators
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.pages import structure
from troubleshooter.pages.handles import elements_of

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame, Page

_STATE = structure.script("upload.js")
_IS_GONE = """(button) => {
  const box = button.getBoundingClientRect();
  return !button.isConnected || !box.width || button.disabled || button.getAttribute('aria-disabled') === 'true';
}"""
_BUTTONS = ("button", '[role="button"]', 'input[type="submit"]', 'input[type="button"]')
WINDOW = LocatorDefinition(
    id="photo-dialog.window",
    use="the window in which the photo is changed: the dialog that takes a file or shows a photo",
    fact="sign-in and home 2.4; no id is known",
    confidence="C",
    selectors=(),
    by_structure=('[role="dialog"]', '[role="alertdialog"]', "dialog[open]", '[aria-modal="true"]'),
)
FILE = LocatorDefinition(
    id="photo-dialog.file-input",
    use="the field that takes the photo's file",
    fact="sign-in and home 2.4; no id is known",
    confidence="C",
    selectors=(),
    by_structure=('input[type="file"]',),
)
CHANGE = LocatorDefinition(
    id="photo-dialog.change-button",
    use="the button that leads to choosing a file: beside the photo, else the primary one, else by its label",
    fact="sign-in and home 2.4, labels; no id is known",
    confidence="C",
    selectors=(),
    by_structure=_BUTTONS,
)
CONFIRM = LocatorDefinition(
    id="photo-dialog.confirm-button",
    use="the button that sends the chosen file: the primary one, else by its label, else the one that has come",
    fact="sign-in and home 2.4, labels; no id is known",
    confidence="C",
    selectors=(),
    by_structure=_BUTTONS,
)
PARTS = (WINDOW, FILE, CHANGE, CONFIRM)
"""Everything in the window."""
_KINDS = {"window": WINDOW, "file": FILE, "change": CHANGE, "confirm": CONFIRM}


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
    of_photos: bool = False
    """Whether each of the inputs says which kinds of file it takes."""
    buttons: int = 0
    """Number of buttons that work and do not just close the window."""


async def dialog_state(page: Page, *, whole_page: bool, remember: bool) -> DialogState:
    """Return the structure of the window, in whichever frame of `page` it is.

    Args:
        whole_page: whether the page itself counts as the window if it shows no dialog.
        remember: whether to remember the window's buttons, so that later ones can be distinguished from them.
    """
    best: DialogState | None = None
    for frame in page.frames:
        found = await or_default(_state_of(frame, _settings(whole_page=whole_page, remember=remember)), None)
        if found is None:
            continue  # the frame is gone
        if best is None or (found.dialogs, len(found.inputs)) > (best.dialogs, len(best.inputs)):
            best = found
    return best or DialogState(0, (), (), (), "")


def has_dialog() -> str:
    """Return a script that returns whether a page shows a dialog."""
    return f"() => {{ const seen = ({_STATE})({json.dumps(_settings(whole_page=False))}); return seen.dialogs > 0; }}"


def _settings(*, whole_page: bool, remember: bool = False) -> dict[str, Any]:
    repairs = {name: ", ".join(locators().documented(kind)) for name, kind in _KINDS.items()}
    return {"wholePage": whole_page, "remember": remember, "repairs": repairs}


async def _state_of(frame: Frame, settings: dict[str, Any]) -> DialogState:
    handle = await frame.evaluate_handle(_STATE, settings)
    found = await handle.evaluate(
        "({ dialogs, alerts, ofPhotos, buttons }) => ({ dialogs, alerts, ofPhotos, buttons })"
    )
    inputs, change, confirm = [tuple(await elements_of(handle, name)) for name in ("inputs", "change", "confirm")]
    return DialogState(found["dialogs"], inputs, change, confirm, found["alerts"], found["ofPhotos"], found["buttons"])


async def is_gone(button: ElementHandle) -> bool:
    """Return whether `button` is gone or no longer works."""
    return bool(await or_default(button.evaluate(_IS_GONE), True))  # a failure means that its page is gone


def takes_photo(*, whole_page: bool) -> str:
    """Return a script that returns whether the window reacts to a photo: confirms it, complains, or closes."""
    settings = json.dumps(_settings(whole_page=whole_page))
    reacts = f"!scope || confirm.length === 1 || Boolean(alerts){'' if whole_page else ' || dialogs === 0'}"
    return f"() => {{ const {{ scope, dialogs, confirm, alerts }} = ({_STATE})({settings}); return {reacts}; }}"


def has_moved_on(*, whole_page: bool) -> str:
    """Return a script that returns whether clicking a button had an effect: it is gone, or a new one has appeared."""
    settings = json.dumps(_settings(whole_page=whole_page))
    one_has_come = f"(({{ confirm }}) => confirm.length === 1 && confirm[0] !== button)(({_STATE})({settings}))"
    return f"(button) => ({_IS_GONE})(button) || {one_has_come}"
