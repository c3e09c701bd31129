"""Finds an app's icon on the home page, wherever the present layout has it (facts on real pages, 1.3 to 1.10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.locator_use import locators
from troubleshooter.browser.opening import open_page
from troubleshooter.browser.waits import short_wait
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.pages import find, structure
from troubleshooter.pages.cover import needs_uncovered, uncover
from troubleshooter.redaction.run_log import Event, Phase, timed
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

WAFFLE = LocatorDefinition(
    id="home.waffle",
    use="the nine dots that open the app launcher",
    fact="sign-in and home 2.2; real pages 2.8, 3.10",
    confidence="A",
    selectors=("#O365_MainLink_NavMenu", '[data-tid="waffle-open-button"]', 'button[data-tid="appbar-flyout-button"]'),
)
DRAWER_TOP = LocatorDefinition(
    id="home.drawer-top",
    use="the top of the Copilot app's navigation drawer, which contains the nine dots",
    fact="real pages 1.2",
    confidence="A",
    selectors=(".fai-CopilotNavDrawerHeader", ".fui-NavDrawerHeader"),
)
DRAWER_BOTTOM = LocatorDefinition(
    id="home.drawer-bottom",
    use="the bottom of the navigation drawer, which contains the account row, below the row Apps",
    fact="real pages 1.2",
    confidence="A",
    selectors=(".fai-CopilotNavDrawerFooter", ".fui-NavDrawerFooter"),
)
ALL_APPS = LocatorDefinition(
    id="home.all-apps",
    use="the link to the page of all apps",
    fact="sign-in and home 2.2; real pages 1.5",
    confidence="B",
    selectors=("#allAppsLink", 'a[href$="/apps"]', 'a[href*="/apps?auth="]'),
)
_APPS_PAGE = "https://m365.cloud.microsoft/apps"
"""Sign-in and home 2.1 (A)."""
OTHERS = (
    "Outlook", "OneDrive", "SharePoint", "Word", "Excel", "PowerPoint", "OneNote", "Teams", "Loop", "Forms", "Planner",
    "Visio", "Stream", "Lists", "Whiteboard", "Engage", "Bookings", "Power Automate", "Clipchamp", "Designer",
)  # fmt: skip
"""Names of apps, which are not translated (real pages 1.5, B): an app's icon stands among others."""
_ROW = ("apps", "aplicații")
"""What the row Apps of the navigation drawer is called, in lower case (real pages 1.3, LAB1)."""
_OPENERS = structure.script("openers.js")
_APPS = structure.script("apps.js")

_AT_ONCE = 0.1
"""Seconds in which something is found that is on the page already."""
_LAUNCHER = 5.0
"""Seconds to wait for the app launcher's button."""
_MORE = 1.5
"""Seconds in which a list of other apps may still show the one that is wanted."""


@dataclass(frozen=True)
class AppIcon:
    """How an app's icon is recognized."""

    name: str
    """The app's name, the same in every language."""
    tile: LocatorDefinition
    """Its icon by id."""
    hrefs: tuple[str, ...]
    """Patterns of the addresses that its entries lead to."""
    launch: str
    """The path of the documented address that opens it."""


SHAREPOINT = AppIcon(
    "SharePoint",
    LocatorDefinition(
        id="home.sharepoint-icon",
        use="the icon of SharePoint; without it, the icon is found by its address, or by its name among other apps",
        fact="sign-in and home 2.2",
        confidence="B",
        selectors=("#O365_AppTile_Sites", "#ShellSites_link"),
        has_copies=True,
    ),
    (r"/launch/sharepoint(?:[/?#]|$)", r"^https://[^/]+/_layouts/15/sharepoint\.aspx(?:[?#]|$)"),
    "/launch/sharepoint",
)
"""Addresses: sign-in and home 2.1 (A), real pages 1.10 (B)."""
ONEDRIVE = AppIcon(
    "OneDrive",
    LocatorDefinition(
        id="home.onedrive-icon",
        use="the icon of OneDrive; without it, the icon is found by its address, or by its name among other apps",
        fact="sign-in and home 2.2",
        confidence="B",
        selectors=("#O365_AppTile_Documents", "#ShellDocuments_link"),
        has_copies=True,
    ),
    (r"/launch/onedrive(?:[/?#]|$)", r"^https://[^/]+-my\.[^/]+/.*[?&]source=waffle"),
    "/launch/onedrive",
)
"""Addresses: sign-in and home 2.1 (A), real pages 1.10 (B)."""
PARTS = (WAFFLE, DRAWER_TOP, DRAWER_BOTTOM, ALL_APPS, SHAREPOINT.tile, ONEDRIVE.tile)
"""Everything on the way to an app's icon."""


@dataclass
class Search:
    """The search for one app's icon."""

    icon: find.FoundElement | None = None
    """The icon; None if there is none."""
    by: str = ""
    """By what it was found: `id`, `address` or `name`."""
    where: list[str] = field(default_factory=list)
    """Where it was looked for, in order."""


