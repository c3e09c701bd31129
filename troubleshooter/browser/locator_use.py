"""What a run knows about locators: the repairs that it was given, and which selectors matched.

The run that is being performed sets it, and whatever looks for elements reads it: a context variable, so that runs side
by side in one process have one each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from troubleshooter.model.locators import FoundBy, LocatorDefinition, LocatorMatch, Wanted, definitions_in

_NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class LocatorUse:
    """The repairs that apply to one run, and what it found so far."""

    def __init__(self, repairs: Mapping[str, tuple[str, ...]] = _NONE, file: str = "") -> None:
        """Use `repairs`: selectors to try first, by the id of the locator.

        Args:
            file: the file that they come from.
        """
        self.repairs = repairs
        self.file = file
        self._matches: dict[str, LocatorMatch] = {}
        self._matched: dict[str, set[str]] = {}
        """The selectors that matched something, by the id of the locator."""

    @property
    def matches(self) -> tuple[LocatorMatch, ...]:
        """Return how each locator was found so far, in the order in which they were first looked for."""
        return tuple(self._matches.values())

    def selectors(self, wanted: Wanted) -> tuple[str, ...]:
        """Return the selectors to try, most trusted first: repairs before the catalogue's."""
        return tuple(selector for one in definitions_in(wanted) for selector in self._of(one))

    def is_repair(self, wanted: Wanted, selector: str) -> bool:
        """Return whether `selector` is a repair of `wanted`, and not in the catalogue as well."""
        rows = definitions_in(wanted)
        return any(selector in self.repairs.get(one.id, ()) and selector not in one.all for one in rows)

    def repaired(self, wanted: Wanted) -> tuple[str, ...]:
        """Return the ids of those of `wanted` that were found by a repair."""
        ids = [one.id for one in definitions_in(wanted)]
        return tuple(id_ for id_ in ids if (row := self._matches.get(id_)) and row.by is FoundBy.REPAIR)

    def documented(self, wanted: Wanted) -> tuple[str, ...]:
        """Return the selectors to try, without those that rely on structure."""
        return tuple(s for one in definitions_in(wanted) for s in (*self.repairs.get(one.id, ()), *one.selectors))

    def css(self, wanted: Wanted) -> str:
        """Return one selector list that matches whatever any of the selectors matches."""
        return ", ".join(self.selectors(wanted))

    def owner(self, wanted: Wanted, selector: str) -> LocatorDefinition | None:
        """Return the definition among `wanted` that `selector` belongs to."""
        return next((one for one in definitions_in(wanted) if selector in self._of(one)), None)

    def found(self, wanted: Wanted, selector: str) -> None:
        """Note that `selector` matched; the most trusted one that matched anywhere in the run counts."""
        owner = self.owner(wanted, selector)
        if owner is None:
            return
        self._matched.setdefault(owner.id, set()).add(selector)
        tried = self._of(owner)
        first, *also = [one for one in tried if one in self._matched[owner.id]]
        position = tried.index(first)
        if position < len(self.repairs.get(owner.id, ())):
            by = FoundBy.REPAIR
        else:
            by = FoundBy.STRUCTURE if first in owner.by_structure else FoundBy.LOCATOR
        missed = tried[:position] if owner.in_turn else ()
        self._matches[owner.id] = LocatorMatch(
            id=owner.id, by=by, selector=first, position=position, missed=missed, also=tuple(also)
        )

    def found_by_structure(self, wanted: LocatorDefinition) -> None:
        """Note that the page's structure said which element it is; a selector that matched elsewhere counts more."""
        if wanted.id not in self._matched:
            missed = self._of(wanted)
            self._matches[wanted.id] = LocatorMatch(id=wanted.id, by=FoundBy.STRUCTURE, missed=missed)

    def missed(self, wanted: Wanted) -> None:
        """Note that nothing was found; what was found before, or is found later, counts more."""
        for one in definitions_in(wanted):
            self._matches.setdefault(one.id, LocatorMatch(id=one.id, by=FoundBy.NOTHING, missed=self._of(one)))

    def lost(self, wanted: Wanted) -> tuple[str, ...]:
        """Return the ids of those of `wanted` that were looked for and never found."""
        ids = [one.id for one in definitions_in(wanted)]
        return tuple(id_ for id_ in ids if (row := self._matches.get(id_)) and row.by is FoundBy.NOTHING)

    def _of(self, one: LocatorDefinition) -> tuple[str, ...]:
        return (*self.repairs.get(one.id, ()), *one.all)


def place_of_repair(id_: str, number: int, of: int) -> str:
    """Return how a message about `locators.toml` names a selector: the one with this number, from 1, of so many."""
    return f"locators: {id_}" + (f": selector {number}" if of > 1 else "")


_current: ContextVar[LocatorUse | None] = ContextVar("locators in use", default=None)


def locators() -> LocatorUse:
    """Return what the present run knows about locators; outside of a run, the catalogue alone."""
    return _current.get() or LocatorUse()


@contextmanager
def using(use: LocatorUse) -> Iterator[LocatorUse]:
    """Make `use` what the present run knows about locators, in this task and those that it starts."""
    token = _current.set(use)
    try:
        yield use
    finally:
        _current.reset(token)
