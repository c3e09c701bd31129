"""Defines what the catalogue says about a locator, and what a run notes about its use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class FoundBy(StrEnum):
    """By what a run found the element of a locator."""

    REPAIR = "repair"
    """A selector of `locators.toml`."""
    LOCATOR = "locator"
    """A selector of the catalogue."""
    STRUCTURE = "structure"
    """No id or attribute that a source documents: the element's role, position and neighbors."""
    NOTHING = "nothing"
    """It was looked for and not found."""


@dataclass(frozen=True)
class LocatorDefinition:
    """One thing to find on a page, and by which selectors."""

    id: str
    """Page and thing, such as `home.account-button`. `locators.toml` names it by this id."""
    use: str
    """What the product does with what it finds."""
    fact: str
    """The document and row of the collected facts that the selectors come from."""
    confidence: str
    """Confidence of the fact: A, H (documented or confirmed by several) to C, L (one weak source)."""
    selectors: tuple[str, ...]
    """CSS selectors, most trusted first; empty if it is found by structure alone."""
    by_structure: tuple[str, ...] = ()
    """CSS selectors that rely on structure or on English labels, tried last."""
    in_turn: bool = True
    """Whether a selector is tried only where those before it find nothing. Else all are looked for at once, and the
    outermost or innermost of what they match counts: that one is found says nothing about the others."""
    has_copies: bool = False
    """Whether a page may have several of it that do the same, of which the first that a person sees counts."""

    @property
    def page(self) -> str:
        """Return the page object or surface that the locator belongs to."""
        return self.id.partition(".")[0]

    @property
    def all(self) -> tuple[str, ...]:
        """Return every selector, most trusted first."""
        return (*self.selectors, *self.by_structure)


Wanted = LocatorDefinition | Sequence[LocatorDefinition]
"""One definition, or several of which any may be found, most trusted first."""


def definitions_in(wanted: Wanted) -> Sequence[LocatorDefinition]:
    """Return `wanted` as a sequence."""
    return (wanted,) if isinstance(wanted, LocatorDefinition) else wanted


class LocatorMatch(BaseModel):
    """How a run found what one locator is for."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="Id of the locator in the catalogue; it begins with the page's name.")
    by: FoundBy = Field(description="By what it was found.")
    selector: str | None = Field(
        default=None,
        description="The most trusted selector that matched; null if none did, or structure alone decided.",
    )
    position: int | None = Field(
        default=None, ge=0, description="Position of that selector among those that were tried, from 0."
    )
    missed: tuple[str, ...] = Field(
        default=(), description="More trusted selectors by which nothing was found anywhere."
    )
    also: tuple[str, ...] = Field(default=(), description="Less trusted selectors by which it was found elsewhere.")


def catalogue_rows(definitions: Mapping[str, LocatorDefinition]) -> Iterator[dict[str, object]]:
    """Yield what `locators --json` prints about each definition."""
    for one in definitions.values():
        yield {
            "id": one.id,
            "page": one.page,
            "use": one.use,
            "selectors": list(one.all),
            "fact": one.fact,
            "confidence": one.confidence,
        }
