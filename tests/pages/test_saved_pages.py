"""Locators on pages that were saved with `capture-page`; `tools/page_fixture.py` adds one."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import Browser
from support.saved_pages import FOLDER, MATCHES, matches_in

from troubleshooter.capture.page import is_saved_page

ROWS = json.loads(MATCHES.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ROWS)
async def test_locators_find_on_a_saved_page_what_they_found(name: str, stray_browser: Browser):
    """Every locator finds on the page what the table says."""
    context = await stray_browser.new_context(viewport={"width": 1280, "height": 900})
    found = await matches_in(await context.new_page(), (FOLDER / f"{name}.html").read_text(encoding="utf-8"))
    await context.close()
    assert ROWS[name] == found


def test_every_saved_page_has_its_row():
    """The folder contains the pages of the table, and each is a saved page."""
    pages = {path.stem: path.read_bytes() for path in FOLDER.glob("*.html")}
    assert ROWS.keys() == pages.keys()
    assert all(is_saved_page(data) for data in pages.values())
