"""What is known of a run while it is being made: the record as it stands, and the files that were given."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from troubleshooter import __version__
from troubleshooter.compare.picture import load
from troubleshooter.diagnose import follows
from troubleshooter.errors import Stopped
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.identity.photo_address import account_in, thumbnail_of
from troubleshooter.model.enums import Reason, StepStatus, Verdict
from troubleshooter.model.message import message
from troubleshooter.model.records import Expected, PhotoFile, Record, Step, Stop, Versions
from troubleshooter.run.prepared import PreparedRun, read_expected
from troubleshooter.steps.context import Visit


@dataclass
class Recorder:
    """What is known of a run while it is being made."""

    prepared: PreparedRun
    folder: RunFolder
    visit: Visit
    started: datetime
    expected: Expected | None
    earlier: Record | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    stop: Stopped | None = None
    interrupted_by: str | None = None
    failed: Exception | None = None

    def write(self) -> None:
        """Write the record as it stands: until it is judged, it says that the run crashed."""
        self.folder.write_record(self.record())

    def record(self, ended: datetime | None = None) -> Record:
        """Return the record as it stands, neither compared nor judged."""
        visit, request, tenant = self.visit, self.prepared.request, self.prepared.tenant
        failed_at = next((s.id for s in visit.steps if s.reason and self.stop and s.reason is self.stop.reason), None)
        stop = None
        if self.stop:
            stop = Stop(step=failed_at, what=self.stop.what, help=self.stop.help, code=self.stop.code)
        session = visit.session
        asked = session.guard.photo_requests if session else []
        own = [at for at, url in asked if account_in(url) in visit.who.addresses or thumbnail_of(url, visit.subject)]
        steps = list(visit.steps)
        if self.failed and not any(step.reason is Reason.CRASHED for step in steps):
            title, failed = message("End the run"), StepStatus.FAILED
            steps.append(
                Step(id="end", article_step=None, title=title.text, said=title, status=failed, reason=Reason.CRASHED)
            )
        return Record(
            id=self.folder.path.name,
            scenario=request.scenario,
            tenant=tenant.name,
            subject=visit.subject,
            subject_name=min(visit.who.names, default=None),
            account=self.prepared.account,
            signed_in_as=visit.signed_in_as,
            sandbox=tenant.sandbox,
            ticket=request.ticket,
            started=self.started,
            finished=ended,
            clock=visit.clock,
            inputs=self.prepared.inputs() | {"pages": list(visit.pages)},
            versions=Versions(product=__version__, system=platform.platform(), **self.versions),
            verdict=Verdict.STOPPED if stop else Verdict.INCONCLUSIVE,
            reason=self.stop.reason if self.stop else Reason.CRASHED,
            stop=stop,
            interrupted_by=self.interrupted_by,
            expected=self.expected,
            photo=visit.photo,
            replaced=visit.replaced,
            sent=visit.sent,
            previous=follows(self.earlier) if self.earlier else None,
            unseen=tuple(visit.unseen),
            steps=tuple(steps),
            sightings=tuple(visit.sightings),
            properties=tuple(visit.properties),
            site_properties=tuple(visit.site_properties),
            web_parts=tuple(visit.web_parts),
            mixups=tuple(visit.mixups),
            found_pages=tuple(visit.found_pages),
            placeholders=tuple(visit.placeholders),
            own_photo_requested=min(own, default=None) if visit.as_subject else None,
            blocked=tuple(session.guard.refused) if session else (),
        )


def keep_expected(path: Path | None, photo: PhotoFile | None, folder: RunFolder) -> Expected | None:
    """Keep what was given as `--expect` in the evidence; a photo that is to be added is what is expected then."""
    if photo:
        return Expected(name=photo.name, shot=photo.shot, sha256=photo.sha256, natural_px=photo.natural_px)
    if path is None:
        return None
    data = read_expected(path)
    shot, digest = folder.keep(data, path.suffix.lower())
    height, width = load(data).pixels.shape[:2]
    return Expected(name=path.name, shot=shot, sha256=digest, natural_px=(width, height))


def keep_photo(prepared: PreparedRun, folder: RunFolder) -> PhotoFile | None:
    """Keep the photo that is to be added in the evidence; return what the record says of it."""
    photo = prepared.photo
    if photo is None:
        return None
    shot, digest = folder.keep(photo.data, Path(photo.name).suffix.lower())
    return PhotoFile(
        name=photo.name,
        shot=shot,
        sha256=digest,
        format=photo.format,
        bytes=len(photo.data),
        natural_px=photo.size,
        turned=photo.turned,
        kept=photo.kept,
    )
