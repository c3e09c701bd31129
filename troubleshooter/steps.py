"""What several steps of several scenarios do in the same way: reading properties, keeping what stood there before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.compare.expected import match_expected
from troubleshooter.compare.picture import UnreadablePicture, load
from troubleshooter.hosts import host_of
from troubleshooter.model import (
    Kind,
    MatchVerdict,
    Placeholder,
    Properties,
    Reason,
    Replaced,
    Surface,
    say,
)
from troubleshooter.pages import photos, profile_api
from troubleshooter.pages.site_page import avatars_in
from troubleshooter.sight import endpoint, kind_drawn, visit_picture
from troubleshooter.visit import Visit, now

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

_LONGEST_LOOK = 15.0
"""Seconds for which a run waits for SharePoint's copy: it takes minutes to hours, so a later run looks anyway."""


def hold_own_photo(visit: Visit) -> None:
    """In the subject's own session: let no request for SharePoint's photos leave until the properties were read."""
    assert visit.session
    if visit.as_subject and not visit.properties:
        visit.session.guard.held = visit.session.guard.held or []


async def read_properties_first(visit: Visit) -> None:
    """Where the home page itself asks SharePoint for the photo: read the properties before it gets it."""
    assert visit.session
    if not visit.session.guard.held:
        return
    page, tab = visit.tab, await visit.new_tab()
    try:
        visit.tab = tab
        await tab.goto(photos.start_page(visit.tenant.sharepoint), wait_until="commit")
        await visit.arrive(visit.tenant.sharepoint)
        await read_properties(visit, tab, "before")
    finally:
        visit.tab = page
        await visit.close(tab)
        await visit.session.guard.release()


async def read_properties(visit: Visit, page: Page, moment: str) -> None:
    """Read what SharePoint says about its copy of the subject's photo; not being allowed to is noted, not assumed."""
    own = visit.as_subject
    url = profile_api.address_of(visit.tenant.sharepoint, visit.subject, own)
    answer = await profile_api.get(page, url, min(10.0, visit.timeout))
    profile = profile_api.profile_in(answer.data)
    visit.properties.append(
        Properties(
            of=visit.subject,
            read_at=now(),
            url=url,
            status=answer.status,
            moment=moment,
            values=profile.values if profile else {},
            timestamp=profile.timestamp if profile else None,
        )
    )
    if answer.date:
        visit.clock = answer.date
    if profile is None:
        visit.cannot_see(
            None, say("SharePoint did not give the properties of its copy (status {status}).", status=answer.status)
        )
    elif not own or visit.subject in profile.addresses or not profile.addresses:
        visit.learn(profile.addresses, profile.name, profile.values.get("PictureURL"))


async def read_site_copies(visit: Visit, page: Page) -> None:
    """Read what the sites of the pages hold in their own copy; a site that does not tell is no gap in the run."""
    origin = visit.tenant.sharepoint
    sites = dict.fromkeys(url.partition("/SitePages/")[0] for url in visit.pages if "/SitePages/" in url)
    for site in [one for one in sites if host_of(one) == host_of(origin) == host_of(page.url)]:
        url = profile_api.site_copy_of(site, visit.subject)
        answer = await profile_api.get(page, url, min(10.0, visit.timeout))
        values = profile_api.site_copy_in(answer.data, visit.subject)
        if values is not None:
            visit.site_properties.append(
                Properties(
                    of=visit.subject,
                    read_at=now(),
                    url=url,
                    status=answer.status,
                    moment="site",
                    values=values,
                    timestamp=profile_api.decoded(values.get("SPSPictureTimestamp")),
                )
            )


async def stored_thumbnails(visit: Visit, tab: Page) -> None:
    """Look at the stored thumbnails that the profile's PictureURL names, in each size."""
    surface = Surface.STORED_THUMBNAIL
    if surface not in visit.surfaces:
        return
    named = next((p.values["PictureURL"] for p in reversed(visit.properties) if p.values.get("PictureURL")), None)
    found = photos.thumbnails(named, visit.tenant.my)
    if not found and surface in visit.asked:
        note = say("The profile names no stored picture.")
        visit.missed(surface, note, Reason.NOT_REACHED)
    for size, url in found.items():
        if await endpoint(visit, tab, url, surface) is None:
            note = say("The stored picture of size {size} was not given.", size=size)
            visit.missed(surface, note, Reason.NOT_REACHED)


async def placeholder(visit: Visit, tab: Page, surface: Surface) -> None:
    """Learn the picture that SharePoint shows for nobody, in one size: an empty account name gives it on purpose."""
    url = photos.userphoto(visit.tenant.sharepoint, photos.SIZES[surface], "")
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


async def copy_moves(visit: Visit, tab: Page) -> None:
    """Wait, within the limit, for SharePoint to say that it copied the photo; only where it might.

    Within 24 hours of the last copy, or where it does not take the photo from the mailbox, one look has to do.
    """
    before = next((p for p in visit.properties if p.status == 200), None)
    if before is None or not visit.as_subject or before.values.get("SPS-PictureExchangeSyncState") == "0":
        return
    if before.timestamp and (visit.clock or now()) - before.timestamp < timedelta(hours=24):
        return
    url = profile_api.address_of(visit.tenant.sharepoint, visit.subject, True)
    stamp = before.values.get("SPS-PictureTimestamp") or ""
    await profile_api.until_stamp_moves(tab, url, stamp, min(_LONGEST_LOOK, visit.timeout))


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
