"""The camera photographs what a page shows, also while something that the page uses never arrives."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from support.stray import Stray

from troubleshooter.browser.session import Session
from troubleshooter.evidence.camera import Camera
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.evidence.window_view import Element, WindowView, measured
from troubleshooter.model.message import message
from troubleshooter.redaction.redactor import Redactor


@pytest.mark.parametrize(("path", "limit"), [("/links", 3), ("/with-font", 7)])
async def test_a_font_that_never_comes_holds_no_photograph_up(
    session: Session, stray: Stray, tmp_path: Path, path: str, limit: float
):
    """It is waited for once, for the few seconds after which a browser shows another font."""
    camera = Camera(RunFolder.new(tmp_path, "photo-differs", datetime.now(UTC), Redactor()))
    tab = await session.tab()
    await tab.goto(f"https://contoso.sharepoint.com{path}", wait_until="domcontentloaded")
    begun = time.monotonic()
    picture = await (await camera.window(tab, message("The page"))).picture()
    for _ in range(3):
        await (await camera.window(tab, message("The page"))).picture()
        await camera.cut_out(tab.locator("html"), tab.main_frame)
    assert time.monotonic() - begun < limit
    assert (tmp_path / camera.folder.path / picture.path).is_file()


async def test_a_page_that_draws_late_is_photographed_once_it_shows_something(session: Session, tmp_path: Path):
    """The picture is not blank; a blank page is waited for once, and one that shows something not at all."""
    camera = Camera(RunFolder.new(tmp_path, "photo-differs", datetime.now(UTC), Redactor()))
    tab = await session.tab()

    async def colors(path: str) -> tuple[int, float]:
        """Return how many colors the picture of a page has, and how long it took."""
        await tab.goto(f"https://contoso.sharepoint.com{path}", wait_until="domcontentloaded")
        begun = time.monotonic()
        taken = await (await camera.window(tab, message("The page"))).picture()
        with Image.open(camera.folder.path / taken.path) as picture:
            return len(picture.convert("RGB").getcolors(1 << 20) or ()), time.monotonic() - begun

    late, _ = await colors("/late-content")
    assert late > 1
    shown, seconds = await colors("/links")
    assert shown > 1
    assert seconds < 1.5
    assert 1 == (await colors("/page"))[0]
    begun = time.monotonic()
    await (await camera.window(tab, message("The page"))).picture()
    assert time.monotonic() - begun < 1.5


MOVES = """<body style="margin:0"><div id=who style="position:absolute;left:100px;top:100px;width:50px;height:50px;
  background:#c00"></div></body>"""


@pytest.mark.parametrize("moves", [0, 1, 9])
async def test_marks_and_covers_are_where_the_picture_shows_their_elements(
    session: Session, tmp_path: Path, moves: int
):
    """A page that moved meanwhile is photographed again; on one that never rests, nobody is left uncovered."""
    camera = Camera(RunFolder.new(tmp_path, "photo-differs", datetime.now(UTC), Redactor()))
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    await tab.set_content(MOVES)
    who, left = tab.locator("#who"), moves

    async def measure(elements: Sequence[Element]) -> WindowView:
        """Return where the element is, also as what to cover, and move it if it is to move again."""
        nonlocal left
        view = await measured(tab, elements)
        if left:
            left -= 1
            await who.evaluate("(e) => { e.style.left = `${e.offsetLeft + 60}px`; }")
        return replace(view, covered=tuple(filter(None, view.marked)))

    taken = await (await camera.window(tab, message("The page"), [(who, message("who"))], measure)).picture()
    with Image.open(camera.folder.path / taken.path) as picture:
        colors = {color for _, color in picture.convert("RGB").getcolors(1 << 20) or ()}
    assert (204, 0, 0) not in colors
    assert 1 == len(taken.marks)
    if moves < 9:
        assert 100 + 60 * moves == round(taken.marks[0].box[0] * 1280)
        assert 1 == taken.masked
