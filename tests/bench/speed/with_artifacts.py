"""The same as a test of pytest-playwright, which keeps a screenshot per step and the plug-in's usual artifacts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.bench.speed.difference import LIMIT, difference
from tests.bench.speed.walk import CONTEXT, Settings, both_pictures


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Return what the environment says."""
    return Settings.from_environment()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict, settings: Settings) -> dict:
    """Start a browser that finds the sandbox."""
    return {**browser_type_launch_args, **settings.launch()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """Open the same private window as the bare script."""
    return {**browser_context_args, **CONTEXT}


def test_photo_is_in_sync(page: Page, settings: Settings, output_path: str) -> None:
    """The avatar of the home page is that of the card."""
    shots = Path(output_path)

    def photograph(tab: Page, step: str) -> None:
        tab.screenshot(path=shots / f"{step}.png")

    header, card = both_pictures(page, settings, photograph)
    assert difference(header, card) <= LIMIT
