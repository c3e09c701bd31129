"""Pages with the user are found in a real browser if none is given, and a few of many are chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios import SCENARIOS
from troubleshooter.errors import InputError
from troubleshooter.model.enums import Surface
from troubleshooter.model.records import Record
from troubleshooter.pages.library import PageItem
from troubleshooter.run import execute
from troubleshooter.run.options import validated
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest, RunSettings
from troubleshooter.steps.find_pages import choose
from troubleshooter.tenant.open import opened

ANA = "ana.popescu@contoso.com"


def test_one_of_each_site_first():
    """Up to three pages are chosen, from as many sites as possible."""
    a, b, c, d = (PageItem(f"https://x/{name}", name, ()) for name in "abcd")
    assert [a, d, b] == choose([[a, b, c], [], [d]])
    assert [a, b, c] == choose([[a, b, c, d]])
    assert [] == choose([])


async def found(fault: str, out: Path, *surfaces: str, who: str = "ana") -> Record:
    """Run `photo-differs` without giving a page."""
    with opened(f"sandbox:{fault}") as where:
        wanted = RunRequest(
            scenario="photo-differs", tenant="sandbox", account=who, subject=ANA, surfaces=surfaces, find_pages=True,
            out=out, timeout=20,
        )  # fmt: skip
        return (await execute.run(prepare(wanted, where, SCENARIOS))).record


@pytest.mark.run
async def test_pages_are_found_and_the_choice_is_told(tmp_path: Path):
    """Three pages with the user are found and visited, each with its reason; an unseen surface prevents in-sync."""
    record = await found("healthy", tmp_path, "default", "teams-header", who="helpdesk")
    assert 3 == len(record.found_pages) == len(record.inputs["pages"])
    assert all("include the user" in page.how.text for page in record.found_pages)
    assert {0, 1, 2} == {s.page for s in record.sightings if s.surface is Surface.PEOPLE_WEB_PART}
    assert ["B1", "B2", "B3", None, "B4", "B4", "B4"] == [s.article_step for s in record.steps][:7]
    assert "Our Team" in (record.steps[3].note.text if record.steps[3].note else "")
    assert ("inconclusive", "own-session-only") == (record.verdict, record.reason)
    listed = [p for p in record.web_parts if p.surface is Surface.PEOPLE_WEB_PART]
    assert all(p.count and p.includes_subject and p.subject and not p.others for p in listed)
    assert not [p for p in listed if set(p.subject.values()) & {"lars.hansen@contoso.com"}]


@pytest.mark.run
async def test_no_page_is_a_reason(tmp_path: Path):
    """If no page includes the user, the run says so and what to do, skips the pages and still reads the stores."""
    record = await found("subject-not-on-page", tmp_path)
    assert ("inconclusive", "subject-not-on-page") == (record.verdict, record.reason)
    by_id = {s.id: s for s in record.steps}
    assert ("failed", "skipped", "passed") == tuple(by_id[i].status for i in ("find-pages", "page", "stored-photo"))
    assert "--page" in by_id["find-pages"].note.text
    assert [] == record.inputs["pages"]


@pytest.mark.parametrize("given", ["dance", "default,dance"])
def test_unknown_surface_is_bad_input(given: str):
    """An unknown surface is refused, with the allowed ones."""
    with pytest.raises(InputError, match=r"^--surfaces: no surface 'dance'.*teams-header"):
        validated(RunSettings, {"surfaces": given})
