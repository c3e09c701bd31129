"""An open page of a site, and the screenshots of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from troubleshooter.model.enums import Surface
from troubleshooter.model.message import Message
from troubleshooter.pages.avatars import AvatarElement
from troubleshooter.pages.site_page import SitePage
from troubleshooter.steps.former_account import is_of_a_site, may_be_former
from troubleshooter.steps.step_run import StepRun

if TYPE_CHECKING:
    from playwright.async_api import Frame

    from troubleshooter.pages.bystanders import Card
    from troubleshooter.steps.step_run import Marks


class PageVisit:
    """An open page. It keeps track of the cards that stay uncovered in its screenshots: at first, none."""

    def __init__(self, step: StepRun, page: SitePage) -> None:
        self.step = step
        self.page = page
        self._uncovered: list[tuple[Frame, Card]] = []

    def leave_uncovered(self, *avatars: AvatarElement, surface: Surface | None = None) -> None:
        """Leave the cards of `avatars`, which are the subject's, uncovered in screenshots of this page.

        A site's own picture stays covered unless SharePoint had one: it may show an earlier owner of the account.

        Args:
            surface: where they are, if that is known.
        """
        if may_be_former(self.step.seen):
            avatars = tuple(avatar for avatar in avatars if not is_of_a_site(avatar, surface))
        self._uncovered += [(avatar.frame, avatar.held_card) for avatar in avatars]

    async def photograph(self, caption: Message, marks: Marks = (), *, people_in: Sequence[str] = ()) -> None:
        """Take a screenshot, with everybody but the subject covered; parameters as in `StepRun.photograph`."""
        await self.step.photograph(caption, marks, tab=self.page.page, uncovered=self._uncovered, people_in=people_in)
