"""Finds the avatars in a part of a page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.locator_use import locators
from troubleshooter.evidence.window_view import BOX, box_in
from troubleshooter.identity.match import PersonCard
from troubleshooter.identity.photo_address import account_in
from troubleshooter.model.enums import Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.pages import person
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.handles import THE, HeldElement, ListedElements, held, in_full
from troubleshooter.pages.regions import Region, found_together
from troubleshooter.surfaces.page_byline import TITLE
from troubleshooter.surfaces.page_comment import DEFINITION as COMMENT
from troubleshooter.surfaces.people_web_part import PEOPLE
from troubleshooter.surfaces.profile_card import HOVER

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame, JSHandle

    from troubleshooter.evidence.window_shot import Box

_AVATARS = files("troubleshooter.pages").joinpath("avatars.js").read_text(encoding="utf-8")
_LIMITS = {"smallest": 14, "largest": 260}
"""The sizes that an avatar on a page can have, in CSS pixels."""
_LIST = f"""(holder, [roots, given]) => {{
  {THE}
  return roots.map((way) => {{
    const {{ elements, cards, data, frames }} = ({_AVATARS})(the({{ holder, way }}), given);
    holder.lists.push({{ elements, cards }});
    return {{ data, frames, list: holder.lists.length - 1 }};
  }});
}}"""
_WITHIN = f"""([elements, roots]) => {{
  {THE}
  const all = roots.map(the);
  const up = (n) => n.parentElement || (n.getRootNode() instanceof ShadowRoot ? n.getRootNode().host : null);
  const within = (e) => {{ for (let n = e; n; n = up(n)) if (all.includes(n)) return true; return false; }};
  return elements.map((e) => within(the(e)));
}}"""
_COMPARED = f"""([before, now]) => {{
  {THE}
  const known = before.map(the);
  const attached = known.filter((e) => e.isConnected);
  return [known.map((e) => e.isConnected), now.map((k) => !attached.includes(the(k)))];
}}"""
_REVEAL = """(element) => {
  element.scrollIntoViewIfNeeded();
  return element.isConnected && element.getClientRects().length > 0;
}"""
_CENTER = f"""(element) => {{
  {BOX}
  element.scrollIntoView({{ block: 'center', inline: 'nearest' }});
  return window === window.top ? boxOf(element) : null;
}}"""


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
    """Whether its markup is that of a person's avatar, or opens a person's card."""
    described: str = ""
    """Its text alternative: whom or what the page's author says that it shows."""
    ambiguous: bool = False
    """Whether its picture may be SharePoint's copy, or another one: neither its URL nor the traffic tells."""
    refused: str = ""
    """URL of the photo that the page requested for it in vain: it was refused, so that initials say nothing."""

    @property
    def held(self) -> HeldElement:
        """Return the element that shows the avatar."""
        return self.listed.at("elements", self.position)

    @property
    def held_card(self) -> HeldElement:
        """Return the element that shows the avatar's person, with name and links."""
        return self.listed.at("cards", self.position)


async def outside(avatars: Sequence[tuple[int, AvatarElement]], regions: Collection[Region]) -> set[int]:
    """Return the numbers of those of `avatars` that are in none of `regions`, also inside shadow roots."""
    found = {number for number, _ in avatars}
    for frame in dict.fromkeys(avatar.frame for _, avatar in avatars):
        here = [(number, avatar.held.given) for number, avatar in avatars if avatar.frame is frame]
        roots = [region.root.given for region in regions if region.frame is frame]
        if roots:
            within = in_full(await frame.evaluate(_WITHIN, [[given for _, given in here], roots]), len(here))
            found -= {number for (number, _), inside in zip(here, within, strict=True) if inside}
    return found


async def reveal(element: HeldElement) -> bool:
    """Scroll `element` into view unless it is; return False if it is not attached to its document, or has no box.

    Unlike Playwright's `scroll_into_view_if_needed`, this neither waits for the element to appear nor to be at rest.
    """
    return bool(await element.evaluate(_REVEAL))


async def scroll_into_view(avatar: AvatarElement) -> Box | None:
    """Scroll `avatar` to the middle of the window, so that whatever is rendered lazily is rendered.

    Return where it is then; None if it has no box, or is in a frame.
    """
    return box_in(await avatar.held.evaluate(_CENTER))


async def is_attached(element: HeldElement) -> bool:
    """Return whether `element` is still part of its document."""
    return bool(await element.evaluate("(element) => element.isConnected"))


