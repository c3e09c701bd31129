"""Keeps identifiers that authors of pages wrote, such as ids and classes, and replaces whatever else is in them.

An identifier is kept word by word: words that such names are made of (`words.txt`, without words that are also
names) and numbers of up to three digits altogether. A GUID, an address, a longer number, a token, an unknown word is
replaced where it stands. Names that the facts document are kept whole, because a locator needs every letter of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files

from troubleshooter.capture.pseudonyms import Pseudonyms

WORDS = frozenset(files("troubleshooter.capture").joinpath("words.txt").read_text(encoding="utf-8").split())
"""Words of which the names of elements, classes, attributes and parameters are made, in lower case."""
GUID = re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![0-9A-Fa-f])")
ADDRESS = re.compile(
    r"[^\s@<>()\"',;:|/\\=&?#\[\]{}]{1,120}@[^\s@<>()\"',;:|/\\=&?#\[\]{}]+\.[^\s@<>()\"',;:|/\\=&?#\[\]{}.]{2,}"
)
_PIECES = re.compile(
    r"[A-Za-z0-9]*[^\x00-\x7f][^-_.:/,*+]*|(?i:a11y|i18n|[mo]365)|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[-_.:/,*+]|[^A-Za-z0-9\-_.:/,*+]+|[A-Z]"
)
_PUNCTUATION = re.compile(r"[-_.:/,*+]")
_REPLACED_WHOLE = re.compile(f"{GUID.pattern}|{ADDRESS.pattern}")
_MOST_DIGITS = 3
"""Digits of an identifier that are kept: they number parts of a page. More of them can be a phone or a staff number."""
_LONGEST = 200


class Identifiers:
    """What is known to be structure, and the pseudonyms for the rest."""

    def __init__(self, names: Pseudonyms, whole: Iterable[str], personal: Iterable[str]) -> None:
        """Keep what `whole` and `WORDS` contain.

        Args:
            whole: identifiers that are kept as they are.
            personal: words that are replaced although they are among `WORDS`: they are part of a name on this page.
        """
        self._names = names
        self._whole = frozenset(whole)
        self._done: dict[str, str] = {}
        self._personal = frozenset(word.casefold() for word in personal)

    def is_known(self, word: str) -> bool:
        """Return whether `word` is one that identifiers are made of."""
        low = word.lower()
        return low in WORDS and low not in self._personal

    def all_known(self, text: str) -> bool:
        """Return whether `text` consists of words that are kept as they are."""
        return all(word.isalpha() and self.cleaned(word) == word for word in text.split())

    def cleaned(self, text: str) -> str:
        """Return the identifier `text` with everything replaced in it that is not structure."""
        if text not in self._done:
            self._done[text] = self._cleaned(text)
        return self._done[text]

    def _cleaned(self, text: str) -> str:
        if text in self._whole or not text:
            return text
        if len(text) > _LONGEST:
            return f"w{self._names.number('word', text)}"
        out, at = [], 0
        for found in _REPLACED_WHOLE.finditer(text):
            out += [self._pieces(text[at : found.start()]), self.special(found[0])]
            at = found.end()
        return "".join([*out, self._pieces(text[at:])])

    def words(self, text: str) -> str:
        """Return the list of identifiers `text`, cleaned; a number among them may be part of a longer one."""
        words = text.split()
        if len(words) == 1:
            return self.cleaned(words[0])
        return " ".join(self.cleaned(w) if any(c.isalpha() for c in w) else self._replaced_number(w) for w in words)

    def _replaced_number(self, word: str) -> str:
        return f"n{self._names.number('number', word)}"

    def special(self, text: str) -> str:
        """Return the GUID or the address `text` replaced; GUIDs of the product's own parts are kept."""
        if "@" in text:
            return self._names.address(text)
        return text if text.lower() in self._whole else self._names.guid(text)

    def _pieces(self, text: str) -> str:
        if text in self._whole:
            return text
        pieces = _PIECES.findall(text)
        digits = sum(len(piece) for piece in pieces if piece.isdigit())
        singles = sum(len(piece) == 1 and piece.isalpha() for piece in pieces)
        out = ""
        for piece in pieces:
            clean = self._piece(piece, numbers=digits <= _MOST_DIGITS, single=singles <= 1)
            # `w1` and the number 2 after it are not `w12`.
            out += f"_{clean}" if clean[0].isdigit() and out[-1:].isdigit() else clean
        return out

    def _piece(self, piece: str, *, numbers: bool, single: bool) -> str:
        if _PUNCTUATION.fullmatch(piece):
            return piece
        if piece.isascii() and piece.isdigit():
            return piece if numbers else self._replaced_number(piece)
        if piece.isascii() and piece.isalnum() and (self.is_known(piece) or (len(piece) == 1 and single)):
            return piece
        return f"w{self._names.number('word', piece)}"
