"""One run, as a table of contents: browser → scenario → compare → diagnose → report. Owns the clock and the id."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from troubleshooter.browser import launch
from troubleshooter.compare.sightings import compared
from troubleshooter.diagnose import diagnosed, differing, judged, settled
from troubleshooter.errors import Stopped
from troubleshooter.evidence.camera import Camera
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.records import Record, Step
from troubleshooter.report import render
from troubleshooter.run.recorder import Recorder, keep_expected, keep_photo
from troubleshooter.run.request import PreparedRun
from troubleshooter.run.runner import Planned, perform_all, skip_rest
from troubleshooter.steps.context import Beside, Visit
from troubleshooter.surfaces import chosen, named

if TYPE_CHECKING:
    from collections.abc import Iterator


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
    order, started = prepared.order, datetime.now(UTC)
    folder = RunFolder.new(order.out, order.scenario, started, prepared.redactor)
    photo = keep_photo(prepared, folder)
    expected = keep_expected(order.expect, photo, folder)
    visit = Visit(
        tenant=order.tenant,
        account=prepared.account,
        subject=prepared.subject,
        pages=prepared.pages,
        camera=Camera(folder),
        password=lambda: prepared.password,
        redactor=prepared.redactor,
        timeout=order.browser.timeout,
        show_others=order.show_others,
        photo=photo,
        upload=prepared.photo,
        sent_before=order.sent_before,
        totp=prepared.totp,
        operator=order.person,
        interactive=order.hands_on,
        beside=Beside(prepared.profile, order.browser) if prepared.profile else None,
    )
    visit.surfaces = chosen(order.surfaces, as_subject=visit.as_subject)
    visit.asked = visit.surfaces if "all" in order.surfaces else named(order.surfaces)
    notes = Recorder(prepared, folder, visit, started, expected, earlier)
    notes.write()

    def done(step: Step) -> None:
        notes.write()
        watcher.done(step)

    work = asyncio.ensure_future(_perform(prepared, visit, notes, watcher.begin, done))
    try:
        with _interruptible(work, notes):
            await work
    except asyncio.CancelledError:
        if not notes.interrupted_by:
            raise
    except Exception as error:  # noqa: BLE001 - raised again below, once its evidence is safe
        notes.failed = error
    record = finish(notes.record(ended=datetime.now(UTC)), folder, earlier)
    report = publish(record, folder, order.lang)
    if notes.failed:
        raise notes.failed
    return Finished(folder.cleaned(record), folder, report)


def finish(record: Record, folder: RunFolder, earlier: Record | None = None) -> Record:
    """Return `record` compared, judged and diagnosed, with what it brought about and what changed since `earlier`."""
    record = settled(diagnosed(judged(compared(record, folder.path))))
    return differing(earlier, record) if earlier else record


def publish(record: Record, folder: RunFolder, lang: str) -> Path:
    """Write the record, the report and, last, the manifest; return the report's path."""
    folder.write_record(record)
    report = folder.write_report(render(folder.cleaned(record), folder.path, lang=lang))
    folder.seal()
    return report


async def _perform(
    prepared: PreparedRun, visit: Visit, notes: Recorder, begin: Callable[[Planned], None], done: Callable[[Step], None]
) -> None:
    """Open the browser and take the steps, until they end, something stops them, or a person does."""
    tenant = prepared.order.tenant
    hosts = tenant.hosts(tenant.account(prepared.account))
    try:
        async with launch.opened(prepared.order.browser, hosts, tenant.network) as (session, versions):
            visit.session, notes.versions = session, versions
            notes.stop = await perform_all(prepared.scenario, visit, begin, done)
    except Stopped as error:
        notes.stop = error
    finally:
        skip_rest(prepared.scenario, visit)


@contextmanager
def _interruptible(work: asyncio.Future[Any], notes: Recorder) -> Iterator[None]:
    """While the block runs, Ctrl-C and SIGTERM end `work`; what was seen until then stays."""
    loop = asyncio.get_running_loop()

    def end(name: str) -> None:
        notes.interrupted_by = notes.interrupted_by or name
        work.cancel()

    watched = []
    for name in ("SIGINT", "SIGTERM"):
        try:
            loop.add_signal_handler(getattr(signal, name), end, name)
            watched.append(name)
        except (NotImplementedError, RuntimeError, ValueError):
            continue  # Windows has none, and neither has a thread: Ctrl-C then ends the run as an exception
    try:
        yield
    finally:
        for name in watched:
            loop.remove_signal_handler(getattr(signal, name))
