"""The window in which the photo is changed, with other dialogs beside it, in a real browser."""

from __future__ import annotations

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.errors import CannotTell
from troubleshooter.pages.photo_dialog import PhotoDialog

WINDOW = """<div role=dialog aria-modal=true><h2>Change your photo</h2><input type=file id=field hidden>
  <button id=choose onclick="document.title += 'chosen,'; field.click()">Hochladen</button>
  <button>Abbrechen</button></div>"""
TIP = '<div role=dialog aria-modal=true class="{}" style="{}"><p>Neu</p><button>Weiter</button>{}</div>'
GOT_IT = "<button onclick=\"this.parentNode.remove(); document.title += 'closed,'\">Verstanden</button>"
OVER = "position:fixed;inset:0;background:#fff"


@pytest.fixture
async def window(session: Session):
    """Return a function that gives the window of a page with this content."""

    async def window(content: str) -> PhotoDialog:
        tab = await session.tab()
        await tab.set_content(content)
        return PhotoDialog(tab, Traffic(tab), 2, whole_page=False)

    return window


@pytest.mark.parametrize(
    "tip",
    [
        "",
        TIP.format("fui-TeachingPopoverSurface", "", GOT_IT),
        TIP.format("ms-TeachingBubble", "", ""),
        TIP.format("x1", "", GOT_IT),
        TIP.format("x1", "", "<img width=90 height=90>"),
    ],
    ids=["alone", "popover", "bubble", "a tip without a known mark", "an illustrated tip"],
)
async def test_a_tip_beside_the_window_is_no_second_window(tip: str, window):
    """The file input of the window that takes files is found, and no button of the tip is used."""
    opened = await window(WINDOW + tip)
    field = await opened.reach_file()
    assert field and "field" == await field.get_attribute("id")
    assert "" == await opened.page.title()


async def test_a_tip_over_the_windows_button_is_closed(window):
    """A popover lies over the window's button: it is closed, then the button is used."""
    plain = "<div role=dialog><button onclick=\"document.title += 'chosen,'\">Hochladen</button></div>"
    opened = await window(plain + TIP.format("TeachingPopoverSurface", OVER, GOT_IT))
    await opened.reach_file()
    assert (await opened.page.title()).startswith("closed,chosen,")


async def test_two_windows_that_take_files_are_ambiguous(window):
    """Nothing is guessed between two windows that both take files."""
    opened = await window(WINDOW.replace("aria-modal=true", "") * 2)
    with pytest.raises(CannotTell, match="2 windows opened"):
        await opened.reach_file()
