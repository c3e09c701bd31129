"""Looks at the subject's avatars on the pages once more at the end: a page may swap a picture long after it settled."""

from __future__ import annotations

from functools import partial

from playwright.async_api import Error

from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import WITHOUT_PHOTO, Kind, Reason
from troubleshooter.model.message import message
from troubleshooter.model.records import Sighting
from troubleshooter.pages.avatars import avatars_in, is_attached, is_one_of, scroll_into_view
from troubleshooter.pages.site_page import SitePage
from troubleshooter.steps.context import Visit
from troubleshooter.steps.sighting import take
from troubleshooter.steps.site_page import People, in_other_parts
from troubleshooter.steps.subject_avatars import Mine, place_of


def leave_open(visit: Visit, page: SitePage, people: People) -> None:
    """Note that `page` stays open in its tab, with what was seen of the subject on it."""
    visit.left_open.append(partial(_once_more, visit, page, visit.page, people))


async def look_again(visit: Visit) -> None:
    """Outside the article: the pages that were visited, in their tabs; what is as it was is no further sighting."""
    for look in visit.left_open:
        await look()


async def _once_more(visit: Visit, page: SitePage, number: int | None, people: People) -> None:
    visit.tab, visit.page = page.page, number
    if visit.at_sign_in():
        raise CannotTell(Reason.SIGNED_OUT, message("The page went to sign-in while it was being looked at."))
    for one, before in people.seen:
        try:
            await _compare(visit, page, one, before)
        except Error:
            continue  # that card went; what was seen of it still holds
    try:
        late = await _come_since(visit, page, people)
    except Error:
        return  # the page went on
    for one in late:
        await _take(visit, page, one)


async def _compare(visit: Visit, page: SitePage, one: Mine, before: Sighting) -> None:
    avatars = await avatars_in(one.region.root, one.region.frame)
    now = next((a for n, a in enumerate(avatars) if n == one.index and a.card.text == one.avatar.card.text), None)
    if now is None or before.kind is Kind.LOADING:
        return
    await scroll_into_view(now)
    if (await visit.camera.cut_out(now.element)).sha256 == before.sha256:
        return
    later = await _take(visit, page, Mine(one.region, now, one.evidence, one.index))
    if before.kind in WITHOUT_PHOTO and later.kind is Kind.PHOTO:
        visit.sightings.remove(before)  # it stood in for a picture that was still to come


async def _come_since(visit: Visit, page: SitePage, people: People) -> list[Mine]:
    """Return the subject's avatars that came after the page was looked at: some parts are filled late."""
    here = page.page.main_frame  # elements of one document are not known to another
    found = [one for one in (await in_other_parts(visit, page, everywhere=True))[0] if one.avatar.frame is here]
    known = [one.avatar.element for one, _ in people.seen if one.avatar.frame is here]
    stand = [element for element in known if await is_attached(element)]
    fresh = [one for one in found if not await is_one_of(one.avatar.element, stand)]
    # A page that was drawn anew has other elements for the same cards.
    return fresh if len(fresh) > len(known) - len(stand) else []


async def _take(visit: Visit, page: SitePage, one: Mine) -> Sighting:
    sighting = await take(visit, page.page, one.avatar, place_of(visit, one))
    visit.keep = [(one.avatar.frame, one.avatar.card_element)]
    await visit.photograph(
        message("The user on the page, looked at once more"), [(one.avatar.element, message("the user's avatar"))]
    )
    return sighting
