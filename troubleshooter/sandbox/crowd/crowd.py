"""Puts people, pages and faults together."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType

from troubleshooter.sandbox.crowd.employees import employees, is_guest
from troubleshooter.sandbox.crowd.kinds import KINDS, Kind
from troubleshooter.sandbox.crowd.teams import team_pages
from troubleshooter.sandbox.faults import guest_subject
from troubleshooter.sandbox.flags import Flags
from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.policies import Policies
from troubleshooter.sandbox.site_content import PeoplePart, SitePage
from troubleshooter.sandbox.state import Population, State

_GUEST = Kind("guest-subject", guest_subject.plant)


@dataclass(frozen=True)
class User:
    """Who it is, where they are seen, and what is wrong with them."""

    upn: str
    page: str
    """URL of the page that shows the user; empty if none does."""
    fault: str
    """Name of the fault that concerns the user alone; `healthy` if none does."""


@dataclass(frozen=True)
class Crowd:
    """Generated people, the pages that show them, and what is wrong with some of them."""

    people: tuple[Person, ...]
    pages: tuple[SitePage, ...]
    kinds: Mapping[str, Kind]
    """What is wrong with a user, by UPN; nothing is with anybody else."""

    def population(self) -> Population:
        """Return what the tenant's state needs to know."""
        return Population(self.people, self.pages, self._plant)

    def users(self) -> Iterator[User]:
        """Yield everybody, in the order in which they joined."""
        page_of = {upn: page.address for page in self.pages for upn in _team(page).persons}
        for person in self.people:
            kind = self.kinds.get(person.upn)
            yield User(person.upn, page_of.get(person.upn, ""), kind.fault if kind else "healthy")

    def is_spared(self, state: State) -> bool:
        """Return whether the tenant's own fault leaves these people alone: it changes sign-in, or one of the cast."""
        guests = {upn for upn, kind in self.kinds.items() if kind is _GUEST} | {state.subject}
        untouched = replace(Flags(), sign_in=state.flags.sign_in)
        return state.flags == untouched and state.policies == Policies() and state.directory.guests <= guests

    def _plant(self, state: State) -> None:
        for upn, kind in self.kinds.items():
            kind.plant(state, upn)


def crowd_of(count: int, *, seed: int = 0, fault_share: float = 0.1) -> Crowd:
    """Return `count` people, of whom the share `fault_share` has a fault; the same for the same arguments."""
    people = employees(count, seed)
    lot = Random(f"pages and faults {seed}")  # noqa: S311 -- faults, not secrets
    pages = team_pages(people, lot)
    guests = {person.upn: _GUEST for person in people if is_guest(person)}
    members = [person.upn for person in people if person.upn not in guests]
    return Crowd(people, pages, MappingProxyType(guests | _chosen(members, pages, round(fault_share * count), lot)))


def _chosen(members: list[str], pages: tuple[SitePage, ...], wanted: int, lot: Random) -> dict[str, Kind]:
    """Return who gets which fault: `wanted` people, each kind equally often as far as there are people for it."""
    fit_for = {
        "": {*members},
        "byline": {page.author for page in pages},
        "page": {upn for page in pages for upn in _team(page).persons},
        "cards": {upn for page in pages if _team(page).photos == "userphoto" for upn in _team(page).persons},
    }
    lot.shuffle(members)
    chosen: dict[str, Kind] = {}
    shares = [len(range(place, wanted, len(KINDS))) for place in range(len(KINDS))]
    for kind, share in reversed([*zip(KINDS, shares, strict=True)]):  # the kinds for which fewest are fit first
        fit = (upn for upn in members if upn not in chosen and upn in fit_for[kind.shown_by])
        chosen |= {upn: kind for upn, _ in zip(fit, range(share), strict=False)}
    spare = deque(upn for upn in members if upn not in chosen)
    anywhere = [kind for kind in KINDS if not kind.shown_by]
    while len(chosen) < wanted and spare:  # no page shows enough people for the kinds that need one
        chosen[spare.popleft()] = anywhere[len(chosen) % len(anywhere)]
    return chosen


def _team(page: SitePage) -> PeoplePart:
    """Return the page's People web part."""
    return next(part for part in page.parts if isinstance(part, PeoplePart))
