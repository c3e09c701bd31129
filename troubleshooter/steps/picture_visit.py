"""Opens pictures by their URLs, and keeps what the browser shows of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, TimedOut, or_default
from troubleshooter.browser.going import go
from troubleshooter.browser.locator_use import locators
from troubleshooter.browser.picture_response import PictureResponse, described
from troubleshooter.model.records import Size
from troubleshooter.pages import picture_alone
from troubleshooter.pages.sign_in_prompt import comes_back, signed_out
from troubleshooter.steps.clock import now
from troubleshooter.steps.step_run import StepRun
from troubleshooter.surfaces.surface import PICTURE
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, Response

    from troubleshooter.evidence.camera import CutOut
    from troubleshooter.evidence.window_shot import Box


@dataclass(frozen=True)
class VisitedPicture:
    """The result of opening a picture's URL in a tab."""

    filled: PictureResponse | None
    """The response; None if there was none."""
    natural: Size | None = None
    """The picture's size in pixels; None if the tab does not show one."""
    shot: CutOut | None = None
    """What the tab shows; None if that is no picture, or the one of 1 × 1 px that means "no photo"."""
    at: datetime | None = None
    """When the tab showed it."""


@dataclass(frozen=True)
class LoadedPicture:
    """A picture's URL that was opened in a tab, before what the tab shows is photographed."""

    filled: PictureResponse | None
    """The response; None if there was none."""
    image: Locator | None = None
    """The picture; None if the tab does not show one."""
    natural: Size | None = None
    """The picture's size in pixels; None if the tab does not show one."""
    box: Box | None = None
    """Where it is in the tab's window."""
    at: datetime | None = None
    """When the tab showed it."""

    async def photographed(self, step: StepRun) -> VisitedPicture:
        """Return what the tab shows, photographed."""
        shot = None
        if self.image and self.natural and min(self.natural) > 1:
            shot = await step.workspace.camera.cut_out_picture(self.image, self.natural, self.box)
        return VisitedPicture(self.filled, self.natural, shot, self.at)


async def visit_picture(step: StepRun, tab: Page, url: str) -> VisitedPicture:
    """Open a picture's URL in `tab`, and return what it shows."""
    return await (await load_picture(step, tab, url)).photographed(step)


async def load_picture(step: StepRun, tab: Page, url: str) -> LoadedPicture:
    """Open a picture's URL in `tab`."""
    responses: list[Response] = []
    times: list[datetime] = []

    def note(response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == tab.main_frame:
            responses.append(response)
            times.append(now())

    tab.on("response", note)
    try:
        there = await _go_to_picture(step, tab, url, responses)
    finally:
        tab.remove_listener("response", note)
    if not responses:
        return LoadedPicture(None)
    filled = await described(responses[-1], times[-1])
    if not there or not _is_picture(responses):
        return LoadedPicture(filled)
    selector = locators().css(PICTURE)
    alone = await or_default(picture_alone.shown(tab, selector), picture_alone.NOTHING)
    if not alone.natural[0]:
        return LoadedPicture(filled, at=now())
    return LoadedPicture(filled, tab.locator(selector).first, alone.natural, alone.box, now())


def _is_picture(responses: list[Response]) -> bool:
    return bool(responses) and responses[-1].headers.get("content-type", "").startswith("image/")


async def _go_to_picture(step: StepRun, tab: Page, url: str, responses: list[Response]) -> bool:
    """Go to `url` and return whether the tab shows the picture; the first visit may only complete a silent sign-in.

    If the picture is offered for download, the tab stays where it was.
    """
    for _ in range(2):
        try:
            await go(tab, url, "load", page=False)
        except TimedOut:
            raise  # the service holds the response back: a retry would only delay the run
        except BrowserFailure:
            if _is_picture(responses):
                return False
            continue
        if _is_picture(responses):
            return True
        hosts = step.workspace.guard.hosts
        if host_of(tab.url) != host_of(url) and _settled_elsewhere(tab.url, url):
            return False
        if not hosts.leads_to(tab.url, url) and not await _comes_back(tab, url, hosts, step.context.short_wait):
            if hosts.may_type(tab.url) and hosts.leads_to(url, step.context.tenant.sharepoint):
                raise signed_out(url)  # what SharePoint refuses now says nothing about the photo
            return False
    return _is_picture(responses)


def _settled_elsewhere(there: str, url: str) -> bool:
    """Return whether a service moved to a new host and shows a page of its own there, so that nothing more follows."""
    moved = (".cloud.microsoft", ".office.com", ".office365.com")
    return all(host_of(address).endswith(moved) for address in (there, url))


async def _comes_back(tab: Page, url: str, hosts: HostPolicy, seconds: float) -> bool:
    """Wait for a silent sign-in to another service to return to `url`'s host; return whether it did."""
    return await comes_back(tab, lambda there: hosts.leads_to(there, url), hosts, seconds)
