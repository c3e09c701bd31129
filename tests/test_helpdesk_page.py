"""The helpdesk's page explains every cause, and `troubleshooter causes` prints the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.tools import tool
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.diagnose.complaints import COMPLAINTS

TEXT = (Path(__file__).parents[1] / "docs" / "helpdesk.md").read_text(encoding="utf-8")


def test_the_page_is_up_to_date():
    """The page has the texts of the causes; `python tools/helpdesk_page.py` updates it."""
    assert TEXT == tool("helpdesk_page").renewed(TEXT)
    assert list(CAUSES) == re.findall(r"^## (C\d+)$", TEXT, re.MULTILINE)


def test_every_cause_has_a_complaint():
    """Every cause says what users say, each in its own words."""
    assert list(CAUSES) == list(COMPLAINTS)
    assert len(set(COMPLAINTS.values())) == len(COMPLAINTS)


@pytest.mark.parametrize("cause", ["C1", "c7", "C29"])
def test_one_cause_is_explained(cause: str):
    """A cause is printed with what to do, who and how long; a small letter will do."""
    done = CliRunner().invoke(app, ["causes", cause])
    row = CAUSES[cause.upper()]
    assert 0 == done.exit_code
    lines = done.stdout.splitlines()
    assert [f"{cause.upper()}: {row.title.text}", f"What to do: {row.remedy.text}"] == [lines[0], lines[2]]
    assert {f"Who: {row.who.text}", f"How long it takes: {row.wait.text}"} <= set(lines)
    assert ("What to tell the user:" in lines) == (cause in ("C1", "c7"))


def test_all_causes_are_listed():
    """Without an id, every cause is one line; an unknown one is refused with a near one."""
    assert list(CAUSES) == [line.split()[0] for line in CliRunner().invoke(app, ["causes"]).stdout.splitlines()]
    unknown = CliRunner().invoke(app, ["causes", "C99"])
    assert 2 == unknown.exit_code
    assert "ID: no cause 'C99'" in unknown.stderr
