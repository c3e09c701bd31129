"""The mutations of a visit: what its elements carry, in a browser, and each of it renamed or taken away in turn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from troubleshooter.sandbox.interference import Mutation

from .elements import ELEMENTS, Element
from .visits import Room, Visited, visit

_TOKEN = re.compile(r"[A-Za-z0-9][\w-]{2,59}|PeopleWebPart web part")
_TAKEN_AWAY = ("role", "type", "href", "aria-haspopup", "aria-modal")
"""Attributes whose values say what an element is, and are not its own name."""
_FUNCTIONS = {"submit", "file"}
"""Types of a field without which it no longer does what it is there for."""
_OWN_HOOKS = (
    "data-app",
    "data-photo",
    "data-background",
    "data-persona",
    "data-does",
    "data-opens",
    "data-troubleshooter",
)
"""Attributes of the sandbox's own scripts, and the mark that the product sets."""
_WATCH = """(selectors) => {
  const told = new Set();
  const look = () => selectors.forEach((selector, index) => {
    for (const e of document.querySelectorAll(selector)) {
      for (const { name, value } of e.attributes) {
        const key = `${index} ${name} ${value}`;
        if (told.has(key)) continue;
        told.add(key);
        window.matrixNote(index, name, value);
      }
      const key = `${index} there`;
      if (!told.has(key)) { told.add(key); window.matrixNote(index, '', ''); }
    }
  });
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  document.addEventListener('DOMContentLoaded', look);
}"""


@dataclass(frozen=True)
class Case:
    """One mutation of one visit."""

    visit: str
    element: Element
    mutation: Mutation

    @property
    def key(self) -> str:
        """Return what tells this case from all others, the same in every process."""
        return " | ".join(
            (self.visit, self.element.locator, self.element.selector, self.mutation.kind, self.mutation.name)
        )


def case_of(key: str) -> Case:
    """Return the case that `key` names."""
    name, locator, selector, kind, what = key.split(" | ")
    element = next(e for e in ELEMENTS[name] if (e.locator, e.selector) == (locator, selector))
    return Case(name, element, Mutation(kind, selector, what, decoy_of(element)))


async def usual(name: str, room: Room) -> tuple[Visited, list[Case]]:
    """Make the visit `name` as it usually goes; return what it came to, and the mutations of what it used."""
    elements = ELEMENTS[name]
    noted: dict[int, dict[str, set[str]]] = {}

    def note(index: int, attribute: str, value: str) -> None:
        noted.setdefault(index, {}).setdefault(attribute, set()).add(value)

    async def watch(context: Any) -> None:
        await context.expose_function("matrixNote", note)
        await context.add_init_script(f"({_WATCH})({json.dumps([e.selector for e in elements])})")

    made = await visit(name, room, case="usual", prepare=watch)
    cases = [case for index, element in enumerate(elements) for case in _cases(name, element, noted.get(index))]
    return made, list({case.key: case for case in cases}.values())


def _cases(name: str, element: Element, carried: Mapping[str, set[str]] | None) -> Iterator[Case]:
    """Yield the mutations of an element that carries these attributes; none if it never appeared."""
    if carried is None:
        return

    def case(kind: str, what: str = "") -> Case:
        return Case(name, element, Mutation(kind, element.selector, what, decoy_of(element)))

    for token in sorted({token for attribute, values in carried.items() for token in _tokens(attribute, values)}):
        yield case("token", token)
    for attribute in sorted(set(_TAKEN_AWAY) & set(carried)):
        if attribute != "type" or not carried["type"] & _FUNCTIONS:
            yield case("attribute", attribute)
    if not element.container:
        yield case("label")
    yield case("removal")


def decoy_of(element: Element) -> str:
    """Return what stands beside the element."""
    if element.inner:
        return "none"
    return "shell" if element.container else "alike"


def _tokens(attribute: str, values: set[str]) -> Iterator[str]:
    """Yield the names in the values of an attribute that can be renamed."""
    if attribute == "class":
        yield from (token for value in values for token in value.split() if _TOKEN.fullmatch(token))
    elif attribute in ("id", "name") or (attribute.startswith("data-") and not attribute.startswith(_OWN_HOOKS)):
        short = {value for value in values if _TOKEN.fullmatch(value) and value not in ("true", "false")}
        yield from sorted(short)[:1]
        if attribute == "data-sp-feature-tag":
            yield "PeopleWebPart"
        if attribute == "data-lpc-hover-target-id":
            yield attribute
