"""Defines what a step has to work with while it is performed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.going import stop_loading
from troubleshooter.errors import CannotWrite
from troubleshooter.evidence.window_view import Element, WindowView, measured
from troubleshooter.identity.match import Subject
from troubleshooter.model.enums import Reason, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Unseen
from troubleshooter.pages import bystanders
from troubleshooter.pages.window import view_of
from troubleshooter.signin import masked_fields
from troubleshooter.steps.context import RunContext
from troubleshooter.steps.former_account import OF_A_SITE, may_be_former
from troubleshooter.steps.observations import Observations
from troubleshooter.steps.page_capture import SUFFIX, captured
from troubleshooter.steps.recorder import Note, StepRecorder
from troubleshooter.steps.workspace import Workspace

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Locator, Page

    from troubleshooter.pages.handles import HeldElement

    Marks = Sequence[tuple[Locator | ElementHandle | HeldElement, Message]]
    """Elements that are acted on, each with its label."""

_LAST_PICTURE = 10.0
"""Seconds allowed for the screenshot of where a step ended."""


@dataclass(frozen=True)
class StepRun:
    """One step while it is performed: what it is given, where it works, and where it records."""

    context: RunContext
    workspace: Workspace
    seen: Observations
    """What the run has seen so far."""
    recorder: StepRecorder
    page: int | None = None
    """The index of the page that the step is for; None if it is for no particular page."""

    @property
    def who(self) -> Subject:
        """Return the subject under every address and name known so far."""
        return self.seen.who

    def on_page(self, page: int | None) -> StepRun:
        """Return the same step for the page with index `page`."""
        return replace(self, page=page)

    def note(self, text: Message) -> None:
        """Add a remark to a step that passes."""
        self.recorder.add(Note(text))

    def cannot_see(
        self, surface: Surface | None, why: Message, reason: Reason | None = None, *, status: int | None = None
    ) -> None:
        """Record, at most once, that a surface could not be seen.

        Args:
            surface: None for something that is not an avatar, such as the properties.
            status: the HTTP status of the response that refused it.
        """
        url = self.seen.pages[self.page] if self.page is not None else None
        unseen = Unseen(surface=surface, page_url=url, reason=reason, why=why, status=status)
        if unseen not in self.seen.unseen:
            self.recorder.add(unseen)

    def missed(self, surface: Surface, why: Message, reason: Reason | None = None) -> None:
        """Record that a surface could not be seen, unless something more specific has been recorded about it."""
        if not any(unseen.surface is surface for unseen in self.seen.unseen):
            self.cannot_see(surface, why, reason)

    async def photograph(
        self,
        caption: Message,
        marks: Marks = (),
        *,
        tab: Page | None = None,
        uncovered: bystanders.Keep = (),
        people_in: Sequence[str] = (),
    ) -> None:
        """Take a screenshot of a tab, with the elements that are acted on marked and everybody but the subject covered.

        Args:
            tab: the tab; default: the current one.
            uncovered: the subject's cards, which stay visible.
            people_in: locators of further places that show people; within them, everything but `uncovered` is covered.
        """
        tab = tab or self.workspace.tab
        context = self.context

        async def measure(elements: Sequence[Element]) -> WindowView:
            """Return where `elements` and the people who are not the subject are in the window."""
            if context.show_others:
                return await measured(tab, elements)
            former = OF_A_SITE if may_be_former(self.seen) else ""
            mine = bystanders.Mine(self.who.addresses, frozenset({context.username.lower()}), former)
            given = bystanders.settings(mine, hide_me=not context.as_subject, more=people_in)
            return await view_of(tab, elements, uncovered, given)

        # An operator who signs in by hand may type into a page that is not recognized.
        everything = context.interactive and not self.workspace.signed_in
        typed = masked_fields.typed(tab, everything=everything)
        self.recorder.add_shot(await self.workspace.camera.window(tab, caption, marks, measure, typed))

    async def last_photograph(self, page_name: str | None = None) -> None:
        """Take a screenshot of where a step ended early; keep the page, with nobody in it, if `page_name` is given."""
        if not self.workspace.has_tab:
            return
        try:
            async with asyncio.timeout(_LAST_PICTURE):
                with browser_failures():
                    if self.workspace.traffic(self.workspace.tab).navigating():
                        await stop_loading(self.workspace.tab)
                    await self.photograph(message("Where the step ended"))
                    if page_name:
                        await self._keep_page(page_name)
        except (BrowserFailure, TimeoutError, CannotWrite):
            return  # the browser is gone, or the disk full, so the earlier screenshots must suffice

    async def _keep_page(self, page_name: str) -> None:
        """Keep what the tab shows, with everybody in it replaced, for whoever repairs the locators."""
        context, workspace = self.context, self.workspace
        accounts = (context.username, context.subject)
        page = await captured(workspace.tab, context.tenant, page_name, accounts)
        workspace.camera.folder.keep(page, f".{page_name}{SUFFIX}")
