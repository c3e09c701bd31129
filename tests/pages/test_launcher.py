"""The app icons, wherever a layout has them, with other things of the same name beside them, in a real browser."""

from __future__ import annotations

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.pages.launcher import ONEDRIVE, SHAREPOINT, Launcher, addresses_of_all_apps

HOST = "contoso.sharepoint.com"
APPS = ("Outlook", "OneDrive", "Word", "SharePoint Embedded", "SharePoint 管理センター", "SharePoint", "Teams")
HIDDEN = """<div style="position:absolute;left:-9000px"><a href="/launch/sharepoint">SharePoint</a></div>
  <div style="display:none"><a href="/launch/sharepoint">SharePoint</a></div>
  <div style="opacity:0"><a href="/launch/sharepoint">SharePoint</a></div>
  <div aria-hidden=true><a href="/launch/sharepoint">SharePoint</a></div>"""
CHATS = """<a class="fai-CopilotNavSubItem" href="/chat/conversation/1">SharePoint</a>
  <div role=list><div role=listitem tabindex=0>SharePoint</div><div role=listitem tabindex=0>Word</div></div>"""
RECENT = """<div><a role=link tabindex=0 href="/sites/sharepoint">SharePoint</a>
  <a href="/x/SharePoint.docx">SharePoint</a><div role=link tabindex=0>SharePoint</div>
  <div role=link tabindex=0>Budget</div></div>"""


def entries(tag: str, label: str = "", text: str = "{}", apps: tuple[str, ...] = APPS) -> str:
    """Return an entry for each app."""
    drawn, end = [], tag.partition(" ")[0]
    for app in apps:
        own = f'aria-label="{label.format(app)}"' if label else ""
        own += " id=right" if app == "SharePoint" else ""
        drawn.append(f"<div><{tag} {own} tabindex=0><i>{app[0]}</i><b>{text.format(app)}</b></{end}></div>")
    return "".join(drawn)


def drawer(flyout: str, *, top: str = "", row: str = "<button id=apps aria-haspopup=menu>アプリ</button>") -> str:
    """Return the Copilot app; `flyout` opens from the waffle or the row of apps."""
    return f"""{HIDDEN}<nav style="height:90vh;width:200px"><header class="fai-CopilotNavDrawerHeader">
      <button data-testid=collapse-button aria-expanded=true>=</button>{top}</header>{CHATS}{row}
      <footer class="fai-CopilotNavDrawerFooter"><button>AP</button></footer></nav>
      <main style="position:absolute;left:300px;top:0">{RECENT}</main>
      <div id=flyout style="position:fixed;left:210px;top:90px;background:#fff" hidden>{flyout}</div>
      <script>for (const n of document.querySelectorAll('#apps, #dots')) {{
        n.onclick = () => {{ flyout.hidden = !flyout.hidden; }}; }}</script>"""


DOTS = "<button id=dots aria-haspopup=dialog><svg width=9 height=9></svg></button>"
ITEM = "{} は新しいタブで開きます"
WITH_MENU = "{0}</b><button aria-label='{0}: More options'>›</button><b>"


@pytest.fixture
async def search(session: Session):
    """Return a function that searches a page for SharePoint, and gives the icon's id and by what it was found."""

    async def search(content: str, app=SHAREPOINT, *addresses: str):
        tab = await session.tab()
        await tab.goto("https://www.office.com/chat")
        await tab.set_content(content)
        found = await Launcher(tab, 2, "home", addresses, HOST).find(app)
        return (await found.icon.locator.get_attribute("id") if found.icon else None), found.by

    return search


