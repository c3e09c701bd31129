"""Finds the address of which another one may be a misspelling, such as a letter too many or two swapped. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_ALIKE = 0.8
"""How alike two names must be, from 0 to 1: people of one name in a company differ by more."""


def nearest(address: str, others: Iterable[str]) -> str | None:
    """Return the one of `others` that is most similar to `address` but not equal to it; None if none is similar."""
    wanted = address.lower()
    known = {other.lower() for other in others} - {wanted, ""}
    by_name = {other.partition("@")[0]: other for other in sorted(known)}
    near = difflib.get_close_matches(wanted.partition("@")[0], list(by_name), n=1, cutoff=_ALIKE)
    return by_name[near[0]] if near else None
