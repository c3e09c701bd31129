"""Reads a page as a screen reader does: the accessibility tree of Chromium, each node with its place on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.async_api import Error, Page

BLOCKS = frozenset(
    ("heading", "paragraph", "image", "Figcaption", "listitem", "definition", "term", "button", "textbox", "row")
)
"""Roles of nodes that have a place of their own on the screen."""
SLACK = 4
"""CSS pixels by which two boxes may overlap and still count as one beside or below the other."""


@dataclass(frozen=True)
class Node:
    """What is read at one point, and where it is."""

    role: str
    text: str
    """Its name or, if it has none, what it contains."""
    name: str
    level: int
    """The level of a heading; 0 for anything else."""
    box: tuple[float, float, float, float] | None
    """Left, top, right and bottom in CSS pixels; None if it takes no room, or if another block is inside."""


async def read(page: Page) -> list[Node]:
    """Return the blocks of the page in the order in which they are read."""
    session = await page.context.new_cdp_session(page)
    await session.send("DOM.getDocument")
    raw = (await session.send("Accessibility.getFullAXTree"))["nodes"]
    tree = {node["nodeId"]: node for node in raw}
    found = []
    for node in _walk(tree, raw[0]["nodeId"]):
        if node["ignored"] or _value(node, "role") not in BLOCKS:
            continue
        name = _value(node, "name")
        inside = list(_walk(tree, node["nodeId"]))[1:]
        said = " ".join(_value(part, "name") for part in inside if _value(part, "role") == "StaticText")
        leaf = not any(not part["ignored"] and _value(part, "role") in BLOCKS for part in inside)
        found.append(
            Node(
                role=_value(node, "role"),
                text=" ".join((name or said).split()),
                name=name,
                level=next((p["value"]["value"] for p in node["properties"] if p["name"] == "level"), 0),
                box=await _box(session, node["backendDOMNodeId"]) if leaf else None,
            )
        )
    return found


def misplaced(nodes: list[Node]) -> list[tuple[str, str]]:
    """Return each pair of neighbors of which the second is read last and seen first.

    What is read next is below, or to the right: beside, or at the head of the next column.
    """
    seen = [node for node in nodes if node.box and node.box[2] - node.box[0] > 1]
    return [
        (one.text, other.text)
        for one, other in pairwise(seen)
        if one.box and other.box and not _follows(one.box, other.box)
    ]


def jumps(nodes: list[Node]) -> list[tuple[int, str]]:
    """Return each heading that is more than one level below the heading before it, the page counted as level 1."""
    found, before = [], 1
    for node in nodes:
        if node.role == "heading":
            if node.level > before + 1:
                found.append((node.level, node.text))
            before = node.level
    return found


def positions(nodes: list[Node], wanted: list[tuple[str, str]]) -> list[int]:
    """Return where each of `wanted` (a role, and how its text begins) is read, each after the one before; -1 if not."""
    found, start = [], 0
    for role, text in wanted:
        at = next((i for i in range(start, len(nodes)) if nodes[i].role == role and nodes[i].text.startswith(text)), -1)
        found.append(at)
        start = at + 1 if at >= 0 else start
    return found


def _follows(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    if other[3] <= one[1] + SLACK:  # above
        return other[0] >= one[2] - SLACK
    beside = other[1] < one[3] - SLACK
    return not beside or other[2] > one[0] + SLACK


def _walk(tree: Mapping[str, Any], start: str) -> Iterator[Any]:
    if node := tree.get(start):
        yield node
        for child in node.get("childIds", ()):
            yield from _walk(tree, child)


def _value(node: Any, key: str) -> str:
    return str(node.get(key, {}).get("value", ""))


async def _box(session: Any, node: int) -> tuple[float, float, float, float] | None:
    try:
        quad = (await session.send("DOM.getBoxModel", {"backendNodeId": node}))["model"]["border"]
    except Error:  # it has no box
        return None
    return min(quad[::2]), min(quad[1::2]), max(quad[::2]), max(quad[1::2])
