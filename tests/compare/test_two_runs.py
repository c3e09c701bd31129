"""Whether a place shows the same picture in two runs."""

from __future__ import annotations

import pytest

from troubleshooter.compare.sightings import PictureCache
from troubleshooter.compare.two_runs import same_picture
from troubleshooter.model.enums import Kind, MatchVerdict, Surface

from ..diagnose.records import seen
from ..report.drawing import portrait
from ..report.samples import NEW, OLD, Folder

SAME, DIFFERENT, UNDETERMINED = MatchVerdict.SAME, MatchVerdict.DIFFERENT, MatchVerdict.UNDETERMINED


@pytest.fixture
def runs(tmp_path):
    """Return the folders of two runs."""
    return Folder(tmp_path / "a"), Folder(tmp_path / "b")


def showing(folder: Folder, seed: int, side: int = 96, **fields):
    """Return a sighting of a portrait, kept in the folder."""
    shot, digest = folder.keep(portrait(seed, side))
    return seen(Surface.PEOPLE_WEB_PART, **{"shot": shot, "sha256": digest, **fields})


def compared(runs, before, after) -> MatchVerdict:
    return same_picture(before, after, (PictureCache(runs[0].path), PictureCache(runs[1].path)))


def test_photos(runs):
    """The same photo in another size is the same; another one is not."""
    a, b = runs
    assert SAME == compared(runs, showing(a, NEW), showing(b, NEW, side=72))
    assert DIFFERENT == compared(runs, showing(a, NEW), showing(b, OLD))


def test_missing_files(runs):
    """Without a file nothing can be said, unless both have the same hash; a file of another folder is not read."""
    a, b = runs
    gone = showing(a, OLD, shot="evidence/gone.png", sha256="0" * 64)
    assert UNDETERMINED == compared(runs, gone, showing(b, OLD))
    assert UNDETERMINED == compared(runs, showing(a, OLD, shot=None), showing(b, NEW))
    assert SAME == compared(runs, showing(a, OLD, shot=None), showing(b, OLD))
    elsewhere = showing(b, OLD)
    outside = elsewhere.model_copy(update={"shot": f"../b/{elsewhere.shot}", "sha256": "0" * 64})
    assert DIFFERENT == compared((b, b), showing(b, NEW), elsewhere)
    assert UNDETERMINED == compared((b, a), showing(b, NEW), outside)


def test_kinds_without_a_photo(runs):
    """Initials are like initials and unlike anything else; what does not load is like nothing."""

    def of(kind: Kind):
        return showing(runs[0], NEW, kind=kind)

    assert SAME == compared(runs, of(Kind.INITIALS), of(Kind.INITIALS))
    assert DIFFERENT == compared(runs, of(Kind.INITIALS), of(Kind.SILHOUETTE))
    assert DIFFERENT == compared(runs, of(Kind.PHOTO), of(Kind.INITIALS))
    assert UNDETERMINED == compared(runs, of(Kind.BROKEN), of(Kind.BROKEN))
    assert UNDETERMINED == compared(runs, of(Kind.LOADING), of(Kind.PHOTO))