@pytest.mark.parametrize(
    "content",
    [
        drawer(f"<div role=menu>{entries('div role=menuitem')}</div>"),
        drawer(f"<div role=list>{entries('div role=listitem', ITEM)}</div>", top=DOTS, row=""),
        drawer(f"<div>{entries('button', ITEM, '')}</div>", top=DOTS, row=""),
        drawer(f"<div>{entries('div', 'سيتم فتح {} في علامة تبويب جديدة')}</div>", top=DOTS, row=""),
        drawer(f"<div>{entries('button')}</div>", row="<button id=apps>Aplicații</button>"),
        drawer(entries("button", apps=APPS[:5]) + entries("a href='/x'", apps=APPS[5:])),
        drawer(f"<div role=menu>{entries('div role=menuitem', text=WITH_MENU)}</div>"),
    ],
    ids=[
        "flyout",
        "list items",
        "labels alone",
        "right to left",
        "row without a mark",
        "a link of unknown address",
        "rows with a menu of their own",
    ],
)
async def test_the_app_is_told_by_its_name_among_others(content: str, search):
    """A chat, a file, a site, another product and a hidden copy with the same name are not taken for it."""
    assert ("right", "name") == await search(content)


@pytest.mark.parametrize(
    ("href", "app"),
    [
        ("https://contoso.sharepoint.com/_layouts/15/sharepoint.aspx?login_hint=ana@contoso.com", SHAREPOINT),
        ("https://m365.cloud.microsoft/launch/SharePoint?auth=2", SHAREPOINT),
        ("https://contoso-my.sharepoint.com/?login_hint=ana@contoso.com&source=waffle", ONEDRIVE),
    ],
)
async def test_an_address_comes_before_a_name(href: str, app, search):
    """A link that leads straight there needs no name."""
    assert ("direct", "address") == await search(drawer(f"{entries('button')}<a id=direct href='{href}'>SP</a>"), app)


FABRIKAM, OWN = (f"https://{name}.sharepoint.com/_layouts/15/sharepoint.aspx" for name in ("fabrikam", "contoso"))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(FABRIKAM, OWN, "second"), (OWN, FABRIKAM, "first"), (FABRIKAM, "#", "first")],
    ids=["another tenant's first", "the own one first", "only another tenant's, as after a renaming"],
)
async def test_the_own_tenants_entry_comes_before_another_tenants(first: str, second: str, expected: str, search):
    """A guest's list of apps may show the SharePoint of another tenant beside the own one."""
    both = f"<a id=first href='{first}'>SharePoint</a><a id=second href='{second}'>SP</a>"
    assert (expected, "address") == await search(drawer(entries("button", apps=APPS[:3]) + both))


async def test_of_two_entries_with_the_name_the_own_tenants_counts(search):
    """Where no address has a known pattern, the entry that leads to the tenant's own host is chosen."""
    both = "".join(
        f"<div><a id={name} href='https://{name}.sharepoint.com/start'><i>S</i><b>SharePoint</b></a></div>"
        for name in ("fabrikam", "contoso")
    )
    assert ("contoso", "name") == await search(drawer(f"<div>{entries('button', apps=APPS[:3])}{both}</div>"))


async def test_a_known_id_comes_first(search):
    """The tile of the suite header's launcher is found by its id."""
    tile = "<a id=O365_AppTile_Sites href=/launch/sharepoint>SharePoint</a>"
    waffle = f"<button id=O365_MainLink_NavMenu>:::</button><div id=flyout hidden>{tile}</div><script>"
    waffle += "O365_MainLink_NavMenu.onclick = () => { flyout.hidden = false; }</script>"
    assert ("O365_AppTile_Sites", "id") == await search(waffle)


