"""Chromium does not draw the suggestions of its address bar, and everything that Playwright switches off stays off."""

from __future__ import annotations

from troubleshooter.browser import features
from troubleshooter.browser.arguments import arguments
from troubleshooter.browser.session import Session


def test_what_playwright_switches_off_is_repeated():
    """The installed Playwright's own list is found; it contains what interception and screenshots depend on."""
    names = features.switched_off_by_playwright()
    assert {"PaintHolding", "HttpsUpgrades"} <= set(names)
    (switch,) = [switch for switch in arguments(None) if switch.startswith("--disable-features=")]
    assert set(names) < set(switch.partition("=")[2].split(","))


async def test_the_browser_loads_no_page_of_its_own_interface(session: Session):
    """Without the switch, Chromium 156 has pages for the suggestions of the address bar."""
    await session.tab()
    assert session.context.browser
    cdp = await session.context.browser.new_browser_cdp_session()
    targets = (await cdp.send("Target.getTargets", {"filter": [{}]}))["targetInfos"]
    assert [] == [target["url"] for target in targets if "omnibox" in target["url"]]
