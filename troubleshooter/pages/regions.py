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
from troubleshooter.pages.handles import elements_of
from troubleshooter.surfaces import SURFACES

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame

WHERE: Mapping[Surface, LocatorDefinition] = {surface: SURFACES[surface].locator for surface in PAGE_CONTENT}
"""Where a page shows people, per surface."""
_REGIONS = files("troubleshooter.pages").joinpath("regions.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Region:
    """A part of the page that shows people."""

    surface: Surface
    root: ElementHandle
    frame: Frame
    selector: str
    instance: str
    number: int = 0
    """Its position among the regions of its surface."""


async def regions_of(frames: Iterable[Frame], wanted: Collection[Surface]) -> list[Region]:
    """Return the parts of `frames` that show people on the surfaces `wanted`, in document order per surface."""
    kinds = [(surface, list(locators().selectors(WHERE[surface]))) for surface in WHERE if surface in wanted]
    rows: list[tuple[Frame, dict[str, Any], ElementHandle]] = []
    for frame in frames:
        rows += await or_default(_in_frame(frame, kinds), [])
    found: list[Region] = []
    for surface, _ in kinds:
        matching = [row for row in rows if row[1]["kind"] == surface]
        for number, (frame, data, root) in enumerate(matching):
            for selector in data["matching"]:
                locators().found(WHERE[surface], selector)
            found.append(Region(surface, root, frame, data["selector"], data["instance"], number))
        if not matching:
            locators().missed(WHERE[surface])
    return found


async def _in_frame(
    frame: Frame, kinds: list[tuple[Surface, list[str]]]
) -> list[tuple[Frame, dict[str, Any], ElementHandle]]:
    listed = await frame.evaluate_handle(_REGIONS, kinds)
    data: list[dict[str, Any]] = await listed.evaluate("({ data }) => data")
    if not data:
        return []  # elements are asked for only where there are some, because each costs calls to the browser
    roots = await elements_of(listed, "elements")
    return [(frame, row, root) for row, root in zip(data, roots, strict=True)]
