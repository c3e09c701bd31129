"""Profile cards of today and of before are found, and say whose they are only by what is exactly an address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.identity.match import linked_accounts
from troubleshooter.pages import profile_card
from troubleshooter.pages.avatars import avatars_in
from troubleshooter.pages.site_page import SitePage
from troubleshooter.tenant.hosts import host_policy

from .hovering import hover

SITE = "https://contoso.sharepoint.com"
HOSTS = host_policy("worldwide", ["https://www.office.com", SITE])
ANA = "ana@contoso.com"
_PUT = """([inside, shadow, sized]) => {
  const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==';
  const person = document.createElement('div');
  person.id = 'person';
  person.innerHTML = `<div><span class="fui-Avatar" role="img" style="display: inline-block; width: 48px; height: 48px">
    <span class="fui-Avatar__initials" style="display: block; width: 48px; height: 48px">AI</span></span>
    <span class="lpcCommonWeb-hoverTarget" role="button" aria-haspopup="dialog"
      data-lpc-hover-target-id="lpc-1">Ana</span></div>`;
  document.body.prepend(person);
  const host = document.createElement('lpc-card');
  const size = sized ? 'display: block; width: 320px; height: 200px' : 'width: 0; height: 0';
  host.style.cssText = `position: fixed; left: 90px; top: 90px; ${size}`;
  const root = shadow ? host.attachShadow({ mode: 'open' }) : host;
  const close = () => host.remove();
  addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
  person.querySelector('.lpcCommonWeb-hoverTarget').addEventListener('mouseenter', () => setTimeout(() => {
    root.innerHTML = `<div role="dialog" ${sized ? 'aria-label="Profile Card"' : 'data-log-region="LivePersonaCard"'}
      style="width: 240px; height: 160px; background: #eee">
      <img src="${dot}" width="64" height="64"><div data-log-name="PersonName">Ana</div></div>`;
    document.body.append(host);
    setTimeout(() => { root.querySelector('[role=dialog]').insertAdjacentHTML('beforeend', inside); }, 400);
  }, 200));
}"""


@pytest.fixture
async def page(session: Session) -> SitePage:
    tab = await session.tab()
    page = SitePage(tab, Traffic(tab), 6)
    await page.open(f"{SITE}/glued", HOSTS)
    return page


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        (f"<span>{ANA}</span>", [ANA]),
        (f'<button title="Email: {ANA}">✉</button>', [ANA]),
        (f'<button title="E-Mail: {ANA}">✉</button>', [ANA]),
        (f'<span title="{ANA}">mail</span>', [ANA]),
        (f'<a href="mailto:{ANA}">mail</a>', [ANA]),
        ("<p>Write to radu@contoso.com about it</p><span title='Ask radu@contoso.com first'>?</span>", []),
    ],
    ids=["text", "label", "umlaut", "title", "link", "sentence"],
)
@pytest.mark.parametrize("shadow", [False, True], ids=["plain", "shadow"])
async def test_the_card_says_whose_it_is(inside: str, named: list[str], shadow: bool, page: SitePage):
    """By a link, or by a text or title that is exactly an address; also late, in a host without size; then closed."""
    if shadow and named != [ANA]:
        pytest.skip("the same rule, tried on the plain card")
    await page.page.evaluate(_PUT, [inside, shadow])
    person = await page.page.query_selector("#person")
    assert person
    avatar = (await avatars_in(person, page.page.main_frame))[0]
    opened = await hover(page.page, page.traffic, avatar, 3)
    assert opened
    assert named == linked_accounts(opened[0].card.links)
    await profile_card.leave(page.page)
    assert 0 == await page.page.locator("lpc-card").count()


@pytest.mark.parametrize("shadow", [False, True], ids=["plain", "shadow"])
async def test_a_card_that_fills_its_host_is_found(shadow: bool, page: SitePage):
    """A host with a size of its own is known as the card by what it shows, also inside its shadow root."""
    await page.page.evaluate(_PUT, [f"<span>{ANA}</span>", shadow, True])
    person = await page.page.query_selector("#person")
    assert person
    avatar = (await avatars_in(person, page.page.main_frame))[0]
    opened = await hover(page.page, page.traffic, avatar, 3)
    assert [[ANA]] == [linked_accounts(shown.card.links) for shown in opened]


@pytest.mark.parametrize(("path", "refused"), [("refused", True), ("cut-off", True), ("no-such-photo", False)])
async def test_initials_on_a_card_count_unless_the_photo_was_refused(path: str, refused: bool, page: SitePage):
    """Initials on the card mean that there is no photo only if no request for a photo failed while the card opened."""
    await page.page.evaluate(_PUT, [f"<b class=fui-Avatar__initials>AI</b><span>{ANA}</span>", False])
    await page.page.evaluate(
        """(path) => document.querySelector('.lpcCommonWeb-hoverTarget').addEventListener('mouseenter', () =>
          fetch('https://eur.loki.delve.office.com/' + path, { mode: 'no-cors' }).catch(() => null))""",
        path,
    )
    person = await page.page.query_selector("#person")
    assert person
    avatar = (await avatars_in(person, page.page.main_frame))[0]
    opened = await hover(page.page, page.traffic, avatar, 3)
    url = f"https://eur.loki.delve.office.com/{path}" if refused else ""
    assert [url] == [shown.refused for shown in opened if shown.shown == "initials"]


DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
COPY = f"{SITE}/_layouts/15/userphoto.aspx?size=L&accountname="
SOURCE = "https://eur.loki.delve.office.com/api/v2/personaphoto?aadObjectId="
LARGE, SMALL = (300, 300), (96, 96)


@pytest.mark.parametrize(
    ("served", "url", "ambiguous"),
    [
        ([{SOURCE + "1": LARGE}], SOURCE + "1", False),
        ([{SOURCE + "1": LARGE, SOURCE + "2": SMALL}], SOURCE + "1", False),
        ([{COPY + ANA: LARGE}], COPY + ANA, False),
        ([{COPY + ANA: None, COPY + "boss@contoso.com": None}], COPY + ANA, False),
        ([{SOURCE + "1": None, COPY + "boss@contoso.com": None}], SOURCE + "1", False),
        ([{SOURCE + "1": None, SOURCE + "2": None}], "blob:x", False),
        ([{SOURCE + "1": None, COPY + ANA: None}], "blob:x", True),
        ([{SOURCE + "1": LARGE, COPY + ANA: LARGE}], "blob:x", True),
        ([{SOURCE + "1": LARGE, COPY + ANA: SMALL}], SOURCE + "1", False),
        ([{}, {COPY + ANA: LARGE}], COPY + ANA, False),
        ([{SOURCE + "1": LARGE}, {COPY + ANA: LARGE}], SOURCE + "1", False),
        ([{}, {}], "blob:x", False),
    ],
    ids=[
        "one",
        "one of its size",
        "SharePoint's copy",
        "another person's beside it",
        "another person's copy beside the source's",
        "two of the source",
        "both stores, of unknown size",
        "both stores, of its size",
        "both stores, one of its size",
        "fetched before the card opened",
        "fetched since, and another one before",
        "none",
    ],
)
async def test_where_a_picture_without_an_address_came_from(served, url: str, ambiguous: bool, page: SitePage):
    """A picture that a script drew is of the store that served it; if both may have, its store is not known."""
    await page.page.set_content(
        "<div id=card><img width=64 height=64 src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></div>"
    )
    root = await page.page.query_selector("#card")
    assert root
    (shown,) = await avatars_in(root, page.page.main_frame)
    drawn = replace(shown, url="blob:x", natural=LARGE)
    found = profile_card.from_traffic(drawn, [ANA], *served)
    assert (url, ambiguous) == (found.url, found.ambiguous)
