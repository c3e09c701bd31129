"""One run, as a table of contents: browser → scenario → compare → diagnose → report. Owns the clock and the id."""

from __future__ import annotations

import asyncio
import platform
import signal
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from troubleshooter import __version__, browser
from troubleshooter.capture import Camera
from troubleshooter.compare.picture import load
from troubleshooter.compare.sightings import compared
from troubleshooter.diagnose import diagnosed, differing, follows, judged, settled
from troubleshooter.errors import Stopped
from troubleshooter.folder import Folder
from troubleshooter.model import Expected, PhotoFile, Reason, Record, Step, StepStatus, Stop, Verdict, Versions, say
from troubleshooter.order import Prepared, read_expected
from troubleshooter.pages.photo_address import account_in, thumbnail_of
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
    photo = _keep_photo(prepared, folder)
    expected = _keep_expected(order.expect, folder)
    if photo:
        expected = Expected(name=photo.name, shot=photo.shot, sha256=photo.sha256, natural_px=photo.natural_px)
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
    notes = _Notes(prepared, folder, visit, started, expected, earlier)
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


def _keep_expected(path: Path | None, folder: Folder) -> Expected | None:
    if path is None:
        return None
    data = read_expected(path)
    shot, digest = folder.keep(data, path.suffix.lower())
    height, width = load(data).pixels.shape[:2]
    return Expected(name=path.name, shot=shot, sha256=digest, natural_px=(width, height))


def _keep_photo(prepared: Prepared, folder: Folder) -> PhotoFile | None:
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


@dataclass
class _Notes:
    """What is known of a run while it is being made."""

    prepared: Prepared
    folder: Folder
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
        visit, order = self.visit, self.prepared.order
        failed_at = next((s.id for s in visit.steps if s.reason and self.stop and s.reason is self.stop.reason), None)
        stop = None
        if self.stop:
            stop = Stop(step=failed_at, what=self.stop.what, help=self.stop.help, code=self.stop.code)
        session = visit.session
        asked = session.guard.photo_requests if session else []
        own = [at for at, url in asked if account_in(url) in visit.who.addresses or thumbnail_of(url, visit.subject)]
        steps = list(visit.steps)
        if self.failed and not any(step.reason is Reason.CRASHED for step in steps):
            title, failed = say("End the run"), StepStatus.FAILED
            steps.append(
                Step(id="end", article_step=None, title=title.text, said=title, status=failed, reason=Reason.CRASHED)
            )
        return Record(
            id=self.folder.path.name,
            scenario=order.scenario,
            tenant=order.tenant.name,
            subject=visit.subject,
            subject_name=min(visit.who.names, default=None),
            account=self.prepared.account,
            signed_in_as=visit.signed_in_as,
            sandbox=order.tenant.sandbox,
            ticket=order.ticket,
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


async def _perform(
    prepared: Prepared, visit: Visit, notes: _Notes, begin: Callable[[Planned], None], done: Callable[[Step], None]
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
def _interruptible(work: asyncio.Future[Any], notes: _Notes) -> Iterator[None]:
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
