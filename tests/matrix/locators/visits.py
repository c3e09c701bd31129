"""Visits: the steps of the scenarios that use one page, performed in a browser that stays open, without screenshots."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any
from urllib.parse import unquote

from playwright.async_api import Browser
from support.fakes import FakeCamera
from support.private import private

from scenarios import add_photo, photo_differs, resync_photo
from troubleshooter.browser import launch
from troubleshooter.browser.failures import BrowserFailure
from troubleshooter.browser.locator_use import LocatorUse, using
from troubleshooter.compare.upload import checked
from troubleshooter.model.enums import Kind
from troubleshooter.model.records import PhotoFile
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.secret import Secret
from troubleshooter.run.runner import Observer, Runner
from troubleshooter.sandbox.interference import Mutation
from troubleshooter.sandbox.mutations import CASE_COOKIE, DECOY
from troubleshooter.sandbox.people import PEOPLE
from troubleshooter.sandbox.server import Running
from troubleshooter.sandbox.sessions import LOGIN, RESOURCES, SHAREPOINT_WIDE_COOKIE
from troubleshooter.scenario import Scenario, StepDefinition
from troubleshooter.signin.credentials import Credentials
from troubleshooter.steps.context import PhotoToAdd, RunContext
from troubleshooter.steps.home import open_home, open_private_session
from troubleshooter.steps.recorder import SubjectKnownAs
from troubleshooter.steps.return_home import return_home
from troubleshooter.steps.step_run import StepRun
from troubleshooter.steps.workspace import Workspace
from troubleshooter.surfaces import chosen
from troubleshooter.tenant.sandbox import tenant_of

SUBJECT = "ana.popescu@contoso.com"
PAGE = "https://contoso.sharepoint.com/sites/communications/SitePages/Our-Team.aspx"
TIMEOUT = 6.0
"""Seconds: the longest single wait of a visit."""
Perform = Callable[[StepRun], Coroutine[object, object, None]]


async def _select_onedrive(step: StepRun) -> None:
    await resync_photo.select_onedrive(step)


async def _open_home(step: StepRun) -> None:
    await open_home(step)


async def _begin_at_home(step: StepRun) -> None:
    await open_private_session(step)
    await return_home(step)
    step.workspace.sign_in_is_over()


async def _begin(step: StepRun) -> None:
    await open_private_session(step)
    step.workspace.sign_in_is_over()
    step.recorder.add(SubjectKnownAs(name=PEOPLE[SUBJECT].name))  # as the account panel and the profile say


_HOME = (open_private_session, photo_differs.go_to_office, photo_differs.select_sharepoint)
_PAGE = (_begin, photo_differs.go_to_page)
_STEPS: Mapping[str, tuple[Perform, ...]] = {
    "home": _HOME,
    "onedrive": (_begin_at_home, _select_onedrive),
    "page-own": _PAGE,
    "page-colleague": _PAGE,
    "sign-in": (open_private_session, _open_home),
    "photo-window": (open_private_session, _open_home, add_photo.select_account_button, add_photo.change_photo),
}


@dataclass(frozen=True)
class Visited:
    """What a visit came to."""

    steps: tuple[tuple[str, str], ...]
    """The status and the reason of each step."""
    said: str
    """What the steps say about it."""
    seen: frozenset[tuple[str, str, str]]
    """The surfaces on which the subject was seen, with the kind, and whether it was settled."""
    strangers: tuple[str, ...]
    """The addresses of pictures that were taken for the subject's, or the account's, and are not."""
    missing: int
    """How many places were reported as not seen."""
    found: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By what each locator was found, and the selector."""
    touched: tuple[str, ...] = ()
    """How decoys were touched."""
    pictures: frozenset[tuple[str, str, str]] = frozenset()
    """What was seen of the subject: the surface, the kind, and the address of the picture."""
    kept: tuple[str, ...] = ()
    """The kinds of the pages that were kept for whoever repairs the locators."""
    sent: tuple[int, int] = (0, 0)
    """How many passwords and photos were sent; visits that send some are made one at a time."""

    @property
    def failed(self) -> str:
        """Return the reason of the first step that failed; empty if none did."""
        return next((reason or status for status, reason in self.steps if status != "passed"), "")


class BlindCamera(FakeCamera):
    """A camera that takes no pictures, also of avatars."""

    async def cut_out(self, element: object, frame: object, at: object = None) -> SimpleNamespace:
        return SimpleNamespace(path="evidence/none.png", sha256="0" * 64, preview=None)


@dataclass(frozen=True)
class Room:
    """Where visits are made: a tenant, a browser that reaches it, and a photo to add."""

    box: Running
    browser: Browser
    photo: Path


