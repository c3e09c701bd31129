"""Unusual records keep the report's layout, size and accessibility, and the gallery shows every kind of report."""

import re
from dataclasses import replace
from html import unescape

import pytest
from axe_playwright_python.async_playwright import Axe

from troubleshooter.model.enums import Outcome, StepStatus, Verdict

from ..gallery.__main__ import ALL, index, write
from .reader import Reader
from .test_in_browser import UNFOLD, opened
from .unusual import UNUSUAL

PAGE = "https://contoso.sharepoint.com/sites/News/SitePages/Team.aspx"
USUAL_SIZE, LARGE_SIZE = 1_000_000, 3_000_000
"""Bytes of the largest report of a usual run, and of one that sees thirty places."""


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", UNUSUAL)
async def test_unusual_records_are_accessible_and_fit(samples, browser, name):
    """Axe finds nothing, nothing is wider than 320 CSS pixels (400 % zoom), and nothing complains."""
    async with opened(browser, samples[name].open_at(), viewport={"width": 320, "height": 640}) as page:
        await page.evaluate(UNFOLD)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.trouble == []
        found = await Axe().run(page)
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found.response["violations"]] == []


def test_every_verdict_is_in_the_gallery(samples):
    assert {sample.record.verdict for sample in samples.values()} == set(Verdict)
    assert {*samples} <= {*ALL}


def test_the_gallery_has_every_report_in_both_languages(tmp_path):
    """The gallery writes a report for each language, and an index with links to them."""
    names = ["in-sync", "refused", "for-the-user-refused", "two-runs"]
    written = write(tmp_path, names)
    assert ["en.html", "ro.html"] * 4 == [file.name for file in written]
    assert ['lang="en-GB"', 'lang="ro"'] * 4 == [
        re.search(r"<html (.*?)>", file.read_text(encoding="utf-8"))[1] for file in written
    ]
    text = index(tmp_path, names).read_text(encoding="utf-8")
    assert all((tmp_path / link).is_file() for link in re.findall(r'href="([^"]+)"', text))


@pytest.mark.parametrize(("name", "largest"), [("out-of-sync", USUAL_SIZE), ("thirty-places", LARGE_SIZE)])
def test_a_report_stays_small(samples, name, largest):
    """A report stays within its size, because each picture is embedded once, however often it is shown."""
    html = samples[name].html()
    embedded = re.findall(r'url\("(data:[^"]+)"\)', html)
    assert len(embedded) == len(set(embedded)) > 5
    assert len(html.encode()) <= largest


def test_a_long_name_is_cut_and_a_turned_one_is_isolated(samples):
    """A name of 300 characters is cut in the heading, and one with a change of direction does not turn the sentence."""
    heading = re.compile(r'<h1 id="verdict"[^>]*>(.*?)</h1>')
    long, turned = (heading.search(samples[name].html())[1] for name in ("long-name", "right-to-left"))
    assert len(long) < 90
    assert long.endswith("…’s photo is out of sync")
    assert "\u202e" not in turned
    assert turned.startswith("\u2068ليلى")


def test_thirty_places_are_one_line(samples):
    """Thirty places that agree are one line with their number; the ticket counts them as well."""
    html = samples["thirty-places"].html()
    assert Reader(html).texts.count("30 places show a different photo") == 2
    assert html.count('<details class="cluster">') == 1
    assert "Other places with a different photo: 30 of 31 (" in html


def test_equal_evidence_is_said_once(samples):
    """Three equal pieces of evidence are one line with their number and a link to each place."""
    html = samples["thirty-places"].html()
    line = re.search(r"<li>The card on the page differs.*?</li>", html, re.DOTALL)[0]
    assert Reader(line).text.startswith("The card on the page differs from the reference: another photo (3×)")
    assert 3 == line.count('href="#')


def test_a_later_check_has_a_table_of_places_and_times(samples):
    """The table says of each place what it showed before and shows now; places that changed come first."""
    html = samples["rechecked"].html()
    table = html[html.index('class="table matrix"') :]
    rows = [Reader(row).text for row in re.findall(r"<tr.*?</tr>", table[: table.index("</table>")], re.DOTALL)]
    assert rows[1:4] == [
        "The card on the page · Team.aspx a different picture the right photo",
        "SharePoint’s medium copy a different picture the right photo",
        "SharePoint’s large copy a different picture the right photo",
    ]
    assert "The page’s byline · Team.aspx a different picture a different picture" in rows
    assert "The account panel the right photo the right photo" in rows
    assert 'class="table matrix"' not in samples["in-sync"].html()


