"""Builds the record of a run in progress, and keeps the files that were given to the run."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from troubleshooter import __version__
from troubleshooter.browser.guard import Guard
from troubleshooter.diagnose import follows
from troubleshooter.errors import CannotWrite, Stopped
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.identity.photo_address import account_in, thumbnail_of
from troubleshooter.model.enums import Reason, StepStatus, Verdict
from troubleshooter.model.message import message
from troubleshooter.model.records import (
    Expected,
    FoundPage,
    Mixup,
    PhotoFile,
    Placeholder,
    Record,
    Step,
    Stop,
    Versions,
    WebPartPeople,
)
from troubleshooter.redaction.one_line import one_line
from troubleshooter.run.prepared import PreparedRun, read_expected
from troubleshooter.run.runner import Runner
from troubleshooter.steps.recorder import SimilarAddress

_LONGEST_NAME = 120
"""Characters of the longest display name that is recorded; Microsoft 365 allows 256, a page may show anything."""


class Recorder:
    """Builds and writes the record of a run in progress."""

    def __init__(self, prepared: PreparedRun, folder: RunFolder, runner: Runner, started: datetime) -> None:
        self._prepared = prepared
        self.folder = folder
        self._runner = runner
        self._started = started
        self._expected: Expected | None = None
        self._photo: PhotoFile | None = None
        self._earlier: Record | None = None
        self._guard: Guard | None = None
        self._versions: Mapping[str, str] = {}
        self._stop: Stopped | None = None
        self._interrupted_by: str | None = None
        self._failure: Exception | None = None
        self.locators = prepared.repairs.use()
        """What the run knows about locators."""

    def given(self, *, expected: Expected | None, photo: PhotoFile | None, earlier: Record | None) -> None:
        """Record the files that the run was given, and the record of the run that it repeats."""
        self._expected, self._photo, self._earlier = expected, photo, earlier

    def browser_opened(self, guard: Guard, versions: Mapping[str, str]) -> None:
        """Record the session's guard, and the versions of the software that runs it."""
        self._guard, self._versions = guard, versions

    def stopped(self, stop: Stopped | None) -> None:
        """Record what stopped the run; None if nothing did."""
        self._stop = stop

    def interrupted(self, by: str) -> None:
        """Record that the signal `SIGINT` or `SIGTERM`, or the `time-limit`, ended the run; only the first counts."""
        self._interrupted_by = self._interrupted_by or by

    def failed(self, failure: Exception) -> None:
        """Record a defect of the product, or that a file could not be written."""
        self._failure = failure

    @property
    def was_interrupted(self) -> bool:
        """Return whether a signal, or the run's time limit, ended the run."""
        return self._interrupted_by is not None

    @property
    def failure(self) -> Exception | None:
        """Return the failure that ended the run."""
        return self._failure

    def write(self) -> None:
        """Write the record in its current state; until the run is judged, the record says that it crashed."""
        self.folder.write_record(self.record())

    def record(self, ended: datetime | None = None) -> Record:
        """Return the record in its current state, neither compared nor judged."""
        prepared, seen, steps = self._prepared, self._runner.seen, self._steps()
        request, tenant = prepared.request, prepared.tenant
        stop = self._stop
        return Record(
            id=self.folder.path.name,
            scenario=request.scenario,
            tenant=tenant.name,
            subject=prepared.subject,
            subject_name=one_line(min(seen.who.names, default=""), _LONGEST_NAME) or None,
            account=prepared.account,
            signed_in_as=seen.signed_in_as,
            sandbox=tenant.sandbox,
            ticket=request.ticket,
            started=self._started,
            finished=ended,
            clock=seen.clock,
            inputs=prepared.inputs() | {"pages": list(seen.pages)},
            versions=Versions(product=__version__, system=platform.platform(), **self._versions),
            verdict=Verdict.STOPPED if stop else Verdict.INCONCLUSIVE,
            reason=stop.reason if stop else Reason.CRASHED,
            stop=_stop_record(stop, steps) if stop else None,
            interrupted_by=self._interrupted_by,
            expected=self._expected,
            scenario_details=prepared.scenario.details,
            photo=self._photo,
            replaced=seen.replaced,
            sent=seen.sent,
            previous=follows(self._earlier) if self._earlier else None,
            unseen=seen.unseen,
            steps=steps,
            sightings=seen.sightings,
            properties=seen.properties,
            site_properties=seen.site_properties,
            web_parts=seen.of(WebPartPeople),
            mixups=seen.of(Mixup),
            similar=tuple(dict.fromkeys(fact.address for fact in seen.of(SimilarAddress))) if ended else (),
            found_pages=seen.of(FoundPage),
            placeholders=seen.of(Placeholder),
            locators=self.locators.matches,
            own_photo_requested=self._own_photo_requested(),
            blocked=tuple(self._guard.refused) if self._guard else (),
        )

    def _steps(self) -> tuple[Step, ...]:
        """Return the steps so far; a failure outside any step becomes a step of its own."""
        steps = self._runner.steps
        reason = Reason.NOT_SAVED if isinstance(self._failure, CannotWrite) else Reason.CRASHED
        if self._failure is None or any(step.reason is reason for step in steps):
            return steps
        title, status = message("End the run"), StepStatus.FAILED
        return (*steps, Step(id="end", article_step=None, title=title.text, said=title, status=status, reason=reason))

    def _own_photo_requested(self) -> datetime | None:
        """Return when the subject's own session first requested the subject's SharePoint photo."""
        prepared = self._prepared
        if self._guard is None or prepared.credentials.username.lower() != prepared.subject:
            return None
        mine = self._runner.seen.who.addresses
        own = [
            at
            for at, url in self._guard.photo_requests
            if account_in(url) in mine or thumbnail_of(url, prepared.subject)
        ]
        return min(own, default=None)


def _stop_record(stop: Stopped, steps: tuple[Step, ...]) -> Stop:
    step = next((step.id for step in steps if step.reason and step.reason is stop.reason), None)
    return Stop(
        step=step,
        what=stop.what,
        help=stop.help,
        code=stop.code,
        secret_sent=stop.secret_sent,
        may_pass=stop.may_pass,
    )


def keep_expected(path: Path | None, photo: PhotoFile | None, folder: RunFolder) -> Expected | None:
    """Keep the photo of `--expect` in the evidence; if a photo is to be added, that is the expected one."""
    if photo:
        return Expected(name=photo.name, shot=photo.shot, sha256=photo.sha256, natural_px=photo.natural_px)
    if path is None:
        return None
    from troubleshooter.compare.picture import load  # noqa: PLC0415 - takes a while to load

    data = read_expected(path)
    shot, digest = folder.keep(data, path.suffix.lower())
    height, width = load(data).pixels.shape[:2]
    return Expected(name=path.name, shot=shot, sha256=digest, natural_px=(width, height))


def keep_photo(prepared: PreparedRun, folder: RunFolder) -> PhotoFile | None:
    """Keep the photo that is to be added in the evidence; return its record."""
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
