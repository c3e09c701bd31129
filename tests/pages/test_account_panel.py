"""The account panel in every family, and in none, as a real browser draws it."""

from __future__ import annotations

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.errors import CannotTell
from troubleshooter.pages.account_panel import Identity
from troubleshooter.pages.home import Home

ANA = "ana@contoso.com"
COIN = '<span class="fui-Avatar" style="display:inline-block;width:32px;height:32px;background:teal">AP</span>'
VIEW = '<a href="https://myaccount.microsoft.com/?ref=MeControl&login_hint={}">Konto anzeigen</a>'
DECOYS = f"<p>radu@contoso.com</p><p title=radu@contoso.com>Radu</p>{COIN}<p>ask ana@contoso.com today</p>"
BIG = f"<div><i class=Avatar style='display:block;width:72px;height:72px'>AP</i><p>Ana</p><p>{ANA}</p></div>"
OTHER = "<i class=Avatar style='display:block;width:24px;height:24px'></i><p>Radu (radu@contoso.com)</p>"


def page(panel: str, row: str = COIN, *, role: str = "dialog") -> str:
    """Return a page with an account row in the drawer's footer; `panel` opens from it."""
    return f"""<nav><header class="fai-CopilotNavDrawerHeader"><button>x</button></header>{DECOYS}
      <footer class="fai-CopilotNavDrawerFooter"><button id=row aria-label="Arbeitskonto">{row}</button></footer></nav>
      <div id=panel role="{role}" style="position:fixed;top:9px" hidden>{panel}</div><script>
      document.getElementById('row').addEventListener('click', () => {{ panel.hidden = !panel.hidden; }});
      document.addEventListener('keydown', (e) => {{ if (e.key === 'Escape') panel.hidden = true; }});</script>"""


@pytest.fixture
async def home(session: Session):
    """Return a function that gives the home page with this content."""

    async def home(content: str) -> Home:
        tab = await session.tab()
        await tab.set_content(content)
        return Home(tab, 2)

    return home


@pytest.mark.parametrize(
    ("panel", "identity", "picture"),
    [
        (f"<div data-tid=me-control-menu-dialog>{BIG}</div>", Identity(ANA, certain=False), True),
        (f"{BIG}{VIEW.format(ANA)}", Identity(ANA), True),
        (f"<p>Ana</p><p title={ANA}>AP</p>", Identity(ANA, certain=False), False),
        (f"{BIG}{VIEW.format('ana.pop@contoso.com')}", Identity("ana.pop@contoso.com"), True),
        (VIEW.format("ana%40contoso.com"), Identity(ANA), False),
        (f"{BIG}{OTHER}", Identity(ANA, certain=False), True),
        (f"<p>{ANA}</p><div>{OTHER}</div>", Identity(ANA, certain=False), False),
        (f"{BIG}<p>radu@contoso.com</p>", Identity(None, certain=False), True),
        (f"{BIG}<p>radu@contoso.com</p>{VIEW.format(ANA)}", Identity(ANA), True),
        (f"<p>{OTHER}{OTHER}<span>{ANA}</span></p>", Identity(ANA, certain=False), False),
        ("<a href=#>Abmelden</a>", Identity(None), False),
    ],
    ids=[
        "me-control", "no mark", "title", "mail is not the user name", "link only", "a colleague", "only a colleague",
        "two accounts", "two accounts and a link", "two coins", "no address",
    ],
)  # fmt: skip
async def test_the_panel_says_who_is_signed_in(panel: str, identity: Identity, picture: bool, home):
    """The address is the only whole text or title of what has come with the click; a link to the account page wins."""
    opened = await home(page(panel))
    assert await opened.open_panel()
    assert identity == await opened.identity()
    assert picture == (await opened.panel_picture() is not None)
    await opened.close_panel()
    assert await opened.page.locator("#panel").is_hidden()


async def test_the_picture_with_the_buttons_object_id_is_the_accounts(home):
    """Of two pictures in a panel, the one with the object id of the account button's own is taken."""
    address = "/users/8a3f0c52-7c9b-4d1e-9f00-1234567890ab/photo"
    faces = "<img width=40 height=40 src='/users/11111111-7c9b-4d1e-9f00-1234567890ab/photo'>"
    faces += f"<img id=mine width=40 height=40 src='{address}'>"
    opened = await home(page(f"<p>{faces}<b>{ANA}</b></p>", f"<img width=32 height=32 src='{address}'>"))
    await opened.page.evaluate("document.querySelectorAll('img').forEach((i) => { i.style.background = 'red'; })")
    assert await opened.open_panel()
    found = await opened.panel_picture()
    assert found and "mine" == await found.locator.get_attribute("id")


