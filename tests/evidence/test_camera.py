"""The camera photographs what a page shows, also while something that the page uses never arrives."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.stray import Stray

from troubleshooter.browser.session import Session
from troubleshooter.evidence.camera import Camera
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.message import message
from troubleshooter.redaction.redactor import Redactor


@pytest.mark.parametrize(("path", "limit"), [("/page", 3), ("/with-font", 7)])
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
