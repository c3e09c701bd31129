"""The programs that are measured, as command lines, and one measurement of one of them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.bench.speed.process_tree import Sampler
from tests.bench.speed.tenant import ServedTenant

ROOT = Path(__file__).parents[3]
_HERE = Path(__file__).parent
PLUGINS = tuple(
    part
    for name in ("pytest_playwright.pytest_playwright", "pytest_base_url.plugin")
    if find_spec(name.partition(".")[0])  # newer versions of the one do without the other
    for part in ("-p", name)
)


@dataclass(frozen=True)
class Program:
    """One program, and what it is called in the table."""

    name: str
    command: tuple[str, ...]
    """Its command line, in which {out} is the folder that it may write to."""
    ours: bool = False


@dataclass(frozen=True)
class Measured:
    """One measurement of one program."""

    seconds: float
    folder_mb: float
    """Size of what it left on disk, in units of 1,000,000 bytes."""
    report_mb: float
    """Size of index.html."""
    peak_mb: float = 0.0
    processor_seconds: float = 0.0


BARE = "bare script"
USUAL = "with usual artifacts"
OURS = "photo-differs, one page"


def programs(tenant: ServedTenant, browser: str) -> tuple[Program, ...]:
    """Return what is measured, in the order of the table."""
    python = sys.executable
    first, second = tenant.pages[:2]
    ran = (python, "-m", "troubleshooter", "run", "photo-differs", "--tenant", str(tenant.file))
    ran += ("--executable", browser, "--ui-locale", "en-US", "--quiet", "--out", "{out}", "--page", first)
    pytest = (python, "-m", "pytest", "-q", "-c", str(_HERE / "pytest.ini"), "-p", "no:cacheprovider", *PLUGINS)
    artifacts = ("--tracing", "on", "--screenshot", "on", "--video", "off", "--output", "{out}")
    return (
        Program(BARE, (python, "-m", "tests.bench.speed.bare")),
        Program(USUAL, (*pytest, *artifacts, str(_HERE / "with_artifacts.py"))),
        Program(OURS, (*ran, "--as", "ana"), ours=True),
        Program("photo-differs, two pages", (*ran, "--as", "ana", "--page", second), ours=True),
        Program("photo-differs, colleague", (*ran, "--as", "helpdesk", "--subject", tenant.users["ana"]), ours=True),
    )


def environment(tenant: ServedTenant, browser: str) -> Mapping[str, str]:
    """Return the environment in which every program runs."""
    return {
        **os.environ,
        **tenant.secrets,
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        # A tester's project has the one plug-in, and not those of this project.
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "SPEED_ADDRESS": tenant.address,
        "SPEED_KEY": tenant.key,
        "SPEED_BROWSER": browser,
        "SPEED_USER": tenant.users["ana"],
        "SPEED_PASSWORD": next(iter(tenant.secrets.values())),
        "SPEED_PAGE": tenant.pages[0],
    }


def measure(program: Program, out: Path, environment: Mapping[str, str], *, memory: bool = False) -> Measured:
    """Run `program` once, with `out` to write to.

    Args:
        memory: whether to sample memory and processor time, which takes some itself.

    Raises:
        RuntimeError: it did not end well.
    """
    command = [part.replace("{out}", str(out)) for part in program.command]
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        sampler = Sampler(process.pid) if memory else None
        printed, _ = process.communicate()
        seconds = time.perf_counter() - began
        if sampler:
            sampler.stop()
    if process.returncode:
        raise RuntimeError(f"{program.name} ended with {process.returncode}:\n{printed}")
    files = [file for file in out.rglob("*") if file.is_file()]
    return Measured(
        seconds,
        folder_mb=sum(file.stat().st_size for file in files) / 1e6,
        report_mb=sum(file.stat().st_size for file in files if file.name == "index.html") / 1e6,
        peak_mb=sampler.peak_mb if sampler else 0.0,
        processor_seconds=sampler.processor_seconds if sampler else 0.0,
    )