def test_the_timeline_is_in_order(samples):
    """Copies, visits, steps and served pictures are in one table in order of time, those of other people left out."""
    html = samples["out-of-sync"].html()
    table = html[html.index('id="timeline"') :]
    table = table[: table.index("</table>")]
    moments = re.findall(r'datetime="([^"]+)"', table)
    assert moments == sorted(moments)
    kinds = re.findall(r'<tr class="(\w+)"', table)
    assert {kind: kinds.count(kind) for kind in kinds} == {"photo": 2, "step": 4, "request": 7, "check": 1}
    assert "SharePoint stored its copy of the photo" in table


def test_the_timeline_says_which_step_failed(samples):
    """A step that failed or was left out says so in the timeline, too; one that is done does not."""
    sample = samples["unsettled"]
    html = sample.html()
    table = html[html.index('id="timeline"') :]
    steps = re.findall(r'<tr class="step".*?</tr>', table[: table.index("</table>")], re.DOTALL)
    told = [Reader(row).text for row in steps]
    failed = [step.status is StepStatus.FAILED for step in sample.record.steps if step.started]
    assert [text.rstrip().endswith(": failed") for text in told] == failed
    assert any(failed)
    assert not all(failed)


def test_an_action_shows_before_and_after(samples):
    """The first screen of an action shows the picture before it beside the one after it."""
    html = samples["photo-added"].html()
    first = html[html.index('class="pair"') : html.index('class="part')]
    assert re.findall(r'<p class="store">(.*?)</p>', first) == ["Before: a photo", "After: the account panel"]


def test_a_pending_photo_is_shown_beside_what_is_shown_instead(samples):
    """Until a photo that was sent is visible, the first screen shows it beside the picture that is still there."""
    record = samples["photo-added"].record.model_copy(update={"outcome": Outcome.PENDING})
    html = replace(samples["photo-added"], record=record).html()
    first = html[html.index('class="pair"') : html.index('class="part')]
    assert re.findall(r'<p class="store">(.*?)</p>', first) == ["The file ana.png", "After: the account panel"]


def test_a_run_without_an_avatar_shows_where_it_ended(samples):
    """A stopped run shows the window in which it ended; one without any picture shows none."""
    html = samples["refused"].html()
    first = html[html.index('class="pair window"') : html.index('class="part')]
    assert 'href="#steps-1"' in first
    assert "Where it ended: Sign-in" in Reader(first).text
    assert 'class="pair' not in samples["nothing-seen"].html()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("in-sync", ["It is the same in every place that we checked. You do not need to do anything."]),
        (
            "out-of-sync",
            [
                "Some places in SharePoint show the photo from Microsoft 365, others show a different one.",
                "Please check again after 23 Nov 2026, 10:41 UTC",
                PAGE,
            ],
        ),
        ("refused", ["We do not know yet", "You do not need to do anything for now."]),
    ],
)
def test_the_text_for_the_user_speaks_to_the_user(samples, name, said):
    """It says what is wrong, what to do if it is for the user, when to check again and where, without codes or ids."""
    html = samples[name].html()
    text = unescape(re.search(r'<textarea id="user-text"[^>]*>(.*?)</textarea>', html, re.DOTALL)[1])
    assert [part for part in said if part not in text] == []
    assert not re.search(r"\bC\d+\b|SPS-|sightings|troubleshooter ", text)


def test_the_ticket_says_which_pages_as_whom_and_how_many(samples):
    """The ticket text names the pages, the account that was signed in, the version, and how many places show what."""
    html = samples["out-of-sync"].html()
    text = re.search(r'<textarea id="ticket-text"[^>]*>(.*?)</textarea>', html, re.DOTALL)[1]
    for part in (
        "Other places with a different photo: 4 of 6 (",
        "Other places with the same picture: 2 of 6",
        f"Page: {PAGE}",
        "Signed in as: ana.ionescu@contoso.com",
        "Version: troubleshooter 0.1.0",
    ):
        assert part in text
