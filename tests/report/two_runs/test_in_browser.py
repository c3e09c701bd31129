"""In Chromium the comparison of two runs opens without scripts and network, at every width, in light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe

from ..many.test_in_browser import opened
from .pages import page_of, stored_run

pytestmark = pytest.mark.asyncio(loop_scope="module")

_PAINTED = "[...document.images].every(i => i.complete && i.naturalWidth > 0)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write pages in both languages, with the evidence nowhere near; return their folder."""
    runs, pages = tmp_path_factory.mktemp("runs"), tmp_path_factory.mktemp("pages")
    stale, later = stored_run(runs / "a", "out-of-sync"), stored_run(runs / "b", "rechecked")
    (later / "evidence" / "added.png").write_bytes(b"")
    stopped = stored_run(runs / "c", "refused")
    for lang in ("en", "ro"):
        (pages / f"compared-{lang}.html").write_text(page_of(stale, later, lang), encoding="utf-8")
        (pages / f"stopped-{lang}.html").write_text(page_of(stale, stopped, lang), encoding="utf-8")
    return pages


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", ["compared", "stopped"])
async def test_accessible_and_never_too_wide(folder, browser, name, width, scheme):
    """Axe finds no violation with everything unfolded, nothing is wider than the window, and the policy holds."""
    address = (folder / f"{name}-{'ro' if scheme == 'dark' else 'en'}.html").as_uri()
    async with opened(browser, address, viewport={"width": width, "height": 800}, color_scheme=scheme) as page:
        await page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        result = await Axe().run(page)
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in result.response["violations"]] == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        assert await page.evaluate(_PAINTED)
        assert page.trouble == []


async def test_without_scripts_and_network(folder, browser):
    """Both pictures of each place are side by side, and the fold opens; times are in UTC."""
    address = (folder / "compared-en.html").as_uri()
    async with opened(browser, address, java_script_enabled=False, viewport={"width": 390, "height": 844}) as page:
        first = page.locator("#fixed").locator("xpath=ancestor::section").locator("tbody tr").first
        one, other = [await picture.bounding_box() for picture in await first.locator("img").all()]
        assert one["y"] == other["y"]
        assert one["x"] + one["width"] < other["x"]
        hidden = page.locator("details table")
        assert not await hidden.is_visible()
        await page.locator("summary").click()
        assert await hidden.is_visible()
        assert "22 Nov 2026, 10:41 UTC" in await page.locator(".checks").inner_text()
        assert page.trouble == []
