"""A run as Markdown and as CSV: complete, and with nothing that a program acts on."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from troubleshooter.report.outputs import markdown, sightings_csv
from troubleshooter.report.outputs.sightings import HEADER

from ..outcomes import SAMPLES
from .conftest import REVERSED, Sample, sample


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_markdown_begins_with_the_result(tmp_path: Path):
    """The heading is the result; then what to do, why, what was not seen, and every place with its numbers."""
    text = markdown(*sample("out-of-sync", tmp_path))
    assert "# \\[Out of sync\\] Ana Ionescu’s photo is out of sync" == text.splitlines()[0]
    for said in (
        *("- **Who:** nobody", "- **Run:** 20261122T104100Z-photo-differs", "## What this check could not see"),
        *("- **C1 SharePoint has not fetched the current photo yet** (confidence high)",),
        "| The card on the page | Team.aspx | from SharePoint’s copy | different: another photo |",
    ):
        assert said in text
    assert 6 + 1 + 2 == sum(line.startswith("| ") for line in text.splitlines())


@pytest.mark.parametrize("name", SAMPLES)
def test_markdown_is_in_romanian(name: str, tmp_path: Path):
    """The headings are in the report's language."""
    made, path = sample(name, tmp_path)
    english, romanian = markdown(made, path), markdown(made, path, lang="ro")
    assert english.splitlines()[0] != romanian.splitlines()[0]
    assert not [line for line in romanian.splitlines() if line.startswith("## ") and line in english.splitlines()]


def test_markdown_has_no_markup_of_others(tmp_path: Path):
    """A name with a link, a table or a line break in it is text in one line."""
    made, path = sample("in-sync", tmp_path)
    evil = f"[x](https://evil.example) | `a` <script> {REVERSED}"
    text = markdown(made.model_copy(update={"subject_name": evil, "ticket": "| a |\n# b"}), path)
    assert "[x](" not in text and "<script>" not in text and "\u202e" not in text
    assert 1 == sum(line.startswith("# ") for line in text.splitlines())


def test_every_sighting_is_a_row(tmp_path: Path):
    """The rows are those of the record, with their distance and limit; the reference and strangers have none."""
    made, _ = sample("out-of-sync", tmp_path)
    found = rows(sightings_csv(made))
    assert list(HEADER) == list(found[0])
    assert [str(number) for number in range(len(made.sightings))] == [row["number"] for row in found]
    assert ["yes"] == [row["is_reference"] for row in found if row["is_reference"]]
    card = next(row for row in found if row["surface"] == "people-web-part")
    assert ("different", "0.41", "0.07", "other-photo") == (
        *(card["compared"], card["score"], card["limit"], card["difference"]),
    )
    assert (card["shot"], card["sha256"]) == (made.sightings[3].shot, made.sightings[3].sha256)
    stranger = found[-1]
    assert ("radu.pop@contoso.com", "", "") == (stranger["subject"], stranger["compared"], stranger["score"])


def test_no_cell_is_a_formula(tmp_path: Path):
    """A value that a spreadsheet would calculate has an apostrophe before it."""
    made, _ = sample("in-sync", tmp_path)
    evil = '=HYPERLINK("https://evil.example","x")'
    sightings = tuple(s.model_copy(update={"url": evil, "page_url": f" {evil}"}) for s in made.sightings)
    for row in rows(sightings_csv(made.model_copy(update={"sightings": sightings, "id": "+1"}))):
        assert f"'{evil}" == row["url"]
        assert f"' {evil}" == row["page_url"]
        assert "'+1" == row["run"]


def test_thirty_places(thirty: Sample):
    """Every place of a large run is in both."""
    assert 31 == len(rows(sightings_csv(thirty[0])))
    assert "0 of 30 places compared show the same photo" in markdown(*thirty)
