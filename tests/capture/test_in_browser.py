"""Pages saved from a real browser: nothing that names anybody is in the file, and what locators go by still is."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from bs4 import BeautifulSoup
from playwright.async_api import Browser, Page
from support import planted, stray
from support.private import private
from support.saved_pages import ANY, counts

from troubleshooter.browser import launch
from troubleshooter.browser.traffic import Traffic
from troubleshooter.capture.page import MARK_LOCATOR
from troubleshooter.pages import page_snapshot
from troubleshooter.pages.avatars import avatars_in
from troubleshooter.pages.noted import note_click, note_found, watch_clicks
from troubleshooter.pages.site_page import SitePage
from troubleshooter.sandbox.server import Running
from troubleshooter.signin.credentials import Credentials, SignInSettings
from troubleshooter.signin.driver import SignIn
from troubleshooter.steps.page_capture import captured, kind_of
from troubleshooter.tenant.file import Account
from troubleshooter.tenant.sandbox import tenant_of
from troubleshooter.tenant.tenant import Tenant

WOMBATRY = Tenant(
    name="Wombatry",
    home="https://www.office.com",
    sharepoint=planted.TENANT,
    my=f"https://{planted.COMPANY}-my.sharepoint.com",
    cloud="worldwide",
    sign_in_hosts=(),
    accounts={"z": Account(username=planted.UPN)},
)


@pytest.fixture
async def tab(stray_browser: Browser) -> AsyncIterator[Page]:
    """Yield a tab of a session in which the tenant of the planted page may be visited."""
    async with private(stray_browser, WOMBATRY.hosts(), launch.Options(timeout=10)) as session:
        yield await session.tab()


@pytest.fixture
async def plantation(tab: Page, monkeypatch: pytest.MonkeyPatch) -> Page:
    """Open the planted page, with a frame of its own site."""
    monkeypatch.setitem(stray.PAGES, "/planted", planted.page())
    monkeypatch.setitem(stray.PAGES, "/framed", planted.FRAMED)
    await tab.goto(f"{planted.TENANT}/planted")
    return tab


async def test_no_planted_value_is_in_a_saved_page(plantation: Page):
    """Names, addresses, tokens, numbers and files are in no byte of the file, decoded or not, wherever they stood."""
    data = await captured(plantation, WOMBATRY, "other", [planted.UPN])
    assert set() == planted.found_in(data)
    assert len(data) > 100_000


async def test_the_search_finds_what_is_not_replaced(plantation: Page):
    """The same search finds every value in the data that the page was saved from."""
    taken = await page_snapshot.taken(plantation)
    assert {name for name, _ in planted.found_in(taken.encode())} == set(planted.CANARIES)


async def test_locators_find_in_a_saved_page_what_they_find_on_the_page(served: Running, sandbox_browser: Browser):
    """On the home page and on a site's page, each locator matches as many elements, as many of them visible,
    and the same avatars are there, in the same sizes, when the sandbox shows the saved page."""
    served.state.reset()
    where = tenant_of(served)
    ana = where.accounts["ana"].username
    async with private(sandbox_browser, where.hosts(), launch.Options(timeout=20)) as session:
        tab, again = await session.tab(), await session.tab()
        traffic = Traffic(tab)
        await tab.goto(where.home, wait_until="commit")
        secret = next(iter(where.known_secrets.values()))
        await SignIn(tab, session.guard, Credentials(ana, secret), SignInSettings(20, lambda _: None)).run()
        for address in (None, where.default_pages[0]):
            if address:
                await tab.goto(address)
            await traffic.settle(20)
            await SitePage(tab, traffic, 20).scroll_through()
            before, people = await counts(tab), await _people(tab)
            mark = f'meta[name="{MARK_LOCATOR}"]'
            served.state.saved_page = await captured(tab, where, kind_of(tab.url, where), [ana])
            response = await again.goto("https://contoso.sharepoint.com/captured-page")
            assert response and "sandbox allow-same-origin" in response.headers["content-security-policy"]
            assert before == await counts(again)
            assert people == await _people(again)
            assert 10 < len(before)
            said = [await one.get_attribute("content") or "" for one in await again.locator(mark).all()]
            found = {line.partition(": ")[2].rpartition(":")[0].removesuffix(" (by structure)") for line in said}
            assert {one for one in found if not ANY.fullmatch(one)} <= set(before)
            assert len(found) > 4
        served.state.saved_page = None


async def _people(tab: Page) -> list[tuple[str, str, bool, int]]:
    """Return the avatars of a page: how each is shown, whether it has loaded, whether it is a person's, its width."""
    body = await tab.query_selector("body")
    assert body
    return [(a.shown, a.state, a.persona, round(a.size[0])) for a in await avatars_in(body, tab.main_frame)]


