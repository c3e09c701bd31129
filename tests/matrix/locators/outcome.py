"""What a visit with a mutation came to, compared with the same visit without one."""

from __future__ import annotations

from enum import StrEnum

from .cases import Case
from .visits import Visited


class Result(StrEnum):
    """What a mutation made of a visit."""

    SAME = "as usual"
    """The element was found by the same selector: the mutation concerned nothing that the product needs."""
    OTHER = "by another locator"
    STRUCTURE = "by structure"
    NAMED = "stopped, named"
    """Something was not found, and the record or the message has the locator's id."""
    UNNAMED = "stopped, not named"
    """Something was not found, and the reason says so without the locator's id."""
    SAID = "less seen, said so"
    """Fewer places were seen; the record lists each of them, with the reason."""
    SILENT = "less seen, not said"
    """Fewer places were seen, and nothing says so."""
    WRONG = "wrong"
    """A decoy was touched, or somebody else's picture taken for the subject's, or something was sent twice."""


def result_of(case: Case, usual: Visited, made: Visited) -> Result:
    """Return what the mutation made of the visit."""
    if made.touched or made.strangers or any(now > then for now, then in zip(made.sent, usual.sent, strict=True)):
        return Result.WRONG
    own = case.element.locator
    by, selector = made.found.get(own, ("", ""))
    named = own in made.said or by == "nothing" or _lost(usual, made)
    if made.failed:
        return Result.NAMED if named else Result.UNNAMED
    if _places(usual) - _places(made):
        if named:
            return Result.NAMED
        return Result.SAID if made.missing > usual.missing else Result.SILENT
    if (by, selector) == usual.found.get(own, ("", "")):
        return Result.SAME
    return Result.STRUCTURE if by == "structure" else Result.OTHER


def _lost(usual: Visited, made: Visited) -> bool:
    """Return whether the record has the id of a locator that was found before and is not found now."""
    return any(
        by == "nothing" and usual.found.get(name, ("nothing",))[0] != "nothing" for name, (by, _) in made.found.items()
    )


def _places(made: Visited) -> set[str]:
    return {surface for surface, _, state in made.seen if state != "loading"}
