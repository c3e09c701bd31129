"""Fixtures of the forms in which a report is passed on: the samples, and one with thirty places."""

from __future__ import annotations

from pathlib import Path

import pytest

from troubleshooter.model.enums import MatchVerdict, Source, Surface, Verdict
from troubleshooter.model.message import message
from troubleshooter.model.records import Comparison, Diagnosis, Evidence, Record, Unseen

from ..drawing import portrait
from ..outcomes import SAMPLES
from ..samples import NEW, OLD, Folder, record, seen

Sample = tuple[Record, Path]
LONG = "Ana-Maria-" * 40
REVERSED = "Ana \u202egpj.exe\u202c\x1b[31m\r\nBcc: all@contoso.com"


def sample(name: str, path: Path) -> Sample:
    """Return the record and the folder of a sample."""
    return SAMPLES[name](Folder(path)), path


@pytest.fixture
def thirty(tmp_path: Path) -> Sample:
    """Return a run with thirty places, each with a page of its own and a large picture, and as many gaps."""
    folder = Folder(tmp_path / "thirty")
    first = seen(folder, NEW, OLD)[0]
    sightings = [first]
    for number in range(30):
        one = folder.sighting(
            Surface.PEOPLE_WEB_PART, portrait(OLD + number, 640), Source.SHAREPOINT_COPY, page=number, after=8
        )
        page = f"https://contoso.sharepoint.com/sites/{'News' * 20}{number}/SitePages/{'Our-Team' * 20}{number}.aspx"
        sightings.append(one.model_copy(update={"page_url": page}))
    comparisons = [
        Comparison(a=0, b=n, verdict=MatchVerdict.DIFFERENT, score=0.41, limit=0.07, code="other-photo")
        for n in range(1, 31)
    ]
    cause = Diagnosis(
        cause="C1",
        title="SharePoint has not fetched the current photo yet",
        confidence="high",
        evidence=tuple(Evidence(**message("The new photo is in Microsoft 365.").model_dump()) for _ in range(300)),
        remedy="Wait. " * 300,
        who="the user",
        wait="up to 24 hours",
    )
    made = record(
        folder,
        verdict=Verdict.OUT_OF_SYNC,
        sightings=tuple(sightings),
        comparisons=tuple(comparisons),
        diagnoses=(cause,) * 8,
        unseen=tuple(
            Unseen(
                surface=Surface.PAGE_COMMENT,
                why=message(
                    "The user is not in the content of {url}.",
                    url="https://contoso.sharepoint.com/sites/News/SitePages/Team.aspx",
                ),
            )
            for _ in range(300)
        ),
    )
    return made, folder.path
