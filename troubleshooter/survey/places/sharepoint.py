"""Looks at SharePoint's start page, and at what the account may read about a photo."""

from __future__ import annotations

import re

from troubleshooter.browser.opening import open_page
from troubleshooter.browser.waits import short_wait
from troubleshooter.model.service_limits import THROTTLED
from troubleshooter.pages import find, start_page
from troubleshooter.pages.header import ME
from troubleshooter.pages.profile_api import SITE_FIELDS, WANTED, address_of, profile_in, site_copy_in, site_copy_of
from troubleshooter.pages.sharepoint_api import get_json
from troubleshooter.survey.addresses import start_address
from troubleshooter.survey.question import NO, YES
from troubleshooter.survey.walk import Walk


async def look(walk: Walk) -> None:
    """Look at the start page, to which the icon may have led."""
    tab, origin = walk.main, walk.asked.tenant.sharepoint
    if not walk.session.guard.hosts.leads_to(tab.url, origin):
        tab = await walk.new_tab()
        walk.turn_to(tab)
        await open_page(tab, start_page.address(origin), "commit")
        await walk.arrive(tab, origin)
    await walk.traffic(tab).settle(walk.timeout)
    walk.answer("start.path", start_address(tab.url))
    me = await find.anywhere(tab, ME, short_wait(walk.timeout))
    walk.answer("start.account-button", YES if me else NO)
    marks = await walk.keep("start-page", tab)
    sites = marks.get("link to a site")
    bar = marks.get("link with spStartSource")
    walk.answer("start.site-cards", sites.count if sites else 0, links=bar.count if bar else 0, marks=list(marks))


async def read_profiles(walk: Walk) -> None:
    """Read the profile of the account, that of a colleague if one is named, and the site's own copy."""
    walk.needs_sharepoint()
    origin = walk.asked.tenant.sharepoint
    await _read(walk, "profile.own", address_of(origin, walk.asked.credentials.username, own=True))
    if walk.findings.colleague:
        await _read(walk, "profile.colleague", address_of(origin, walk.subject, own=False))
    answer = await get_json(walk.main, site_copy_of(origin, walk.subject), short_wait(walk.timeout))
    row = site_copy_in(answer.data, walk.subject)
    filled = [name for name in SITE_FIELDS if row and row.get(name)]
    value = _readable(answer.status, row is not None, bool(filled))
    walk.answer("profile.site-row", value, status=answer.status, filled=filled)


async def _read(walk: Walk, question: str, address: str) -> None:
    answer = await get_json(walk.main, address, short_wait(walk.timeout))
    profile = profile_in(answer.data)
    values = profile.values if profile else {}
    filled = [name for name in WANTED if values.get(name)]
    value = _readable(answer.status, profile is not None, values.get("PictureURL") is not None)
    stamp = values.get("SPS-PictureTimestamp") or ""
    kind = (
        "absent"
        if not stamp
        else "number"
        if re.fullmatch(r"\d+", stamp)
        else "date"
        if profile and profile.timestamp
        else "text"
    )
    walk.answer(
        *(question, value),
        status=answer.status,
        filled=filled,
        empty=[name for name in WANTED if name in values and not values[name]],
        timestamp=kind,
        placeholder_state=_digit(values.get("SPS-PicturePlaceholderState")),
        exchange_sync_state=_digit(values.get("SPS-PictureExchangeSyncState")),
    )


def _readable(status: int, there: bool, whole: bool) -> str | None:
    """Return whether the account may read something; None if the service did not respond or failed."""
    if status == 0 or status in THROTTLED or status >= 500:
        return None
    return NO if not there else YES if whole else "partly"


def _digit(text: str | None) -> int | str:
    return int(text) if text and re.fullmatch(r"\d", text) else "absent" if not text else "text"
