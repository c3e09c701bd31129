"""What a page showed of the subject, and whether that is all that it may show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus

from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Kind, Reason, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Sighting
from troubleshooter.pages.find import changed
from troubleshooter.pages.page_content import CANVAS
from troubleshooter.pages.regions import WHERE
from troubleshooter.pages.site_page import SitePage
from troubleshooter.steps.page_visit import PageVisit
from troubleshooter.steps.subject_avatars import SubjectAvatar

SeenAvatar = tuple[SubjectAvatar, Sighting]


@dataclass(frozen=True)
class SubjectOnPage:
    """The avatars of the subject that a page showed."""

    seen: tuple[SeenAvatar, ...] = ()
    """The subject's avatars, with the sighting of each."""
    unclear: int = 0
    """Number of avatars that may be the subject's, without proof."""
    missing: int = 0
    """Number of People web parts in which the subject was not found although the page's own data lists the subject."""
    lost: tuple[str, ...] = ()
    """Ids of the locators that found nothing, if therefore not all that the page shows was looked at."""

    @property
    def loading(self) -> int:
        """Return how many of the subject's avatars never settled."""
        return sum(sighting.kind is Kind.LOADING for _, sighting in self.seen)

    @property
    def refused(self) -> bool:
        """Return whether all of the subject's avatars that never settled are ones whose photo was refused."""
        late = [sighting.response for _, sighting in self.seen if sighting.kind is Kind.LOADING]
        return all(response is not None and response.status >= HTTPStatus.BAD_REQUEST for response in late)

    def check(self, url: str) -> None:
        """Raise CannotTell unless the page gave a settled, unambiguous sighting of the subject."""
        if self.lost:
            note = message("The parts of {url} that show people were not found.", url=url)
            raise changed(note, self.lost, SitePage.name)
        if self.loading and self.refused:
            note = message("The user’s photo was refused to the page {url}, so it is not shown there.", url=url)
            raise CannotTell(Reason.IMAGES_NOT_SETTLED, note)
        if self.loading:
            note = message("Pictures on {url} were still loading at the time limit.", url=url)
            raise CannotTell(Reason.IMAGES_NOT_SETTLED, note)
        if self.unclear:
            note = message(
                "Avatars on {url} that may be the user’s: {count}. Nothing on the page proves whose they are.",
                count=self.unclear,
                url=url,
            )
            raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
        if self.missing:
            note = message("A People web part of {url} includes the user, but the user was not found in it.", url=url)
            raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
        if not self.seen:
            note = message("The user is not in the content of {url}.", url=url)
            raise CannotTell(Reason.SUBJECT_NOT_ON_PAGE, note)


async def lost_parts(visit: PageVisit, subject: SubjectOnPage, found: Collection[Surface]) -> tuple[str, ...]:
    """Return the ids of the locators that found nothing, if therefore not all that the page shows was looked at.

    Args:
        subject: what was seen all the same.
        found: the surfaces that the page has, as far as it was recognized.
    """
    wanted = visit.step.context.surfaces
    nothing = not (subject.seen or subject.unclear or subject.missing)
    unknown = Surface.PEOPLE_WEB_PART in wanted and Surface.PEOPLE_WEB_PART not in found
    if not (nothing or unknown):
        return ()
    if await visit.page.content() is None:
        return (CANVAS.id, *(WHERE[surface].id for surface in WHERE if surface in wanted and surface not in found))
    return (WHERE[Surface.PEOPLE_WEB_PART].id,) if unknown and subject.missing else ()
