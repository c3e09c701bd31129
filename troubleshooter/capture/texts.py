"""Replaces what people read: texts, labels, titles. What stays is a short list, and the shape.

Each text is replaced as a whole, and a text that also stands within a longer one is replaced in both places alike. It
is not done word by word: many texts of a page are Microsoft's own and known, and would tell what each word became.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from troubleshooter.capture.identifiers import ADDRESS, GUID, Identifiers
from troubleshooter.capture.pseudonyms import Pseudonyms, invented, invented_short

_CODE = re.compile(r"AADSTS\d{5,7}")
"""Codes of sign-in, which say what a page reports, and nothing about whom."""
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SYMBOLS = 3
"""A text of so many characters without a letter or a digit is a sign, such as a cross or the glyph of an icon font."""
_COUNTS = (1, 2, 3, 4, 6, 9, 14, 24, 48)
"""Numbers of words that texts are rounded to, because an exact length can tell a text."""
_NAME_WORDS = range(2, 5)
"""Numbers of words of a text that may also stand within another one, as a name does."""
_LONGEST_NAME = 60
_AROUND = ".,;:!?()[]{}\"'’“”„«»"
_SPECIAL = re.compile(f"{ADDRESS.pattern}|{GUID.pattern}|{_CODE.pattern}")


class Texts:
    """The texts of one file."""

    def __init__(self, names: Pseudonyms, identifiers: Identifiers, labels: Iterable[str], apps: Iterable[str]) -> None:
        """Replace everything but `labels`, and the names of `apps` where they stand alone or among one another.

        Args:
            labels: interface words that locators go by; they are kept as a whole text, and at a text's beginning.
            apps: names of apps, which no language translates.
        """
        self._names = names
        self._identifiers = identifiers
        self._apps = tuple(sorted(apps, key=len, reverse=True))
        self._coined = tuple(app for app in self._apps if _is_coined(app))
        self._done: dict[str, str] = {}
        self._labels = tuple(sorted(labels, key=len, reverse=True))
        self._around: set[str] = set()
        self._short: set[str] = set()

    def learn(self, texts: Iterable[str]) -> None:
        """Learn which of the page's texts may also stand within others, and which sentences are about apps."""
        for text in texts:
            plain = " ".join(text.split())
            if len(plain.split()) in _NAME_WORDS and len(plain) <= _LONGEST_NAME:
                self._short.add(plain)
            for app in self._coined:
                # A name that is a word as well counts only in a sentence that stands around another app's name, too.
                if app in plain and plain != app:
                    self._around.add(plain.replace(app, "\0"))

    def replaced(self, text: str) -> str:
        """Return what stands in place of `text`; spaces at its ends are kept as one space each."""
        plain = " ".join(text.split())
        if not plain:
            return " " if text else ""
        if plain not in self._done:
            self._done[plain] = self._whole(plain)
        before, after = (" " if text[0].isspace() else ""), (" " if text[-1].isspace() else "")
        return before + self._done[plain] + after

    def _whole(self, text: str) -> str:
        if text in self._labels or text in self._apps or _is_sign(text):
            return text
        for label in self._labels:
            if " " in label and text.startswith(f"{label} "):  # one word may begin any sentence
                return f"{label} {self._without_apps(text[len(label) :].strip())}"
        return self._without_apps(text)

    def _without_apps(self, text: str) -> str:
        for app in self._apps:
            if app in text and (app in self._coined or text.replace(app, "\0") in self._around):
                return app.join(self._spaced(part) for part in text.split(app))
        return self._parts(text)

    def _spaced(self, part: str) -> str:
        plain = part.strip()
        if not plain or plain in self._labels:
            return part
        return (" " if part[0].isspace() else "") + self._parts(plain) + (" " if part[-1].isspace() else "")

    def _parts(self, text: str) -> str:
        out, at = [], 0
        for found in _SPECIAL.finditer(text):
            out += [self._contained(text[at : found.start()]), self._special(found[0])]
            at = found.end()
        return "".join([*out, self._contained(text[at:])])

    def _special(self, text: str) -> str:
        return text if _CODE.fullmatch(text) else self._identifiers.special(text)

    def _contained(self, text: str) -> str:
        """Replace the short texts that `text` contains as they are replaced where they stand alone."""
        if text.strip() in self._short:
            return self._plain(text)
        words = list(re.finditer(r"\S+", text))
        out, at, index = [], 0, 0
        while index < len(words):
            for count in reversed(_NAME_WORDS):
                if index + count > len(words):
                    continue
                start, end = words[index].start(), words[index + count - 1].end()
                piece = text[start:end]
                bare = piece.strip(_AROUND)
                if " ".join(bare.split()) in self._short:
                    start += piece.index(bare)
                    out += [self._plain(text[at:start]), self._plain(bare)]
                    at, index = start + len(bare), index + count - 1
                    break
            index += 1
        return "".join([*out, self._plain(text[at:])])

    def _plain(self, part: str) -> str:
        text = part.strip()
        if not text:
            return " " if part else ""
        return (" " if part[0].isspace() else "") + self._invented(text) + (" " if part[-1].isspace() else "")

    def _invented(self, text: str) -> str:
        words = _WORD.findall(text)
        if not words:
            return text if _is_sign(text) else "…"
        if all(word.isdigit() for word in words):
            return "0" * min(len("".join(words)), 4)
        if len(text) <= _SYMBOLS:
            return _as_written(invented_short(self._names.number("short", text), len(text)), text)
        number = self._names.number("text", text)
        count = next((most for most in _COUNTS if len(words) <= most), _COUNTS[-1])
        syllables = 1 if sum(map(len, words)) / len(words) < 5 else 2
        made = invented(number, count, syllables)
        if all(word[0].isupper() for word in words):
            return " ".join(word.capitalize() for word in made)
        return " ".join([made[0].capitalize() if words[0][0].isupper() else made[0], *made[1:]])


def _as_written(word: str, text: str) -> str:
    """Return `word` in capitals or with a capital where `text` has them."""
    return word.upper() if text.isupper() else word.capitalize() if text[0].isupper() else word


def _is_coined(app: str) -> bool:
    """Return whether an app's name is no word of a language, so that it means the app in any sentence."""
    return sum(letter.isupper() for letter in app) > 1 and " " not in app


def _is_sign(text: str) -> bool:
    """Return whether `text` is a sign that an interface draws: no letter, no digit, no picture of a flag or a face."""
    if len(text) > _SYMBOLS:
        return False
    kinds = {unicodedata.category(character)[0] for character in text}
    pictured = any(ord(character) >= 0x1F000 and unicodedata.category(character) != "Co" for character in text)
    private = any(unicodedata.category(character) == "Co" for character in text)
    return not pictured and (private or kinds <= {"P", "S", "Z"})
