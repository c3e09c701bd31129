"""Keeps identifiers that authors of pages wrote, such as ids and classes, and replaces whatever else is in them.

An identifier is kept word by word: words that such names are made of (see `vocabulary.py`) and numbers of up to three
digits altogether. A GUID, an address, a longer number, a token, an unknown word is replaced where it stands: a word by
`w1`, a number by `n1`. What looks like one of these and is none is replaced, too, so that a reader can tell. Names
that the facts document are kept whole, because a locator needs every letter of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from troubleshooter.capture.pseudonyms import Pseudonyms
from troubleshooter.capture.vocabulary import CODE_WORDS, WORDS, is_compound

GUID = re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![0-9A-Fa-f])")
ADDRESS = re.compile(
    r"[^\s@<>()\"',;:|/\\=&?#\[\]{}]{1,120}@[^\s@<>()\"',;:|/\\=&?#\[\]{}]+\.[^\s@<>()\"',;:|/\\=&?#\[\]{}.]{2,}"
)
_PIECES = re.compile(
    r"[A-Za-z0-9]*[^\x00-\x7f][^-_.:/,*+]*|(?i:a11y|i18n|[mo]365)|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[-_.:/,*+]|[^A-Za-z0-9\-_.:/,*+]+|[A-Z]"
)
_ABBREVIATION = re.compile(r"[A-Z]{3,}(?![a-z])|[A-Z][a-z]{2,}|(?<![A-Za-z])[a-z]{3,}")
_PUNCTUATION = re.compile(r"[-_.:/,*+]")
_REPLACED_WHOLE = re.compile(f"{GUID.pattern}|{ADDRESS.pattern}")
_MOST_DIGITS = 3
"""Digits of an identifier that are kept: they number parts of a page. More of them can be a phone or a staff number."""
_REPLACEMENT = re.compile(r"[wn]\d+")
"""What a replaced word or number looks like."""
_LONGEST = 200


class _Of(Enum):
    """What an identifier is of: the more certain it is that only code makes it, the more words it keeps."""

    ADDRESS = 0
    VALUE = 1
    NAME = 2


class Identifiers:
    """What is known to be structure, and the pseudonyms for the rest."""

    def __init__(
        self, names: Pseudonyms, whole: Iterable[str], personal: Iterable[str], said: Iterable[str] = ()
    ) -> None:
        """Keep what `whole` and the vocabulary contain.

        Args:
            whole: identifiers that are kept as they are.
            personal: words that are replaced although they are in the vocabulary: they are part of a name here.
            said: words that values lose unless the facts have them: of headings, of which pages make ids.
        """
        self._names = names
        self._whole = frozenset(whole)
        named = [one for one in self._whole if not GUID.fullmatch(one)]
        self._documented = frozenset(piece.lower() for one in named for piece in _ABBREVIATION.findall(one))
        """What documented identifiers are made of beside words, such as `SAOTCC`: new ones are made of it, too."""
        self._done: dict[tuple[str, _Of], str] = {}
        self._personal = frozenset(word.casefold() for word in personal)
        self._said = frozenset(word.casefold() for word in said)

    def _is_known(self, word: str, of: _Of) -> bool:
        """Return whether `word` is one that such identifiers are made of."""
        low = word.lower()
        if low in self._personal or low in WORDS:
            return low not in self._personal
        code = low in CODE_WORDS or low in self._documented
        if of is _Of.NAME:
            return code or is_compound(low, self._personal)
        return of is _Of.VALUE and code and low not in self._said

    def all_known(self, text: str) -> bool:
        """Return whether `text` consists of words that are kept as they are."""
        return all(word.isalpha() and self.cleaned(word) == word for word in text.split())

    def cleaned(self, text: str) -> str:
        """Return the identifier `text` with everything replaced in it that is not structure."""
        return self._kept(text, _Of.VALUE)

    def in_address(self, text: str) -> str:
        """Return a part of an address, cleaned: only words of the facts are kept, because files have names, too."""
        return self._kept(text, _Of.ADDRESS)

    def name(self, text: str) -> str:
        """Return the name of an attribute or an element, cleaned: only code makes one, and no heading is in it."""
        return self._kept(text, _Of.NAME)

    def _kept(self, text: str, of: _Of) -> str:
        key = (text, of)
        if key not in self._done:
            self._done[key] = self._cleaned(text, of)
        return self._done[key]

    def _cleaned(self, text: str, of: _Of) -> str:
        if text in self._whole or not text:
            return text
        if len(text) > _LONGEST:
            return self._masked(text)
        out, at = [], 0
        for found in _REPLACED_WHOLE.finditer(text):
            out += [self._parts(text[at : found.start()], of), self.special(found[0])]
            at = found.end()
        return "".join([*out, self._parts(text[at:], of)])

    def words(self, text: str) -> str:
        """Return the list of identifiers `text`, cleaned; a number among them may be part of a longer one."""
        words = text.split()
        if len(words) == 1:
            return self.cleaned(words[0])
        return " ".join(self.cleaned(w) if any(c.isalpha() for c in w) else self._replaced_number(w) for w in words)

    def _masked(self, text: str) -> str:
        return f"w{self._names.number('word', text)}"

    def _replaced_number(self, word: str) -> str:
        return f"n{self._names.number('number', word)}"

    def special(self, text: str) -> str:
        """Return the GUID or the address `text` replaced; GUIDs of the product's own parts are kept."""
        if "@" in text:
            return self._names.address(text)
        return text if text.lower() in self._whole else self._names.guid(text)

    def _parts(self, text: str, of: _Of) -> str:
        """Return an identifier without addresses in it, replaced part by part."""
        if text in self._whole:
            return text
        pieces = _PIECES.findall(text)
        digits = sum(len(piece) for piece in pieces if piece.isdigit())
        singles = sum(len(piece) == 1 and piece.isalpha() for piece in pieces)
        few = (digits <= _MOST_DIGITS, singles <= 1)
        runs = re.findall(rf"{_PUNCTUATION.pattern}|(?:(?!{_PUNCTUATION.pattern}).)+", text, re.DOTALL)
        return "".join(self._run(run, few, of) for run in runs)

    def _run(self, run: str, few: tuple[bool, bool], of: _Of) -> str:
        """Return what stands between two marks of punctuation, replaced word by word.

        Letters and digits in turn are a token, a hash, or one of the replacements: none of it can be used.
        """
        if _PUNCTUATION.fullmatch(run):
            return run
        pieces = _PIECES.findall(run)
        known = [self._is_kept(piece, few, of) for piece in pieces]
        mixed = any(piece.isdigit() for piece in pieces) and not all(
            kept for piece, kept in zip(pieces, known, strict=True) if not piece.isdigit()
        )
        if mixed or _REPLACEMENT.fullmatch(run):
            return self._masked(run)
        return "".join(
            piece if kept else self._replaced_number(piece) if piece.isdigit() else self._masked(piece)
            for piece, kept in zip(pieces, known, strict=True)
        )

    def _is_kept(self, piece: str, few: tuple[bool, bool], of: _Of) -> bool:
        if not piece.isascii() or not piece.isalnum():
            return False
        few_digits, few_singles = few
        if piece.isdigit():
            return few_digits
        return (len(piece) == 1 and few_singles) or self._is_known(piece, of)
