"""Compares avatars: reads a picture, says what it shows, and whether two of them show the same photo.

The only package that judges pixels. Pure, except for `load`.
"""

from troubleshooter.compare.expected import match_expected
from troubleshooter.compare.kind import kind_of
from troubleshooter.compare.match import match
from troubleshooter.compare.picture import Avatar, UnreadablePicture, load
from troubleshooter.compare.result import Match

__all__ = ["Avatar", "Match", "UnreadablePicture", "kind_of", "load", "match", "match_expected"]
