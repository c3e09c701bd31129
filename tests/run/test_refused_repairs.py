"""A run with a selector that the browser does not accept ends before it visits anything, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios import SCENARIOS
from troubleshooter.errors import InputError
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.sandbox.server import Running
from troubleshooter.tenant.sandbox import tenant_of


@pytest.mark.run
async def test_a_refused_selector_is_wrong_input(served: Running, tmp_path: Path):
    """The error names the file and the id; there is no folder of a run, and the tenant was asked for nothing."""
    served.state.reset()
    served.journal.requests.clear()
    file = tmp_path / "mine.toml"
    file.write_text('[locators]\n"sign-in.email" = "input::placeholder"\n', encoding="utf-8")
    out = tmp_path / "reports"
    wanted = RunRequest(scenario="photo-differs", tenant="sandbox", locators=file, out=out)
    with pytest.raises(InputError, match=r"mine\.toml: locators: sign-in\.email: 'input::placeholder'"):
        await execute.run(prepare(wanted, tenant_of(served), SCENARIOS))
    assert [] == list(out.iterdir())
    assert [] == [entry.host for entry in served.journal.requests if entry.kind == "tenant"]
