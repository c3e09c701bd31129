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
PHOTO = "<img width=90 height=90>"
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
        TIP.format("x1", "", PHOTO),
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
    plain = f"<div role=dialog>{PHOTO}<button onclick=\"document.title += 'chosen,'\">Hochladen</button></div>"
    opened = await window(plain + TIP.format("TeachingPopoverSurface", OVER, GOT_IT))
    await opened.reach_file()
    assert (await opened.page.title()).startswith("closed,chosen,")


async def test_two_windows_that_take_files_are_ambiguous(window):
    """Nothing is guessed between two windows that both take files."""
    opened = await window(WINDOW.replace("aria-modal=true", "") * 2)
    with pytest.raises(CannotTell, match="2 windows opened"):
        await opened.reach_file()


BUTTON = "<button onclick=\"document.title += 'clicked,'\">{}</button>"


@pytest.mark.parametrize(
    ("content", "clicks", "unrecognized"),
    [
        (PHOTO + BUTTON.format("Hochladen"), 1, True),
        (BUTTON.format("Upload"), 1, True),
        (BUTTON.format("Schimbați fotografia"), 1, True),
        (BUTTON.format("Andere"), 0, True),
        (PHOTO + BUTTON.format("Hochladen").replace("<button", "<button disabled"), 0, False),
        ("<p>Nothing can be changed here.</p>", 0, False),
    ],
    ids=["beside a photo", "documented", "documented in Romanian", "anything", "disabled", "no button"],
)
async def test_a_button_is_clicked_once_and_only_if_something_speaks_for_it(
    content: str, clicks: int, unrecognized: bool, window
):
    """A window's only button is clicked beside a photo, or if it is called so; never again if that led nowhere.

    A window with buttons that nothing is known of is not a tenant that forbids the change.
    """
    opened = await window(f"<div role=dialog>{content}</div>")
    assert await opened.reach_file() is None
    assert "clicked," * clicks == await opened.page.title()
    assert unrecognized == opened.unrecognized


async def test_an_input_that_does_not_say_what_it_takes_gives_way_to_the_one_that_the_button_opens(window):
    """The button's own input gets the file, also if it is not in the page; another one beside it does not."""
    script = "document.createElement('input')"
    chooses = f"const f = {script}; f.type = 'file'; f.id = 'made'; document.body.append(f); f.click(); f.remove();"
    beside = "<input type=file id=other hidden>"
    opened = await window(f'<div role=dialog>{PHOTO}{beside}<button onclick="{chooses}">Hochladen</button></div>')
    field = await opened.reach_file()
    assert field and "made" == await field.get_attribute("id")


async def test_an_input_that_no_button_opens_takes_the_file(window):
    """An input that does not say what it takes is used if the button opens no other one."""
    opened = await window(f"<div role=dialog>{PHOTO}<input type=file id=field hidden><button>Hochladen</button></div>")
    field = await opened.reach_file()
    assert field and "field" == await field.get_attribute("id")


@pytest.mark.parametrize(
    ("before", "after", "confirms"),
    [
        ("<button class=primary id=right>Fertig</button>", "", True),
        ("<button id=right>Save</button>", "", True),
        ("<button id=right>Se aplică</button>", "", True),
        ("<button>Entfernen</button><button id=right disabled>Fertig</button>", "right.disabled = false", True),
        ("", "<button id=right>Fertig</button>", True),
        ("<button>Entfernen</button>", "<button id=right>Fertig</button>", True),
        ("<button>Entfernen</button>", "", False),
    ],
)
async def test_what_confirms_is_marked_or_called_so_or_comes_with_the_photo(
    before: str, after: str, confirms: bool, window
):
    """A button that was there before the photo, and that nothing speaks for, may remove the photo: it is left alone."""
    added = after if after.startswith("right") else f"this.parentNode.insertAdjacentHTML('beforeend', '{after}')"
    field = f'<input type=file accept="image/*" id=field onchange="{added}">'
    opened = await window(f"<div role=dialog>{PHOTO}{field}{before}</div>")
    found = await opened.reach_file()
    assert found
    await opened.choose(found, {"name": "a.png", "mimeType": "image/png", "buffer": b"x"})
    button = await opened.next_button()
    assert ("right" if confirms else None) == (await button.get_attribute("id") if button else None)
    opened.done_watching()
