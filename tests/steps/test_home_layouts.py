"""Whole runs through layouts of the home page that have no known mark for what they need, in several languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios import SCENARIOS
from troubleshooter.model.enums import Kind, StepStatus, Surface, Verdict
from troubleshooter.model.records import Record
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.tenant.open import opened

ANA = "ana.popescu@contoso.com"
PAGE = "https://contoso.sharepoint.com/sites/communications/SitePages/Our-Team.aspx"
SOURCES = (Surface.HOME_HEADER, Surface.ACCOUNT_PANEL)


async def run(spec: str, account: str, locale: str, out: Path) -> Record:
    """Make a run about Ana on one page."""
    wanted = RunRequest(
        scenario="photo-differs", tenant=spec, account=account, subject=ANA, pages=(PAGE,), out=out, ui_locale=locale
    )
    with opened(spec) as tenant:
        return (await execute.run(prepare(wanted, tenant, SCENARIOS))).record


def notes(record: Record) -> str:
    """Return what the steps on the way to SharePoint say."""
    return " ".join(step.note.text for step in record.steps[:3] if step.note)


@pytest.mark.run
async def test_the_user_whose_home_page_does_not_say_who_is_signed_in(tmp_path):
    """A tour lies over the page, the account row has no mark, its menu no address: My Account says who is signed in."""
    record = await run("sandbox:stale-copy@flyout+no-panel+no-tid+tour", "ana", "ja-JP", tmp_path)
    assert (Verdict.OUT_OF_SYNC, "C1", ANA) == (record.verdict, record.diagnoses[0].cause, record.signed_in_as)
    at_source = {s.surface: (s.kind, s.subject) for s in record.sightings if s.surface in SOURCES}
    assert dict.fromkeys(SOURCES, (Kind.PHOTO, ANA)) == at_source
    assert "The home page does not show who is signed in; My Account does." in notes(record)
    assert "it was found by its name among other apps" in notes(record)


@pytest.mark.run
async def test_a_colleague_whose_apps_are_cards_without_an_address(tmp_path):
    """A teaching popover lies over the account row, its panel has no mark, SharePoint is on the Apps page only."""
    record = await run("sandbox:healthy@apps-page+plain-panel+teaching+same-tab", "helpdesk", "ar-SA", tmp_path)
    assert (Verdict.IN_SYNC, "helpdesk@contoso.com") == (record.verdict, record.signed_in_as)
    assert {"helpdesk@contoso.com"} == {s.subject for s in record.sightings if s.surface in SOURCES}
    assert "it was found by its name among other apps" in notes(record)


@pytest.mark.run
async def test_where_there_is_no_icon_the_documented_address_is_opened(tmp_path):
    """Chats, files, a site and other products called SharePoint are no icon; the report says so."""
    record = await run("sandbox:healthy@flyout+no-sharepoint+mectrl-panel+banner", "ana", "de-DE", tmp_path)
    assert (Verdict.IN_SYNC, StepStatus.PASSED) == (record.verdict, record.steps[2].status)
    assert "No SharePoint icon was found on the home page" in notes(record)
    assert "the documented URL https://www.office.com/launch/sharepoint was opened" in notes(record)
