"""Prints a report as a tagged PDF, in a browser that it starts for that."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from playwright.async_api import Error

from troubleshooter.browser import launch
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message

if TYPE_CHECKING:
    from playwright.async_api import Page

_LONGEST = 120.0
"""Seconds that printing may take: a report of a hundred places takes some."""
_READY = """async () => {
  for (const fold of document.querySelectorAll('details')) fold.open = true;
  for (const image of document.images) image.loading = 'eager';
  for (const picture of document.querySelectorAll('img, figure')) picture.style.breakInside = 'avoid';
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  await document.fonts.ready;
}"""
"""Unfolds everything, keeps pictures in one piece, and waits until all are there."""
_LINE = (
    "<div style=\"font:8px 'Segoe UI',Arial,sans-serif;width:100%;margin:0 14mm;display:flex;"
    'justify-content:space-between;color:#444">{left}{right}</div>'
)
_PAGES = '<span><span class="pageNumber"></span> / <span class="totalPages"></span></span>'
_MARGIN = {"top": "18mm", "bottom": "16mm", "left": "14mm", "right": "14mm"}
_LABEL = ".print-label"
"""The report's own label of a sandbox, which the head of every page repeats."""


async def printed(report: str, texts: tuple[str, str, str], options: launch.Options) -> bytes:
    """Return the report at the address `report` as a PDF: tagged, with an outline, everything unfolded.

    Args:
        texts: what every page says: a label that nobody may overlook (or nothing), its head, and its foot.
        options: how the browser is started; its window is never shown.

    Raises:
        Stopped: no browser was found, none started, or it could not print (`browser-missing`).
    """
    async with launch.started(replace(options, headed=False)) as started:
        try:
            async with asyncio.timeout(_LONGEST):
                context = await started.browser.new_context(offline=True, timezone_id="UTC", color_scheme="light")
                page = await context.new_page()
                await page.goto(report)
                return await _pdf(page, texts)
        except (Error, TimeoutError) as error:
            raise Stopped(
                Reason.BROWSER_MISSING,
                message("The browser could not print the report."),
                message("Run the command again, or name another browser with --browser or --executable."),
            ) from error


async def _pdf(page: Page, texts: tuple[str, str, str]) -> bytes:
    alarm, head, foot = map(escape, texts)
    if alarm:
        await page.evaluate("(label) => document.querySelectorAll(label).forEach((e) => e.remove())", _LABEL)
    await page.emulate_media(media="print", color_scheme="light")
    await page.evaluate(_READY)
    bold = f'<b style="color:#8a1c14">{alarm}</b>' if alarm else "<span></span>"
    return await page.pdf(
        format="A4",
        tagged=True,
        outline=True,
        print_background=True,
        display_header_footer=True,
        header_template=_LINE.format(left=f"<span>{head}</span>", right=bold),
        footer_template=_LINE.format(left=f"<span>{foot}</span>", right=_PAGES),
        margin=_MARGIN,  # type: ignore[arg-type]
    )
