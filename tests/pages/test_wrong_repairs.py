"""What a repair finds counts only where it can be meant: in the open panel, for one person, beside nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.async_api import Page

from troubleshooter.browser.locator_use import LocatorUse, using
from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.model.enums import Surface
from troubleshooter.pages import profile_card
from troubleshooter.pages.account_panel import Identity
from troubleshooter.pages.avatars import AvatarElement, avatars_in, members_of
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.home import Home
from troubleshooter.pages.regions import regions_of
from troubleshooter.pages.site_page import SitePage
from troubleshooter.surfaces.people_web_part import PEOPLE

from .hovering import hover

ANA, RADU = "ana@contoso.com", "radu@contoso.com"
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="
FACE = f'<img src="{DOT}" width=40 height=40>'
MINE = FACE.replace("<img", "<img id=mine")
PANEL = f"""<p id=beside>{FACE} {RADU}</p><button id=O365_MainLink_Me>{FACE}</button>
  <div id=mectrl_main_body style="display:none"><div id=account><span id=own>{MINE}</span><p>Ana</p>
  <p id=line>Signed in: {ANA}</p></div>{{more}}</div><script>document.getElementById('O365_MainLink_Me')
  .addEventListener('click', () => {{{{ mectrl_main_body.style.display = 'block'; }}}});</script>"""
OTHERS = f"<div id=others>{FACE}<p id=other>{RADU}</p></div>"
Repairs = Mapping[str, tuple[str, ...]]


@pytest.fixture
async def page(session: Session) -> Page:
    """Return a tab on a SharePoint page."""
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    return tab


@pytest.mark.parametrize(
    ("repair", "more", "expected"),
    [
        ("#line", "", Identity(ANA, "Ana")),
        ("#beside", "", Identity(None, "Ana")),
        ("#mectrl_main_body, #line", OTHERS, Identity(None, "Ana")),
        ("#other", OTHERS, Identity(RADU, "Ana")),
    ],
    ids=["its text", "beside the panel", "two addresses", "the other's"],
)
async def test_an_address_counts_in_the_panel_only(repair: str, more: str, expected: Identity, page: Page):
    """It is the only one that the repair finds there, and no other is shown there; else another page is asked."""
    await page.set_content(PANEL.format(more=more))
    repairs = {"account-panel.address": (repair,), "account-panel.name": ("#account p:not(#line)",)}
    with using(LocatorUse(repairs)):
        home = Home(page, 1)
        assert await home.open_panel()
        assert expected == await home.identity()
        assert home.is_of(expected.upn) == bool(expected.upn)
        assert not expected.upn or home.repaired_parts() == ("account-panel.address",)


async def test_another_account_is_not_certain_where_the_panel_shows_two(page: Page):
    """A repair that matches the other account's line does not decide between the two addresses of the panel."""
    await page.set_content(PANEL.format(more=OTHERS).replace(f"Signed in: {ANA}", ANA))
    with using(LocatorUse({"account-panel.address": ("#other",)})):
        home = Home(page, 1)
        await home.open_panel()
        assert (await home.identity()).upn is None


@pytest.mark.parametrize(
    ("repair", "found"),
    [("#own", "own"), ("#beside img", ""), ("#others img", ""), ("img", "mine"), ("#account", "account"), ("body", "")],
)
async def test_a_picture_counts_in_the_panel_only(repair: str, found: str, page: Page):
    """It is the only match in the panel that is not beside another account's address."""
    await page.set_content(PANEL.format(more=OTHERS).replace(f"Signed in: {ANA}", ANA).replace("<p>Ana", f"<p>{ANA}"))
    with using(LocatorUse({"account-panel.picture": (repair, "#nowhere")})):
        home = Home(page, 0.3)
        await home.open_panel()
        picture = await home.panel_picture() if found else None
        said = await page.evaluate("document.querySelector('[data-troubleshooter=repaired-picture]')?.id || ''")
    assert found == said
    assert not found or (picture and picture.repaired)


@pytest.mark.parametrize("window", ["body", "#beside"])
async def test_what_was_there_before_the_click_is_no_panel(window: str, page: Page):
    """A repair for the panel's window that matches the whole page, or a part of it, does not make that the panel."""
    await page.set_content(PANEL.format(more=""))
    with using(LocatorUse({"account-panel.window": (window,)})):
        home = Home(page, 1)
        assert await home.open_panel()
        assert (await home.identity()).upn in (None, ANA)
        assert await page.is_visible("#mectrl_main_body")


def cards(*people: tuple[str, str]) -> str:
    """Return a list of people, each with a picture, a name and a mail link."""
    rows = [f"<b>{FACE}<i>{name}</i> <a href=mailto:{mail}>mail</a></b>" for name, mail in people]
    return f"<div id=people>{''.join(rows)}</div>"


async def found(page: Page, repairs: Repairs) -> list[AvatarElement]:
    """Return the avatars on `page` with `repairs`."""
    with using(LocatorUse(repairs)):
        body = await page.query_selector("body")
        assert body
        return await avatars_in(body, page.main_frame)


