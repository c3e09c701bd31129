"""Taking a sighting: an avatar on a page, or a picture visited by itself, becomes a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.async_api import Error
from playwright.async_api import TimeoutError as WaitedTooLong

from troubleshooter.browser.traffic import Filled, described
from troubleshooter.compare.picture import size_of
from troubleshooter.identity.photo_address import source_of
from troubleshooter.model.enums import Kind, Reason, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Sighting, Size
from troubleshooter.pages.avatars import Avatar, avatars_in, natural_size
from troubleshooter.pages.cover import uncover
from troubleshooter.redaction.patterns import redact_address, redact_picture_address
from troubleshooter.steps.context import Visit, now
from troubleshooter.surfaces import SURFACES
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from datetime import datetime

    from playwright.async_api import Locator, Page
    from playwright.async_api import Response as Answer


_SLOW_DOWN = (429, 503)


def kind_drawn(avatar: Avatar) -> Kind:
    """Return what the page draws, as far as the document tells; the pixels refine `photo` later."""
    if avatar.shown == "initials":
        # Initials stand in while a picture loads: then nothing has been seen yet.
        return Kind.LOADING if avatar.state == "loading" else Kind.INITIALS
    if avatar.shown == "hidden" or avatar.state == "loading":
        return Kind.LOADING
    return Kind.BROKEN if avatar.state == "broken" else Kind.PHOTO


@dataclass(frozen=True)
class Place:
    """Where an avatar is, and whose it is."""

    surface: Surface
    locator: str
    """The locator that matched."""
    subject: str | None
    identified_by: str | None


async def take(visit: Visit, page: Page, avatar: Avatar, place: Place) -> Sighting:
    """Photograph `avatar`, note what filled it, and add the sighting to the run."""
    filled = await visit.traffic(page).filled(avatar.url) if avatar.url else None
    bystander = place.subject != visit.subject and not visit.show_others
    shot, kind = None, kind_drawn(avatar)
    if kind is Kind.INITIALS and filled and filled.response.status in _SLOW_DOWN:
        kind = Kind.LOADING  # the service will give it to who asks later
    if not bystander:
        await avatar.element.scroll_into_view_if_needed()
        if not await uncover(avatar.element, min(10.0, visit.timeout), avatar.card_element):
            kind = Kind.LOADING  # what lies over it would be taken for the photo
            visit.cannot_see(
                place.surface, message("Something on the page lies over the picture, and does not go away.")
            )
        shot = await visit.camera.cut_out(avatar.element)
    # A picture in the background tells the page nothing of its size.
    natural = avatar.natural or size_of(await visit.traffic(page).body(avatar.url))
    if kind is Kind.PHOTO and natural and min(natural) <= 1:
        kind = Kind.BLANK
    sighting = Sighting(
        surface=place.surface,
        step=visit.step,
        subject=place.subject,
        identified_by=place.identified_by,
        kind=kind,
        source=SURFACES[place.surface].store(source_of(avatar.url)),
        url=_address(avatar.url),
        page_url=redact_address(page.url),
        page=visit.page,
        locator=place.locator,
        natural_px=natural,
        rendered_px=(round(avatar.size[0] * avatar.dpr), round(avatar.size[1] * avatar.dpr)),
        dpr=avatar.dpr,
        sha256=shot.sha256 if shot else None,
        body_sha256=filled.body_sha256 if filled else None,
        shot=shot.path if shot else None,
        seen_at=now(),
        response=filled.response if filled else None,
    )
    visit.sightings.append(sighting)
    return sighting


def _address(url: str) -> str | None:
    """Return the address of a picture as the record keeps it: cleaned; of embedded bytes only the kind."""
    if url.startswith(("data:", "blob:")):
        return url.split(",", 1)[0][:60]
    return redact_picture_address(url) or None


async def header(
    visit: Visit, page: Page, button: Locator, surface: Surface, locator: str, *, seconds: float | None = None
) -> Sighting | None:
    """Take the sighting of the signed-in person's avatar in or on `button`; None when it holds none."""
    await visit.traffic(page).settle(seconds or visit.timeout)
    handle = await button.element_handle()
    frame = await handle.owner_frame() if handle else None
    if not handle or not frame:
        return None
    avatars = await avatars_in(handle, frame, itself=True)
    visible = [a for a in avatars if a.shown != "hidden"] or avatars
    if not visible:
        return None
    return await take(visit, page, visible[0], Place(surface, locator, visit.signed_in_as, "session"))


@dataclass(frozen=True)
class Visited:
    """A picture's address, visited top-level."""

    filled: Filled | None
    image: Locator | None
    natural: Size | None


