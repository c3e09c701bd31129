"""The words of which identifiers are made: in lower case, and none of them a common name of people."""

from __future__ import annotations

from importlib.resources import files

_FOLDER = files("troubleshooter.capture")


def _listed(name: str) -> frozenset[str]:
    return frozenset(_FOLDER.joinpath(name).read_text(encoding="utf-8").split())


WORDS = _listed("words.txt")
"""Words of the names of elements, classes, attributes and parameters in the facts."""
CODE_WORDS = _listed("code_words.txt") - WORDS
"""Further words of the identifiers in the public code that such pages are built with: Fluent UI, the SharePoint
Framework, the Graph Toolkit; without those of business and of private life, which a tenant's own content may have."""
_SHORTEST = 4
"""Letters of the shortest word that counts in a compound: of shorter ones any name could be made."""


def is_compound(text: str, without: frozenset[str]) -> bool:
    """Return whether `text` is several of the words written as one, such as `searchableplaintext`; none `without`."""
    ends = {0}
    for end in range(_SHORTEST, len(text) + 1):
        parts = {text[at:end] for at in ends if end - at >= _SHORTEST}
        if any(part not in without and (part in WORDS or part in CODE_WORDS) for part in parts):
            ends.add(end)
    return len(text) in ends
