"""What several steps of several scenarios do in the same way: reading properties, finding the subject on a page."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from playwright.async_api import Error

from troubleshooter.compare.expected import match_expected
from troubleshooter.compare.picture import UnreadablePicture, load
from troubleshooter.errors import CannotTell
from troubleshooter.hosts import host_of
from troubleshooter.identify import Card, Sorted, linked_accounts, says, sort
from troubleshooter.model import (
    Kind,
    MatchVerdict,
    Mixup,
    Placeholder,
    Properties,
    Reason,
    Replaced,
    Sighting,
    Source,
    Surface,
    WebPartPeople,
    say,
)
from troubleshooter.pages import photos, profile_api
from troubleshooter.pages import profile_card as card
from troubleshooter.pages.canvas import PEOPLE, WebPart
from troubleshooter.pages.photo_address import account_in, source_of
from troubleshooter.pages.site_page import Avatar, Region, SitePage, avatars_in, members_of
from troubleshooter.secret import clean_address
from troubleshooter.sight import Place, endpoint, kind_drawn, take, visit_picture
from troubleshooter.visit import Visit, now

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

_LONGEST_LOOK = 15.0
"""Seconds for which a run waits for SharePoint's copy: it takes minutes to hours, so a later run looks anyway."""


_NAMESAKES = 3
"""Accounts behind the subject's name that are looked up, in one place."""


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


@dataclass(frozen=True)
class Mine:
    """The subject's avatar in a region of a page."""

    region: Region
    avatar: Avatar
    evidence: str
    index: int
    """Its place among the avatars of the region."""


@dataclass(frozen=True)
class People:
    """What a page showed of the subject."""

    mine: tuple[Mine, ...]
    seen: tuple[tuple[Mine, Sighting], ...] = ()
    """The same, with what was seen of each."""
    unclear: int = 0
    """Avatars that may be the subject's, and nothing proves whose they are."""
    loading: int = 0
    """The subject's avatars that never settled."""
    missing: int = 0
    """People web parts that include the subject by the page's own data, and in which nobody was found to be it."""

    def check(self, url: str) -> None:
        """Raise CannotTell unless the page gave a settled sighting of the subject and left no doubt."""
        if self.loading:
            note = say("Pictures on {url} were still loading at the time limit.", url=url)
            raise CannotTell(Reason.IMAGES_NOT_SETTLED, note)
        if self.unclear:
            note = say(
                "{count} avatars on {url} may be the user's, and nothing on the page proves whose they are.",
                count=self.unclear,
                url=url,
            )
            raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
        if self.missing:
            note = say("A People web part of {url} includes the user, and the user was not found in it.", url=url)
            raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
        if not self.mine:
            raise CannotTell(Reason.SUBJECT_NOT_ON_PAGE, say("The user is not in the content of {url}.", url=url))


async def people_on(visit: Visit, page: SitePage) -> People:
    """Find the subject on `page`, wait until each avatar is really drawn, and take the sightings."""
    await page.scroll_through()
    await _keep_all(visit, page)
    await visit.photograph(say("The page"))
    parts = await page.data()
    visit.web_parts += told(visit, page.page.url, parts)
    await page.until_listed(parts)
    await _until_promised(visit, page, parts)
    found: list[tuple[Mine, Sighting]] = []
    unclear = loading = 0
    listed = sum(includes(visit, part) for part in parts if part.kind == PEOPLE)
    listed *= Surface.PEOPLE_WEB_PART in visit.surfaces
    counts: dict[Surface, int] = {}
    for region in await page.regions(visit.surfaces):
        index = counts.setdefault(region.surface, 0)
        counts[region.surface] += 1
        part = members_of(region, index, parts)
        mine, doubtful = await in_region(visit, page, region, part)
        unclear += doubtful
        for one in mine:
            sighting = await take(visit, page.page, one.avatar, place_of(visit, one))
            loading += sighting.kind is Kind.LOADING
            await visit.photograph(say("The user on the page"), [(one.avatar.element, say("the user's avatar"))])
            found.append((one, sighting))
    people = tuple(one for one, _ in found)
    shown = {id(one.region) for one in people if one.region.surface is Surface.PEOPLE_WEB_PART}
    return People(people, tuple(found), unclear, loading, missing=max(0, listed - len(shown)))


