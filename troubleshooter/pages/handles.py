"""Takes elements out of what a script returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, JSHandle


async def elements_of(answer: JSHandle, name: str) -> list[ElementHandle]:
    """Return the elements in the list `name` of a script's answer."""
    handles = await (await answer.get_property(name)).get_properties()
    return [element for handle in handles.values() if (element := handle.as_element())]
