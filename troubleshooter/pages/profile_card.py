"""The card that opens above a page when the pointer hovers over a person.

It is found by its region if that is the known one, else by structure: it became visible after the pointer arrived,
shows an avatar or a mail link, and is large enough to be a card. Facts: real pages 4.2 to 4.7.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default, result_in_time
from troubleshooter.browser.locator_use import locators
from troubleshooter.browser.traffic import Traffic
from troubleshooter.identity.match import linked_accounts
from troubleshooter.identity.photo_address import account_in, source_of
from troubleshooter.model.enums import Source
from troubleshooter.pages.avatars import AvatarElement, avatars_in, reveal
from troubleshooter.pages.handles import THE
from troubleshooter.surfaces.profile_card import DEFINITION, HOVER

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, JSHandle, Page

_CARD = files("troubleshooter.pages").joinpath("profile_card.js").read_text(encoding="utf-8")
CARD = DEFINITION.locator
_MATCHED = "(e, selectors) => selectors.find((s) => e.matches(s)) || null"
WAYS = ("link", "text", "title", "label")
"""In which ways a card may name its person."""
_PATIENCE, _NAMED = 10.0, 8.0
"""Seconds to wait for a card, and then for the address on it (real pages 4.6, C)."""


_Served = dict[str, tuple[int, int] | None]


@dataclass(frozen=True)
class OpenCard:
    """A card that opened above a page."""

    tools: JSHandle
    root: ElementHandle
    began: datetime
    """When the pointer arrived."""
    named: bool
    """Whether the card showed an address in time."""

    async def naming(self) -> tuple[str, ...]:
        """Return in which ways the card names its person: `link`, `text`, `title`, `label`."""
        found = await self.tools.evaluate("(tools, root) => tools.naming(root)", self.root)
        return tuple(way for way in WAYS if way in found)

    async def text(self) -> str:
        """Return what the card says, beginning with its person's name; without addresses."""
        return str(await self.tools.evaluate("(tools, root) => tools.said(root)", self.root))


async def open_card(page: Page, traffic: Traffic, avatar: AvatarElement, seconds: float) -> OpenCard | None:
    """Hover over `avatar` and return the card that opens, once it names its person; None if none opens."""
    repairs = ", ".join(locators().repairs.get(CARD.id, ()))
    tools = await page.evaluate_handle(_CARD, [", ".join(CARD.all), repairs, locators().css(HOVER)])
    before = await tools.evaluate_handle("(tools) => tools.visible()")
    began = datetime.now(UTC)
    await reveal(avatar.held)
    await (await _target(tools, avatar)).hover(force=True)
    root = await _until(page, "([tools, before]) => tools.opened(before)", [tools, before], min(_PATIENCE, seconds))
    if root is None:
        return None
    _note(await root.evaluate(_MATCHED, list(locators().selectors(CARD))))
    await traffic.settle(seconds)
    said = "([tools, root]) => tools.links(root).length ? root : null"
    named = await _until(page, said, [tools, root], min(_NAMED, seconds)) is not None
    if named:
        await traffic.settle(seconds)
    return OpenCard(tools, root, began, named)


async def avatars_on(page: Page, traffic: Traffic, card: OpenCard) -> list[AvatarElement]:
    """Return the avatars on `card`, each with everything on the card that says whose it is."""
    links = tuple(await card.tools.evaluate("(tools, root) => tools.links(root)", card.root))
    shown_there = await avatars_in(card.root, page.main_frame)
    served = await _served(traffic, card.began)
    # A card that opens again may draw what it fetched before.
    kept = not served and any(shown.url.startswith("blob:") for shown in shown_there)
    before = await _served(traffic, traffic.opened_at) if kept else {}
    named = linked_accounts(links)
    avatars = [from_traffic(shown, named, served, before) for shown in shown_there]
    refused = [url for url in traffic.refused_since(card.began) if source_of(url) is not Source.UNKNOWN]
    if refused:
        # Initials after a refused request do not mean that there is no photo.
        avatars = [replace(shown, refused=refused[0]) if shown.shown == "initials" else shown for shown in avatars]
    # One card is about one person: a link anywhere on it belongs to every avatar.
    return [replace(shown, card=replace(shown.card, url=shown.url, links=links)) for shown in avatars]


def _note(selector: str | None) -> None:
    """Note by what the card was found."""
    if selector:
        locators().found(CARD, selector)
    else:
        locators().found_by_structure(CARD)


def is_doubtful() -> bool:
    """Return whether a repair had a part in opening or finding the card, so that it may be another person's."""
    return bool(locators().repairs.get(HOVER.id) or locators().repaired(CARD))


async def leave(page: Page) -> None:
    """Move the pointer away and press Escape, so that the card closes."""
    await page.mouse.move(1, 1)
    await page.keyboard.press("Escape")


async def _target(tools: JSHandle, avatar: AvatarElement) -> ElementHandle:
    """Return what the pointer has to hover over: the avatar, or what its card marks as the place for it."""
    look = f"(tools, [avatar, card]) => {{ {THE} return tools.target(the(avatar), the(card)); }}"
    given = [avatar.held.given, avatar.held_card.given]
    found = await or_default(tools.evaluate_handle(look, given), None)
    return (found.as_element() if found else None) or await avatar.held.element()


async def _until(page: Page, condition: str, args: list[JSHandle], seconds: float) -> ElementHandle | None:
    found = await result_in_time(page.wait_for_function(condition, arg=args, timeout=seconds * 1000))
    return found.as_element() if found else None


async def _served(traffic: Traffic, began: datetime) -> _Served:
    """Return the URLs of the photos that arrived since `began`, with their sizes in pixels.

    The size is None where the browser does not give the response back, as with one that a script read as a blob.
    """
    from troubleshooter.compare.picture import size_of  # noqa: PLC0415 - only a run loads what reads pixels

    urls = [url for url in traffic.answered_since(began) if source_of(url) is not Source.UNKNOWN]
    return {url: size_of(await traffic.body(url)) for url in urls}


def from_traffic(shown: AvatarElement, named: Collection[str], *served: _Served) -> AvatarElement:
    """Return `shown` with the URL from which its picture came, if its own URL does not say and only one is possible.

    Args:
        named: the accounts that the card names.
        served: the URLs of the photos that arrived, with their sizes: since the card opened, then since the page did.
    """
    if not shown.url.startswith("blob:"):
        return shown
    alike = (None, shown.natural)
    fitting = [[url for url, size in some.items() if size in alike or not shown.natural] for some in served]
    urls = next((some for some in fitting if some), [])
    theirs = [url for url in urls if account_in(url) in (None, *named)] or urls
    if len(theirs) == 1:
        return replace(shown, url=theirs[0])
    return replace(shown, ambiguous=any(source_of(url) is Source.SHAREPOINT_COPY for url in theirs))
