"""Deletes pictures that a page shows as the subject's although they may show somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from troubleshooter.diagnose.symptoms import SITE, Symptoms
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.identity.photo_address import source_of
from troubleshooter.model.enums import SOURCE_SIDE, Kind, Source
from troubleshooter.model.record_view import IndexedSighting, RecordView
from troubleshooter.model.records import Record


def without_strangers(record: Record, folder: RunFolder) -> Record:
    """Return `record` without the cut-outs that may show the former owner of the account, which are deleted.

    Their comparison stays; with `--show-others` the pictures stay as well.
    """
    if record.inputs.get("show_others"):
        return record
    drop = {i for i, s in _doubtful(RecordView(record)) if s.shot}
    kept = {path for i, s in enumerate(record.sightings) if i not in drop for path in (s.shot, s.preview)}
    for path in {path for i in drop for path in (record.sightings[i].shot, record.sightings[i].preview)} - kept:
        if path:
            (folder.path / path).unlink(missing_ok=True)
    nothing = {"shot": None, "sha256": None, "preview": None}
    sightings = tuple(s.model_copy(update=nothing) if i in drop else s for i, s in enumerate(record.sightings))
    return record.model_copy(update={"sightings": sightings})


def _doubtful(view: RecordView) -> Iterator[IndexedSighting]:
    """Yield the sites' own pictures that may show an earlier owner of the account: SharePoint has no photo of this one.

    A picture that is the same as the reference is the subject's, whatever the site knows.
    """
    symptoms = Symptoms(view)
    copied = any(s.kind is Kind.PHOTO for _, s in symptoms.by_address)
    if copied or not (symptoms.never_copied or not symptoms.readable):
        return
    for index, sighting in view.of_subject:
        of_site = sighting.surface in SITE or sighting.source is Source.SITE_COPY
        by_source = source_of(sighting.url) in SOURCE_SIDE
        if of_site and not by_source and sighting.kind is Kind.PHOTO and not view.matches_reference(index):
            yield index, sighting
