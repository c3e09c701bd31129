"""The camera photographs what a page shows, also while something that the page uses never arrives."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from support.stray import Stray

from troubleshooter.browser.session import Session
from troubleshooter.evidence.camera import Camera
from troubleshooter.evidence.run_folder import RunFolder
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
    picture = await camera.window(tab, message("The page"))
    for _ in range(3):
        await camera.window(tab, message("The page"))
        await camera.cut_out(tab.locator("html"))
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
        taken = await camera.window(tab, message("The page"))
        with Image.open(camera.folder.path / taken.path) as picture:
            return len(picture.convert("RGB").getcolors(1 << 20) or ()), time.monotonic() - begun

    late, _ = await colors("/late-content")
    assert late > 1
    shown, seconds = await colors("/links")
    assert shown > 1
    assert seconds < 1.5
    assert 1 == (await colors("/page"))[0]
    begun = time.monotonic()
    await camera.window(tab, message("The page"))
    assert time.monotonic() - begun < 1.5
