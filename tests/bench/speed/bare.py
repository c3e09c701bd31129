"""The bare script: no screenshot, no artifact, only the answer."""
# ruff: noqa: T201 - a script that prints its result

from __future__ import annotations

from playwright.sync_api import sync_playwright

from tests.bench.speed.difference import LIMIT, difference
from tests.bench.speed.walk import CONTEXT, Settings, both_pictures


def main() -> None:
    """Compare the avatar of the home page with that of the card."""
    settings = Settings.from_environment()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**settings.launch())
        page = browser.new_context(**CONTEXT).new_page()
        header, card = both_pictures(page, settings, lambda tab, step: None)
        browser.close()
    found = difference(header, card)
    print(f"difference {found:.4f}")
    assert found <= LIMIT


if __name__ == "__main__":
    main()
