"""The subject's avatars on a page that changes while they are waited for, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Surface
from troubleshooter.pages.site_page import SitePage
from troubleshooter.steps.subject_avatars import avatars_of_subject, refreshed

from .visiting import visited

PAGE = "https://contoso.sharepoint.com/replaced-picture"
_REPLACE = """(e, milliseconds) => {
  const [copy, parent] = [e.cloneNode(true), e.parentElement];
  e.remove();
  if (milliseconds !== null) setTimeout(() => parent.append(copy), milliseconds);
}"""


async def test_a_picture_that_is_replaced_while_it_loads_is_waited_for(session: Session, tmp_path: Path):
    """A page puts another picture in the place of one that had loaded, once it is in sight: that one is waited for."""
    visit = await visited(session, tmp_path, PAGE)
    (part,) = [part for part in await visit.page.data() if part.is_people]
    (region,) = await visit.page.regions({Surface.PEOPLE_WEB_PART})
    (found,), unclear = await avatars_of_subject(visit, region, part)
    assert 0 == unclear
    assert "loaded" == found.avatar.state
    assert not await visit.page.page.locator("#first").count()


@pytest.mark.parametrize(("page", "proved"), [("photo-while-hovered", 1), ("hover-targets", 0)])
async def test_a_photo_that_arrives_while_initials_are_asked_about_proves_whose_they_were(
    page: str, proved: int, session: Session, tmp_path: Path
):
    """Nothing proves whose the initials are; if the page draws photos meanwhile, these are looked at."""
    visit = await visited(session, tmp_path, f"https://contoso.sharepoint.com/{page}")
    (region,) = await visit.page.regions({Surface.PEOPLE_WEB_PART})
    found, unclear = await avatars_of_subject(visit, region, None)
    assert ["photo-address"] * proved == [one.evidence for one in found]
    assert (unclear == 0) is bool(proved)


@pytest.mark.parametrize("returns", [True, False], ids=["a moment", "good"])
async def test_a_part_that_is_gone_for(returns: bool, session: Session):
    """A page removes the part that is looked at, and adds it again a moment later, or never."""
    tab = await session.tab()
    page = SitePage(tab, Traffic(tab), 5)
    await page.open(PAGE, session.guard.hosts)
    (region,) = await page.regions({Surface.PEOPLE_WEB_PART})
    root = await region.root.element()
    await root.evaluate(_REPLACE, 150 if returns else None)
    if not returns:
        with pytest.raises(CannotTell):
            await refreshed(page, region)
        return
    assert await (await (await refreshed(page, region)).root.element()).evaluate("(e) => e.isConnected")
