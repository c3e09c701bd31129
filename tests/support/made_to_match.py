"""Makes the data of a small page on which a CSS selector matches."""

from __future__ import annotations

import re

_NOT = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")
_HAS = re.compile(r":has\(([^()]*)\)")
_ANY = re.compile(r":is\(([^()]*)\)")
_ATTRIBUTE = re.compile(r"""\[([\w-]+)(?:([*^$]?)=["']?([^"'\]]*?)["']?(?: i)?)?\]""")


def written_for(selector: str) -> list[object]:
    """Return the parts of a page (see `capture/snapshot.py`) with an element that the first of `selector` matches."""
    inner: list[object] = []
    selector = _NOT.sub("", selector)
    has = _HAS.search(selector)
    if has:
        inner = written_for(has[1].split(",")[0])
    one = _first(_ANY.sub(lambda found: _first(found[1]), _HAS.sub("", selector)))
    for compound in reversed(re.split(r"\s*>\s*|\s+(?![^\[]*\])", one)):
        inner = [_element(compound), *inner, 0]
    return inner


def _first(selector: str) -> str:
    return re.split(r",(?![^\[]*\])", selector)[0].strip()


def _element(compound: str) -> dict[str, object]:
    attributes: dict[str, str] = {}
    for name, how, value in _ATTRIBUTE.findall(compound):
        given = value or ("a@fabrikam.example" if name == "data-test-id" else "open" if name == "open" else "12")
        if name == "href" and how:
            given = {"*": f"https://{value.strip('/')}/x", "$": f"https://m365.cloud.microsoft{value}"}[how]
            given = f"https://m365.cloud.microsoft{value}2" if value.startswith("/") and how == "*" else given
        elif how:
            given = {"^": f"{value} (Oameni)", "$": f"12 {value}", "*": value}[how]
        if name == "aria-label" or (how == "*" and value == "@"):
            given = f"{value} Mia Kahn" if name == "aria-label" else "mia.kahn@fabrikam.example"
        attributes[name] = given
    bare = _ATTRIBUTE.sub("", compound)
    if found := re.search(r"#([\w-]+)", bare):
        attributes["id"] = found[1]
    if classes := re.findall(r"\.([\w-]+)", bare):
        attributes["class"] = " ".join(classes)
    tag = re.match(r"[a-z]+", bare)
    return {"t": tag[0] if tag else "div", "a": [[name, value] for name, value in attributes.items()]}
