"""Parses JSON that a page, a service or somebody's file contains: either it can be read safely, or it is refused."""

from __future__ import annotations

import json
from typing import Any

DEEPEST = 100
"""How deeply lists and objects may be nested; the data of pages and of SharePoint's API has about a dozen levels."""


def json_in(text: str | bytes) -> Any:  # noqa: ANN401 - whatever JSON it is
    """Return what the JSON `text` contains.

    Raises:
        ValueError: it is not JSON, or is nested more deeply than `DEEPEST`, so that reading it could fail anywhere.
    """
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise ValueError(TOO_DEEP) from error
    if is_too_deep(value):
        raise ValueError(TOO_DEEP)
    return value


TOO_DEEP = f"nested more than {DEEPEST} levels deep"
"""What is wrong with it."""


def is_too_deep(value: Any) -> bool:  # noqa: ANN401
    """Return whether the lists and dictionaries in `value` are nested more deeply than `DEEPEST`."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level if isinstance(outer, dict | list) for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(outer: dict[str, Any] | list[Any]) -> list[Any]:
    return list(outer.values()) if isinstance(outer, dict) else outer