@pytest.mark.parametrize("closed", ["transform:translateX(-100%)", "opacity:0", "max-height:0;overflow:hidden"])
async def test_a_tile_of_a_closed_launcher_is_not_selected_before_it_opens(closed: str, session: Session):
    """A panel that is only out of sight, or flat, is opened by its button first."""
    tab = await session.tab()
    await tab.goto("https://www.office.com/chat")
    await tab.set_content(f"""<button id=O365_MainLink_NavMenu style="margin-left:400px">:::</button>
      <div id=appLauncherMainView style="position:fixed;left:0;top:0;width:300px;{closed}">
      <a id=O365_AppTile_Sites href=/launch/sharepoint>SharePoint</a></div>
      <script>O365_MainLink_NavMenu.onclick = () => {{
        appLauncherMainView.style = "position:fixed;left:0;top:0"; }}</script>""")
    found = await Launcher(tab, 2, "home", (), HOST).find(SHAREPOINT)
    assert "id" == found.by and found.icon
    await found.icon.locator.click(trial=True, timeout=1000)


@pytest.mark.parametrize(
    ("buttons", "selected"),
    [
        (("aria-expanded=false", ""), ["b0"]),
        (("",), []),
        (("aria-expanded=true",), []),
        (("aria-expanded=false", "aria-expanded=false"), []),
        (("aria-haspopup=menu", "aria-expanded=false"), ["b0"]),
    ],
)
async def test_the_launcher_says_that_it_opens_something(
    buttons: tuple[str, ...], selected: list[str], session: Session
):
    """A button without words in the drawer's header is selected only if it says so, and is the only one that does."""
    tab = await session.tab()
    await tab.goto("https://www.office.com/chat")
    drawn = "<button id=b{} {} onclick='this.title = 1'><svg width=9 height=9></svg></button>"
    top = "".join(drawn.format(number, says) for number, says in enumerate(buttons))
    await tab.set_content(drawer(entries("button"), top=top, row=""))
    await Launcher(tab, 2, "home", (), HOST).find(SHAREPOINT)
    assert selected == [await one.get_attribute("id") for one in await tab.locator("header [title]").all()]


@pytest.mark.parametrize(
    ("row", "selected"),
    [
        ("<button aria-haspopup=menu>アプリ</button>", True),
        ("<button aria-expanded=false>アプリ</button>", True),
        ("<button>Apps</button>", True),
        ("<button aria-label=Aplicații><i>▦</i></button>", True),
        ("<a href=#apps>Apps</a>", True),
        ("<a href=#/chat/4>Apps</a>", False),
        ("<button>アプリ</button>", False),
        ("<button aria-expanded=true>アプリ</button>", False),
    ],
)
async def test_the_row_of_apps_says_what_it_is(row: str, selected: bool, session: Session):
    """The row above the account row is selected only if it opens something, or is called Apps and is no chat."""
    tab = await session.tab()
    await tab.goto("https://www.office.com/chat")
    row = row.replace("<button", "<button onclick='this.title = 1'").replace("<a", "<a onclick='this.title = 1'")
    await tab.set_content(drawer(entries("button"), row=row))
    await Launcher(tab, 2, "home", (), HOST).find(SHAREPOINT)
    assert selected == bool(await tab.locator("nav > [title]").count())


@pytest.mark.parametrize(
    "content",
    [
        drawer(entries("button", apps=APPS[:5])),
        drawer(entries("button") + entries("button", apps=("SharePoint",))),
        f"{CHATS}<main>{RECENT}</main>",
        f"{CHATS}<main><div>{entries('div role=link', apps=APPS[:5])}</div>{RECENT}</main>",
    ],
    ids=["only others", "two of them", "no apps at all", "files beside apps"],
)
async def test_nothing_is_guessed(content: str, search):
    """Where SharePoint is missing, or there are two of it, no icon is taken."""
    assert (None, "") == await search(content)


def test_the_page_of_all_apps_does_not_depend_on_the_present_host():
    """Its address is made from the tenant's home; the documented one follows."""
    known = "https://m365.cloud.microsoft/apps"
    assert ("https://www.office.com/apps", known) == addresses_of_all_apps("https://www.office.com", "worldwide")
    assert (known,) == addresses_of_all_apps("https://m365.cloud.microsoft/", "worldwide")
    assert ("https://portal.partner.example/apps",) == addresses_of_all_apps("https://portal.partner.example", "china")
