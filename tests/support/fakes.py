"""Fakes for a session without a browser: tabs that load nothing, and a camera that takes no screenshots."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import TimeoutError as PlaywrightTimeout

from troubleshooter.browser.guard import Guard
from troubleshooter.evidence.window_shot import WindowShot
from troubleshooter.model.enums import Kind, Source, Surface
from troubleshooter.model.message import Message
from troubleshooter.model.records import Sighting, Size
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.secret import Secret
from troubleshooter.signin.credentials import Credentials
from troubleshooter.steps.context import RunContext
from troubleshooter.steps.observations import Observations
from troubleshooter.steps.recorder import StepRecorder
from troubleshooter.steps.step_run import StepRun
from troubleshooter.steps.workspace import Workspace
from troubleshooter.tenant.file import Account
from troubleshooter.tenant.hosts import host_policy
from troubleshooter.tenant.tenant import Tenant

HOME = "https://www.office.com"
SHAREPOINT = "https://contoso.sharepoint.com"
ANA = "ana.popescu@contoso.com"
HELPDESK = "helpdesk@contoso.com"
TENANT = Tenant(
    name="Contoso",
    home=HOME,
    sharepoint=SHAREPOINT,
    my="https://contoso-my.sharepoint.com",
    cloud="worldwide",
    sign_in_hosts=(),
    accounts={"ana": Account(username=ANA), "helpdesk": Account(username=HELPDESK)},
)
MOMENT = datetime(2026, 11, 22, 10, 41, tzinfo=UTC)


def sighting(kind: Kind) -> Sighting:
    """Return a sighting of Ana in a People web part."""
    return Sighting(
        surface=Surface.PEOPLE_WEB_PART,
        step="page-1",
        subject=ANA,
        identified_by="mail-link",
        kind=kind,
        source=Source.SHAREPOINT_COPY,
        locator="img",
        seen_at=MOMENT,
    )


class FakeLocator:
    """An element that is not there."""

    @property
    def first(self) -> FakeLocator:
        return self

    async def wait_for(self, **how: object) -> None:
        raise PlaywrightTimeout("Timeout exceeded")


class FakeTab:
    """A fake tab that shows any URL to which it is sent."""

    def __init__(self, answers: dict[str, Any] | None = None) -> None:
        self.url = "about:blank"
        self.frames: list[Any] = []
        self.leads_to: dict[str, str] = {}
        """Redirects, from one URL to another."""
        self.closed = False
        self.answers = answers or {}
        """JSON responses to the tab's own requests, by a part of the URL."""
        self.requested: list[str] = []
        self.main_frame = self
        self.child_frames: list[Any] = []

    def on(self, event: str, handler: Callable[..., object]) -> None:
        """Accept a listener that is never called."""

    def remove_listener(self, event: str, handler: Callable[..., object]) -> None:
        """Forget the listener."""

    def is_closed(self) -> bool:
        return self.closed

    async def close(self) -> None:
        self.closed = True

    async def goto(self, url: str, **how: object) -> None:
        self.url = self.leads_to.get(url, url)

    async def wait_for_url(self, there: Callable[[str], bool], **how: object) -> None:
        if not there(self.url):
            raise PlaywrightTimeout("Timeout exceeded")

    def locator(self, selector: str) -> FakeLocator:
        return FakeLocator()

    async def wait_for_load_state(self, state: str) -> None:
        """Return immediately."""

    async def evaluate(self, script: str, argument: Any = None) -> Any:
        """Return the response to a script's own request for JSON, or to a request for what the tab shows."""
        if isinstance(argument, dict):
            return json.dumps({"url": self.url, "parts": [{"t": "p", "a": [["id", "page"]]}, "Ana Popescu", 0]})
        url = argument[0] if isinstance(argument, list) else argument
        self.requested.append(url)
        found = next((answer for part, answer in self.answers.items() if part in url), None)
        if found is None:
            return {"status": 404, "date": "", "text": ""}
        return {"status": 200, "date": "Sun, 22 Nov 2026 10:41:00 GMT", "text": json.dumps(found)}


class FakeSession:
    """A session with fake tabs and a real guard."""

    def __init__(self, answers: dict[str, Any] | None = None) -> None:
        self.guard = Guard(host_policy("worldwide", [HOME, SHAREPOINT]), trouble=asyncio.Future())
        self.context = self
        self.tabs: list[FakeTab] = []
        self._answers = answers

    async def tab(self, *, aside: bool = False) -> FakeTab:
        self.tabs.append(FakeTab(self._answers))
        return self.tabs[-1]


class FakeCamera:
    """A fake camera that keeps the captions of the screenshots that it would take."""

    def __init__(self) -> None:
        self.captions: list[str] = []
        self.kept: list[tuple[bytes, str]] = []
        self.folder = self

    async def window(self, tab: FakeTab, caption: Message, marks: object, measure: object, typed: object) -> WindowShot:
        self.captions.append(caption.text)
        written: asyncio.Future[tuple[str, Size]] = asyncio.get_running_loop().create_future()
        written.set_result((f"evidence/{len(self.captions)}.webp", (1280, 900)))
        return WindowShot(f"view {len(self.captions)}", MOMENT, caption, (), 0, written)

    def keep(self, data: bytes, suffix: str) -> tuple[str, str]:
        self.kept.append((data, suffix))
        return f"evidence/kept{suffix}", "0" * 64


def context(username: str = ANA, **changes: object) -> RunContext:
    """Return the context of a run about Ana, as the account `username`."""
    account = Account(username=username)
    made = RunContext(
        tenant=TENANT,
        account=account,
        credentials=Credentials(username, Secret("password")),
        subject=ANA,
        pages=(),
        timeout=20.0,
        redactor=Redactor(),
    )
    return replace(made, **changes)


def workspace(answers: dict[str, Any] | None = None) -> Workspace:
    """Return a workspace without a browser; its tabs get `answers` to their own requests."""
    session: Any = FakeSession(answers)
    camera: Any = FakeCamera()
    return Workspace(session, camera, home=HOME, timeout=20.0)


def step_run(run: RunContext, at: Workspace, *earlier: StepRecorder) -> StepRun:
    """Return a step of `run` named `step`, after the steps whose recorders are `earlier`."""
    recorder = StepRecorder("step")
    return StepRun(run, at, Observations(run.subject, run.pages, [*earlier, recorder]), recorder)
