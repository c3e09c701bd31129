"""Checks the subject's avatars on the visited pages again at the end: a page may swap a picture after settling."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from troubleshooter.browser.failures import BrowserFailure, browser_failures, or_default
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import WITHOUT_PHOTO, Kind, Reason
from troubleshooter.model.message import message
from troubleshooter.model.records import Sighting
from troubleshooter.pages.avatars import AvatarElement, avatars_of, compared, scroll_into_view
from troubleshooter.pages.regions import found_together
from troubleshooter.pages.site_page import SitePage
from troubleshooter.steps.late_photo import PATIENCE
from troubleshooter.steps.page_visit import PageVisit
from troubleshooter.steps.recorder import Fact, Superseded
from troubleshooter.steps.sighting import take
from troubleshooter.steps.site_page import in_other_parts
from troubleshooter.steps.step_run import StepRun
from troubleshooter.steps.subject_avatars import SubjectAvatar
from troubleshooter.steps.subject_on_page import SeenAvatar, SubjectOnPage

_SWAPPED_WITHIN = 3.0
"""Seconds within which a page may swap pictures that had settled, such as cached ones for current ones."""


@dataclass(frozen=True)
class OpenPage(Fact):
    """A visited page that stays open in its tab."""

    page: SitePage
    number: int | None
    """Its index among the run's pages."""
    subject: SubjectOnPage
    """What the page showed of the subject."""
    seen_at: float = field(default_factory=time.monotonic)
    """When that was, on the computer's monotonic clock, in seconds."""


async def check_pages_again(step: StepRun) -> None:
    """Outside the article: check the visited pages again, still in their tabs; only what changed is a new sighting."""
    for opened in step.seen.of(OpenPage):
        if opened.page.page.is_closed():
            continue
        step.workspace.turn_to(opened.page.page)
        if step.workspace.at_sign_in:
            note = message("The page redirected to sign-in while it was being inspected.")
            raise CannotTell(Reason.SIGNED_OUT, note)
        await opened.page.page.bring_to_front()  # a tab in the background draws only once a second
        traffic = opened.page.traffic
        stands_in = any(sighting.kind is Kind.INITIALS for _, sighting in opened.subject.seen)
        until = opened.seen_at + (PATIENCE if stands_in else _SWAPPED_WITHIN)
        await traffic.settle(opened.page.timeout, least=until - time.monotonic())
        await _check_page(step.on_page(opened.number), opened.page, opened.subject)


async def check_again_and_leave(step: StepRun, opened: OpenPage) -> None:
    """Check a page again now, and close it: what it still waits for takes up connections that the other pages need.

    A browser keeps only six connections to a host, unless the host speaks HTTP/2. The page can prove nothing any more,
    because it did not show all of the user's pictures in time.
    """
    await _check_page(step, opened.page, opened.subject)
    await step.last_photograph()
    await step.workspace.close_tab(opened.page.page)


async def _check_page(step: StepRun, page: SitePage, before: SubjectOnPage) -> None:
    regions = {id(mine.region.root): mine.region for mine, _ in before.seen}
    shown: dict[int, list[AvatarElement]] = {key: [] for key in regions}
    for some in found_together(regions.values()):
        listed = await or_default(avatars_of(some), list[list[AvatarElement]]())
        shown |= {id(region.root): avatars for region, avatars in zip(some, listed, strict=False)}
    for mine, sighting in before.seen:
        try:
            with browser_failures():
                await _check_avatar(step, page, (mine, sighting), shown[id(mine.region.root)])
        except BrowserFailure:
            continue  # the card is gone; what was seen of it still counts
    try:
        with browser_failures():
            come = await _come_since(PageVisit(step, page), before)
    except BrowserFailure:
        return  # the page navigated or was rebuilt
    later = [await _see(step, page, mine) for mine in come.avatars]
    if later and all(sighting.kind is Kind.PHOTO for sighting in later):
        step.recorder.add(*map(Superseded, come.replaced))


async def _check_avatar(step: StepRun, page: SitePage, seen: SeenAvatar, avatars: Sequence[AvatarElement]) -> None:
    """Take the sighting again if it looks different now.

    Args:
        avatars: what its region shows now.
    """
    mine, before = seen
    if before.kind is Kind.LOADING:
        return
    present = avatars[mine.index] if mine.index < len(avatars) else None
    if present is None or present.card.text != mine.avatar.card.text:
        return
    at = await scroll_into_view(present)
    requested_since = before.kind in WITHOUT_PHOTO and present.url != mine.avatar.url
    drawn = await step.workspace.camera.cut_out(present.held, present.frame, at)
    if drawn.sha256 == before.sha256 and not requested_since:
        return
    later = await _see(step, page, SubjectAvatar(mine.region, present, mine.evidence, mine.index))
    if before.kind in WITHOUT_PHOTO and later.kind in (Kind.PHOTO, Kind.LOADING):
        step.recorder.add(Superseded(before))


@dataclass(frozen=True)
class _Come:
    """What has come to a page since it was inspected."""

    avatars: Sequence[SubjectAvatar] = ()
    """The subject's avatars that are new, or that show a photo where a rebuilt page showed none before."""
    replaced: Sequence[Sighting] = ()
    """What the page showed in place of a photo, and shows no more."""


async def _come_since(visit: PageVisit, before: SubjectOnPage) -> _Come:
    """Return what appeared after the page was inspected; some parts are filled in late, and some are rebuilt."""
    main = visit.page.page.main_frame  # elements of different documents can't be compared
    found = [mine for mine in (await in_other_parts(visit, everywhere=True))[0] if mine.avatar.frame is main]
    known = [(mine.avatar, sighting) for mine, sighting in before.seen if mine.avatar.frame is main]
    attached, new = await compared([avatar for avatar, _ in known], [mine.avatar for mine in found], main)
    gone = [sighting for there, (_, sighting) in zip(attached, known, strict=True) if not there]
    fresh = [mine for is_new, mine in zip(new, found, strict=True) if is_new]
    stand_ins = [sighting for sighting in gone if sighting.kind in WITHOUT_PHOTO]
    # A page that was rebuilt has other elements for the same cards: only what may differ now is of interest.
    return _Come(fresh, stand_ins) if len(fresh) > len(gone) or (stand_ins and len(fresh) == len(gone)) else _Come()


async def _see(step: StepRun, page: SitePage, mine: SubjectAvatar) -> Sighting:
    visit = PageVisit(step, page)
    visit.leave_uncovered(mine.avatar, surface=mine.region.surface)
    sighting = await take(step, page.page, mine.avatar, mine.place(step.context.subject))
    marks = [(mine.avatar.held, message("the user’s avatar"))]
    await visit.photograph(message("The user on the page, checked again"), marks)
    return sighting
