"""Takes sightings: turns an avatar on a page, or a picture opened from its direct URL, into a record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, TimedOut, browser_failures, or_default
from troubleshooter.browser.locator_use import locators
from troubleshooter.browser.traffic import PictureResponse, described
from troubleshooter.identity.photo_address import source_of
from troubleshooter.model.enums import Kind, Reason, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Response as RecordedResponse
from troubleshooter.model.records import Sighting, Size
from troubleshooter.model.service_limits import THROTTLED
from troubleshooter.pages import find
from troubleshooter.pages.avatars import AvatarElement, avatars_in, natural_size, reveal
from troubleshooter.pages.cover import uncover
from troubleshooter.pages.sign_in_prompt import comes_back, signed_out
from troubleshooter.redaction.patterns import redact_address, redact_picture_address
from troubleshooter.steps.clock import now
from troubleshooter.steps.refused_photos import note_refusal, refused_photo_of
from troubleshooter.steps.step_run import StepRun
from troubleshooter.surfaces import SURFACES
from troubleshooter.surfaces.surface import PICTURE
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from datetime import datetime

    from playwright.async_api import Locator, Page, Response

_MAY_BE_MISSING = (Surface.OUTLOOK_PHOTO, Surface.GRAPH_PHOTO, Surface.STORED_THUMBNAIL)
"""Surfaces whose URL may return no picture for unrelated reasons, which says nothing about the photo."""
_EMPTY_BUTTON = message("The account button contains no picture.")
_EMPTY = {Surface.ACCOUNT_PANEL: message("The account panel on the home page shows no picture.")}
"""What is said about a place of the account's avatar in which nothing is drawn."""


@dataclass(frozen=True)
class Place:
    """The place of an avatar, and whose avatar it is."""

    surface: Surface
    locator: str
    """The locator that matched."""
    subject: str | None
    """UPN of the person; None if nothing proved who it is."""
    identified_by: str | None
    """The evidence for `subject`."""


def kind_drawn(avatar: AvatarElement) -> Kind:
    """Return what the page renders, according to the document; `photo` is refined later, from the pixels."""
    if avatar.shown == "initials":
        # Initials may only stand in while a picture loads; in that case, nothing has been seen yet.
        return Kind.LOADING if avatar.state == "loading" or avatar.refused else Kind.INITIALS
    if avatar.shown == "hidden" or avatar.state == "loading":
        return Kind.LOADING
    return Kind.BROKEN if avatar.state == "broken" else Kind.PHOTO


async def take(step: StepRun, tab: Page, avatar: AvatarElement, place: Place) -> Sighting:
    """Take a screenshot of `avatar`, look up the response behind it, and record the sighting."""
    workspace, context = step.workspace, step.context
    traffic = workspace.traffic(tab)
    requested = avatar.url.partition("#")[0]  # what follows is not sent
    filled = await traffic.picture_response(avatar.url) or await traffic.picture_response(requested)
    if avatar.shown == "initials" and not avatar.url and place.identified_by != "session":
        who = step.who.addresses if place.subject == context.subject else ()
        avatar = replace(avatar, refused=await refused_photo_of(traffic, tab, who, signed_in=False))
    shot, kind = None, kind_drawn(avatar)
    if avatar.refused:
        filled = await traffic.picture_response(avatar.refused)
        note_refusal(step, place.surface, avatar.refused, filled)
    if kind is Kind.INITIALS and filled and filled.response.status in THROTTLED:
        kind = Kind.LOADING  # throttled: a later request would get the picture
    if place.subject == context.subject or context.show_others:
        element = await avatar.element()
        await reveal(element)
        if not await uncover(element, context.short_wait, await avatar.card_element()):
            kind = Kind.LOADING  # otherwise, what covers it would be taken for the photo
            step.cannot_see(place.surface, message("Something on the page covers the picture, and does not go away."))
        shot = await workspace.camera.cut_out(element, avatar.frame)
    # A page does not expose the size of a background picture.
    from troubleshooter.compare.picture import size_of  # noqa: PLC0415 - only a run loads what reads pixels

    natural = avatar.natural or size_of(await traffic.body(requested))
    if kind is Kind.PHOTO and natural and min(natural) <= 1:
        kind = Kind.BLANK
    sighting = Sighting(
        surface=place.surface,
        step=step.recorder.step,
        subject=place.subject,
        identified_by=place.identified_by,
        kind=kind,
        source=SURFACES[place.surface].store(source_of(avatar.url)),
        url=_address(avatar.url),
        page_url=redact_address(tab.url),
        page=step.page,
        locator=place.locator,
        natural_px=natural,
        rendered_px=(round(avatar.size[0] * avatar.dpr), round(avatar.size[1] * avatar.dpr)),
        dpr=avatar.dpr,
        sha256=shot.sha256 if shot else None,
        body_sha256=filled.body_sha256 if filled else None,
        shot=shot.path if shot else None,
        preview=shot.preview if shot else None,
        seen_at=now(),
        response=filled.response if filled else None,
        session=workspace.kind,
    )
    step.recorder.add(sighting)
    return sighting


def _address(url: str) -> str | None:
    """Return a picture's URL as the record keeps it: redacted, and without the bytes if it embeds any."""
    if url.startswith(("data:", "blob:")):
        return url.split(",", 1)[0][:60]
    return redact_picture_address(url) or None