async def test_a_picture_with_another_object_id_is_not_the_accounts(home):
    """The only picture in a panel is a colleague's, whose address says so: the account's is missing."""
    address = "/users/{}1111111-7c9b-4d1e-9f00-1234567890ab/photo"
    coin = "<img width=32 height=32 style='background:red' src='{}'>"
    panel = f"<b>{ANA}</b>{coin.format(address.format(2))}"
    opened = await home(page(panel, coin.format(address.format(1))))
    assert await opened.open_panel()
    assert await opened.panel_picture() is None


async def test_two_buttons_that_may_be_it_are_none(home):
    """By structure alone the account button has to be the only candidate: a colleague's beside it is in the way."""
    opened = await home(page("").replace("</footer>", f"<button>{COIN}</button></footer>"))
    with pytest.raises(CannotTell, match="2 buttons could be the account button"):
        await opened.me()


IN_STYLE = "<i style='display:block;width:32px;height:32px;background:url(data:,) teal'></i>"
APPS = (
    "<button id=apps aria-haspopup=menu style=display:block><img width=24 height=24 style=background:teal>Apps</button>"
)


@pytest.mark.parametrize(
    ("coin", "beside"),
    [(COIN, ""), (IN_STYLE, ""), ("<b>AP</b>", ""), (COIN, "<button>…</button>"), (IN_STYLE, "<button>…</button>")],
    ids=["a coin", "a photo in the style", "letters", "a coin and a menu", "a photo in the style and a menu"],
)
async def test_the_account_row_is_the_last_row_of_the_footer(coin: str, beside: str, home):
    """A row above it that shows a picture, such as that of the apps, is not taken for it; nor is its own menu."""
    content = page(f"{BIG}{VIEW.format(ANA)}", coin).replace("<button id=row", f"{APPS}<button id=row")
    opened = await home(content.replace("</footer>", f"{beside}</footer>"))
    assert "row" == await (await opened.me()).locator.get_attribute("id")
    assert await opened.open_panel()
    assert Identity(ANA) == await opened.identity()
    assert opened.is_of(ANA)


async def test_a_picture_in_the_last_row_proves_nothing(home):
    """What opens from a row that has a picture, and is not the account's, does not say whose it is."""
    opened = await home(page("<a href=#>Word</a>", "<img width=24 height=24 style=background:teal>Apps"))
    assert await opened.open_panel()
    assert Identity(None) == await opened.identity()
    assert not opened.is_of(ANA)


async def test_a_known_mark_needs_no_structure(home):
    """The coin's test id tells the account button from a colleague's."""
    marked = COIN.replace("<span", '<span id=coin data-tid="me-control-mini-avatar"')
    opened = await home(page("", marked).replace("</footer>", f"<button>{COIN}</button></footer>"))
    assert "coin" == await (await opened.me()).locator.get_attribute("id")


@pytest.mark.parametrize("closed", ["opacity:0", "max-height:0;overflow:hidden", "transform:translateX(900vw)"])
async def test_a_panel_that_is_closed_without_being_hidden_is_opened(closed: str, home):
    """A panel that is transparent, flat or beside the window does not count as open, nor is it opened by closing it."""
    opened = await home(f"""<button id=mectrl_main_trigger>AP</button>
      <div id=mectrl_main_body style="position:fixed;top:90px;left:0;{closed}">
      <i id=mectrl_currentAccount_picture style="display:block;width:48px;height:48px">AP</i>
      <p id=mectrl_currentAccount_secondary>{ANA}</p></div><script>
      const body = document.getElementById('mectrl_main_body'), was = body.style.cssText;
      mectrl_main_trigger.onclick = () => {{
        const opens = !body.classList.contains('expanded');
        body.classList.toggle('expanded', opens);
        body.style.cssText = opens ? 'position:fixed;top:90px;left:0' : was;
      }};
      document.addEventListener('keydown', (e) => {{
        if (e.key === 'Escape' && body.classList.contains('expanded')) mectrl_main_trigger.onclick(); }});</script>""")
    body = opened.page.locator("#mectrl_main_body.expanded")
    assert await opened.open_panel()
    assert 1 == await body.count()
    assert Identity(ANA) == await opened.identity()
    assert opened.is_of(ANA)
    await opened.close_panel()
    assert 0 == await body.count()