def place_of(visit: Visit, one: Mine) -> Place:
    """Return where an avatar of the subject is, and what proves whose it is."""
    return Place(one.region.surface, one.region.selector, visit.subject, one.evidence)


async def _until_promised(visit: Visit, page: SitePage, parts: Sequence[WebPart]) -> None:
    """Wait, within the limit, for the cards of the subject that the page's own data promises: some come late."""
    deadline = asyncio.get_running_loop().time() + visit.timeout
    while await _lacking(visit, page, parts):
        left = deadline - asyncio.get_running_loop().time()
        if left <= 0 or not await page.people_change(left):
            return  # what is missing then is told where it is missed
        await page.traffic.settle(visit.timeout)


async def _lacking(visit: Visit, page: SitePage, parts: Sequence[WebPart]) -> bool:
    """Return whether a People web part is to show the subject and shows nobody who may be it."""
    if Surface.PEOPLE_WEB_PART not in visit.surfaces:
        return False
    for index, region in enumerate(await page.regions({Surface.PEOPLE_WEB_PART})):
        part = members_of(region, index, list(parts))
        if part is None or not includes(visit, part):
            continue
        cards = [avatar.card for avatar in await avatars_in(region.root, region.frame)]
        found = sort(cards, visit.who, part.members)
        if not (found.mine or found.unknown or found.contradictory or found.namesakes):
            return True
    return False


def includes(visit: Visit, part: WebPart) -> bool:
    """Return whether the page's data puts the subject into `part`."""
    return any(member.addresses & visit.who.addresses for member in part.members)


def told(visit: Visit, url: str, parts: Sequence[WebPart]) -> Iterator[WebPartPeople]:
    """Yield what the data of the page at `url` says of its people; of the others no more than how many they are."""
    for part in parts:
        mine = [m for m in part.members if m.addresses & visit.who.addresses]
        others = [m.upn or m.email for m in part.members if m not in mine]
        yield WebPartPeople(
            page=visit.page,
            page_url=clean_address(url),
            surface=Surface.PEOPLE_WEB_PART if part.kind == PEOPLE else Surface.PAGE_BYLINE,
            instance=part.instance,
            layout=part.layout,
            count=len(part.members),
            includes_subject=bool(mine),
            subject=dict(mine[0].told) if mine else {},
            others=tuple(filter(None, others)) if visit.show_others else (),
        )


async def _keep_all(visit: Visit, page: SitePage) -> None:
    """Note the subject's cards on the page, so that pictures leave them uncovered."""
    visit.keep = []
    for region in await page.regions():
        avatars = await avatars_in(region.root, region.frame)
        for index, _ in sort([a.card for a in avatars], visit.who).mine:
            visit.keep.append((avatars[index].frame, avatars[index].card_element))


async def in_region(visit: Visit, page: SitePage, region: Region, part: WebPart | None) -> tuple[list[Mine], int]:
    """Return the subject's avatars in `region`, drawn as far as they ever were, and how many may be and may not be."""
    members = part.members if part else ()
    avatars = await _drawn(page, region)
    cards = [avatar.card for avatar in avatars]
    sorted_ = sort(cards, visit.who, members)
    mine = [(i, how) for i, how in sorted_.mine]
    unclear = list(sorted_.contradictory)
    visit.mixups += await _mixups(visit, page, region, cards, sorted_)
    for index in sorted_.unknown:
        proof = await _by_card(visit, page, avatars[index])
        if proof:
            mine.append((index, "profile-card"))
        elif proof is None:
            unclear.append(index)
    found = []
    for index, evidence in mine:
        await _into_view(avatars[index])
        if avatars[index].shown == "initials" or avatars[index].state != "loaded":
            await page.traffic.settle(page.timeout)
            await page.until_drawn(avatars[index])
        again = await avatars_in(region.root, region.frame)
        avatar = again[index] if index < len(again) else avatars[index]
        found.append(Mine(region, avatar, evidence, index))
        visit.keep.append((avatar.frame, avatar.card_element))
    return found, len(unclear)


