"""An app whose icon cannot be selected is opened by its documented URL; without a browser."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import TimeoutError as PlaywrightTimeout
from support.fakes import context, step_run, workspace

from troubleshooter.browser.failures import TimedOut
from troubleshooter.pages.find import FoundElement
from troubleshooter.pages.launcher import Launcher, Search
from troubleshooter.steps import home
from troubleshooter.steps.home import SHAREPOINT
from troubleshooter.steps.recorder import Note
from troubleshooter.steps.workspace import Workspace


class Icon:
    """An icon that takes a click, or never does."""

    def __init__(self, *, works: bool) -> None:
        self._works = works

    async def click(self) -> None:
        if not self._works:
            raise PlaywrightTimeout("Locator.click: Timeout 20000ms exceeded.")


@pytest.mark.parametrize(
    ("works", "by", "expected"),
    [(False, "id", "could not be selected"), (False, "name", "could not be selected"), (True, "name", "led elsewhere")],
)
async def test_the_documented_address_is_opened_instead(works: bool, by: str, expected: str, monkeypatch):
    """The note says whether the icon could not be selected, or led elsewhere."""
    step = await step_with(Icon(works=works), by, monkeypatch)
    await home._open_app(step, SHAREPOINT.icon, step.context.tenant.sharepoint)
    assert [expected] == [expected for note in step.recorder.of(Note) if expected in note.text.text]


async def test_a_host_that_does_not_answer_the_known_icon_is_reported(monkeypatch):
    """An icon that is known by its id leads to the right place: that place is slow, and nothing else is opened."""
    step = await step_with(Icon(works=True), "id", monkeypatch)
    with pytest.raises(TimedOut):
        await home._open_app(step, SHAREPOINT.icon, step.context.tenant.sharepoint)
    assert () == step.recorder.of(Note)


async def step_with(icon: Any, by: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a step on whose page `icon` is found; only the documented URL leads to SharePoint."""
    step = step_run(context(), workspace())
    step.workspace.turn_to(await step.workspace.open_tab())
    opened = []

    async def find(self: Launcher, app: object) -> Search:
        return Search(FoundElement(icon, "#x"), by)

    async def follow(self: Workspace, click: Callable[[], Awaitable[None]], unless: object = None) -> None:
        await click()

    async def arrive(self: Workspace, origin: str, tab: object = None) -> None:
        if not opened:
            raise TimedOut("Page.wait_for_url: Timeout 20000ms exceeded.")

    async def open_page(tab: object, address: str, until: str) -> None:
        opened.append(address)

    async def nothing(*given: object, **more: object) -> None:
        """Do nothing."""

    monkeypatch.setattr(Launcher, "find", find)
    monkeypatch.setattr(Workspace, "follow", follow)
    monkeypatch.setattr(Workspace, "arrive", arrive)
    monkeypatch.setattr(home, "open_page", open_page)
    monkeypatch.setattr(home, "uncover", nothing)
    monkeypatch.setattr(type(step), "photograph", nothing)
    return step
