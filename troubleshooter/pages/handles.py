"""Takes elements out of what a script returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, JSHandle


class ListedElements:
    """The elements in what a script returned, fetched one by one when needed, because each costs a call."""

    def __init__(self, answer: JSHandle) -> None:
        """Fetch from `answer`, an object whose values are lists of elements."""
        self._answer = answer
        self._fetched: dict[tuple[str, int], ElementHandle] = {}

    async def fetch(self, name: str, index: int) -> ElementHandle:
        """Return the element at `index` of the list `name`."""
        if (name, index) not in self._fetched:
            handle = await self._answer.evaluate_handle("(answer, [name, index]) => answer[name][index]", [name, index])
            element = handle.as_element()
            assert element
            self._fetched[name, index] = element
        return self._fetched[name, index]


async def elements_of(answer: JSHandle, name: str) -> list[ElementHandle]:
    """Return the elements in the list `name` of a script's answer."""
    handles = await (await answer.get_property(name)).get_properties()
    return [element for handle in handles.values() if (element := handle.as_element())]
