"""Tells when another picture appears in a part of a page that showed initials, also inside shadow roots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default, succeeded
from troubleshooter.pages.handles import HeldElement

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame

_SHOWN = """(root) => {
  const shown = [];
  const visit = (e) => {
    const visible = e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (e.tagName === 'IMG') shown.push(e.currentSrc || e.src, e.complete, e.naturalWidth, visible);
    if (e.tagName === 'image') shown.push(e.getAttribute('href') || e.getAttribute('xlink:href'), visible);
    if (e.tagName === 'CANVAS') shown.push('canvas', e.width, visible);
    for (const part of [null, '::before', '::after']) {
      const drawn = getComputedStyle(e, part).backgroundImage;
      if (drawn && drawn !== 'none') shown.push(drawn, visible);
    }
    for (const child of [...(e.shadowRoot ? e.shadowRoot.children : []), ...e.children]) visit(child);
  };
  visit(root);
  return shown.join('|');
}"""
_CHANGED = f"([root, was]) => !root.isConnected || ({_SHOWN})(root) !== was"


async def shown_in(root: HeldElement | ElementHandle) -> str:
    """Return which pictures `root` shows, to be compared by `other_picture`."""
    return str(await or_default(root.evaluate(_SHOWN), ""))


async def other_picture(root: HeldElement | ElementHandle, frame: Frame, was: str, seconds: float) -> bool:
    """Wait until `root` shows other pictures than `was`, or is replaced; return whether that happened in time."""
    element = await root.element() if isinstance(root, HeldElement) else root
    wait = frame.wait_for_function(_CHANGED, arg=[element, was], timeout=seconds * 1000, polling=250)
    return await succeeded(wait)
