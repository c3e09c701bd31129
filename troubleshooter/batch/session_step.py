"""Lets a session that is signed in already do what steps do: open tabs, visit pages, request pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.browser.shared import SharedBrowser
from troubleshooter.evidence.camera import Camera
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.run.execute import context_of
from troubleshooter.run.prepared import PreparedRun
from troubleshooter.steps.observations import Observations
from troubleshooter.steps.recorder import StepRecorder
from troubleshooter.steps.step_run import StepRun
from troubleshooter.steps.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.async_api import Request


async def session_step(
    prepared: PreparedRun,
    browser: SharedBrowser,
    folder: RunFolder,
    note: Callable[[Request], None] = lambda request: None,  # noqa: ARG005
) -> StepRun:
    """Return a step in a new session of `browser`, which continues a sign-in.

    Args:
        folder: where pictures are kept while they are compared.
        note: called with each request of the session.
    """
    tenant = prepared.tenant
    session = await browser.session(tenant.hosts(tenant.account(prepared.account)), prepared.browser)
    session.context.on("request", note)
    workspace = Workspace(session, Camera(folder), home=tenant.home, timeout=prepared.request.timeout)
    workspace.sign_in_is_over()
    recorder = StepRecorder("quick")
    return StepRun(context_of(prepared, None), workspace, Observations(prepared.subject, (), [recorder]), recorder)
