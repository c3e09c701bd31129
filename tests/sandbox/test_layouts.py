"""The layouts of the home page, as they are served."""

import re

import pytest

from troubleshooter.sandbox.layouts import LAYOUTS, layout_named

HOME = "https://m365.cloud.microsoft/"
SUITE = 'id="O365_MainLink_Me"'
DRAWER = 'class="fai-CopilotNavDrawerFooter'
COIN = 'data-tid="me-control-mini-avatar"'
LINK = 'href="https://contoso.sharepoint.com/_layouts/15/sharepoint.aspx?login_hint=ana.popescu%40contoso.com"'


@pytest.fixture
def home(tenant, enter):
    """Return a function that serves a page in a layout; afterwards the tenant looks as before."""

    def home(layout, *, path="", language="en-US"):
        tenant.state.layout = layout_named(layout)
        return enter().visit(HOME + path, headers={"Accept-Language": language}).text

    yield home
    tenant.state.layout = LAYOUTS["classic"]


@pytest.mark.parametrize(
    ("layout", "there", "missing"),
    [
        ("classic", [SUITE], [DRAWER, COIN]),
        (
            "today",
            [DRAWER, COIN, "data-waffle", 'role="listitem"'],
            [SUITE, "data-apps ", 'href="https://m365.cloud.microsoft/launch/word'],
        ),
        ("today+no-tid", [DRAWER], [COIN]),
        ("flyout", ["data-apps ", 'role="menuitem"'], ["data-waffle"]),
        ("collapsed", ['fui-NavDrawer collapsed"'], []),
        ("direct", [LINK], []),
        ("today+launch-links", ["https://m365.cloud.microsoft/launch/word"], []),
        ("today+mectrl-panel", ["mectrl_currentAccount_secondary"], ["me-control-menu-dialog"]),
        ("today+plain-panel", ["sandbox-me-account"], ["mectrl_", "me-control-menu-dialog"]),
        ("today+no-panel", ['role="menu"'], ["mectrl_", "ana.popescu@contoso.com"]),
        ("today+teaching", ["fui-TeachingPopoverSurface"], []),
    ],
)
def test_a_layout_has_what_the_facts_say(layout, there, missing, home):
    """The marks of each layout are there, and those of the others are not."""
    page = home(layout)
    assert ([], []) == ([mark for mark in there if mark not in page], [mark for mark in missing if mark in page])


def test_sharepoint_may_be_on_the_apps_page_only(home):
    """Where the flyout lacks SharePoint, the Apps page has it, as a card of unknown address."""
    opens = 'aria-label="SharePoint will be opened in new tab"'
    assert (False, True) == (opens in home("apps-page"), opens in home("apps-page", path="apps"))
    assert not re.search(r'href="[^"]*"[^>]*' + opens, home("apps-page", path="apps"))


@pytest.mark.parametrize(
    ("language", "opens", "direction"),
    [
        ("de-DE", "SharePoint wird in einer neuen Registerkarte geöffnet", "ltr"),
        ("ro-RO", "Aplicația SharePoint se va deschide într-o filă nouă", "ltr"),
        ("ja-JP", "SharePoint は新しいタブで開きます", "ltr"),
        ("ar-SA", "سيتم فتح SharePoint في علامة تبويب جديدة", "rtl"),
        ("fr-FR", "SharePoint will be opened in new tab", "ltr"),
    ],
)
def test_the_interface_has_a_language_and_products_do_not(language, opens, direction, home):
    """Labels are translated around the product's name; Arabic is drawn from right to left."""
    page = home("today", language=language)
    assert (True, True) == (f'aria-label="{opens}"' in page, f'dir="{direction}"' in page)


@pytest.mark.parametrize("name", ["dance", "today+dance"])
def test_a_layout_that_is_not_known_is_refused(name):
    """The message names what is allowed."""
    with pytest.raises(ValueError, match=r"layout: dance: no such .*, allowed: "):
        layout_named(name)
