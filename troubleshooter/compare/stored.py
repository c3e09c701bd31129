"""Finds the picture in a folder that shows the same photo as a given picture, to find out whose photo it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from troubleshooter.compare.grid import diameter
from troubleshooter.compare.index import Index
from troubleshooter.compare.match import LIMIT, SMALLEST
from troubleshooter.compare.picture import Avatar, UnreadablePicture, load
from troubleshooter.compare.result import Match
from troubleshooter.model.enums import MatchVerdict
from troubleshooter.model.message import message


@dataclass(frozen=True)
class SearchResult:
    """The result of a search among stored pictures."""

    path: Path | None
    """The file that shows the same photo; None if none does."""
    match: Match
    stored: int
    """Number of pictures searched."""
    unreadable: int
    """Number of files that are not pictures."""


def find_in(sighting: Avatar, paths: Iterable[Path]) -> SearchResult:
    """Return which of the files `paths` shows the same photo as `sighting`."""
    unreadable: list[Path] = []

    def pictures() -> Iterator[tuple[str, Avatar]]:
        for path in paths:
            try:
                yield str(path), load(path)
            except UnreadablePicture:
                unreadable.append(path)

    index = Index(pictures())
    px = diameter(sighting)
    if px < SMALLEST:
        said = message("too small to tell: {px} px", px=round(px))
        return SearchResult(
            None, Match(MatchVerdict.UNDETERMINED, None, LIMIT, "too-small", said), len(index), len(unreadable)
        )
    hit = index.find(sighting)
    if hit is not None:
        return SearchResult(Path(hit.key), hit.match, len(index), len(unreadable))
    no_match = Match(MatchVerdict.DIFFERENT, None, LIMIT, "other-photo", message("none of them shows this photo"))
    return SearchResult(None, no_match, len(index), len(unreadable))
