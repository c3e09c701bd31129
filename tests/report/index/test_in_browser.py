"""In Chromium the list of runs can be searched and filtered, reads without scripts, and needs nothing but itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.async_playwright import Axe

from troubleshooter.model.enums import Verdict
from troubleshooter.report.index import render

from ..many.test_in_browser import opened
from .runs import NOW, entries

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROWS = "tbody tr"
RUNS = entries(60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write lists of several sizes in both languages; return their folder."""
    path = tmp_path_factory.mktemp("reports")
    for count in (0, 60):
        for lang in ("en", "ro"):
            page = render(RUNS[:count], NOW + timedelta(days=2), lang=lang)
            (path / f"{count}-{lang}.html").write_text(page, encoding="utf-8")
    return path


def address(folder, count: int = 60, lang: str = "en") -> str:
    return (folder / f"{count}-{lang}.html").as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("count", [0, 60])
async def test_accessible_and_never_too_wide(folder, browser, count, width, scheme):
    """Axe finds no violation, nothing is wider than the window, and nothing is wrong on the console."""
    lang, viewport = "ro" if scheme == "dark" else "en", {"width": width, "height": 800}
    async with opened(browser, address(folder, count, lang), viewport=viewport, color_scheme=scheme) as page:
        result = await Axe().run(page)
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in result.response["violations"]] == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.trouble == []


async def test_everything_is_there_without_scripts(folder, browser):
    """Every row with its link; what only a script could do is not offered, and times are in UTC."""
    async with opened(browser, address(folder), java_script_enabled=False) as page:
        assert await page.locator(ROWS).count() == 60
        assert await page.locator(f"{ROWS} th a").count() == 60
        assert not await page.locator("form").is_visible()
        assert "22 Nov 2026, 10:41 UTC" in await page.locator(ROWS).first.inner_text()
        assert page.trouble == []


WANTED = {
    "[name=q]|ștefan user0001": lambda r: r.subject == "user0001@contoso.com",
    "[name=q]|INC-4711 out-of-sync": lambda r: r.ticket and "out-of-sync" in r.verdicts,
    "[name=verdict]|no-photo": lambda r: "no-photo" in r.verdicts,
    "[name=verdict]|in-sync": lambda r: "in-sync" in r.verdicts,
    "[name=cause]|C4": lambda r: "C4" in r.causes,
    "[name=user]|USER0007": lambda r: r.subject == "user0007@contoso.com",
    "[name=from]|2026-11-20": lambda r: r.started.date().isoformat() >= "2026-11-20",
    "[name=to]|2026-11-10": lambda r: r.started.date().isoformat() <= "2026-11-10",
    "[name=due]|": lambda r: r.again is not None,
}


@pytest.mark.parametrize("asked", WANTED)
async def test_the_list_can_be_filtered(folder, browser, asked):
    """By words, result, cause, user, date, and what is due; how many are found is said, and Clear shows all again."""
    selector, value = asked.split("|")
    wanted = [run.subject or f"{run.total} users checked" for run in RUNS if WANTED[asked](run)]
    assert 0 < len(wanted) < 60
    async with opened(browser, address(folder)) as page:
        await page.clock.set_fixed_time(NOW + timedelta(days=60))
        await page.reload()
        field = page.locator(selector)
        if "verdict" in selector or "cause" in selector:
            await field.select_option(value)
        elif "due" in selector:
            await field.check()
        else:
            await field.fill(value)
        shown = await page.eval_on_selector_all(
            ROWS, "rows => rows.filter(row => row.checkVisibility()).map(row => row.cells[0].innerText)"
        )
        assert len(wanted) == len(shown)
        assert all(who in cell for who, cell in zip(wanted, shown, strict=True))
        assert f"{len(wanted)} of 60 runs" == await page.locator(".found").inner_text()
        await page.get_by_role("button", name="Clear").click()
        await page.get_by_text("60 of 60 runs").wait_for()
        assert page.trouble == []


async def test_what_is_due_follows_the_readers_clock(folder, browser):
    """A page that was written before a run was due says so once it is."""
    waiting = sum(run.again is not None for run in RUNS)
    for days, due in ((-60, 0), (60, waiting)):
        async with opened(browser, address(folder)) as page:
            await page.clock.set_fixed_time(NOW + timedelta(days=days))
            await page.reload()
            assert due == await page.locator(".mark.due:visible").count()
            assert str(due) == await page.locator(".due-count").inner_text()


async def test_every_verdict_has_its_word_and_icon(folder, browser):
    """Nothing is said by color alone."""
    async with opened(browser, address(folder)) as page:
        words = await page.locator(f"{ROWS} .word").all_inner_texts()
        assert {"In sync", "Out of sync", "No photo", "Cannot tell", "Stopped"} == set(words)
        assert len(Verdict) == len(set(words))
        assert 60 == await page.locator(f"{ROWS} .word svg").count()
