"""The program, run in a process of its own as other programs run it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = [sys.executable, "-m", "troubleshooter"]
PAGE = "https://contoso.sharepoint.com/sites/communications/SitePages/Our-Team.aspx"


def troubleshooter(*args: str, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the program to its end, with an empty stdin."""
    return subprocess.run(
        [*PROGRAM, *args],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@contextmanager
def serving(cwd: Path, fault: str = "stale-copy") -> Iterator[tuple[dict[str, str], list[str]]]:
    """Keep `sandbox serve` running; yield the environment and the run command that it prints."""
    command = [*PROGRAM, "sandbox", "serve", "--fault", fault, "--write-tenant", "t.toml"]
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        export, ready = server.stdout.readline(), server.stdout.readline()
        name, _, value = export.removeprefix("export ").strip().partition("=")
        try:
            yield {name: value}, ready.split()[1:]
        finally:
            server.terminate()
            server.wait(20)
