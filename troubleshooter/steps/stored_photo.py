"""Records SharePoint's stored copies of the photo, its placeholder, and what was shown before a run acted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from troubleshooter.model.enums import USERPHOTO, Kind, MatchVerdict, Reason, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Placeholder, Replaced
from troubleshooter.pages.avatars import avatars_in
from troubleshooter.steps.clock import now
from troubleshooter.steps.endpoint import record_endpoint
from troubleshooter.steps.picture_visit import visit_picture
from troubleshooter.steps.picture_visits import PictureVisits, visit_pictures
from troubleshooter.steps.sighting import kind_drawn
from troubleshooter.steps.step_run import StepRun
from troubleshooter.surfaces import stored_thumbnail, userphoto

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page


async def see_stored_photo(step: StepRun) -> PictureVisits:
    """Visit SharePoint's copy and its placeholder, each in the chosen sizes, and the stored thumbnails; record them.

    Visits that failed are left to the caller, so that what is independent of them can still be done.
    """
    tenant, subject = step.context.tenant, step.context.subject
    sizes = [surface for surface in USERPHOTO if surface in step.context.surfaces]
    photos = {surface: userphoto.address(tenant.sharepoint, userphoto.SIZES[surface], subject) for surface in sizes}
    thumbnails = _thumbnails(step)
    own = (url for surface in sizes for url in (_placeholder_address(step, surface), photos[surface]))
    visits = await visit_pictures(step, (*own, *thumbnails.values()))
    for surface, url in photos.items():
        record_placeholder(step, visits, surface)
        _record(step, visits, url, surface, message("SharePoint did not respond to the request for this size."))
    if not thumbnails and Surface.STORED_THUMBNAIL in step.context.requested_surfaces:
        note = message("The profile names no stored picture.")
        step.missed(Surface.STORED_THUMBNAIL, note, Reason.NOT_REACHED)
    for size, url in thumbnails.items():
        note = message("The stored picture of size {size} was not served.", size=size)
        _record(step, visits, url, Surface.STORED_THUMBNAIL, note)
    return visits


def _thumbnails(step: StepRun) -> dict[str, str]:
    """Return the URLs of the stored thumbnails that the profile's PictureURL names, by size."""
    surface = Surface.STORED_THUMBNAIL
    if surface not in step.context.surfaces:
        return {}
    properties = reversed(step.seen.properties)
    named = next((p.values["PictureURL"] for p in properties if p.values.get("PictureURL")), None)
    my = step.context.tenant.my
    if named and step.workspace.guard.hosts.leads_to(named, my):
        named = f"{my}{urlsplit(named).path}"  # OneDrive may have several names
    return stored_thumbnail.addresses(named, my)


def _record(step: StepRun, visits: PictureVisits, url: str, surface: Surface, note: Message) -> None:
    """Record what the visit to `url` showed; if that was nothing, record `note`; if it failed, nothing."""
    visited = visits.of(url)
    if visited and record_endpoint(step, visited, url, surface) is None:
        step.missed(surface, note, Reason.NOT_REACHED)


def _placeholder_address(step: StepRun, surface: Surface) -> str:
    """Return the URL of SharePoint's placeholder, which is served for an empty account name."""
    return userphoto.address(step.context.tenant.sharepoint, userphoto.SIZES[surface], "")


async def see_renewed_copy(step: StepRun, sizes: Sequence[Surface]) -> None:
    """Take the sightings of SharePoint's copy, past any cache, and of the stored thumbnail that it is made of."""
    tenant, latest = step.context.tenant, step.seen.properties[-1].values
    stamp, thumbnail = latest.get("SPS-PictureTimestamp"), latest.get("PictureURL")
    photos = {
        surface: userphoto.address(tenant.sharepoint, userphoto.SIZES[surface], step.context.subject)
        for surface in sizes
    }
    photos = {surface: userphoto.stamped(url, stamp) for surface, url in photos.items()}
    # The thumbnail on the OneDrive host is the copy itself, whatever serves the photo.
    if thumbnail and step.workspace.guard.hosts.leads_to(thumbnail, tenant.my):
        photos[Surface.STORED_THUMBNAIL] = thumbnail
    visits = await visit_pictures(step, photos.values())
    for surface, url in photos.items():
        visited = visits.of(url)
        if visited and record_endpoint(step, visited, url, surface) is None and surface in sizes:
            step.cannot_see(surface, message("SharePoint did not respond to the request for this size."))
    visits.check()


async def see_placeholders(step: StepRun, surfaces: Sequence[Surface]) -> None:
    """Record SharePoint's placeholder in several sizes."""
    visits = await visit_pictures(step, [_placeholder_address(step, surface) for surface in surfaces])
    for surface in surfaces:
        record_placeholder(step, visits, surface)
    visits.check()


def record_placeholder(step: StepRun, visits: PictureVisits, surface: Surface) -> None:
    """Record SharePoint's placeholder in one size, if a visit showed it."""
    visited = visits.of(_placeholder_address(step, surface))
    if visited and visited.filled and visited.shot:
        step.recorder.add(
            Placeholder(
                surface=surface,
                shot=visited.shot.path,
                sha256=visited.shot.sha256,
                body_sha256=visited.filled.body_sha256,
                natural_px=visited.natural,
            )
        )


async def keep_former_copy(step: StepRun, tab: Page, surface: Surface) -> None:
    """Request the subject's photo from SharePoint, and keep what it shows before the visit could change anything.

    If several sizes are kept, the last one counts. This is not a sighting, because sightings say what is shown at the
    end.
    """
    tenant, subject = step.context.tenant, step.context.subject
    visited = await visit_picture(step, tab, userphoto.address(tenant.sharepoint, userphoto.SIZES[surface], subject))
    if visited.shot:
        step.recorder.add(
            Replaced(
                surface=surface,
                kind=Kind.PHOTO,
                shot=visited.shot.path,
                sha256=visited.shot.sha256,
                natural_px=visited.natural,
                seen_at=now(),
            )
        )


async def keep_panel_picture(step: StepRun, picture: Locator) -> None:
    """Keep what the account panel shows before the photo is changed: both how it looks and the picture itself."""
    workspace = step.workspace
    traffic = workspace.traffic(workspace.tab)
    await traffic.settle(step.context.timeout)
    handle = await picture.element_handle()
    frame = await handle.owner_frame() if handle else None
    avatars = await avatars_in(handle, frame, itself=True) if handle and frame else []
    avatar = next((avatar for avatar in avatars if avatar.shown != "hidden"), None)
    if avatar is None:
        return
    shot = await workspace.camera.cut_out(avatar.held, avatar.frame)
    served = await traffic.body(avatar.url) if avatar.url else None
    step.recorder.add(
        Replaced(
            surface=Surface.ACCOUNT_PANEL,
            kind=kind_drawn(avatar),
            shot=shot.path,
            sha256=shot.sha256,
            file=workspace.camera.folder.keep(served, ".picture")[0] if served else None,
            natural_px=avatar.natural,
            seen_at=now(),
        )
    )


async def shows_photo_to_add(step: StepRun, picture: Locator) -> bool:
    """Return whether the account panel's `picture` is certainly the photo to add."""
    from troubleshooter.compare import UnreadablePicture, load, match_expected  # noqa: PLC0415 - as in sighting

    photo = step.context.photo
    if photo is None:
        return False
    camera = step.workspace.camera
    shot = await camera.cut_out(picture, picture.page.main_frame)
    try:
        shown = load(camera.folder.path / shot.path)
        return match_expected(load(photo.upload.data), shown).verdict is MatchVerdict.SAME
    except UnreadablePicture:
        return False
