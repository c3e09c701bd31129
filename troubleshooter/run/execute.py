"""One run, as a table of contents: browser → scenario → compare → diagnose → report. Owns the clock and the id."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from troubleshooter.browser import launch
from troubleshooter.compare.sightings import compared
from troubleshooter.diagnose import diagnosed, differing, judged, settled
from troubleshooter.errors import Stopped
from troubleshooter.evidence.camera import Camera
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.records import Record, Step
from troubleshooter.report import render
from troubleshooter.run.prepared import PreparedRun
from troubleshooter.run.recorder import Recorder, keep_expected, keep_photo
from troubleshooter.run.runner import Planned, perform_all, skip_rest
from troubleshooter.run.signals import cancelling
from troubleshooter.steps.context import Beside, Visit
from troubleshooter.surfaces import chosen, named


@dataclass(frozen=True)
class Watcher:
    """Told of the steps as they are taken."""

    begin: Callable[[Planned], None] = lambda planned: None  # noqa: ARG005
    done: Callable[[Step], None] = lambda step: None  # noqa: ARG005


@dataclass(frozen=True)
class Finished:
    """A run that ended, however it ended."""

    record: Record
    folder: RunFolder
    report: Path


async def run(prepared: PreparedRun, watcher: Watcher | None = None, earlier: Record | None = None) -> Finished:
    """Make the run and leave its record, evidence and report in a new folder.

    Args:
        earlier: the record of the run that this one repeats; then the new record says what has changed.

    Raises:
        InputError: the folder can't be made.
    """
    watcher = watcher or Watcher()
    request, started = prepared.request, datetime.now(UTC)
    folder = RunFolder.new(request.out, request.scenario, started, prepared.redactor)
    photo = keep_photo(prepared, folder)
    expected = keep_expected(request.expect, photo, folder)
    visit = Visit(
        tenant=prepared.tenant,
        account=prepared.account,
        subject=prepared.subject,
        pages=prepared.pages,
        camera=Camera(folder),
        password=lambda: prepared.credentials.password,
        redactor=prepared.redactor,
        timeout=request.timeout,
        show_others=request.show_others,
        photo=photo,
        upload=prepared.photo,
        sent_before=request.sent_before,
        totp=prepared.credentials.totp,
        operator=prepared.operator,
        interactive=request.interactive,
        beside=Beside(prepared.profile, prepared.browser) if prepared.profile else None,
    )
    visit.surfaces = chosen(request.surfaces, as_subject=visit.as_subject)
    visit.asked = visit.surfaces if "all" in request.surfaces else named(request.surfaces)
    notes = Recorder(prepared, folder, visit, started, expected, earlier)
    notes.write()

    def done(step: Step) -> None:
        notes.write()
        watcher.done(step)

    def interrupted(name: str) -> None:
        notes.interrupted_by = notes.interrupted_by or name

    work = asyncio.ensure_future(_perform(prepared, visit, notes, watcher.begin, done))
    try:
        with cancelling(work, interrupted):
            await work
    except asyncio.CancelledError:
        if not notes.interrupted_by:
            raise
    except Exception as error:  # noqa: BLE001 - raised again below, once its evidence is safe
        notes.failed = error
    record = finish(notes.record(ended=datetime.now(UTC)), folder, earlier)
    report = publish(record, folder, request.lang)
    if notes.failed:
        raise notes.failed
    return Finished(folder.redacted(record), folder, report)


def finish(record: Record, folder: RunFolder, earlier: Record | None = None) -> Record:
    """Return `record` compared, judged and diagnosed, with what it brought about and what changed since `earlier`."""
    record = settled(diagnosed(judged(compared(record, folder.path))))
    return differing(earlier, record) if earlier else record


def publish(record: Record, folder: RunFolder, lang: str) -> Path:
    """Write the record, the report and, last, the manifest; return the report's path."""
    folder.write_record(record)
    report = folder.write_report(render(folder.for_report(record), folder.path, lang=lang))
    folder.seal()
    return report


async def _perform(
    prepared: PreparedRun, visit: Visit, notes: Recorder, begin: Callable[[Planned], None], done: Callable[[Step], None]
) -> None:
    """Open the browser and take the steps, until they end, something stops them, or a person does."""
    tenant = prepared.tenant
    hosts = tenant.hosts(tenant.account(prepared.account))
    try:
        async with launch.opened(prepared.browser, hosts, tenant.network) as (session, versions):
            visit.session, notes.versions = session, versions
            notes.stop = await perform_all(prepared.scenario, visit, begin, done)
    except Stopped as error:
        notes.stop = error
    finally:
        skip_rest(prepared.scenario, visit)
