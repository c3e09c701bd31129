"""A screen reader reads the pages in the order in which they are seen, with a name for every picture."""

from datetime import timedelta

import pytest
from support.many_results import made

from troubleshooter.model.judgement_records import Discrepancy
from troubleshooter.report.index import render as render_index
from troubleshooter.report.many import render as render_many

from .accessibility_tree import jumps, misplaced, positions, read
from .index.runs import NOW, entries
from .test_in_browser import UNFOLD, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")

REPORT = [
    ("heading", "Ana Ionescu’s photo is out of sync"),
    ("paragraph", "Some places in SharePoint show the photo from Microsoft 365, others show a different one."),
    ("paragraph", "Nothing to do now: this check counted as a visit by the user"),
    ("paragraph", "Who nobody"),
    ("paragraph", "Microsoft 365"),
    ("image", "the account panel: a photo"),
    ("Figcaption", "2 places show this photo"),
    ("paragraph", "SharePoint"),
    ("image", "the card on the page: a photo"),
    ("Figcaption", "4 places show a different photo"),
    ("button", "Copy text for the ticket"),
    ("heading", "What each place shows"),
    ("heading", "Reference"),
    ("heading", "SharePoint’s copies"),
    ("heading", "Other places"),
    ("heading", "Why"),
    ("heading", "C1 SharePoint has not fetched the current photo yet"),
    ("textbox", "Text for the ticket"),
    ("textbox", "Text for the user"),
    ("heading", "What was done"),
    ("heading", "Open a private browser session"),
    ("image", "Sign-in"),
    ("heading", "What this check could not see"),
    ("heading", "Properties and responses"),
    ("heading", "All sightings and comparisons"),
    ("heading", "Versions, inputs, file hashes"),
]
RUNS = [
    ("heading", "Profile photo checks"),
    ("paragraph", "7 runs"),
    ("button", "Clear"),
    ("row", "User Result Why Started Where"),
    ("row", "Ana Popescu user0000@contoso.com In sync"),
    ("row", "Ștefan Țurcanu user0001@contoso.com Out of sync"),
]
MANY = [
    ("heading", "Of 8 users, 1 is out of sync."),
    ("heading", "Before you rely on these numbers"),
    ("heading", "Users by result"),
    ("listitem", "1 Out of sync"),
    ("heading", "What to do"),
    ("heading", "C5 SharePoint has a photo of its own"),
    ("heading", "Users"),
    ("button", "Clear"),
    ("row", "User"),
    ("image", "Photo at the source"),
    ("image", "Photo in SharePoint"),
]
PICTURES = "[...document.querySelectorAll('img, canvas, [role=img]')].filter(p => p.checkVisibility()).length"
"""The pictures that are evidence, and therefore need a name; icons repeat a word beside them, and are decoration."""

SIGNS = set("▸▾↗↕→")
"""What only shows that something unfolds, leads elsewhere, or can be sorted: its role says the same."""


async def faults(page, order=()) -> dict[str, object]:
    """Return everything that is wrong with how the page is read; empty if nothing is."""
    nodes = await read(page)
    images = [node for node in nodes if node.role == "image"]
    at = positions(nodes, list(order))
    found = {
        "headings of level 1": [node.text for node in nodes if node.level == 1 and node.role == "heading"][1:],
        "headings that jump": jumps(nodes),
        "pictures without a name": [node for node in images if not node.name],
        "pictures that are not read": await page.evaluate(PICTURES) - len(images),
        "read last, seen first": misplaced(nodes),
        "signs that are read": [node.text for node in nodes if set(node.text) & SIGNS],
        "not read, or too early": [part for part, index in zip(order, at, strict=True) if index < 0],
    }
    return {what: wrong for what, wrong in found.items() if wrong}


@pytest.mark.parametrize("width", [390, 1280])
async def test_the_report_is_read_as_it_is_seen(samples, browser, width):
    """Verdict, what to do, both pictures, places, causes, texts to copy, steps, details; wide and narrow."""
    viewport = {"width": width, "height": 844}
    async with opened(browser, samples["out-of-sync"].open_at(), viewport=viewport) as page:
        await page.evaluate(UNFOLD)
        assert await faults(page, REPORT) == {}


@pytest.mark.parametrize("name", ["refused", "photo-added", "rechecked"])
async def test_every_kind_of_report_is_read_as_it_is_seen(samples, browser, name):
    """A report that shows where it ended, one of an action, and one with a table of places and times."""
    async with opened(browser, samples[name].open_at()) as page:
        await page.evaluate(UNFOLD)
        assert await faults(page) == {}


async def test_altered_evidence_is_read_first(samples, browser):
    """That the evidence was changed is read before the verdict, as it is seen first."""
    sample = samples["in-sync"]
    altered = (Discrepancy(file="record.json", text="was changed", template="was changed"),)
    file = sample.folder / "altered.html"
    file.write_text(sample.html(discrepancies=altered), encoding="utf-8")
    async with opened(browser, file.as_uri()) as page:
        order = [("heading", "The evidence was changed after the check"), ("heading", "Ana Ionescu’s photo is in sync")]
        assert await faults(page, order) == {}


@pytest.mark.parametrize("width", [390, 1280])
async def test_the_list_of_runs_is_read_as_it_is_seen(browser, tmp_path, width):
    """The heading, how many runs there are, what finds them, and each run in one row."""
    file = tmp_path / "index.html"
    file.write_text(render_index(entries(7), NOW + timedelta(days=2), lang="en"), encoding="utf-8")
    async with opened(browser, file.as_uri(), viewport={"width": width, "height": 844}) as page:
        assert await faults(page, RUNS) == {}


@pytest.mark.parametrize("width", [390, 1280])
async def test_the_report_of_many_users_is_read_as_it_is_seen(browser, tmp_path, width):
    """What is wrong, the numbers, what to do about it, and each user in one row with both pictures."""
    run = made(8, folder=tmp_path)
    file = tmp_path / "index.html"
    file.write_text(render_many(run.summary, run.results, tmp_path, lang="en"), encoding="utf-8")
    async with opened(browser, file.as_uri(), viewport={"width": width, "height": 844}) as page:
        assert await faults(page, MANY) == {}


async def test_a_page_that_is_read_wrongly_is_noticed(samples, browser):
    """Each fault that the tests above look for is found where it is planted, so that they can fail."""
    planted = {
        "not read, or too early": "document.querySelector('.why').before(document.querySelector('.story'))",
        "read last, seen first": "document.querySelector('.next').before(document.querySelector('.pair'))",
        "headings that jump": "document.querySelector('.story h3').outerHTML = '<h5>Step</h5>'",
        "headings of level 1": "document.querySelector('.why h2').outerHTML = '<h1>Why</h1>'",
        "pictures without a name": "document.querySelector('.pair img').removeAttribute('alt')",
        "pictures that are not read": "document.querySelector('.pair img').alt = ''",
        "signs that are read": "document.querySelector('.do .arrow').removeAttribute('aria-hidden')",
    }
    folded = [part for part in REPORT if part[0] != "textbox"]
    async with opened(browser, samples["out-of-sync"].open_at()) as page:
        assert await faults(page, folded) == {}
        await page.evaluate("window.healthy = document.querySelector('main').cloneNode(true)")
        for fault, change in planted.items():
            await page.evaluate(change)
            assert fault in await faults(page, folded)
            await page.evaluate("document.querySelector('main').replaceWith(window.healthy.cloneNode(true))")
