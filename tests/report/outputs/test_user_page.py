"""A report as a page for the user: the result, what to do and two pictures, and nothing that only others need."""

from __future__ import annotations

import re
from datetime import UTC
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe

from troubleshooter.model.records import Record
from troubleshooter.report.document import environment
from troubleshooter.report.outputs import user_page
from troubleshooter.report.user_text import text_for_user

from ..outcomes import SAMPLES
from ..reader import Reader
from ..samples import Folder
from ..test_in_browser import opened
from ..unusual import UNUSUAL
from .conftest import REVERSED, Sample, sample

LARGEST = 300_000
"""Bytes of a page that any mail system takes."""


def read(made: Record, path: Path, lang: str = "en") -> tuple[str, list[str]]:
    """Return the page of a record, and its texts."""
    html = user_page(made, path, lang=lang, zone=UTC)
    return html, Reader(html).texts


@pytest.mark.parametrize("lang", ["en", "ro"])
@pytest.mark.parametrize("name", SAMPLES)
def test_it_says_what_the_text_for_the_user_says(name, lang, tmp_path):
    """Every line of the text for the user is on the page of every verdict, in both languages."""
    made, path = sample(name, tmp_path)
    shown = " ".join(Reader(user_page(made, path, lang=lang, zone=UTC)).text.split())
    for line in text_for_user(made, path, lang, UTC).split("\n"):
        assert " ".join(line.split()) in shown


def test_the_two_pictures_are_part_of_it(tmp_path):
    """The page has the pictures of the first screen, with the words below them, and needs no other file."""
    html, texts = read(*sample("out-of-sync", tmp_path))
    sources = re.findall(r'<img [^>]*src="([^"]+)"', html)
    assert 2 == len(sources)
    assert all(source.startswith("data:image/") for source in sources)
    assert {
        "Microsoft 365",
        "SharePoint",
        "2 places show this photo",
        "4 places show a different photo (5 checked)",
    } <= {*texts}
    assert not re.search(r'<(script|link|iframe)\b|href="#', html)


def test_it_says_whose_account_was_checked(tmp_path):
    """Whoever has several accounts reads at the top which one the page is about."""
    made, path = sample("in-sync", tmp_path)
    assert made.subject in read(made, path)[1]


def test_what_only_others_need_is_not_on_it(tmp_path):
    """Neither the account of a colleague who checked, nor causes, steps, properties or the ticket are on the page."""
    made, path = sample("colleague", tmp_path)
    assert made.signed_in_as != made.subject
    html, _ = read(made.model_copy(update={"ticket": "INC-4711"}), path)
    for private in (made.signed_in_as, "INC-4711", "SPS-", "C1 ", made.steps[0].title):
        assert private not in html
    assert made.id.partition("-")[0] in html
    assert (
        made.id not in html
    )  # it ends with the name of the scenario, “photo-differs”, also where the photo is in sync


@pytest.mark.parametrize("lang", ["en", "ro"])
def test_it_is_small(thirty: Sample, lang):
    """However many places were seen, two pictures are embedded."""
    html, _ = read(*thirty, lang)
    assert 2 == html.count("<img ")
    assert len(html.encode()) <= LARGEST


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("in-sync", "Your photo is in sync"),
        ("out-of-sync", "Your photo is out of sync"),
        ("no-photo", "You have no photo"),
        ("refused", "Your photo could not be checked"),
    ],
)
def test_it_speaks_to_the_user(name, heading, tmp_path):
    """The largest sentence, and the title, are in the second person."""
    html, texts = read(*sample(name, tmp_path))
    assert heading in texts
    assert f"<title>{heading} · " in html


def test_after_an_action_it_says_what_was_done(tmp_path):
    """The heading of a page about a photo that was added is not the verdict of a comparison that was not made."""
    html, _ = read(UNUSUAL["photo-added"](Folder(tmp_path)), tmp_path)
    assert "Your new profile photo is in Microsoft 365</h1>" in html


def test_web_addresses_are_links_and_nothing_else_is():
    """An address without its scheme is opened encrypted; a user name, and another scheme, stay text."""
    linked = environment("en", Path()).filters["linked"]
    assert 'Go to <a href="https://www.office.com">www.office.com</a>.' == linked("Go to www.office.com.")
    assert '<a href="https://a.example/?b=1&amp;c=2">https://a.example/?b=1&amp;c=2</a>, then' == linked(
        "https://a.example/?b=1&c=2, then"
    )
    for text in ("ana@contoso.com", "javascript:alert(1)", "http://a.example"):
        assert text == linked(text)
    assert "&lt;b&gt;" == linked("<b>")


def test_names_cannot_change_the_page(tmp_path):
    """Markup and characters that turn text around in a name stay text."""
    made, path = sample("out-of-sync", tmp_path)
    html, _ = read(made.model_copy(update={"tenant": f"<img src=x onerror=alert(1)>{REVERSED}"}), path)
    assert 2 == html.count("<img ")
    assert "\u202e" not in html
    assert "onerror=alert(1)&gt;" in html


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", ["out-of-sync", "no-photo", "recropped", "refused"])
async def test_it_opens_anywhere(name, tmp_path, browser):
    """Without scripts and network, in a narrow window: axe finds nothing, nothing is too wide, nothing complains."""
    made, path = sample(name, tmp_path)
    file = tmp_path / "page.html"
    file.write_text(user_page(made, path), encoding="utf-8")
    async with opened(browser, file.as_uri(), viewport={"width": 320, "height": 640}) as page:
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.trouble == []
        found = await Axe().run(page)
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found.response["violations"]] == []


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", ["out-of-sync", "refused"])
async def test_the_text_is_right_below_the_title(name, tmp_path, browser):
    """Beside the pictures, and not below them; the same without pictures."""
    made, path = sample(name, tmp_path)
    file = tmp_path / "page.html"
    file.write_text(user_page(made, path), encoding="utf-8")
    async with opened(browser, file.as_uri()) as page:
        title, text = [await page.locator(part).bounding_box() for part in ("h1", ".next")]
        assert 0 <= text["y"] - (title["y"] + title["height"]) < 40