async def visit_picture(visit: Visit, tab: Page, url: str) -> Visited:
    """Go to the address of a picture; `image` is None when the tab does not show one."""
    last: list[Answer] = []
    times: list[datetime] = []

    def note(answer: Answer) -> None:
        if answer.request.is_navigation_request() and answer.frame == tab.main_frame:
            last.append(answer)
            times.append(now())

    tab.on("response", note)
    try:
        there = await _goes(visit, tab, url, last)
    finally:
        tab.remove_listener("response", note)
    if not last:
        return Visited(None, None, None)
    filled = await described(last[-1], times[-1])
    if not there or not _is_picture(last):
        return Visited(filled, None, None)
    image = tab.locator("img").first
    try:
        width, height = await natural_size(image)
    except Error:
        return Visited(filled, None, None)
    return Visited(filled, image if width else None, (width, height) if width else None)


def _is_picture(answers: list[Answer]) -> bool:
    return bool(answers) and answers[-1].headers.get("content-type", "").startswith("image/")


async def _goes(visit: Visit, tab: Page, url: str, answers: list[Answer]) -> bool:
    """Go to `url`, twice if need be (the first visit may end in a silent sign-in); return whether the tab stands there.

    A picture that is offered for download leaves the tab where it was.
    """
    for _ in range(2):
        try:
            await tab.goto(url, wait_until="load")
        except WaitedTooLong:
            raise  # the service holds the answer back: asking again would only hold up the run
        except Error:
            if _is_picture(answers):
                return False
            continue
        if _is_picture(answers):
            return True
        if host_of(tab.url) != host_of(url) and not await _comes_back(tab, url, min(10.0, visit.timeout)):
            return False
    return _is_picture(answers)


async def _comes_back(tab: Page, url: str, seconds: float) -> bool:
    """Wait for another service of the same sign-in to let the session in by itself; return whether it did."""
    try:
        await tab.wait_for_url(lambda u: host_of(u) == host_of(url), timeout=seconds * 1000)
    except WaitedTooLong:
        return False
    return True


async def endpoint(visit: Visit, tab: Page, url: str, surface: Surface) -> Sighting | None:
    """Visit the address of the subject's photo and add the sighting; None when nothing answered with one."""
    seen = await visit_picture(visit, tab, url)
    if seen.filled is None:
        return None
    plain = Sighting(
        surface=surface,
        step=visit.step,
        subject=visit.subject,
        identified_by="request",
        kind=Kind.PHOTO,
        source=SURFACES[surface].store(source_of(url)),
        url=_address(url),
        locator="img",
        natural_px=seen.natural,
        seen_at=now(),
        response=seen.filled.response,
        body_sha256=seen.filled.body_sha256,
    )
    sighting: Sighting | None
    if seen.image is None or seen.natural is None:
        kind = _without_picture(surface, seen.filled)
        sighting = plain.model_copy(update={"kind": kind}) if kind else None
    elif min(seen.natural) <= 1:
        sighting = plain.model_copy(update={"kind": Kind.BLANK})
    else:
        shot = await visit.camera.cut_out(seen.image)
        found = {"shot": shot.path, "sha256": shot.sha256, "rendered_px": shot.px, "dpr": shot.px[0] / seen.natural[0]}
        sighting = plain.model_copy(update=found)
    if sighting:
        visit.sightings.append(sighting)
    elif (status := seen.filled.response.status) in _SLOW_DOWN:
        note = message("{host} asked to slow down.", host=host_of(url))
        visit.cannot_see(surface, note, Reason.THROTTLED)
    elif status == 403:
        note = message("{host} refuses this photo to the account that is signed in.", host=host_of(url))
        visit.cannot_see(surface, note, status=status)
    return sighting


def _without_picture(surface: Surface, filled: Filled) -> Kind | None:
    """Return what an answer without a picture is: no photo (404 of Graph), nothing to be said, or a failed delivery."""
    response = filled.response
    if surface is Surface.GRAPH_PHOTO and response.status == 404:
        # A user without a mailbox in the cloud gets the same number, and may well have a photo.
        return None if "mailbox" in filled.error.lower() else Kind.BLANK
    if response.status in _SLOW_DOWN:
        return None
    if response.status == 200 and response.content_type.startswith("image/"):
        return None  # there is one, which the browser would store rather than show
    return None if surface in _MAY_BE_MISSING else Kind.BROKEN


_MAY_BE_MISSING = (Surface.OUTLOOK_PHOTO, Surface.GRAPH_PHOTO, Surface.STORED_THUMBNAIL)
"""Addresses that answer with no picture for reasons of their own: what they would show is not known then."""
