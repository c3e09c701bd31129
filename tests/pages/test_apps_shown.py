"""Elements that have an app's name: which are its icon, and which are not."""

from __future__ import annotations

from playwright.async_api import Page

from troubleshooter.browser.session import Session
from troubleshooter.pages.apps_shown import apps_shown
from troubleshooter.pages.noted import note_found

PAGE = """<a href=/launch/sharepoint style="position:absolute;left:-999px">SharePoint</a>
  <nav><a href=/chat/1>SharePoint</a></nav><div role=list>
  <div role=listitem id=real data-photo=/a.png data-app=/_layouts/15/sharepoint.aspx><span>SharePoint</span></div>
  <div role=listitem data-app=/launch/word>Word</div></div>"""


async def test_the_icon_is_told_from_its_decoys(session: Session):
    """Each has what it is, where it stands and leads, also by an attribute; of other apps those that are shown."""
    tab: Page = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    await tab.set_content(PAGE)
    await note_found(tab.locator("#real"), "sharepoint-icon")
    rows = await apps_shown(tab, of="SharePoint")
    host = "https://contoso.sharepoint.com"
    assert [
        ("SharePoint", "none", f"{host}/launch/sharepoint", "href", False, False),
        ("SharePoint", "nav", f"{host}/chat/1", "href", True, False),
        ("SharePoint", "list", f"{host}/_layouts/15/sharepoint.aspx", "data-app", True, True),
        ("Word", "list", f"{host}/launch/word", "data-app", True, False),
    ] == [(row.name, row.part, row.address, row.by, row.shown, row.chosen) for row in rows]
    assert {"listitem"} == {row.role for row in await apps_shown(tab) if row.part == "list"}
    assert 3 == len(await apps_shown(tab))
