"""Fixtures that run pytest with the plugin in a process of its own, outside the repository."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from troubleshooter.browser.launch import FONTS
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.report import render

from ..report.outcomes import SAMPLES
from ..report.samples import Folder

ROOT = Path(__file__).parents[2]
STORED = """
from pathlib import Path
import pytest
from support.stored_checks import StoredSessions

@pytest.fixture(scope="session")
def photo_sessions():
    return StoredSessions(Path({folder!r}))
"""


@dataclass(frozen=True)
class Inner:
    """Runs pytest with the plugin in a folder of its own."""

    pytester: pytest.Pytester

    def __call__(self, *args: str | Path, plugins: tuple[str, ...] = ()) -> pytest.RunResult:
        """Run it; `plugins` are loaded beside ours, and no others."""
        named = [part for plugin in ("pytest_troubleshooter", *plugins) for part in ("-p", plugin)]
        return self.pytester.runpytest_subprocess(*named, "-p", "no:cacheprovider", *args, timeout=300)

    @property
    def path(self) -> Path:
        """The folder."""
        return self.pytester.path


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Inner:
    """Return what runs pytest with the plugin."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(ROOT / "tests")]))
    for name in ("PYTEST_ADDOPTS", "CI", "BUILD_NUMBER"):  # in CI, pytest repeats each failure in full at the end
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv(FONTS, raising=False)  # of a browser that another test of this process has started
    return Inner(pytester)


@pytest.fixture(scope="session")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a finished check of every outcome, each in a folder that is named after it."""
    folder = tmp_path_factory.mktemp("checks")
    for name, make in SAMPLES.items():
        record = make(Folder(folder / name))
        RunFolder(folder / name).write_record(record)
        RunFolder(folder / name).write_report(render(record, folder / name))
    return folder


@pytest.fixture
def stored(pytester: pytest.Pytester, checks: Path) -> Path:
    """Let the inner tests use the stored checks; return their folder."""
    pytester.makeconftest(STORED.format(folder=str(checks)))
    return checks
