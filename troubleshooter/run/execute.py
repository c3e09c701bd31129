"""Performs a whole run: browser → scenario → compare → diagnose → report. Sets the run's times and its id."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from troubleshooter import __version__
from troubleshooter.browser.early import EarlyBrowser
from troubleshooter.browser.locator_use import using
from troubleshooter.browser.patience import Patience, patience, waiting_with
from troubleshooter.browser.selector_check import check_repairs
from troubleshooter.browser.shared import RunBrowser
from troubleshooter.errors import CannotWrite, InputError, Stopped
from troubleshooter.evidence.camera import Camera
from troubleshooter.evidence.log_file import LogFile
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Reason
from troubleshooter.model.records import PhotoFile, Record, Step
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.run_log import Event, Phase, Version, log, logging_to
from troubleshooter.run.prepared import PreparedRun
from troubleshooter.run.recorder import Recorder, keep_expected, keep_photo
from troubleshooter.run.runner import Observer, Runner
from troubleshooter.run.signals import cancelling
from troubleshooter.steps.context import ComparedProfile, PhotoToAdd, RunContext
from troubleshooter.steps.workspace import Workspace
from troubleshooter.surfaces import chosen, named


@dataclass(frozen=True)
class Finished:
    """A run that has ended, however it ended."""

    record: Record
    folder: RunFolder
    report: Path


async def run(
    prepared: PreparedRun,
    observer: Observer | None = None,
    earlier: Record | None = None,
    known: Record | None = None,
    browser: RunBrowser | None = None,
    *,
    interruptible: bool = True,
) -> Finished:
    """Perform the run, and leave its record, evidence and report in a new folder.

    Args:
        earlier: the record of the run that this one repeats.
        known: the newest conclusive record of its chain, if that is not `earlier`; changes are counted from it.
        browser: the browser of the run, if it is already starting, or one that it shares. It is released at the end.
        interruptible: whether Ctrl-C and SIGTERM end the run with its evidence; else its task has to be cancelled.

    Raises:
        InputError: the folder can't be created, or there is no room for anything in it; or the browser does not accept
            a selector of `locators.toml`.
        CannotWrite: the rest of the run could not be written; what is there is complete in itself.
    """
    observer, started = observer or Observer(), datetime.now(UTC)
    request = prepared.request
    folder = (
        RunFolder.at(request.run_dir, prepared.redactor)
        if request.run_dir
        else RunFolder.new(request.out, request.scenario, started, prepared.redactor)
    )
    try:
        recorder, runner = _begun(prepared, folder, started, earlier)
    except CannotWrite as error:
        folder.discard()
        raise InputError("--out", f"{error}; expected a writable folder with room for a run") from error
    waits = Patience(request.timeout, request.max_time)
    browser = browser or EarlyBrowser(prepared.browser, prepared.tenant.network)
    try:
        with logging_to(_log_of(observer, folder, prepared.redactor)), waiting_with(waits):
            log(Phase.START, Event.STARTED, Version(__version__))
            observer.started(waits)
            await _watched(prepared, runner, recorder, observer, browser, interruptible=interruptible)
            return _ended(prepared, recorder, folder, known or earlier)
    except InputError:
        folder.discard()  # nothing was visited
        raise
    finally:
        await browser.closed()


def _log_of(observer: Observer, folder: RunFolder, redactor: Redactor) -> Callable[[str], None] | None:
    """Return what a line of the log is passed to: the file, then the observer; None if no log is kept."""
    tell, file = observer.line, LogFile(folder, redactor)
    if tell is None:
        return None

    def add(line: str) -> None:
        redacted = file.redacted(line)
        file.add(redacted)
        tell(redacted)

    return add


async def _watched(
    prepared: PreparedRun,
    runner: Runner,
    recorder: Recorder,
    observer: Observer,
    browser: RunBrowser,
    *,
    interruptible: bool,
) -> None:
    """Perform the steps; write the record after each, and note in it what ended them early.

    Raises:
        InputError: the browser does not accept what the run was given; nothing was visited.
    """
    asyncio.get_running_loop().run_in_executor(None, _load_conclusion, prepared.request.lang)

    def done(step: Step) -> None:
        recorder.write()
        observer.done(step)

    work = asyncio.ensure_future(_perform(prepared, runner, recorder, replace(observer, done=done), browser))
    try:
        with cancelling(work, recorder.interrupted) if interruptible else nullcontext():
            await work
    except asyncio.CancelledError:
        if not recorder.was_interrupted:
            raise
        log(Phase.END, Event.INTERRUPTED)
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - re-raised once the evidence is saved
        log(Phase.END, Event.FAILED)
        recorder.failed(error)


def _load_conclusion(lang: str) -> None:
    """Load what judges and reports a run; the steps leave time for it, because they wait for the browser."""
    from troubleshooter.run import conclusion  # noqa: PLC0415

    conclusion.make_ready(lang)


def _ended(prepared: PreparedRun, recorder: Recorder, folder: RunFolder, known: Record | None) -> Finished:
    """Judge what was recorded, and publish it.

    Raises:
        CannotWrite: not everything could be written.
        Exception: what ended the steps.
    """
    from troubleshooter.run.conclusion import finish, publish  # noqa: PLC0415 - loaded while the steps were performed

    record = finish(recorder.record(ended=datetime.now(UTC)), folder, prepared.scenario.judge, known)
    try:
        report = publish(record, folder, prepared.request.lang, prepared.sign)
    except CannotWrite as error:
        raise (recorder.failure or error) from error
    if recorder.failure:
        raise recorder.failure
    return Finished(folder.redacted(record), folder, report)


def _begun(
    prepared: PreparedRun, folder: RunFolder, started: datetime, earlier: Record | None
) -> tuple[Recorder, Runner]:
    """Write the given files and the first record of a run; return its runner and its recorder."""
    photo = keep_photo(prepared, folder)
    runner = Runner(prepared.scenario, context_of(prepared, photo))
    recorder = Recorder(prepared, folder, runner, started)
    recorder.given(expected=keep_expected(prepared.request.expect, photo, folder), photo=photo, earlier=earlier)
    recorder.write()
    return recorder, runner


def context_of(prepared: PreparedRun, photo: PhotoFile | None) -> RunContext:
    """Return the context that the steps of the run use."""
    request = prepared.request
    account = prepared.tenant.account(prepared.account)
    as_subject = account.username.lower() == prepared.subject
    surfaces = chosen(request.surfaces, as_subject=as_subject)
    return RunContext(
        tenant=prepared.tenant,
        account=account,
        credentials=prepared.credentials,
        subject=prepared.subject,
        pages=prepared.pages,
        timeout=request.timeout,
        redactor=prepared.redactor,
        surfaces=surfaces,
        requested_surfaces=surfaces if "all" in request.surfaces else named(request.surfaces),
        show_others=request.show_others,
        operator=prepared.operator,
        interactive=request.interactive,
        photo=PhotoToAdd(prepared.photo, photo, request.sent_before) if prepared.photo and photo else None,
        profile=ComparedProfile(prepared.profile, prepared.browser) if prepared.profile else None,
    )


async def _in_time(steps: Awaitable[Stopped | None], recorder: Recorder) -> Stopped | None:
    """Await `steps` until the time of the run has run out; return what stopped the run, or None."""
    clock = patience().clock
    try:
        async with clock.ending():
            return await steps
    except TimeoutError:
        if not clock.has_run_out:
            raise
        recorder.interrupted(Reason.TIME_LIMIT)
        log(Phase.END, Event.OUT_OF_TIME)
        return None


async def _perform(
    prepared: PreparedRun, runner: Runner, recorder: Recorder, observer: Observer, browser: RunBrowser
) -> None:
    """Perform the steps in the browser until finished, stopped, or cancelled."""
    tenant = prepared.tenant
    hosts = tenant.hosts(tenant.account(prepared.account))
    try:
        with using(recorder.locators):
            started = await browser.started()
            session = await started.session(hosts, prepared.browser)
            recorder.browser_opened(session.guard, started.versions)
            await check_repairs(session)
            camera = Camera(recorder.folder)
            workspace = Workspace(session, camera, home=tenant.home, timeout=prepared.request.timeout)
            recorder.stopped(await _in_time(runner.perform_all(workspace, observer), recorder))
    except Stopped as error:
        recorder.stopped(error)
    finally:
        browser.release()  # it closes while the run is judged and published
        runner.skip_rest()