async def compared(
    before: Sequence[AvatarElement], now: Sequence[AvatarElement], frame: Frame
) -> tuple[list[bool], list[bool]]:
    """Return which of the avatars `before` are still attached, and which of those `now` are none of these.

    Args:
        frame: the frame of all of them.
    """
    given = [[one.held.given for one in some] for some in (before, now)]
    attached, new = in_full(await frame.evaluate(_COMPARED, given), 2)
    return in_full(attached, len(before)), in_full(new, len(now))


async def avatars_in(
    root: HeldElement | ElementHandle | JSHandle, frame: Frame, *, itself: bool = False
) -> list[AvatarElement]:
    """Return every avatar below `root`, in document order, also inside shadow roots and frames.

    Args:
        itself: whether `root` itself may be the avatar, as an account button may contain nothing but initials.
    """
    kept = root if isinstance(root, HeldElement) else await held(root)
    return (await _list(kept.holder, [kept], frame, itself=itself))[0]


async def avatars_of(regions: Sequence[Region]) -> list[list[AvatarElement]]:
    """Return the avatars of each of `regions`, as `avatars_in` does; those that were found together at once."""
    found: dict[int, list[AvatarElement]] = {}
    for some in found_together(regions):
        roots = [region.root for region in some]
        found |= zip(map(id, some), await _list(roots[0].holder, roots, some[0].frame), strict=True)
    return [found[id(region)] for region in regions]


async def _list(
    holder: JSHandle, roots: Sequence[HeldElement], frame: Frame, *, itself: bool = False
) -> list[list[AvatarElement]]:
    """Return the avatars below each of `roots`, which `holder` holds."""
    given = {**_LIMITS, **_selectors(), "itself": itself}
    told = in_full(await holder.evaluate(_LIST, [[list(root.way) for root in roots], given]), len(roots))
    return [await _listed(root, frame, one) for root, one in zip(roots, told, strict=True)]


async def _listed(root: HeldElement, frame: Frame, told: dict[str, Any]) -> list[AvatarElement]:
    """Return the avatars that the script has told of below `root`, and those in the frames in there."""
    for row in told["data"]:
        _note(person.COIN, row["coin"])
        _note(person.CARD, row["card"])
    elements = ListedElements(root.holder, ("lists", told["list"]))
    rows = enumerate(told["data"])
    found = [_avatar(row, elements, position, frame) for position, row in rows if not _is_nobodys(row)]
    for inner in await (await root.element()).query_selector_all("iframe") if told["frames"] else []:
        content = await inner.content_frame()
        body = await content.query_selector("body") if content else None
        if content and body:
            found += await avatars_in(body, content)
    return found


_PERSON = {"coin": person.COIN, "card": person.CARD, "initials": person.INITIALS, "name": person.NAME}


def _selectors() -> dict[str, object]:
    """Return the selectors of the catalogue, and those that the user gave.

    The user's do not count for the name: it may rule somebody out, and without it all of the card's text counts.
    """
    given = {name: locators().repairs.get(one.id, ()) for name, one in _PERSON.items()}
    return {
        **{name: one.all for name, one in _PERSON.items()},
        "hover": HOVER.all,
        "comment": COMMENT.locator.all,
        "given": given,
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
        # The links of a card speak for its person's avatar only, not for a picture beside it.
        PersonCard(
            data["url"], () if data["aside"] else tuple(data["links"]), data["name"] or data["alt"], data["label"]
        ),
        data["persona"],
        data["described"],
    )


def _is_nobodys(data: dict[str, Any]) -> bool:
    """Return whether a picture stands beside somebody's avatar on a card, and its own address does not name anybody."""
    return bool(data["aside"]) and account_in(data["url"]) is None


_KINDS = {Surface.PEOPLE_WEB_PART: PEOPLE, Surface.PAGE_BYLINE: TITLE}


def members_of(region: Region, position: int, parts: list[WebPart]) -> WebPart | None:
    """Return the page data's web part for `region`, found by instance, else by its `position` on the surface.

    What a repair found is known by its instance only: it may be another part of the page.
    """
    kind = _KINDS.get(region.surface)
    candidates = [part for part in parts if part.kind == kind]
    if region.instance and (same := [part for part in candidates if part.instance == region.instance]):
        return same[0]
    return candidates[position] if position < len(candidates) and not region.repaired else None
