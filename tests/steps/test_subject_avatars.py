"""The subject's avatars on a page that changes while they are waited for, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from support.stray import PEOPLE

from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Surface
from troubleshooter.model.records import Mixup
from troubleshooter.pages.site_page import SitePage
from troubleshooter.steps.recorder import SubjectKnownAs
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


DAN = "dan@contoso.com"
_PHOTO_OF_DAN = f"/_layouts/15/userphoto.aspx?size=M&accountname={DAN}"
_CARD = f"""<div data-sp-web-part-id="{PEOPLE}"><div class="ms-Persona"><div class="ms-Persona-coin"
  style="width:48px;height:48px"><img width=48 height=48 src="{{photo}}"></div>
  <div class="ms-Persona-primaryText">{{name}}</div></div></div>"""
_DRAW = """([html, opened]) => {
  document.querySelector('.SPCanvas').innerHTML = html;
  const coin = document.querySelector('.ms-Persona-coin');
  if (opened) coin.addEventListener('mouseover', () => document.body.insertAdjacentHTML('beforeend', opened));
}"""
_OPENED = f"""<div role=dialog data-log-region=LivePersonaCard style="position:fixed;left:200px;top:0;width:300px;
  height:200px"><img src=/picture width=96 height=96><div>{{name}}</div><span>{DAN}</span><p>{{more}}</p></div>"""


_NAMED, _SILENT = _PHOTO_OF_DAN, "/picture"


@pytest.mark.parametrize(
    ("shown", "opened", "expected"),
    [
        ((_SILENT, 200, "Dan Ionescu"), ("Dan Ionescu", ""), (["other-name"], 0)),
        ((_SILENT, 200, "Ana Popescu"), ("Ana Popescu", ""), ([], 0)),
        ((_NAMED, 200, None), ("Ana Popescu", ""), (["name"], 0)),
        ((_NAMED, 403, None), ("Dan Ionescu", ""), (["other-name"], 0)),
        ((_SILENT, 403, None), ("Dan Ionescu", ""), (["other-name"], 0)),
        ((_NAMED, 403, None), ("Ana Popescu", ""), ([], 0)),
        ((_SILENT, 403, None), ("AP</div><div>Popescu Ana", "Sales"), ([], 0)),
        ((_NAMED, 403, None), ("Dan Ionescu", "Manager: Ana Popescu"), (["name"], 1)),
        ((_NAMED, 403, None), ("", ""), (["name"], 1)),
    ],
    ids=[
        "his card names him, and his profile has another name",
        "a namesake's card",
        "nobody in SharePoint",
        "his card has another name",
        "only his card names him, and it has another name",
        "a namesake by her card",
        "a namesake in another order",
        "his manager is the user",
        "his card has his address alone",
    ],
)
async def test_the_users_name_over_another_account(shown, opened, expected, session: Session, tmp_path: Path):
    """Whoever is behind the user's name is a namesake only if their profile, or else their card, has that name."""
    photo, *says = shown
    html = _CARD.format(photo=photo, name="Ana Popescu")
    dialog = _OPENED.format(name=opened[0], more=opened[1])
    found, unclear, mixups = await _found(session, tmp_path, [html, dialog], says)
    assert ([], *expected) == (found, [mixup.how for mixup in mixups], unclear)


@pytest.mark.parametrize(("name", "doubtful"), [("Ana Popescu", 1), ("Dan Ionescu", 0)])
async def test_nothing_tells_whose_the_users_name_is(name: str, doubtful: int, session: Session, tmp_path: Path):
    """If neither SharePoint nor a card says who he is, an avatar with the user's name may be a mixup; no other may."""
    html = _CARD.format(photo=_PHOTO_OF_DAN, name=name)
    found, unclear, mixups = await _found(session, tmp_path, [html, ""], (403, None))
    assert ([], doubtful, ["name"] * doubtful) == (found, unclear, [mixup.how for mixup in mixups])


async def _found(session: Session, folder: Path, drawn: list[str], says: Sequence[int | str | None]):
    """Return the subject's avatars, how many may be, and the mixups, where SharePoint `says` who another account is."""
    visit = await visited(session, folder, PAGE.replace("replaced", "late"))
    visit.step.recorder.add(SubjectKnownAs(name="Ana Popescu"))
    tab, (status, name) = visit.page.page, says
    body = json.dumps(
        {"DisplayName": name, "Email": DAN, "UserProfileProperties": []} if name else {"odata.null": True}
    )
    await tab.route("**/*GetPropertiesFor*", lambda route: route.fulfill(status=status, body=body))
    await tab.evaluate(_DRAW, drawn)
    (region,) = await visit.page.regions({Surface.PEOPLE_WEB_PART})
    found, unclear = await avatars_of_subject(visit, region, None)
    return found, unclear, visit.step.recorder.of(Mixup)
