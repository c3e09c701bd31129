"""Finds the parts of a page that show people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import or_default
from troubleshooter.browser.locator_use import locators
from troubleshooter.model.enums import PAGE_CONTENT, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.pages.handles import HeldElement, kept_in
from troubleshooter.surfaces import SURFACES
from troubleshooter.surfaces.sharepoint_header import ACCOUNT_BUTTON

if TYPE_CHECKING:
    from playwright.async_api import Frame, JSHandle

WHERE: Mapping[Surface, LocatorDefinition] = {surface: SURFACES[surface].locator for surface in PAGE_CONTENT}
"""Where a page shows people, per surface."""
_REGIONS = files("troubleshooter.pages").joinpath("regions.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Region:
    """A part of the page that shows people."""

    surface: Surface
    root: HeldElement
    frame: Frame
    selector: str
    instance: str
    number: int = 0
    """Its position among the regions of its surface."""
    repaired: bool = False
    """Whether only a repair found it, so that it may be something else; its people need evidence of their own."""


async def regions_of(frames: Iterable[Frame], wanted: Collection[Surface]) -> list[Region]:
    """Return the parts of `frames` that show people on the surfaces `wanted`, in document order per surface."""
    kinds = [(surface, *selectors_of(WHERE[surface])) for surface in WHERE if surface in wanted]
    rows: list[tuple[Frame, dict[str, Any], HeldElement]] = []
    for frame in frames:
        rows += await or_default(_in_frame(frame, kinds), [])
    found: list[Region] = []
    for surface, _, _ in kinds:
        matching = [row for row in rows if row[1]["kind"] == surface]
        for number, (frame, data, root) in enumerate(matching):
            for selector in data["matching"]:
                locators().found(WHERE[surface], selector)
            found.append(
                Region(surface, root, frame, data["selector"], data["instance"], number, repaired=data["repaired"])
            )
        if not matching:
            locators().missed(WHERE[surface])
    return found


def found_together(regions: Iterable[Region]) -> list[list[Region]]:
    """Return `regions` in groups that were each found at once, so that one script can inspect all of a group."""
    groups: dict[JSHandle, list[Region]] = {}
    for region in regions:
        groups.setdefault(region.root.holder, []).append(region)
    return list(groups.values())


def selectors_of(definition: LocatorDefinition) -> tuple[list[str], list[str]]:
    """Return the selectors to try, and those of them that are repairs."""
    use = locators()
    tried = list(use.selectors(definition))
    return tried, [selector for selector in tried if use.is_repair(definition, selector)]


async def _in_frame(
    frame: Frame, kinds: list[tuple[Surface, list[str], list[str]]]
) -> list[tuple[Frame, dict[str, Any], HeldElement]]:
    given = {"wanted": kinds, "button": locators().css(ACCOUNT_BUTTON)}
    holder, told = await kept_in(frame, _REGIONS, given)
    way = ("lists", told["list"], "roots")
    return [(frame, row, HeldElement(holder, (*way, number))) for number, row in enumerate(told["data"])]
