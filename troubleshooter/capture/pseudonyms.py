"""Numbers whatever is replaced, so that the same thing has the same pseudonym everywhere in one file.

The numbers go by first appearance: nothing of what they stand for can be computed from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from string import ascii_lowercase

from troubleshooter.capture.stand_ins import DOMAIN

_CONSONANTS = "bdfgklmnprstvz"
_VOWELS = "aeiou"
_SYLLABLES = tuple(c + v for c in _CONSONANTS for v in _VOWELS)


class Pseudonyms:
    """The pseudonyms of one file."""

    def __init__(self, domains: Iterable[str] = ()) -> None:
        """Number from 1; addresses at one of the tenant's `domains` stay at one domain."""
        self._domains = frozenset(domain.casefold() for domain in domains)
        self._numbers: dict[tuple[str, str], int] = {}
        self._last: Counter[str] = Counter()

    def number(self, kind: str, real: str) -> int:
        """Return the number of `real` among the things of its `kind`, from 1; letter case makes no difference."""
        key = (kind, real.casefold())
        if key not in self._numbers:
            self._last[kind] += 1
            self._numbers[key] = self._last[kind]
        return self._numbers[key]

    def guid(self, real: str) -> str:
        """Return a GUID in place of `real`; its zeros say that it is none of the service's."""
        return f"00000000-0000-4000-8000-{self.number('guid', real):012d}"

    def address(self, real: str) -> str:
        """Return a mail address or user name in place of `real`; who it is goes by the part before the @."""
        local, _, domain = real.rpartition("@")
        person = f"person{self.number('person', local or real)}"
        own = not local or domain.casefold() in self._domains
        return f"{person}@{DOMAIN}" if own else f"{person}@domain{self.number('domain', domain)}.example"


def invented(number: int, words: int, syllables: int) -> list[str]:
    """Return `words` words that stand for thing `number`. All begin with x, as no word that is kept does."""
    base = len(_SYLLABLES)
    spelled = [_SYLLABLES[number % base], _SYLLABLES[number // base % base]]
    if number >= base * base:
        spelled.append(_SYLLABLES[number // base // base % base])
    first = "x" + "".join(spelled)
    return [first, *("x" + "".join(spelled * 2)[: 2 * syllables] for _ in range(words - 1))]


def invented_short(number: int, letters: int) -> str:
    """Return what stands for short thing `number`, such as initials: x and one letter, or two for three `letters`.

    There are few of them, so that one may stand for several things.
    """
    first, second = divmod(number - 1, len(ascii_lowercase))
    last = ascii_lowercase[second]
    return f"x{ascii_lowercase[first % len(ascii_lowercase)]}{last}" if letters > 2 else f"x{last}"
