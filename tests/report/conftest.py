"""Fixtures with rendered samples and a browser to open them in."""

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from troubleshooter.model.judgement_records import Discrepancy
from troubleshooter.model.records import Record
from troubleshooter.report import STYLE_FILE, render, style_file

from .outcomes import SAMPLES
from .samples import Folder
from .unusual import UNUSUAL


@dataclass(frozen=True)
class Sample:
    """A record, the folder with its pictures, and its report."""

    record: Record
    folder: Path

    def html(self, lang: str = "en", discrepancies: tuple[Discrepancy, ...] = ()) -> str:
        return render(self.record, self.folder, lang=lang, discrepancies=discrepancies)

    def open_at(self, lang: str = "en") -> str:
        """Write the report, with its style beside it, and return its URL."""
        (self.folder / STYLE_FILE).write_text(style_file(), encoding="utf-8")
        file = self.folder / f"{lang}.html"
        file.write_text(self.html(lang), encoding="utf-8")
        return file.as_uri()


@pytest.fixture(scope="session")
def samples(tmp_path_factory) -> dict[str, Sample]:
    """Return every sample by name."""
    made = {}
    for name, make in (SAMPLES | UNUSUAL).items():
        folder = tmp_path_factory.mktemp(name)
        made[name] = Sample(make(Folder(folder)), folder)
    return made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Start an installed Chromium, or else the one that Playwright provides."""
    names = ("chromium", "google-chrome", "google-chrome-stable", "chrome", "msedge")
    found = next((path for name in names if (path := shutil.which(name))), None)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=found, chromium_sandbox=not root)
        yield started
        await started.close()