async def test_shadow_roots_and_frames_are_in_a_saved_page(plantation: Page, stray_browser: Browser):
    """An open shadow root is open again, frames have their documents, and nothing runs or is requested."""
    data = await captured(plantation, WOMBATRY, "other", [planted.UPN])
    context = await stray_browser.new_context()
    tab = await context.new_page()
    requested: list[str] = []
    tab.on("request", lambda request: requested.append(request.url))
    await tab.set_content(data.decode())
    assert await tab.locator("#host p").count() == 1
    assert [True, True] == [await frame.locator("body p").count() == 1 for frame in tab.main_frame.child_frames[:2]]
    assert [] == [url for url in requested if not url.startswith(("data:", "about:"))]
    assert 0 == await tab.locator("script:not([type='text/plain'])").count()
    await context.close()


UNSEEN = """<title>x</title><body style="margin:0"><p id=a>a</p><div id=b style="display:none"><p id=c>c</p></div>
  <div id=d style="position:absolute;left:-9999px"><p id=e>e</p></div>
  <div id=f style="opacity:0"><a id=g href=#>g</a></div>
  <div id=h style="visibility:hidden"><p id=i style="visibility:visible">i</p></div>
  <span id=j style="position:absolute;width:1px;height:1px;overflow:hidden"><b id=k>k</b></span>
  <div id=l style="height:90px;overflow:auto"><p id=m>m</p><div style="height:900px"></div></div>
  <div id=n style="position:fixed;bottom:0"><button id=o><i id=p>p</i></button></div>
  <i id=q></i><svg id=r><g id=s /></svg>
  <button id=t data-troubleshooter=waffle>t</button><button id=u data-troubleshooter="Mia Kahn">u</button>
  <input id=v type=password><input id=w type=hidden value=k4n4ry><p id=x style="position:absolute;top:-900px">x</p>"""


async def test_a_saved_page_says_what_nobody_sees_and_what_was_done(tab: Page, monkeypatch: pytest.MonkeyPatch):
    """What is hidden, beside the page, transparent or clipped says so once; what is scrolled away does not.

    The product's own marks are no attributes of the page; what was clicked is the button, not the icon in it.
    """
    monkeypatch.setitem(stray.PAGES, "/unseen", UNSEEN)
    await tab.goto(f"{planted.TENANT}/unseen")
    await tab.evaluate("document.querySelector('#l').scrollTop = 400")
    await tab.fill("#v", planted.TOKEN)
    await watch_clicks(tab)
    await tab.click("#p")
    await note_click(tab.locator("#t"))
    await note_found(tab.locator("#a"), "profile-card")
    await note_found(tab.locator("#q"), planted.NAME)
    taken = await page_snapshot.taken(tab)
    assert planted.TOKEN not in taken
    assert "k4n4ry" not in [part.get("v") for part in json.loads(taken)["parts"] if isinstance(part, dict)]
    assert "data-troubleshooter" not in taken
    page = BeautifulSoup(await captured(tab, WOMBATRY, "other"), "html.parser")
    said = {
        what: {str(one["id"]): str(one[f"data-captured-{what}"]) for one in page.select(f"[data-captured-{what}]")}
        for what in ("hidden", "clicked", "found")
    }
    hidden = {"b": "display", "d": "off-screen", "f": "transparent", "h": "visibility", "i": "no", "j": "clipped"}
    assert {**hidden, "w": "display", "x": "off-screen"} == said["hidden"]
    assert {"o": "1", "t": "2"} == said["clicked"]
    assert {"t": "home.waffle", "a": "profile-card.card"} == said["found"]