async def visit(
    name: str,
    room: Room,
    mutation: Mutation | None = None,
    case: str = "",
    prepare: Any = None,
    *,
    repairs: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Visited:
    """Perform the visit `name` in a private session of its own.

    Args:
        mutation: what is changed on every page of this visit.
        case: the name of this visit, which no other visit has at the same time.
        prepare: prepares the session's context, if given.
        repairs: selectors to try first, by the id of their locator.
    """
    box = room.box
    kind = name.partition("@")[0]
    tenant = tenant_of(box)
    account = tenant.account("helpdesk" if kind == "page-colleague" else "ana")
    context = RunContext(
        tenant=tenant,
        account=account,
        credentials=Credentials(account.username, Secret(box.password)),
        subject=SUBJECT,
        pages=(PAGE,) if kind.startswith("page-") else (),
        timeout=TIMEOUT,
        redactor=Redactor(),
        surfaces=chosen((), as_subject=account.username == SUBJECT),
    )
    if kind == "photo-window":
        context = replace(context, photo=_photo(room.photo))
    steps = tuple(
        StepDefinition(f"s{n}", None, "Step", step, essential=True, each_page=step is photo_differs.go_to_page)
        for n, step in enumerate(_STEPS[kind])
    )
    scenario = Scenario("visit", "Visit", "", steps, photo_differs.SCENARIO.details)
    if mutation:
        box.state.mutations[case] = mutation
    options = launch.Options(timeout=TIMEOUT, ui_locale="en-US")
    async with private(room.browser, tenant.hosts(account), options) as session:
        hosts = (*RESOURCES, LOGIN, "www.office.com")
        await session.context.add_cookies(
            [{"name": CASE_COOKIE, "value": case or "-", "url": f"https://{host}"} for host in hosts]
        )
        if kind != "sign-in":
            await _sign_in(session.context, box, account.username)
        if prepare:
            await prepare(session.context)
        camera: Any = BlindCamera()
        workspace = Workspace(session, camera, home=tenant.home, timeout=TIMEOUT)
        runner, use, said = Runner(scenario, context), LocatorUse(repairs), ""
        before = _sent(box)
        with using(use):
            try:
                stop = await runner.perform_all(workspace, Observer())
                said = stop.what.text if stop else ""
            except BrowserFailure as error:
                said = str(error)
            runner.skip_rest()
    box.state.mutations.pop(case, None)
    after = _sent(box)
    touched = tuple(how for where, how in box.state.decoys_touched if where == (case or "-"))
    made = _visited(runner, use, said)
    kept = tuple(suffix for _, suffix in camera.kept)
    return replace(made, touched=touched, kept=kept, sent=(after[0] - before[0], after[1] - before[1]))


def _sent(box: Running) -> tuple[int, int]:
    """Return how many passwords and photos the sandbox has received."""
    photos = sum(entry.path == "/sandbox-photo" for entry in box.journal.requests)
    return len(box.journal.credentials), photos


def _visited(runner: Runner, use: LocatorUse, said: str) -> Visited:
    sightings = [s for s in runner.seen.sightings if s.subject == SUBJECT]
    named = [(s.url, s.subject) for s in runner.seen.sightings if s.url and s.subject]
    strange = [url for url, subject in named if DECOY in url or _is_somebody_elses(url, subject)]
    notes = [step.note.text for step in runner.steps if step.note]
    return Visited(
        steps=tuple((step.status.value, step.reason.value if step.reason else "") for step in runner.steps),
        said=" ".join([*notes, said]),
        seen=frozenset(
            (s.surface.value, s.kind.value, "" if s.kind is not Kind.LOADING else "loading") for s in sightings
        ),
        strangers=tuple(strange),
        missing=len(runner.seen.unseen),
        pictures=frozenset((s.surface.value, s.kind.value, s.url or "") for s in sightings),
        found={match.id: (match.by.value, match.selector or "") for match in use.matches},
    )


def _is_somebody_elses(url: str, subject: str) -> bool:
    """Return whether the address of a picture names another person than `subject`."""
    others = [person for person in PEOPLE.values() if person.upn != subject]
    return any(mark in unquote(url).lower() for other in others for mark in (other.object_id, other.upn))


def _photo(path: Path) -> PhotoToAdd:
    file = checked(path)
    kept = PhotoFile(
        name=file.name, shot="evidence/x.jpg", sha256="0" * 64, format=file.format, bytes=len(file.data),
        natural_px=file.size, turned=file.turned, kept=file.kept,
    )  # fmt: skip
    return PhotoToAdd(file, kept, False)


async def _sign_in(context: Any, box: Running, upn: str) -> None:
    """Give `context` the cookies of somebody who signed in at every host."""
    sessions, cookies = box.state.sessions, []
    for host, resource in RESOURCES.items():
        value = sessions.token()
        sessions.hosts[host, value] = upn
        cookies.append({"name": resource.cookie, "value": value, "url": f"https://{host}"})
        if host.endswith(".sharepoint.com"):
            sessions.hosts["sharepoint.com", value] = upn
            cookies.append({"name": SHAREPOINT_WIDE_COOKIE, "value": value, "url": f"https://{host}"})
    value = sessions.token()
    sessions.logins[value] = upn
    cookies.append({"name": "ESTSAUTH", "value": value, "url": f"https://{LOGIN}"})
    await context.add_cookies(cookies)
