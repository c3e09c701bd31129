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

from troubleshooter import browser
from troubleshooter.capture import Camera
from troubleshooter.compare.sightings import compared
from troubleshooter.diagnose import diagnosed, differing, judged, settled
from troubleshooter.errors import Stopped
from troubleshooter.folder import Folder
from troubleshooter.model import Record, Step
from troubleshooter.notes import Notes, keep_expected, keep_photo
from troubleshooter.order import Prepared
from troubleshooter.pages.surfaces import chosen, named
from troubleshooter.report import render
from troubleshooter.scenario import Planned, perform_all, skip_rest
from troubleshooter.visit import Beside, Visit

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
    folder: Folder
    report: Path


async def run(prepared: Prepared, watcher: Watcher | None = None, earlier: Record | None = None) -> Finished:
    """Make the run and leave its record, evidence and report in a new folder.

    Args:
        earlier: the record of the run that this one repeats; then the new record says what has changed.

    Raises:
        InputError: the folder can't be made.
    """
    watcher = watcher or Watcher()
    order, started = prepared.order, datetime.now(UTC)
    folder = Folder.new(order.out, order.scenario, started, prepared.cleaner)
    photo = keep_photo(prepared, folder)
    expected = keep_expected(order.expect, photo, folder)
    visit = Visit(
        tenant=order.tenant,
        account=prepared.account,
        subject=prepared.subject,
        pages=prepared.pages,
        camera=Camera(folder),
        password=lambda: prepared.password,
        cleaner=prepared.cleaner,
        timeout=order.browser.timeout,
        show_others=order.show_others,
        photo=photo,
        upload=prepared.photo,
        sent_before=order.sent_before,
        totp=prepared.totp,
        person=order.person,
        hands_on=order.hands_on,
        beside=Beside(prepared.profile, order.browser) if prepared.profile else None,
    )
    visit.surfaces = chosen(order.surfaces, as_subject=visit.as_subject)
    visit.asked = visit.surfaces if "all" in order.surfaces else named(order.surfaces)
    notes = Notes(prepared, folder, visit, started, expected, earlier)
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


def finish(record: Record, folder: Folder, earlier: Record | None = None) -> Record:
    """Return `record` compared, judged and diagnosed, with what it brought about and what changed since `earlier`."""
    record = settled(diagnosed(judged(compared(record, folder.path))))
    return differing(earlier, record) if earlier else record


def publish(record: Record, folder: Folder, lang: str) -> Path:
    """Write the record, the report and, last, the manifest; return the report's path."""
    folder.write_record(record)
    report = folder.write_report(render(folder.cleaned(record), folder.path, lang=lang))
    folder.seal()
    return report


async def _perform(
    prepared: Prepared, visit: Visit, notes: Notes, begin: Callable[[Planned], None], done: Callable[[Step], None]
) -> None:
    """Open the browser and take the steps, until they end, something stops them, or a person does."""
    tenant = prepared.order.tenant
    hosts = tenant.hosts(tenant.account(prepared.account))
    try:
        async with browser.opened(prepared.order.browser, hosts, tenant.network) as (session, versions):
            visit.session, notes.versions = session, versions
            notes.stop = await perform_all(prepared.scenario, visit, begin, done)
    except Stopped as error:
        notes.stop = error
    finally:
        skip_rest(prepared.scenario, visit)


@contextmanager
def _interruptible(work: asyncio.Future[Any], notes: Notes) -> Iterator[None]:
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