class Launcher:
    """The apps of the home page."""

    def __init__(self, page: Page, timeout: float, name: str, addresses: Sequence[str], host: str) -> None:
        """Look for apps on `page`.

        Args:
            name: the page object's name.
            addresses: the URLs of the page of all apps, first choice first.
            host: the tenant's own host of the app that is looked for: an entry that leads there comes first.
        """
        self.page = page
        self._host = host
        self.timeout = timeout
        self._name = name
        self._addresses = addresses

    async def find(self, app: AppIcon) -> Search:
        """Look for the icon of `app` until it is found; nothing is guessed if there is more than one candidate."""
        with timed(Phase.LAUNCHER, Event.ICON):
            return await self._find(app)

    async def _find(self, app: AppIcon) -> Search:
        search = Search()
        # A launcher that is closed may only have slid out of the window.
        if (tile := await find.anywhere(self.page, app.tile, _AT_ONCE)) and tile.seen:
            search.icon, search.by = tile, "id"
            return search
        found = await find.anywhere(self.page, (WAFFLE, DRAWER_TOP, DRAWER_BOTTOM), min(_LAUNCHER, self.timeout))
        if found and found.definition is WAFFLE:
            await self._open(search, app, found.locator, "the app launcher")
        elif found:
            await self._open_drawer(search, app)
        if not search.icon:
            await self._look(search, app, "the home page", opened=False, seconds=_AT_ONCE)
        if not search.icon:
            await self._look_among_all(search, app)
        return search

    async def _open_drawer(self, search: Search, app: AppIcon) -> None:
        """Open each part of the drawer that may list apps, one after the other, until the icon is found."""
        given = {"top": locators().css(DRAWER_TOP), "bottom": locators().css(DRAWER_BOTTOM), "names": _ROW}
        for mark, what in (("waffle", "the app launcher in the drawer"), ("apps-row", "the menu of the row Apps")):
            if search.icon:
                return
            openers = await structure.evaluate(self.page, _OPENERS, given)
            key = "waffle" if mark == "waffle" else "apps"
            if not openers or not openers[1][key]:
                continue
            await self._open(search, app, structure.marked(openers[0], mark), what)

    async def _open(self, search: Search, app: AppIcon, opener: Locator, what: str) -> None:
        """Click `opener` and look for the icon in what it opens."""
        await needs_uncovered(opener, short_wait(self.timeout), self._name)
        await structure.remember(self.page)
        before = self.page.url
        await opener.click()
        await self._look(search, app, what, opened=True, seconds=short_wait(self.timeout))
        if not search.icon and self.page.url.partition("?")[0] == before.partition("?")[0]:
            await self._leave_for_all_apps(search, app)

    async def _leave_for_all_apps(self, search: Search, app: AppIcon) -> None:
        """Look for the icon on the page to which an opened launcher's link to all apps leads."""
        link = await find.anywhere(self.page, ALL_APPS, _AT_ONCE)
        if link is None:
            return
        await uncover(link.locator, _MORE)
        await link.locator.click()
        await self._look(search, app, "the page of all apps", opened=False, seconds=short_wait(self.timeout))

    async def _look_among_all(self, search: Search, app: AppIcon) -> None:
        """Look for the icon on the page of all apps."""
        link = None if search.where[-1:] == ["the page of all apps"] else await self._link_to_all()
        if link:
            await link.click()
            await self._look(search, app, "the page of all apps", opened=False, seconds=short_wait(self.timeout))
        for address in self._addresses:
            if search.icon:
                return
            response = await open_page(self.page, address, "domcontentloaded")
            if response and response.status >= 400:
                continue
            await self._look(search, app, address, opened=False, seconds=short_wait(self.timeout))

    async def _link_to_all(self) -> Locator | None:
        link = await find.anywhere(self.page, ALL_APPS, _AT_ONCE)
        return link.locator if link else None

    async def _look(self, search: Search, app: AppIcon, where: str, *, opened: bool, seconds: float) -> None:
        """Look for the icon in what the page shows, or in what appeared after the last click."""
        search.where.append(where)
        given: dict[str, Any] = {
            "name": app.name,
            "ids": locators().selectors(app.tile),
            "hrefs": app.hrefs,
            "others": [name for name in OTHERS if name != app.name],
            "opened": opened,
            "any": True,
            "host": self._host,
        }
        found = await structure.wait(self.page, _APPS, given, seconds)
        if found and not found[1]["how"]:
            found = await structure.wait(self.page, _APPS, {**given, "any": False}, min(_MORE, seconds))
        if found is None:
            return
        frame, answer = found
        if answer["how"] == "id":
            locators().found(app.tile, answer["said"])
        else:
            locators().found_by_structure(app.tile)
        words = answer["said"] if answer["how"] == "id" else f"{answer['how']}: {answer['said']}"
        search.icon = find.FoundElement(structure.marked(frame, "app"), words, frame=frame)
        search.by = answer["how"]


def addresses_of_all_apps(home: str, cloud: str) -> tuple[str, ...]:
    """Return the URLs of the page of all apps of a tenant whose home page is `home`, first choice first.

    They do not depend on the current host, because the same app is served under several hosts (real pages 1.12).
    """
    own = f"{home.rstrip('/')}/apps"
    known = (_APPS_PAGE,) if cloud == "worldwide" and host_of(own) != host_of(_APPS_PAGE) else ()
    return (own, *known)
