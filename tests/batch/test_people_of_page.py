"""A page's People web parts are read in a browser; whatever looks like one beside them names nobody."""

from __future__ import annotations

import json
from html import escape

import pytest
from support.stray import PEOPLE, web_part

from troubleshooter.batch.people_of_page import people_of
from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.identity.named_people import NamedPeople
from troubleshooter.pages.site_page import SitePage
from troubleshooter.surfaces.page_byline import TITLE

pytestmark = pytest.mark.browser

DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="
GROUP = {"id": "c:0o.c|federateddirectoryclaimprovider|0f4c", "email": "team@contoso.com", "name": "Ana"}


def face(account: str = "") -> str:
    """Return the attributes of a picture that is requested for an account, or for nobody."""
    return f"src='/_layouts/15/userphoto.aspx?size=M&accountname={account}@contoso.com'" if account else f"src='{DOT}'"


def listed(instance: str, *persons: object, kind: str = PEOPLE) -> str:
    """Return the page's data about a web part."""
    key = "persons" if kind == PEOPLE else "authors"
    data = {"id": kind, "instanceId": instance, "properties": {key: persons}}
    return f'<i data-sp-webpartdata="{escape(json.dumps(data))}"></i>'


HIDDEN = web_part("hidden", face("hidden"))
AUTHOR = listed("title", {"upn": "author@contoso.com"}, kind=TITLE)
DECOYS = f"""
  <div data-automation-id="title-region"><img {face("author")}></div>{AUTHOR}
  <template>{web_part("template", face("template"))}</template>
  <div style="display:none">{HIDDEN}</div>{listed("hidden", {"upn": "hidden@contoso.com"}, {"upn": "gone@contoso.com"})}
  <iframe srcdoc="{escape(web_part("framed", face("framed")))}"></iframe>
"""


async def opened(session: Session, content: str) -> SitePage:
    """Return an open page with this content."""
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    await tab.set_content(f'<div class="SPCanvas">{content}</div>')
    return SitePage(tab, Traffic(tab), 2)


async def test_only_the_page_s_own_web_parts_name_users(session: Session):
    """User names distinguish cards with the same display name; decoys, a group and a bare name are no users."""
    parts = (
        web_part("one", face("ana"))
        + web_part("two", face())
        + web_part("three", face("ana2"))
        + web_part("four", face())
        + listed("two", {"upn": "ana3@contoso.com"})
        + listed("three", {"upn": "ana2@contoso.com"}, GROUP)
    )
    found = await people_of(await opened(session, DECOYS + parts))
    upns = ("ana@contoso.com", "ana3@contoso.com", "ana2@contoso.com")
    assert NamedPeople(upns, unnamed=1, groups=1) == found.named
    assert (4, 2) == (found.parts, found.not_shown)


async def test_a_page_with_decoys_alone_names_nobody(session: Session):
    """Without a People web part of its own, a page names nobody."""
    found = await people_of(await opened(session, DECOYS))
    assert (NamedPeople(), 0) == (found.named, found.parts)
