"""What a survey has found so far: places, answers, saved pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from troubleshooter.capture.page import replaced_together
from troubleshooter.model.locators import LocatorMatch
from troubleshooter.pages.marks_seen import MarkSeen
from troubleshooter.steps.page_capture import TakenPage
from troubleshooter.steps.page_locators import SelectorSeen
from troubleshooter.survey.question import Answer, Value

VISITED, NOT_REACHED = "visited", "not reached"


@dataclass
class PlaceSeen:
    """One place of the walk, and how looking at it went."""

    id: str
    title: str
    outcome: str = NOT_REACHED
    """`visited`, `not reached`, or why it could not be opened, in the product's words."""
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
    locators: tuple[SelectorSeen, ...] = ()
    """What of the catalogue finds something on it."""


@dataclass(frozen=True)
class KeptPage:
    """One page as it was, in memory."""

    page: TakenPage
    marks: dict[str, MarkSeen]


@dataclass
class Findings:
    """Everything that one survey found."""

    places: dict[str, PlaceSeen] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    kept: dict[str, KeptPage] = field(default_factory=dict)
    """The pages as they were, until everybody in them is replaced."""
    pages: dict[str, SavedPage] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    signed_in: bool = False
    colleague: bool = False
    """Whether the user whose photo was asked for is another one than the account's."""

    def enter(self) -> None:
        """Note that the account was let in."""
        self.signed_in = True

    def keep(self, place: str, name: str, page: KeptPage) -> None:
        """Keep a page of a place under `name`."""
        self.kept[name] = page
        self.places[place].pages.append(name)

    def save_pages(self) -> None:
        """Replace everybody in the pages, the same by the same on all of them."""
        kept = self.kept
        written = replaced_together([(one.page.about, one.page.data) for one in kept.values()]) if kept else []
        self.pages = {
            name: SavedPage(text.encode("utf-8", "replace"), one.marks, one.page.locators)
            for (name, one), text in zip(kept.items(), written, strict=True)
        }
        self.kept = {}

    @property
    def visited(self) -> list[PlaceSeen]:
        """Return the places that could be looked at."""
        return [place for place in self.places.values() if place.outcome == VISITED]

    def answer(self, place: str, question: str, value: Value, **details: object) -> None:
        """Keep the answer to a question; `_` in the name of a detail is a space."""
        named = {name.replace("_", " "): inner for name, inner in details.items()}
        self.answers[question] = Answer(question, value, named, place)
