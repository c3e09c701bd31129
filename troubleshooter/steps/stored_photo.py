"""Records SharePoint's stored copies of the photo, its placeholder, and what was shown before a run acted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from troubleshooter.model.enums import Kind, MatchVerdict, Reason, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Placeholder, Replaced
from troubleshooter.pages.avatars import avatars_in
from troubleshooter.steps.clock import now
from troubleshooter.steps.sighting import endpoint, kind_drawn, visit_picture
from troubleshooter.steps.step_run import StepRun
from troubleshooter.surfaces import stored_thumbnail, userphoto

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page


async def stored_thumbnails(step: StepRun, tab: Page) -> None:
    """Take sightings of the stored thumbnails that the profile's PictureURL names, in each size."""
    surface = Surface.STORED_THUMBNAIL
    if surface not in step.context.surfaces:
        return
    properties = reversed(step.seen.properties)
    named = next((p.values["PictureURL"] for p in properties if p.values.get("PictureURL")), None)
    my = step.context.tenant.my
    if named and step.workspace.guard.hosts.leads_to(named, my):
        named = f"{my}{urlsplit(named).path}"  # OneDrive may have several names
    found = stored_thumbnail.addresses(named, my)
    if not found and surface in step.context.requested_surfaces:
        step.missed(surface, message("The profile names no stored picture."), Reason.NOT_REACHED)
    for size, url in found.items():
        if await endpoint(step, tab, url, surface) is None:
            note = message("The stored picture of size {size} was not served.", size=size)
            step.missed(surface, note, Reason.NOT_REACHED)


async def placeholder(step: StepRun, tab: Page, surface: Surface) -> None:
    """Record SharePoint's placeholder picture in one size, which is served for an empty account name."""
    url = userphoto.address(step.context.tenant.sharepoint, userphoto.SIZES[surface], "")
    visited = await visit_picture(step, tab, url)
    if visited.filled and visited.image and visited.natural and visited.shows_more_than_a_dot:
        shot = await step.workspace.camera.cut_out_picture(visited.image, visited.natural)
        step.recorder.add(
            Placeholder(
                surface=surface,
                shot=shot.path,
                sha256=shot.sha256,
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
    if visited.image and visited.natural and visited.shows_more_than_a_dot:
        shot = await step.workspace.camera.cut_out_picture(visited.image, visited.natural)
        step.recorder.add(
            Replaced(
                surface=surface,
                kind=Kind.PHOTO,
                shot=shot.path,
                sha256=shot.sha256,
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
    shot = await workspace.camera.cut_out(await avatar.element(), avatar.frame)
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
