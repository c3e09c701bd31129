"""The page that compares two runs: what became of each place, with its two pictures."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.locale import catalogue
from troubleshooter.report.two_runs import render
from troubleshooter.run.two_runs import two_runs

from ...hostile.payloads import SHORT
from ..samples import START
from ..test_render import Reader
from .pages import page_of, stored_run

LATER = START + timedelta(hours=24)


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    """Return a run in which SharePoint shows an old photo."""
    return stored_run(tmp_path / "then", "out-of-sync")


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Return a later run, in which only one place still shows it."""
    return stored_run(tmp_path / "now", "rechecked", started=LATER, finished=LATER)


def groups(page: str) -> dict[str, list[str]]:
    """Return what became of the places, in the page's order, with the text of each place's row."""
    found = {}
    for part in re.findall(r'<section class="part places".*?</section>', page, re.DOTALL):
        rows = re.findall(r"<tr>\n<th scope=\"row\">.*?</tr>", part, re.DOTALL)
        found[re.search(r'<h2 id="([a-z-]+)">', part)[1]] = [Reader(row).text for row in rows]
    return found


def test_every_place_with_both_pictures(stale, later):
    """Places that changed come first; each says what became of it and what it showed, beside both pictures."""
    page = page_of(stale, later)
    assert {"fixed": 3, "still": 1, "unchanged": 3} == {name: len(rows) for name, rows in groups(page).items()}
    assert ["fixed", "still", "unchanged"] == list(groups(page))
    assert (
        "The card on the page · Team.aspx people-web-part a different picture the right photo"
        == groups(page)["fixed"][0]
    )
    assert 14 == len(re.findall(r'<img class="" src="data:image/png;base64,', page))
    fixed = page[page.index('id="fixed"') : page.index('id="still"')]
    one, other = re.findall(r'src="(data:[^"]+)"', fixed)[:2]
    assert one != other


def test_the_other_way_round(stale, later):
    """What is fixed in one direction is new in the other, and the page says that the first is the later one."""
    page = page_of(later, stale)
    assert ["new", "still", "unchanged"] == list(groups(page))
    assert "A is the later of the two checks." in page
    assert "A is the later" not in page_of(stale, later)


def test_verdicts_and_dates_on_top(stale, tmp_path):
    """The title says how the verdict changed; each run has its verdict, its date and its sandbox."""
    good = stored_run(tmp_path / "good", "in-sync", started=LATER)
    page = page_of(stale, good)
    assert "<h1>Verdict: was out of sync, now in sync</h1>" in page
    top = Reader(page[page.index('class="checks"') : page.index('class="part')]).text
    assert ["Out of sync", "22 Nov 2026, 10:41 UTC", "In sync", "23 Nov 2026, 10:41 UTC"] == re.findall(
        r"Out of sync|In sync|\d+ Nov 2026, 10:41 UTC", top
    )
    assert all(said in top for said in ("sandbox: stale-copy", "sandbox: healthy"))
    assert "Most likely cause: was C1, now none" in page
    assert "<h1>Verdict in both checks: out of sync</h1>" in page_of(stale, stale)


def test_what_came_of_the_places_and_what_to_do_stands_on_top(stale, later):
    """Above the checks are the counts of the groups below, and what the later one asks for; each names its cause."""
    counts = [
        "Fixed: 3 places · Still wrong: 1 place · Right in both: 3 places",
        "New: 3 places · Still wrong: 1 place",
    ]
    for pair, count in zip(((stale, later), (later, stale)), counts, strict=True):
        page = page_of(*pair)
        top = Reader(page[page.index("<h1>") : page.index('class="part')]).text
        assert count in top
        assert "What to do: Nothing to do now: this check opened the site as the user." in top
        assert "C15 · This site’s own copy" in top
        assert "C1 · SharePoint has not fetched" in top
    stopped = page_of(stale, stored_run(stale.parent / "stopped", "refused"))
    assert "Fixed:" not in stopped


