"""Reads what SharePoint and its sites report about their copies of the subject's photo."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TYPE_CHECKING

from troubleshooter.browser.opening import open_page
from troubleshooter.errors import CannotTell
from troubleshooter.model.message import message
from troubleshooter.model.records import Properties
from troubleshooter.model.scalars import picture_time
from troubleshooter.model.service_limits import COPY_WINDOW
from troubleshooter.pages import profile_api, sharepoint_api, start_page
from troubleshooter.steps.clock import now
from troubleshooter.steps.observations import SITE
from troubleshooter.steps.recorder import SubjectKnownAs, TenantClock
from troubleshooter.steps.step_run import StepRun
from troubleshooter.urls import origin_of

if TYPE_CHECKING:
    from playwright.async_api import Page

_LONGEST_WAIT = 15.0
"""Seconds to wait for SharePoint to copy the photo. That can take hours, so a later run has to check in any case."""


def properties_before_photo(step: StepRun, *, in_extra_tab: bool = True) -> AbstractAsyncContextManager[None]:
    """Within the block, hold back requests for the subject's SharePoint photo until the properties have been read.

    A visit as the subject may make SharePoint copy the photo, so what it says about the copy is read first. In another
    account's session, and once the properties have been read, nothing is held back.

    Args:
        in_extra_tab: whether the properties are read in a tab of their own as soon as a page requests the photo. If
            not, the block must read them itself, and must not wait for pictures.
    """
    if not step.context.as_subject or step.seen.properties:
        return nullcontext()
    return step.workspace.guard.holding_photo_requests((lambda: _read_aside(step)) if in_extra_tab else None)


async def _read_aside(step: StepRun) -> None:
    """Read the properties in an extra tab; a failure is recorded, but does not end the step."""
    origin = step.context.tenant.sharepoint
    async with step.workspace.extra_tab() as tab:
        try:
            await open_page(tab, start_page.address(origin), "commit")
            await step.workspace.arrive(origin, tab)
            await read_properties(step, tab, "before")
        except CannotTell as error:
            step.cannot_see(None, error.note, error.reason)


async def read_properties(step: StepRun, tab: Page, moment: str) -> None:
    """Read what SharePoint says about its copy of the subject's photo; a refusal is recorded.

    Args:
        tab: shows a page of SharePoint.
        moment: `before` or `after` the visit to the pages.
    """
    context = step.context
    own = context.as_subject
    # SharePoint may answer under another name than the tenant file's, and a tab asks only the host that it shows.
    url = profile_api.address_of(origin_of(tab.url), context.subject, own)
    answer = await sharepoint_api.get_json(tab, url, context.short_wait)
    profile = profile_api.profile_in(answer.data)
    step.recorder.add(
        Properties(
            of=context.subject,
            read_at=now(),
            url=url,
            status=answer.status,
            moment=moment,
            values=profile.values if profile else {},
            timestamp=profile.timestamp if profile else None,
        )
    )
    if answer.date:
        step.recorder.add(TenantClock(answer.date))
    if profile is None:
        note = message("SharePoint did not return the properties of its copy (status {status}).", status=answer.status)
        step.cannot_see(None, note)
    elif not own or context.subject in profile.addresses or not profile.addresses:
        picture = profile.values.get("PictureURL")
        step.recorder.add(SubjectKnownAs(profile.addresses, profile.name, picture))


async def read_site_copies(step: StepRun, tab: Page) -> None:
    """Read the properties in the copies that the pages' sites keep; it is not an error if a site returns nothing."""
    context = step.context
    origin = context.tenant.sharepoint
    sites = dict.fromkeys(url.partition("/SitePages/")[0] for url in step.seen.pages if "/SitePages/" in url)
    hosts = step.workspace.guard.hosts
    for site in [site for site in sites if hosts.leads_to(site, origin) and hosts.leads_to(tab.url, origin)]:
        url = profile_api.site_copy_of(origin_of(tab.url) + site.removeprefix(origin_of(site)), context.subject)
        answer = await sharepoint_api.get_json(tab, url, context.short_wait)
        values = profile_api.site_copy_in(answer.data, context.subject)
        if values is not None:
            step.recorder.add(
                Properties(
                    of=context.subject,
                    read_at=now(),
                    url=url,
                    status=answer.status,
                    moment=SITE,
                    values=values,
                    timestamp=picture_time(values.get("SPSPictureTimestamp")),
                )
            )


async def until_copied(step: StepRun, tab: Page) -> None:
    """Wait, within the limit, for SharePoint to say that it copied the photo, if it can be expected to.

    It does not copy within 24 hours of the last copy, nor if it does not take the photo from the mailbox.
    """
    before = next((p for p in step.seen.properties if p.status == 200), None)
    if before is None or not step.context.as_subject or before.values.get("SPS-PictureExchangeSyncState") == "0":
        return
    if before.timestamp and (step.seen.clock or now()) - before.timestamp < COPY_WINDOW:
        return
    url = profile_api.address_of(origin_of(tab.url), step.context.subject, True)
    stamp = before.values.get("SPS-PictureTimestamp") or ""
    await profile_api.until_stamp_moves(tab, url, stamp, min(_LONGEST_WAIT, step.context.timeout))
