"""Reads what SharePoint says about its copy of the photo."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from troubleshooter.model.message import message
from troubleshooter.model.records import Properties
from troubleshooter.model.scalars import picture_time
from troubleshooter.pages import profile_api, start_page
from troubleshooter.steps.context import Visit, now
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page


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
        await tab.goto(start_page.address(visit.tenant.sharepoint), wait_until="commit")
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
            None, message("SharePoint did not give the properties of its copy (status {status}).", status=answer.status)
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
                    timestamp=picture_time(values.get("SPSPictureTimestamp")),
                )
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
