"""Finds the avatars in a part of a page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.locator_use import locators
from troubleshooter.identity.match import PersonCard
from troubleshooter.model.enums import Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.pages import person
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.handles import ListedElements
from troubleshooter.pages.regions import Region
from troubleshooter.surfaces.page_byline import TITLE
from troubleshooter.surfaces.people_web_part import PEOPLE

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame, JSHandle, Locator

_AVATARS = files("troubleshooter.pages").joinpath("avatars.js").read_text(encoding="utf-8")
_LIMITS = {"smallest": 14, "largest": 260}
"""The sizes that an avatar on a page can have, in CSS pixels."""
_WITHIN = """(e, roots) => {
  const up = (n) => n.parentElement || (n.getRootNode() instanceof ShadowRoot ? n.getRootNode().host : null);
  for (let n = e; n; n = up(n)) if (roots.includes(n)) return true;
  return false;
}"""
_REVEAL = """(element) => {
  element.scrollIntoViewIfNeeded();
  return element.isConnected && element.getClientRects().length > 0;
}"""


@dataclass
class AvatarElement:
    """An avatar on the page, still attached to it."""

    listed: ListedElements
    """The elements of the avatars that were found with it."""
    position: int
    """Its position among them."""
    frame: Frame
    shown: str
    """How the avatar is shown: `img`, `background`, `canvas`, `svg`, `initials`, or `hidden`."""
    state: str
    """Loading state of the picture: `loaded`, `loading`, `broken`."""
    url: str
    natural: tuple[int, int] | None
    size: tuple[float, float]
    """Width and height in CSS pixels."""
    dpr: float
    card: PersonCard
    persona: bool = False
    """Whether its markup is that of a person's avatar."""
    refused: str = ""
    """URL of the photo that the page requested for it in vain: it was refused, so that initials say nothing."""

    async def element(self) -> ElementHandle:
        """Return the element that shows the avatar."""
        return await self.listed.fetch("elements", self.position)

    async def card_element(self) -> ElementHandle:
        """Return the element that shows the avatar's person, with name and links."""
        return await self.listed.fetch("cards", self.position)


async def is_within(avatar: AvatarElement, regions: Collection[Region]) -> bool:
    """Return whether `avatar` is in one of `regions`, also inside shadow roots."""
    roots = [region.root for region in regions if region.frame is avatar.frame]
    return bool(roots and await (await avatar.element()).evaluate(_WITHIN, roots))


async def reveal(element: ElementHandle) -> bool:
    """Scroll `element` into view unless it is; return False if it is not attached to its document, or has no box.

    Unlike Playwright's `scroll_into_view_if_needed`, this neither waits for the element to appear nor to be at rest.
    """
    return bool(await element.evaluate(_REVEAL))


async def scroll_into_view(avatar: AvatarElement) -> None:
    """Scroll `avatar` to the middle of the window, so that whatever is rendered lazily is rendered."""
    element = await avatar.element()
    await element.evaluate("(element) => element.scrollIntoView({ block: 'center', inline: 'nearest' })")


async def is_attached(element: ElementHandle) -> bool:
    """Return whether `element` is still part of its document."""
    return bool(await element.evaluate("(element) => element.isConnected"))


async def is_one_of(element: ElementHandle, elements: Collection[ElementHandle]) -> bool:
    """Return whether `element` is one of `elements`, which belong to the same document."""
    return bool(await element.evaluate("(element, all) => all.includes(element)", list(elements)))


async def natural_size(image: Locator) -> tuple[int, int]:
    """Return the width and height, in pixels, of the picture that `image` shows; zeros while it shows none."""
    width, height = await image.evaluate("(image) => [image.naturalWidth, image.naturalHeight]")
    return width, height


async def avatars_in(root: ElementHandle | JSHandle, frame: Frame, *, itself: bool = False) -> list[AvatarElement]:
    """Return every avatar below `root`, in document order, also inside shadow roots and frames.

    Args:
        itself: whether `root` itself may be the avatar, as an account button may contain nothing but initials.
    """
    listed = await root.evaluate_handle(_AVATARS, {**_LIMITS, **_selectors(), "itself": itself})
    told: dict[str, Any] = await listed.evaluate("({ data, frames }) => ({ data, frames })")
    for row in told["data"]:
        _note(person.COIN, row["coin"])
        _note(person.CARD, row["card"])
    elements = ListedElements(listed)
    found = [_avatar(row, elements, position, frame) for position, row in enumerate(told["data"])]
    element_root = root.as_element()
    for inner in await element_root.query_selector_all("iframe") if element_root and told["frames"] else []:
        content = await inner.content_frame()
        body = await content.query_selector("body") if content else None
        if content and body:
            found += await avatars_in(body, content)
    return found


def _selectors() -> dict[str, tuple[str, ...]]:
    use = locators()
    return {
        "coin": use.selectors(person.COIN),
        "card": use.selectors(person.CARD),
        "initials": use.selectors(person.INITIALS),
        "name": use.selectors(person.NAME),
    }


def _note(wanted: LocatorDefinition, selector: str) -> None:
    if selector:
        locators().found(wanted, selector)
    else:
        locators().missed(wanted)


def _avatar(data: dict[str, Any], listed: ListedElements, position: int, frame: Frame) -> AvatarElement:
    natural = data["natural"]
    return AvatarElement(
        listed,
        position,
        frame,
        data["shown"],
        data["state"],
        data["url"],
        (int(natural[0]), int(natural[1])) if natural else None,
        (data["size"][0], data["size"][1]),
        data["dpr"],
        PersonCard(data["url"], tuple(data["links"]), data["name"] or data["alt"]),
        data["persona"],
    )


_KINDS = {Surface.PEOPLE_WEB_PART: PEOPLE, Surface.PAGE_BYLINE: TITLE}


def members_of(region: Region, position: int, parts: list[WebPart]) -> WebPart | None:
    """Return the page data's web part for `region`, found by instance, else by its `position` on the surface."""
    kind = _KINDS.get(region.surface)
    candidates = [part for part in parts if part.kind == kind]
    if region.instance and (same := [part for part in candidates if part.instance == region.instance]):
        return same[0]
    return candidates[position] if position < len(candidates) else None
