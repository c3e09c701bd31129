"""What a survey has found so far: places, answers, saved pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from troubleshooter.model.locators import LocatorMatch
from troubleshooter.pages.marks_seen import MarkSeen
from troubleshooter.survey.question import Answer, Value

WALKED, NOT_REACHED = "walked", "not reached"


@dataclass
class PlaceSeen:
    """One place of the walk, and how looking at it went."""

    id: str
    title: str
    outcome: str = NOT_REACHED
    """`walked`, `not reached`, or why it could not be opened, in the product's words."""
    seconds: float = 0.0
    pages: list[str] = field(default_factory=list)
    """Names of the pages that were saved there."""
    locators: tuple[LocatorMatch, ...] = ()
    """What the product looked for there, and how it was found."""

    def end(self, outcome: str, seconds: float, locators: tuple[LocatorMatch, ...]) -> None:
        """Keep how looking at the place went."""
        self.outcome, self.seconds, self.locators = outcome, seconds, locators


@dataclass
class SavedPage:
    """One saved page, and what it has of the documented marks."""

    data: bytes
    marks: dict[str, MarkSeen]


@dataclass
class Findings:
    """Everything that one survey found."""

    places: dict[str, PlaceSeen] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    pages: dict[str, SavedPage] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    signed_in: bool = False
    colleague: bool = False
    """Whether the user whose photo was asked for is another one than the account's."""

    def enter(self) -> None:
        """Note that the account was let in."""
        self.signed_in = True

    @property
    def walked(self) -> list[PlaceSeen]:
        """Return the places that could be looked at."""
        return [place for place in self.places.values() if place.outcome == WALKED]

    def answer(self, place: str, question: str, value: Value, **details: object) -> None:
        """Keep the answer to a question; `_` in the name of a detail is a space."""
        named = {name.replace("_", " "): inner for name, inner in details.items()}
        self.answers[question] = Answer(question, value, named, place)