async def header(
    step: StepRun, tab: Page, button: find.FoundElement, surface: Surface, *, seconds: float | None = None
) -> Sighting | None:
    """Take the sighting of the signed-in person's avatar in or on `button`; record it and return None if there is none.

    Args:
        seconds: how long to wait for the page to settle; default: the run's limit.
    """
    await step.workspace.traffic(tab).settle(seconds or step.context.timeout)
    handle = await button.locator.element_handle()
    frame = await handle.owner_frame() if handle else None
    if not handle or not frame:
        return None
    avatars = await avatars_in(handle, frame, itself=True)
    visible = [avatar for avatar in avatars if avatar.shown != "hidden"] or avatars
    if not visible:
        step.missed(surface, _EMPTY.get(surface, _EMPTY_BUTTON), Reason.PAGE_CHANGED)
        return None
    avatar, signed_in = visible[0], step.seen.signed_in_as
    if avatar.shown == "initials" and not avatar.url.startswith("https:"):
        mine = step.who.addresses if step.context.as_subject else {signed_in or step.context.username.lower()}
        refused = await refused_photo_of(step.workspace.traffic(tab), tab, mine, signed_in=True)
        avatar = replace(avatar, refused=refused)
    return await take(step, tab, avatar, Place(surface, button.selector, signed_in, "session"))


@dataclass(frozen=True)
class VisitedPicture:
    """The result of opening a picture's URL in a tab."""

    filled: PictureResponse | None
    """The response; None if there was none."""
    image: Locator | None
    """The picture; None if the tab does not show one."""
    natural: Size | None
    """The picture's size in pixels."""

    @property
    def shows_more_than_a_dot(self) -> bool:
        """Return whether a picture is shown other than the 1 × 1 px one that means "no photo"."""
        return self.image is not None and self.natural is not None and min(self.natural) > 1


async def visit_picture(step: StepRun, tab: Page, url: str) -> VisitedPicture:
    """Open a picture's URL in `tab`, and return what it shows."""
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
        return VisitedPicture(None, None, None)
    filled = await described(responses[-1], times[-1])
    if not there or not _is_picture(responses):
        return VisitedPicture(filled, None, None)
    image = tab.locator(locators().css(PICTURE)).first
    width, height = await or_default(natural_size(image), (0, 0))
    return VisitedPicture(filled, image, (width, height)) if width else VisitedPicture(filled, None, None)


def _is_picture(responses: list[Response]) -> bool:
    return bool(responses) and responses[-1].headers.get("content-type", "").startswith("image/")


async def _go_to_picture(step: StepRun, tab: Page, url: str, responses: list[Response]) -> bool:
    """Go to `url` and return whether the tab shows the picture; the first visit may only complete a silent sign-in.

    If the picture is offered for download, the tab stays where it was.
    """
    for _ in range(2):
        try:
            with browser_failures():
                await tab.goto(url, wait_until="load")
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


async def endpoint(step: StepRun, tab: Page, url: str, surface: Surface) -> Sighting | None:
    """Visit the URL of the subject's photo and record the sighting; return None if there is none."""
    visited = await visit_picture(step, tab, url)
    if visited.filled is None:
        return None
    sighting = await _sighting_of(step, visited, url, surface)
    if sighting:
        step.recorder.add(sighting)
    elif (status := visited.filled.response.status) in THROTTLED:
        step.cannot_see(surface, message("{host} throttled the requests.", host=host_of(url)), Reason.THROTTLED)
    elif status == 403:
        note = message("{host} refuses this photo to the account that is signed in.", host=host_of(url))
        step.cannot_see(surface, note, status=status)
    elif surface in _MAY_BE_MISSING and (why := _not_a_picture(visited.filled.response, url)):
        step.cannot_see(surface, why, Reason.NOT_REACHED)
    return sighting


def _not_a_picture(response: RecordedResponse, url: str) -> Message | None:
    """Return what a response without a picture means, if that is known; it says nothing about the photo."""
    if response.status == 401:
        return message("{host} requires a token, which a browser session does not have.", host=host_of(url))
    if response.status == 200 and response.content_type.startswith("text/html"):
        return message("{host} returned a web page instead of a picture.", host=host_of(url))
    return None


async def _sighting_of(step: StepRun, visited: VisitedPicture, url: str, surface: Surface) -> Sighting | None:
    """Return the sighting from a visited URL; None if the visit says nothing about the photo."""
    assert visited.filled
    plain = Sighting(
        surface=surface,
        step=step.recorder.step,
        subject=step.context.subject,
        identified_by="request",
        kind=Kind.PHOTO,
        source=SURFACES[surface].store(source_of(url)),
        url=_address(url),
        locator="img",
        natural_px=visited.natural,
        seen_at=now(),
        response=visited.filled.response,
        body_sha256=visited.filled.body_sha256,
        session=step.workspace.kind,
    )
    if visited.image is None or visited.natural is None:
        kind = kind_without_picture(surface, visited.filled)
        return plain.model_copy(update={"kind": kind}) if kind else None
    if not visited.shows_more_than_a_dot:
        return plain.model_copy(update={"kind": Kind.BLANK})
    shot = await step.workspace.camera.cut_out_picture(visited.image, visited.natural)
    dpr = shot.px[0] / visited.natural[0]
    kept = {"shot": shot.path, "sha256": shot.sha256, "preview": shot.preview}
    return plain.model_copy(update={**kept, "rendered_px": shot.px, "dpr": dpr})


def kind_without_picture(surface: Surface, filled: PictureResponse) -> Kind | None:
    """Return what it means that no picture is shown: no photo, a failed delivery, or neither (None)."""
    response = filled.response
    if surface is Surface.GRAPH_PHOTO and response.status == 404:
        # A user without a mailbox in the cloud gets the same status, and may well have a photo.
        return None if "mailbox" in filled.error.lower() else Kind.BLANK
    if response.status in THROTTLED:
        return None
    if response.status == 200 and response.content_type.startswith("image/"):
        return None  # there is a picture, but the browser downloads it instead of showing it
    return None if surface in _MAY_BE_MISSING else Kind.BROKEN
