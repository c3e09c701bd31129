"""A run asks no more of the browser than it needs: numbers that a slow computer does not change."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.tools import tool

from scenarios import SCENARIOS
from troubleshooter.browser.call_trace import VARIABLE
from troubleshooter.model.enums import Surface, Verdict
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.tenant.sandbox import sandbox, tenant_of

trace_summary = tool("trace_summary")
EVERYBODY = "https://contoso.sharepoint.com/sites/communications/SitePages/Everybody.aspx"
"""A page with two People web parts and thirty cards, of which the subject has two."""

LIMITS = {
    "demo": {
        "calls": (480, "it needs 459; the rest is for conditions that it checks again on a busy computer"),
        "photographs": (40, "16 of windows, 22 of avatars; 2 for an avatar that was drawn again meanwhile"),
        "addresses": (14, "home, 2 pages, 10 pictures; 1 for a page that was asked for again"),
        "longest_gap": (12.0, "seconds: longer than a busy computer pauses, shorter than a wait that was given up"),
    },
    "thirty people": {
        "calls": (375, "it needs 358, fewer than the demo: people other than the subject cost nothing each"),
        "photographs": (30, "12 of windows, 16 of avatars; 2 to spare as in the demo"),
        "addresses": (13, "as the demo, with one page less"),
        "longest_gap": (12.0, "as the demo"),
    },
}
"""The most that each run may ask for, and why that much: what it asked for when each limit was last lowered."""
PAGES = {"demo": (), "thirty people": (EVERYBODY,)}
"""The pages that are given; none means those of the demo."""


@pytest.mark.run
@pytest.mark.parametrize("which", LIMITS)
async def test_a_run_stays_within_its_budget(which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A complete run makes no more calls, photographs and visits, and no longer pauses, than its limits allow."""
    trace = tmp_path / "calls.jsonl"
    monkeypatch.setenv(VARIABLE, str(trace))
    with sandbox("healthy", layout="today") as box:
        request = RunRequest(
            scenario="photo-differs", tenant="sandbox:healthy", pages=PAGES[which], out=tmp_path, timeout=30
        )
        record = (await execute.run(prepare(request, tenant_of(box), SCENARIOS))).record
    found = trace_summary.spent(trace_summary.read(trace))._asdict()
    assert Verdict.IN_SYNC == record.verdict
    assert 2 <= sum(seen.surface is Surface.PEOPLE_WEB_PART for seen in record.sightings)
    assert {} == {what: found[what] for what, (most, _) in LIMITS[which].items() if found[what] > most}