@pytest.mark.parametrize("card", ["#people", "body", "b", "#nowhere"])
async def test_a_card_is_one_persons(card: str, page: Page):
    """What contains two people's pictures is no card: each has only the links that stand with its own picture."""
    await page.set_content(cards(("Ana Pop", ANA), ("Radu Ion", RADU)))
    shown = await found(page, {"person.card": (card,)})
    assert [(f"mailto:{ANA}",), (f"mailto:{RADU}",)] == [avatar.card.links for avatar in shown]
    assert ["Ana Pop mail", "Radu Ion mail"] == [avatar.card.text for avatar in shown]


async def test_a_card_that_leaves_the_name_out_rules_nobody_out(page: Page):
    """The text of an avatar is that of all that belongs to the person, however little a repair matches."""
    await page.set_content(f"<div><div id=a><span>{FACE} Lead</span> Ana Pop</div></div><div>{FACE} Radu Ion</div>")
    shown = await found(page, {"person.card": ("span",)})
    assert ["Lead Ana Pop", "Radu Ion"] == [avatar.card.text for avatar in shown]


@pytest.mark.parametrize("coin", ["img", "#people", "b"])
async def test_a_coin_of_a_repair_makes_nobody_a_person(coin: str, page: Page):
    """That a picture is marked up as a person's is said by the catalogue's selectors only; a coin has one picture."""
    await page.set_content(cards(("Ana Pop", ANA), ("Radu Ion", RADU)))
    shown = await found(page, {"person.coin": (coin,)})
    assert [(False, (f"mailto:{ANA}",)), (False, (f"mailto:{RADU}",))] == [(a.persona, a.card.links) for a in shown]
    assert [(40, 40), (40, 40)] == [avatar.size for avatar in shown]


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        ("<li><em style='{}'>AP</em> Ana Pop</li>", ["initials"]),
        ("<li><em style='{}'>MVP</em> Ana Pop</li>", []),
        ("<li><em style='{}'>Ana Pop</em></li>", []),
        (f"<li>{FACE}<em style='{{}}'>AP</em> Ana Pop</li>", ["img"]),
        ("<li><em style='{};width:120px'>AP</em> Ana Pop</li>", []),
    ],
    ids=["initials", "a badge", "a name", "beside a picture", "no shape"],
)
async def test_letters_are_initials_if_they_are_the_names(html: str, kinds: list[str], page: Page):
    """A repair for initials finds what looks like an avatar, with letters of the name beside it, and no picture."""
    await page.set_content(html.format("display:inline-block;width:40px;height:40px;font-size:9px"))
    assert kinds == [avatar.shown for avatar in await found(page, {"person.initials": ("em",)})]


async def test_a_part_of_the_page_is_known_by_its_instance(page: Page):
    """What a repair finds is not the web part that stands in its place in the page's data, unless its id says so."""
    own = "<div data-sp-feature-instance-id=TWO><p id=b>x</p></div>"
    await page.set_content(f"<p id=a>x</p>{own}<div id=c>{own}</div>")
    parts = [WebPart(PEOPLE, "one", ()), WebPart(PEOPLE, "two", ()), WebPart(PEOPLE, "three", ())]
    with using(LocatorUse({"site-page.people-web-part": ("#a", "#b", "#c")})):
        regions = await regions_of(page.frames, {Surface.PEOPLE_WEB_PART})
    assert [True] * 3 == [region.repaired for region in regions]
    assert [None, parts[1], None] == [members_of(region, region.number, parts) for region in regions]


CARD = """([other, card]) => {
  const style = 'display:block;width:40px;height:40px';
  document.body.innerHTML = `<span id=person class="fui-Avatar__initials" style="${style}">AP</span>`;
  const box = (name, inside) => `<${name} style="display:block;width:200px;height:90px">${inside}</${name}>`;
  person.addEventListener('mouseenter', () => {
    document.body.insertAdjacentHTML('beforeend', box('article', other) + box('section', card));
  }, { once: true });
}"""


@pytest.mark.parametrize(
    ("other", "repair", "named"),
    [
        ("<p>News</p>", "section", [ANA]),
        ("<p>News</p>", "article", []),
        (f"{FACE}<a href=mailto:{RADU}>x</a>", "section", []),
        ("<p>News</p>", "body", [ANA]),
    ],
    ids=["the card", "what came with it", "two that look alike", "the page"],
)
async def test_a_card_is_what_came_with_the_pointer(other: str, repair: str, named: list[str], page: Page):
    """What a repair matches is the card unless something else has come that looks like one."""
    await page.evaluate(CARD, [other, f"{FACE}<a href=mailto:{ANA}>x</a>"])
    site = SitePage(page, Traffic(page), 1)
    with using(LocatorUse({"profile-card.card": (repair,)})):
        body = await page.query_selector("body")
        assert body
        (avatar,) = await avatars_in(body, page.main_frame)
        opened = await hover(page, site.traffic, avatar, 1)
        assert named == sorted({link.removeprefix("mailto:") for shown in opened for link in shown.card.links})
        assert profile_card.is_doubtful() == (repair == "section" and bool(named))
