"""The card that opens above a page when the pointer hovers over a person.

Its id is unknown, so it is found by structure: it became visible after the pointer arrived, shows an avatar or a mail
link, and is large enough to be a card.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import result_in_time
from troubleshooter.browser.traffic import Traffic
from troubleshooter.pages.avatars import AvatarElement, avatars_in

if TYPE_CHECKING:
    from playwright.async_api import Page

_VISIBLE = """() => {
  const seen = new WeakSet();
  for (const e of document.querySelectorAll('body *')) {
    const shown = e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (shown && e.getBoundingClientRect().width > 1) seen.add(e);
  }
  return seen;
}"""
_NEW_CARD = """(before) => {
  const fresh = [...document.querySelectorAll('body *')].filter((e) => {
    const box = e.getBoundingClientRect();
    return !before.has(e) && box.width >= 120 && box.height >= 60 && box.width < innerWidth * 0.9
      && e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  });
  const outermost = fresh.filter((e) => !fresh.some((o) => o !== e && o.contains(e)));
  return outermost.find((e) => e.querySelector('a[href^="mailto:" i], a[href^="sip:" i], a[href^="im:" i], '
    + 'img, canvas, .ms-Persona-initials, .fui-Avatar__initials, [style*="background-image"]')) || null;
}"""
_LINKS = """(root) => [root, ...root.querySelectorAll('[href]')].map((e) => e.getAttribute('href') || '')
  .filter((h) => /^(mailto|sip|sips|im):/i.test(h))"""
_PATIENCE = 8.0
"""Seconds to wait for a card; short, because pages without profile cards are common."""


async def hover(page: Page, traffic: Traffic, avatar: AvatarElement, seconds: float) -> list[AvatarElement]:
    """Hover over `avatar` and return the avatars on the card that opens; empty if none opens."""
    before = await page.evaluate_handle(_VISIBLE)
    await avatar.element.scroll_into_view_if_needed()
    await avatar.element.hover(force=True)
    limit = min(_PATIENCE, seconds) * 1000
    found = await result_in_time(page.wait_for_function(_NEW_CARD, arg=before, timeout=limit))
    if found is None:
        return []
    await traffic.settle(seconds)
    root = found.as_element()
    if root is None:
        return []
    avatars = await avatars_in(root, page.main_frame)
    links = tuple(await root.evaluate(_LINKS))
    # One card is about one person: a link anywhere on it belongs to every avatar.
    return [replace(shown, card=replace(shown.card, links=links)) for shown in avatars]


async def leave(page: Page) -> None:
    """Move the pointer away, so that the card closes."""
    await page.mouse.move(1, 1)
