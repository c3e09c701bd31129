"""Looks at what SharePoint serves as the photo, in each size: status, type, size, headers, redirects."""

from __future__ import annotations

from urllib.parse import urlsplit

from troubleshooter.browser.waits import short_wait
from troubleshooter.pages.profile_api import address_of, profile_in
from troubleshooter.pages.sharepoint_api import get_json
from troubleshooter.surfaces import stored_thumbnail, userphoto
from troubleshooter.survey.served import served
from troubleshooter.survey.walk import Walk


async def look(walk: Walk) -> None:
    """Request the photo in each size, the placeholder, and the stored thumbnails."""
    walk.needs_sharepoint()
    tenant, subject = walk.asked.tenant, walk.subject
    named = await _picture_url(walk)
    for size in userphoto.SIZES.values():
        value, details = await served(walk, userphoto.address(tenant.sharepoint, size, subject))
        walk.answer(f"userphoto.{size.lower()}", value, **details)
    value, details = await served(walk, userphoto.address(tenant.sharepoint, "M", ""))
    walk.answer("userphoto.nobody", value, **details)
    if named and walk.session.guard.hosts.leads_to(named, tenant.my):
        named = f"{tenant.my}{urlsplit(named).path}"
    for size, url in stored_thumbnail.addresses(named, tenant.my).items():
        value, details = await served(walk, url)
        walk.answer(f"thumbnail.{size.lower()}", value, **details)


async def _picture_url(walk: Walk) -> str | None:
    """Return where the profile says that the picture is stored."""
    address = address_of(walk.asked.tenant.sharepoint, walk.subject, own=not walk.findings.colleague)
    profile = profile_in((await get_json(walk.main, address, short_wait(walk.timeout))).data)
    return profile.values.get("PictureURL") if profile else None
