"""Finds everybody who works at a tenant: the cast, and whoever was generated beside it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from troubleshooter.sandbox.people import PEOPLE, Person
from troubleshooter.sandbox.stores import service_stem, upload_stem


class Roster(Mapping[str, Person]):
    """Everybody at one tenant, by UPN in lower case, in the order in which they joined."""

    def __init__(self, others: Iterable[Person] = ()) -> None:
        self._by_upn = dict(PEOPLE) | {person.upn: person for person in others}

    def __getitem__(self, upn: str) -> Person:
        return self._by_upn[upn]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_upn)

    def __len__(self) -> int:
        return len(self._by_upn)

    def find(self, identifier: str) -> Person | None:
        """Return the person with this UPN, mail address, claims-encoded account or object id, ignoring case."""
        key = identifier.rpartition("|")[2].strip().lower()
        return self._by_upn.get(key) or self._by_mail.get(key) or self._by_object_id.get(key)

    def with_file(self, stem: str) -> tuple[Person, ...]:
        """Return whose thumbnails may have this file name, in lower case and before _MThumb.jpg."""
        return self._by_stem.get(stem, ())

    def number(self, person: Person) -> int:
        """Return this person's position, from 0."""
        return self._numbers[person.upn]

    @cached_property
    def _by_mail(self) -> dict[str, Person]:
        return {person.mail: person for upn, person in self._by_upn.items() if person.mail != upn}

    @cached_property
    def _by_object_id(self) -> dict[str, Person]:
        return {person.object_id: person for person in self._by_upn.values()}

    @cached_property
    def _by_stem(self) -> dict[str, tuple[Person, ...]]:
        found: dict[str, tuple[Person, ...]] = {}
        for person in self._by_upn.values():
            for stem in (service_stem(person), upload_stem(person).lower()):
                found[stem] = (*found.get(stem, ()), person)
        return found

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {upn: number for number, upn in enumerate(self._by_upn)}
