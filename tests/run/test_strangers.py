"""No picture is kept of a person who may have had the account before."""

from __future__ import annotations

from pathlib import Path

import pytest
from diagnose.cases import ASKED, CASES, NEVER, without
from diagnose.records import properties, record, seen, stale

from troubleshooter.diagnose import diagnosed, judged
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Surface
from troubleshooter.run.strangers import without_strangers


@pytest.mark.parametrize(("shown", "kept"), [(False, False), (True, True)])
def test_the_former_owners_face_is_not_kept(shown: bool, kept: bool, tmp_path: Path):
    """The site's picture is deleted once it was compared, unless others may be shown; everybody else's stays."""
    made = diagnosed(judged(CASES["C29: the site has a photo that the profile never had"][0]))
    (tmp_path / "evidence").mkdir()
    shots = {i: f"evidence/{i}.png" for i in range(len(made.sightings))}
    for shot in shots.values():
        (tmp_path / shot).write_bytes(b"a picture")
    sightings = tuple(s.model_copy(update={"shot": shots[i]}) for i, s in enumerate(made.sightings))
    made = made.model_copy(update={"sightings": sightings, "inputs": {**made.inputs, "show_others": shown}})
    done = without_strangers(made, RunFolder(tmp_path))
    bylines = [s for s in done.sightings if s.surface == "page-byline"]
    assert [kept] == [s.shot is not None for s in bylines]
    assert [kept] == [(tmp_path / shots[done.sightings.index(s)]).exists() for s in bylines]
    assert all((tmp_path / s.shot).exists() for s in done.sightings if s.surface != "page-byline")
    assert done.comparisons == made.comparisons


@pytest.mark.parametrize(
    ("readings", "kept"), [((NEVER,), False), ((), False), ((properties(),), True)], ids=["never", "unread", "copied"]
)
def test_no_site_picture_is_kept_unless_sharepoint_had_one(readings, kept: bool, tmp_path: Path):
    """However many sites show the face, also where the profile cannot be read; a face that is the reference's stays."""
    blank = without(*ASKED)
    sites = tuple(seen(Surface.PAGE_BYLINE, shot=f"evidence/site-{n}.png") for n in range(5))
    first = len(blank)
    made = judged(record((*blank, *sites), rows=stale(*range(first, first + 4)), properties=readings))
    (tmp_path / "evidence").mkdir()
    for sighting in sites:
        (tmp_path / str(sighting.shot)).write_bytes(b"a picture")
    done = without_strangers(made, RunFolder(tmp_path))
    assert [kept] * 4 + [True] == [s.shot is not None for s in done.sightings[first:]]
    assert [kept] * 4 + [True] == [(tmp_path / str(s.shot)).exists() for s in sites]
