"""Photographs reports in Chromium: wide, narrow, light, dark, unfolded and as printed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, async_playwright

_UNFOLD = "document.querySelectorAll('details').forEach(fold => fold.open = true)"


@dataclass(frozen=True)
class Shot:
    """How a report is photographed."""

    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"
    whole: bool = False
    """Whether all of the page is photographed, unfolded, rather than the first screen."""


SHOTS = {
    "wide": Shot(1280, 800),
    "wide-dark": Shot(1280, 800, scheme="dark"),
    "narrow": Shot(390, 844),
    "narrow-dark": Shot(390, 844, scheme="dark"),
    "unfolded": Shot(1280, 800, whole=True),
    "print": Shot(794, 1123, media="print", whole=True),
}


async def photograph(reports: Sequence[Path], shots: dict[str, Shot] = SHOTS) -> None:
    """Write the pictures of each report beside it, as `NAME-SHOT.png`."""
    found = next((path for name in ("chromium", "google-chrome", "chrome") if (path := shutil.which(name))), None)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, chromium_sandbox=not root)
        for name, shot in shots.items():
            await _all(browser, reports, name, shot)
        await browser.close()


async def _all(browser: Browser, reports: Sequence[Path], name: str, shot: Shot) -> None:
    context = await browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        timezone_id="Europe/Bucharest",
        offline=True,
    )
    page = await context.new_page()
    for report in reports:
        await page.goto(report.resolve().as_uri())
        await page.emulate_media(media=shot.media)
        if shot.whole:
            await page.evaluate(_UNFOLD)
        await page.screenshot(path=report.with_name(f"{report.stem}-{name}.png"), full_page=shot.whole)
    await context.close()
