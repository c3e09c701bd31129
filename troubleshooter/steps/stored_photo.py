"""What several steps of several scenarios do in the same way: reading properties, keeping what stood there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.compare.expected import match_expected
from troubleshooter.compare.picture import UnreadablePicture, load
from troubleshooter.model.enums import Kind, MatchVerdict, Reason, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Placeholder, Replaced
from troubleshooter.pages.avatars import avatars_in
from troubleshooter.steps.context import Visit, now
from troubleshooter.steps.sighting import endpoint, kind_drawn, visit_picture
from troubleshooter.surfaces import stored_thumbnail, userphoto

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page


async def stored_thumbnails(visit: Visit, tab: Page) -> None:
    """Look at the stored thumbnails that the profile's PictureURL names, in each size."""
    surface = Surface.STORED_THUMBNAIL
    if surface not in visit.surfaces:
        return
    named = next((p.values["PictureURL"] for p in reversed(visit.properties) if p.values.get("PictureURL")), None)
    found = stored_thumbnail.addresses(named, visit.tenant.my)
    if not found and surface in visit.asked:
        note = message("The profile names no stored picture.")
        visit.missed(surface, note, Reason.NOT_REACHED)
    for size, url in found.items():
        if await endpoint(visit, tab, url, surface) is None:
            note = message("The stored picture of size {size} was not given.", size=size)
            visit.missed(surface, note, Reason.NOT_REACHED)


async def placeholder(visit: Visit, tab: Page, surface: Surface) -> None:
    """Learn the picture that SharePoint shows for nobody, in one size: an empty account name gives it on purpose."""
    url = userphoto.address(visit.tenant.sharepoint, userphoto.SIZES[surface], "")
    seen = await visit_picture(visit, tab, url)
    if seen.image and seen.filled and seen.natural and min(seen.natural) > 1:
        shot = await visit.camera.cut_out(seen.image)
        visit.placeholders.append(
            Placeholder(
                surface=surface,
                shot=shot.path,
                sha256=shot.sha256,
                body_sha256=seen.filled.body_sha256,
                natural_px=seen.natural,
            )
        )


async def keep_former_copy(visit: Visit, tab: Page, url: str, surface: Surface) -> None:
    """Ask SharePoint for the subject's photo, and keep what it shows before the visit could do anything.

    The largest picture is kept. It is no sighting: those say what stands there at the end.
    """
    seen = await visit_picture(visit, tab, url)
    if seen.image is None or seen.natural is None or min(seen.natural) <= 1:
        return
    shot = await visit.camera.cut_out(seen.image)
    visit.replaced = Replaced(
        surface=surface, kind=Kind.PHOTO, shot=shot.path, sha256=shot.sha256, natural_px=seen.natural, seen_at=now()
    )


async def keep_panel_picture(visit: Visit, page: Page, picture: Locator) -> None:
    """Keep what stands in the account panel before the photo is changed: how it looks, and the picture itself."""
    await visit.traffic(page).settle(visit.timeout)
    handle = await picture.element_handle()
    frame = await handle.owner_frame() if handle else None
    avatars = await avatars_in(handle, frame, itself=True) if handle and frame else []
    avatar = next((a for a in avatars if a.shown != "hidden"), None)
    if avatar is None:
        return
    shot = await visit.camera.cut_out(avatar.element)
    served = await visit.traffic(page).body(avatar.url) if avatar.url else None
    visit.replaced = Replaced(
        surface=Surface.ACCOUNT_PANEL,
        kind=kind_drawn(avatar),
        shot=shot.path,
        sha256=shot.sha256,
        file=visit.camera.folder.keep(served, ".picture")[0] if served else None,
        natural_px=avatar.natural,
        seen_at=now(),
    )


async def shows_photo(visit: Visit, picture: Locator) -> bool:
    """Return whether the account panel's picture is the photo to add; pictures that can't be told are not."""
    if visit.upload is None:
        return False
    shot = await visit.camera.cut_out(picture)
    try:
        shown = load(visit.camera.folder.path / shot.path)
        return match_expected(load(visit.upload.data), shown).verdict is MatchVerdict.SAME
    except UnreadablePicture:
        return False