async def _mixups(visit: Visit, page: SitePage, region: Region, cards: Sequence[Card], found: Sorted) -> list[Mixup]:
    """Return the avatars that say the subject's name, or link to the subject, and stand for another account.

    A card whose account has the name that it says is none of them.
    """
    hows = ["contradiction"] * len(found.contradictory)
    for index, account in found.namesakes[:_NAMESAKES]:
        answered, name = await _name_of(visit, page, account)
        if answered and (name is None or not says(cards[index].text, name)):
            hows.append("name" if name is None else "other-name")
    url = clean_address(page.page.url)
    return [Mixup(page=visit.page, page_url=url, surface=region.surface, how=how) for how in hows]


async def _name_of(visit: Visit, page: SitePage, account: str) -> tuple[bool, str | None]:
    """Return whether SharePoint answered, and the display name of `account`; None where it tells none."""
    if "@" not in account or host_of(page.page.url) != host_of(visit.tenant.sharepoint):
        return True, None
    url = profile_api.address_of(visit.tenant.sharepoint, account, own=False)
    answer = await profile_api.get(page.page, url, min(5.0, visit.timeout))
    profile = profile_api.profile_in(answer.data)
    return answer.status != 0, profile.name if profile else None


async def _drawn(page: SitePage, region: Region) -> list[Avatar]:
    try:
        await region.root.scroll_into_view_if_needed()
    except Error:
        return []  # the region has no box: it shows nobody
    await page.traffic.settle(page.timeout)
    return await avatars_in(region.root, region.frame)


async def _into_view(avatar: Avatar) -> None:
    await avatar.element.evaluate("e => e.scrollIntoView({ block: 'center', inline: 'nearest' })")


async def _by_card(visit: Visit, page: SitePage, avatar: Avatar) -> bool | None:
    """Ask the profile card whose avatar this is: True the subject's, False somebody else's, None it doesn't tell."""
    opened = await card.hover(page.page, page.traffic, avatar, page.timeout)
    await card.leave(page.page)
    accounts = {a for one in opened for a in _accounts(one)}
    if not accounts:
        return None
    return bool(accounts & visit.who.addresses)


def _accounts(avatar: Avatar) -> list[str]:
    named = account_in(avatar.url)
    return [*linked_accounts(avatar.card.links), *([named] if named else [])]


async def profile_card(visit: Visit, page: SitePage, mine: Sequence[Mine]) -> None:
    """Open the subject's profile card, once a run, and take the sighting."""
    if Surface.PROFILE_CARD not in visit.surfaces or any(s.surface is Surface.PROFILE_CARD for s in visit.sightings):
        return
    for one in mine:
        opened = await card.hover(page.page, page.traffic, one.avatar, page.timeout)
        named = {a for avatar in opened for a in _accounts(avatar)}
        if opened and (not named or named <= visit.who.addresses):
            best = max(opened, key=lambda a: (source_of(a.url) is Source.PEOPLE_SERVICE, a.size[0]))
            how = "profile-card" if named else one.evidence
            visit.keep += [(a.frame, a.card_element) for a in opened]
            await take(visit, page.page, best, Place(Surface.PROFILE_CARD, "by structure", visit.subject, how))
            await visit.photograph(
                say("The user's profile card"), [(best.element, say("the photo on the profile card"))]
            )
            await card.leave(page.page)
            return
        await card.leave(page.page)
    visit.cannot_see(Surface.PROFILE_CARD, say("No profile card opened on this page."))


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
