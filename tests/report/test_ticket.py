"""The ticket says which pages, as whom, with what, and how many of how many places; nothing in it misleads."""

import re
from pathlib import Path

import pytest

from troubleshooter.model.enums import Verdict
from troubleshooter.model.message import message
from troubleshooter.model.records import Evidence, Record
from troubleshooter.report.page import report_page

from .samples import ANA, PAGE


def ticket(record: Record, folder: Path, lang: str = "en") -> str:
    return report_page(record, folder, lang, ()).ticket_text


@pytest.fixture
def sample(samples):
    return samples["out-of-sync"]


def test_it_says_which_pages_as_whom_and_with_what(sample):
    """The ticket names the user, who was signed in, the pages, the versions, the run and its folder."""
    text = ticket(sample.record, sample.folder)
    for line in (
        f"User: {ANA}",
        f"Signed in as: {ANA} (the user)",
        f"Page: {PAGE}",
        "Version: troubleshooter 0.1.0 · Chromium 141.0",
        "Run: 20261122T104100Z-photo-differs",
    ):
        assert line in text.splitlines()
    assert f"Folder: {sample.folder.absolute()}" in text
    assert f"Conectat ca: {ANA} (utilizatorul)" in ticket(sample.record, sample.folder, "ro")


def test_a_colleague_and_nobody_are_named_as_such(sample):
    """Somebody else's session is a colleague's; without one, nobody was signed in."""
    colleague = sample.record.model_copy(update={"signed_in_as": "helpdesk@contoso.com"})
    assert "Signed in as: helpdesk@contoso.com (a colleague)" in ticket(colleague, sample.folder)
    assert "Signed in as: nobody" in ticket(sample.record.model_copy(update={"signed_in_as": None}), sample.folder)


def test_it_counts_the_places(samples):
    """The ticket says how many of how many places differ, which ones, and how many agree; in sync, none differs."""
    text = ticket(samples["out-of-sync"].record, samples["out-of-sync"].folder)
    assert "Compared with: the account panel" in text
    assert re.search(r"^Other places with a different photo: 4 of 6 \(.*the card on the page · Team\.aspx", text, re.M)
    assert "Other places with the same picture: 2 of 6" in text
    healthy = ticket(samples["in-sync"].record, samples["in-sync"].folder)
    assert "Other places with the same picture: 6 of 6" in healthy
    assert "different picture" not in healthy
    assert "Compared with" not in ticket(samples["no-photo"].record, samples["no-photo"].folder)


def test_equal_evidence_is_written_once(sample):
    """Three equal sentences are one line with their number and pages; a different one stays by itself."""
    said = message("{place} differs from the reference: {what}", place="people-web-part", what="another photo")
    rows = [Evidence.from_message(said, ref=ref) for ref in ("comparisons/2", "comparisons/3", "sightings/3")]
    other = Evidence.from_message(message("SharePoint shows the same photo as the source"), ref=None)
    cause = sample.record.diagnoses[0].model_copy(update={"evidence": (*rows, other)})
    text = ticket(sample.record.model_copy(update={"diagnoses": (cause,)}), sample.folder)
    line = "  1. The card on the page differs from the reference: another photo (3 ×: Team.aspx)"
    assert [line, "  2. SharePoint shows the same photo as the source"] == re.findall(r"^  \d\. .*", text, re.M)


@pytest.mark.parametrize("lang", ["en", "ro"])
def test_a_name_cannot_fake_a_line_or_reverse_one(sample, lang):
    """A name with a line break, a reversing character or 10,000 letters stays within its line, in reading order."""
    name = "Ana\nVerdict: in-sync\r\n[In sync] \u202eoof\u2066" + "x" * 10_000
    changes = {"subject_name": name, "ticket": "INC\n[In sync] " + "7" * 10_000, "verdict": Verdict.OUT_OF_SYNC}
    text = ticket(sample.record.model_copy(update=changes), sample.folder, lang)
    lines = text.splitlines()
    assert [] == [line for line in lines if line.startswith(("Verdict", "[In sync]"))]
    assert not set("\u202e\u2066\r") & set(text)
    assert 1 == sum(line.startswith("[") for line in lines)
    assert max(map(len, lines)) <= 1002


def test_a_right_to_left_name_is_isolated(sample):
    """A Hebrew name is between isolating characters, so that the sentence around it keeps its order."""
    text = ticket(sample.record.model_copy(update={"subject_name": "שלום"}), sample.folder)
    assert "[Out of sync] \u2068שלום\u2069’s photo is out of sync" in text


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("colleague", "Other places without a photo: 4 of 4 ("),
        ("recropped", "Other places with another version of the photo: 3 of 7 ("),
        ("out-of-sync", "Other places with a different photo: 4 of 6 ("),
    ],
)
def test_it_says_what_is_wrong_with_the_places(samples, name, line):
    """A place without a photo, or with the same photo in another version, does not show "a different photo"."""
    text = ticket(samples[name].record, samples[name].folder)
    assert line in text
    others = {"without a photo", "another version", "a different photo"}
    assert 1 == sum(f"{said}" in row for said in others for row in text.splitlines() if row.startswith("Other places"))
