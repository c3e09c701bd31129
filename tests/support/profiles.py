"""Makes browser profiles as people leave them, with a real Chromium that signed in, saw pages and was closed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import Page, async_playwright

from troubleshooter.browser import launch
from troubleshooter.browser.arguments import arguments
from troubleshooter.browser.executable import find
from troubleshooter.sandbox.server import Running
from troubleshooter.tenant.file import Network


def _window() -> dict[str, object]:
    """Return settings with the product's window size; everything else is the browser's default, as for a person."""
    settings = launch.window_settings(launch.Options())
    return {name: settings[name] for name in ("viewport", "device_scale_factor")}


async def used(folder: Path, box: Running, upn: str, pages: Sequence[str], *, stay: bool = True) -> Path:
    """Create in `folder` the profile of a browser in which `upn` signed in and saw `pages`, and return it.

    Args:
        stay: whether to answer Yes to "Stay signed in?"; if not, nobody is signed in once the browser is closed.
    """
    network = Network(resolve=f"127.0.0.1:{box.port}", spki=box.spki, sandbox=box.fault)
    async with async_playwright() as playwright:
        found, *_ = find(playwright.chromium)
        context = await playwright.chromium.launch_persistent_context(
            folder, executable_path=found.path, args=arguments(network), **_window()
        )
        try:
            page = context.pages[0]
            await _sign_in(page, box, upn, stay)
            for url in pages:
                await page.goto(url, wait_until="networkidle")
        finally:
            await context.close()
    return folder


async def _sign_in(page: Page, box: Running, upn: str, stay: bool) -> None:
    await page.goto(f"{box.home}/?auth=2")
    await page.locator("#i0116").fill(upn)
    await page.locator("#idSIButton9").click()
    await page.locator("#i0118").fill(box.password)
    await page.locator("#idSIButton9").click()
    await page.locator("#KmsiDescription").wait_for()
    await page.locator("#idSIButton9" if stay else "#idBtn_Back").click()
    await page.locator("#O365_MainLink_Me").wait_for()
