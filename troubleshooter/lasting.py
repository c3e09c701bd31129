"""Looks at the subject's avatars on the pages once more at the end: a page may swap a picture long after it settled."""

from __future__ import annotations

from functools import partial

from playwright.async_api import Error

from troubleshooter.errors import CannotTell
from troubleshooter.model import Kind, Reason, Sighting, say
from troubleshooter.pages.site_page import SitePage, avatars_in
from troubleshooter.people import Mine, People, place_of
from troubleshooter.sight import take
from troubleshooter.visit import Visit


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
        raise CannotTell(Reason.SIGNED_OUT, say("The page went to sign-in while it was being looked at."))
    for one, before in people.seen:
        try:
            await _compare(visit, page, one, before)
        except Error:
            return  # the page went on; what was seen on it still holds


async def _compare(visit: Visit, page: SitePage, one: Mine, before: Sighting) -> None:
    avatars = await avatars_in(one.region.root, one.region.frame)
    now = next((a for n, a in enumerate(avatars) if n == one.index and a.card.text == one.avatar.card.text), None)
    if now is None or before.kind is Kind.LOADING:
        return
    await now.element.evaluate("e => e.scrollIntoView({ block: 'center', inline: 'nearest' })")
    if (await visit.camera.cut_out(now.element)).sha256 == before.sha256:
        return
    await take(visit, page.page, now, place_of(visit, one))
    visit.keep = [(now.frame, now.card_element)]
    await visit.photograph(say("The user on the page, looked at once more"), [(now.element, say("the user's avatar"))])