def test_nothing_has_changed(stale, later):
    """A run compared with itself: every place is still wrong or unchanged, and the page says so."""
    page = page_of(stale, stale)
    assert ["still", "unchanged"] == list(groups(page))
    assert "Nothing has changed." in page
    assert "Nothing has changed." not in page_of(stale, later)


@pytest.mark.parametrize("order", [1, -1])
def test_a_run_that_was_not_conclusive(stale, tmp_path, order):
    """Both runs' pictures are there, nothing is called fixed or new, and the page says which run is not conclusive."""
    stopped = stored_run(tmp_path / "stopped", "refused")
    page = page_of(*(stale, stopped)[::order])
    assert ["not-compared"] == list(groups(page))
    assert "<h1>These checks cannot be compared</h1>" in page
    assert 1 == page.count("This check was not conclusive, so nothing is compared.")
    assert all("not seen" in row for row in groups(page)["not-compared"])
    assert "<img " in page


def test_a_missing_picture(stale, later):
    """A tile takes its place, the note says that nothing could be compared, and the page warns of the run."""
    record = RunFolder(later).read_record()
    (later / record.sightings[4].shot).unlink()
    page = page_of(stale, later)
    (row,) = groups(page)["still"]
    assert "picture file missing" in row
    warned = page[page.index("The evidence was changed after the check") :]
    assert f"<code>{record.sightings[4].shot}</code> is missing" in warned
    assert 1 == page.count("The evidence was changed after the check")
    assert 0 == page_of(stale, stale).count("The evidence was changed")


def test_the_picture_of_a_wrong_place_changed(stale, tmp_path):
    """The row is among those that changed, and says why although both words are the same."""
    from ..drawing import portrait  # noqa: PLC0415
    from ..samples import OTHER, Folder  # noqa: PLC0415

    other = stored_run(tmp_path / "other", "out-of-sync")
    record = RunFolder(other).read_record()
    shot, digest = Folder(other).keep(portrait(OTHER, 72))
    sightings = list(record.sightings)
    sightings[3] = sightings[3].model_copy(update={"shot": shot, "sha256": digest})
    RunFolder(other).write_record(record.model_copy(update={"sightings": tuple(sightings)}))
    page = page_of(stale, other)
    (row,) = groups(page)["changed"]
    assert "The two pictures are different. a different picture a different picture" in row
    assert "Nothing has changed." not in page


def test_in_romanian(stale, later):
    """Every text is translated."""
    page = page_of(stale, later, "ro")
    assert '<html lang="ro">' in page
    assert all(
        said in page for said in ("Rezolvată", "Încă greșită", "Corectă în ambele", "3 locuri", "fotografia corectă")
    )
    for english in ("Comparison of two checks", "Still wrong", "each check determined for itself"):
        assert english not in page
    assert catalogue("ro").gettext("Comparison of two checks") in page


def test_it_needs_nothing_but_itself(stale, later):
    """There is no script and no address to load from, and the policy allows only the page's own style and pictures."""
    page = page_of(stale, later)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#39;", "'")
    assert "default-src 'none'; img-src data:; style-src 'sha256-" in policy
    assert "unsafe" not in policy
    assert "<script" not in page
    assert {"data"} == {src.partition(":")[0] for src in re.findall(r'(?:src|href)="([^"]+)"', page)}
    assert "url(" not in page


def test_names_stay_text(stale):
    """Markup in a name, an address, a ticket or a tenant is shown, and never becomes part of the page."""
    record = RunFolder(stale).read_record()

    def tags(payload: str) -> list[tuple[str, dict[str, str | None]]]:
        named = dict.fromkeys(("subject_name", "ticket", "tenant", "sandbox"), payload)
        changed = record.model_copy(update=named)
        return Reader(render(two_runs((stale, stale), (changed, changed), ()))).tags

    usual = tags("Ana")
    for payload in SHORT.values():
        assert usual == tags(payload), payload
