"""Generates the people themselves, with the traps that real directories hold."""

import unicodedata
from collections.abc import Iterator
from random import Random

from troubleshooter.sandbox.crowd.names import CULTURES, JOBS, Culture
from troubleshooter.sandbox.people import PEOPLE, Person

_NAMESAKES = 0.02
"""Share of people who have the display name of the one who joined before them."""
_OTHER_MAIL = 0.05
"""Share of people with a mail address that is not their UPN."""
_SECOND_NAME = 0.85
"""Share of people with two given names, where that is usual."""
_GUESTS = 0.005
_GUEST_MARK = "#ext#"
_GUEST_DOMAIN = "contoso.onmicrosoft.com"
_HOME_OF_GUESTS = "fabrikam.example"
_OTHER_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "đ": "d", "ı": "i", "æ": "ae"})


def employees(count: int, seed: int) -> tuple[Person, ...]:
    """Return `count` people. Fewer of the same seed are the first of them."""
    return tuple(_people(count, Random(f"people {seed}")))  # noqa: S311 -- names, not secrets


def is_guest(person: Person) -> bool:
    """Return whether the person is a guest of the company, as the UPN says."""
    return _GUEST_MARK in person.alias


def _people(count: int, lot: Random) -> Iterator[Person]:
    taken = {name.partition("@")[0] for person in PEOPLE.values() for name in (person.upn, person.mail)}
    before: tuple[str, str, str, str] | None = None
    for _ in range(count):
        named = before if before and lot.random() < _NAMESAKES else _name(lot.choice(CULTURES), lot)
        first, last, display, account = before = named
        role, department = lot.choice(JOBS)
        guest = lot.random() < _GUESTS
        alias = _free(f"{account}_{_HOME_OF_GUESTS}{_GUEST_MARK}" if guest else account, taken)
        short = account[:1] + account.partition(".")[2]
        other = _free(short, taken) if not guest and lot.random() < _OTHER_MAIL else ""
        yield Person(
            alias,
            first,
            last,
            role,
            department,
            display=display,
            mail_alias=alias.partition("_")[0] if guest else other,
            has_photo=not guest,
            domain=_GUEST_DOMAIN if guest else "contoso.com",
            mail_domain=_HOME_OF_GUESTS if guest else "",
        )


def _name(culture: Culture, lot: Random) -> tuple[str, str, str, str]:
    """Return given name, family name, display name (empty for the usual one), and the account's name."""
    given = [_spelled(name) for name in lot.sample(culture.given, 2)]
    last, latin_last = _spelled(lot.choice(culture.family))
    if culture.joined:
        first, latin_first = "".join(name for name, _ in given), "".join(latin for _, latin in given).capitalize()
    else:
        first, latin_first = given[0]
        first += f" {given[1][0]}" if not culture.native and lot.random() < _SECOND_NAME else ""
    display = {
        "given family": "",
        "family given": f"{last} {first}",
        "family given (Family Given)": f"{last}{first} ({latin_last} {latin_first})",
    }[culture.order]
    return first, last, display, f"{_plain(latin_first)}.{_plain(latin_last)}"


def _spelled(written: str) -> tuple[str, str]:
    """Return a name as it is written, and in Latin letters."""
    name, _, latin = written.partition("/")
    return name, latin or name


def _plain(name: str) -> str:
    """Return the name without accents and in lower case. Hyphens and apostrophes stay, as they do in accounts."""
    text = unicodedata.normalize("NFKD", name.lower().translate(_OTHER_LETTERS))
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def _free(wanted: str, taken: set[str]) -> str:
    """Return `wanted`, numbered if somebody has it already, and take it."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        stem, mark, rest = wanted.partition("_")
        name = f"{stem}{number}{mark}{rest}"
    taken.add(name)
    return name
