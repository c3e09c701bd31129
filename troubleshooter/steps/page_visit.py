"""An open page of a site, and the screenshots of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from troubleshooter.model.message import Message
from troubleshooter.pages.avatars import AvatarElement
from troubleshooter.pages.site_page import SitePage
from troubleshooter.steps.step_run import StepRun

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame

    from troubleshooter.steps.step_run import Marks


_OF_A_SITE = re.compile(r"/(?:sites|teams)/[^/?#]+/_layouts/15/userphoto\.aspx", re.IGNORECASE)


class PageVisit:
    """An open page. It keeps track of the cards that stay uncovered in its screenshots: at first, none."""

    def __init__(self, step: StepRun, page: SitePage) -> None:
        self.step = step
        self.page = page
        self._uncovered: list[tuple[Frame, ElementHandle]] = []

    def leave_uncovered(self, *avatars: AvatarElement) -> None:
        """Leave the cards of `avatars`, which are the subject's, uncovered in screenshots of this page.

        A site's own picture stays covered if SharePoint never had one: it may show an earlier owner of the account.
        """
        if _never_copied(self.step):
            avatars = tuple(avatar for avatar in avatars if not _OF_A_SITE.search(avatar.url))
        self._uncovered += [(avatar.frame, avatar.card_element) for avatar in avatars]

    async def photograph(self, caption: Message, marks: Marks = (), *, people_in: Sequence[str] = ()) -> None:
        """Take a screenshot, with everybody but the subject covered; parameters as in `StepRun.photograph`."""
        await self.step.photograph(caption, marks, tab=self.page.page, uncovered=self._uncovered, people_in=people_in)


def _never_copied(step: StepRun) -> bool:
    """Return whether SharePoint said that it never had a photo of the subject."""
    read = next((p.values for p in step.seen.properties if "SPS-PictureTimestamp" in p.values), None)
    return read is not None and not any(read.get(name) for name in ("SPS-PictureTimestamp", "PictureURL", "PictureUrl"))
