"""What the file of a survey says, without a browser: nothing but the product's own words, and numbers."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import canaries, planted

from troubleshooter.capture.page import About, replaced
from troubleshooter.capture.stand_ins import stand_ins
from troubleshooter.model.locators import FoundBy, LocatorMatch
from troubleshooter.steps.kept_marks import KNOWN
from troubleshooter.steps.page_capture import TakenPage
from troubleshooter.steps.page_locators import SelectorSeen
from troubleshooter.survey.archive import files_of, packed
from troubleshooter.survey.findings import VISITED, Findings, KeptPage, PlaceSeen, SavedPage
from troubleshooter.survey.outline import outline
from troubleshooter.survey.places import PLACE_OF, PLACES
from troubleshooter.survey.questions import QUESTIONS
from troubleshooter.survey.result import result
from troubleshooter.survey.served import headers_in, what_came
from troubleshooter.survey.vocabulary import Cleaned, safe


def page(*parts: object, kind: str = "home", locators: tuple[str, ...] = ()) -> bytes:
    """Return a saved page made of `parts`, which say who they are about."""
    own = stand_ins(planted.TENANT, planted.TENANT.replace(".", "-my.", 1))
    about = About(kind, "1.0", "2026-11-26", own, (planted.UPN,), KNOWN, locators)
    head = [{"t": "html", "a": []}, {"t": "head", "a": []}, 0, {"t": "body", "a": []}]
    return replaced(about, json.dumps({"url": planted.TENANT, "parts": [*head, *parts, 0, 0]})).encode()


def found(**answers: object) -> Findings:
    """Return what a survey found that visited every place and saved one page."""
    seen = Findings(signed_in=True)
    seen.places = {place.id: PlaceSeen(place.id, place.title, VISITED, 1.25) for place in PLACES}
    seen.pages = {"home": SavedPage(page(planted.NAME, {"t": "b", "a": [["title", planted.UPN]]}, 0), {})}
    seen.places["home"].pages.append("home")
    for question, value in answers.items():
        seen.answer("home", question, value, where=value, headers={str(value): [value]})  # type: ignore[arg-type]
    return seen


@pytest.mark.parametrize("value", [*planted._PLANTED, planted.COMPANY, int(planted.NUMBER), float("inf"), float("nan")])
def test_nothing_that_a_page_says_is_in_an_answer(value: object):
    """A name, address, token or number that reaches an answer or a detail is in no byte of the file."""
    seen = found(**dict.fromkeys(QUESTIONS, value))
    seen.places["home"].locators = (
        LocatorMatch(id="home.waffle", by=FoundBy.REPAIR, selector=f"#{value}", missed=(f".{value}",)),
        LocatorMatch(id="home.account-button", by=FoundBy.LOCATOR, selector="#O365_MainLink_Me"),
    )
    files = files_of(seen, [])
    assert set() == {leak for data in files.values() for leak in planted.found_in(data)}
    assert set() == canaries.found_in({"survey.zip": packed(files)}, planted.CANARIES)


@given(
    st.recursive(
        st.text() | st.integers() | st.floats() | st.none(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)
    )
)
def test_whatever_is_found_is_made_safe(value: object):
    """Any value becomes JSON that consists of known words and numbers, and is not changed by a second look."""
    clean = safe(value)
    assert clean == safe(json.loads(json.dumps(clean, allow_nan=False)))


def test_words_of_the_product_and_numbers_stay():
    """Answers as the walk gives them are kept; a page id out of a saved page is kept, any other text is not."""
    assert {"status": 200, "kilobytes": 4, "redirects": [{"from": "userphoto.aspx"}]} == safe(
        {"status": 200, "kilobytes": 4, "redirects": [{"from": "userphoto.aspx"}]}
    )
    assert ("ConvergedNew", "other", "other") == (
        safe(Cleaned("ConvergedNew")),
        safe("ConvergedNew"),
        safe(Cleaned("a b")),
    )


def test_every_question_says_what_it_is_and_where_it_is_answered():
    """Each question has its fact and possible answers that stay as they are, and belongs to a place of the walk."""
    places = {place.id for place in PLACES}
    for question in QUESTIONS.values():
        assert question.asks.endswith("?")
        assert question.fact
        assert list(question.answers) == safe(list(question.answers))
        assert PLACE_OF.get(question.id, PLACE_OF[question.id.partition(".")[0]]) in places


def test_a_question_without_an_answer_says_why():
    """It was not there; or the place was not reached, or could not be opened, with the reason."""
    seen = found(**{"home.host": "m365.cloud.microsoft"})
    seen.places["page"].outcome = "could not be opened: page-missing"
    rows = {row["id"]: row for row in result(seen, version="1", date="2026-11-26")["answers"]}  # type: ignore[attr-defined]
    assert ("m365.cloud.microsoft", ["pages/home.html"]) == (rows["home.host"]["answer"], rows["home.host"]["pages"])
    assert "could not be opened: page-missing" == rows["page.people"]["not seen"]
    assert "the place was looked at, and this was not there" == rows["home.layout"]["not seen"]
    assert "--subject names a colleague" in rows["profile.colleague"]["not seen"]


def test_a_page_with_a_known_name_in_it_is_left_out():
    """If a name is still found in a page in spite of everything, encoded or not, the page is not in the file."""
    for spelled in ("Mia.Kahn@fabrikam.example", "mia.kahn%40fabrikam.example", "mia.kahn&#64;fabrikam.example"):
        seen = found()
        seen.pages["home"] = SavedPage(f"<p>{spelled}</p>".encode(), {})
        files = files_of(seen, ["mia.kahn@fabrikam.example"])
        assert b"was left out" in files["pages/home.html"]
        assert spelled.encode() not in files["pages/home.txt"]


def test_the_file_has_everything_that_its_text_names():
    """Beside the text are the answers, the log, and each page with its outline; no file in it has a time."""
    with zipfile.ZipFile(BytesIO(packed(files_of(found(), [])))) as archive:
        names = [info.filename for info in archive.infolist()]
        assert ["README.txt", "index.html", "answers.json", "log.txt", "pages/home.html", "pages/home.txt"] == names
        assert {(1980, 1, 1, 0, 0, 0)} == {info.date_time for info in archive.infolist()}
        assert "pages/home.html" in archive.read("README.txt").decode()


def test_an_outline_shows_what_locators_go_by():
    """One line for each element with an id, a role or an attribute, nested, with the locator that matches it."""
    button = {"t": "button", "a": [["id", "O365_MainLink_Me"], ["aria-label", "Account manager for Mia Kahn"]]}
    inner = {"t": "span", "a": [["data-tid", "me-control-avatar"]]}
    made = page({"t": "div", "a": []}, button, inner, "MK", 0, 0, 0, locators=("home.account-button: #x: 1 found",))
    lines = lines_of(made)
    assert lines[0].startswith("button#O365_MainLink_Me [aria-label=Account manager for X")
    assert lines[0].endswith("<== home.account-button")
    assert lines[1].startswith("  span [data-tid=me-control-avatar]")


def lines_of(made: bytes) -> list[str]:
    """Return the lines of an outline below its legend and the page's title."""
    return [line for line in outline(made).splitlines() if not line.startswith(("# ", "title"))]


def test_an_outline_explains_itself():
    """Above it stands what is replaced by what, and what the marks in it are."""
    legend = "".join(line for line in outline(page()).splitlines() if line.startswith("# "))
    for said in ("never use it in a selector", "data-captured-src was src", "(not shown)", "<== id", "(clicked 1)"):
        assert said in legend


def test_an_outline_shows_what_a_page_hides():
    """What is hidden itself or in something hidden says so, with the reason; what is shown in it does not."""
    link = {"t": "a", "a": [["href", "#"]]}
    hidden = {"t": "div", "a": [], "h": "transparent"}
    made = page(hidden, link, 0, {**link, "h": "off-screen"}, 0, {**link, "h": "no"}, 0, 0, {**link, "h": "display"}, 0)
    ends = [line.partition("]")[2] for line in lines_of(made)]
    assert [" (not shown: transparent)", " (not shown: off-screen)", "", " (not shown)"] == ends


def test_an_outline_shows_titles_and_texts_without_a_mark_of_their_own():
    """An element that has nothing but a title with an address, or a text, is listed: it may be what says who it is."""
    made = page({"t": "span", "a": [["title", planted.UPN]]}, 0, {"t": "b", "a": []}, planted.NAME, 0)
    title, text = lines_of(made)
    assert "span [title=person1@contoso.com]" == title
    assert text.startswith('b "X')


def test_an_outline_shows_what_was_clicked_and_found():
    """The button around what a locator matches is named, as are clicks, and what was found by structure alone."""
    icon = {"t": "span", "a": [["data-tid", "me-control-mini-avatar"]]}
    waffle = {"t": "button", "a": [], "m": "waffle", "c": 2}
    locators = ('home.account-button: [data-tid="me-control-mini-avatar"]: 1 found',)
    made = page({"t": "button", "a": [], "c": 1}, icon, 0, 0, waffle, 0, locators=locators)
    button, inner, opener = lines_of(made)
    assert button.endswith("<== around home.account-button, (clicked 1)")
    assert inner.endswith("<== home.account-button")
    assert opener.endswith("<== home.waffle (by structure), (clicked 2)")


def test_an_outline_marks_only_what_belongs_to_its_page():
    """Rows of apps are no people, and the buttons of a page no buttons of the photo window, whatever matches them."""
    locators = ("person.card: li: 1 found", "photo-dialog.change-button: button: 1 found")
    rows = [{"t": "li", "a": [["role", "listitem"]]}, 0, {"t": "button", "a": [["type", "button"]]}, 0]
    for kind in ("home", "site-page"):
        assert not [line for line in lines_of(page(*rows, kind=kind, locators=locators)) if "<==" in line]
    window = [{"t": "div", "a": [["role", "dialog"]]}, {"t": "button", "a": [], "m": "photo-change"}, 0, 0]
    lines = lines_of(page(*rows, *window, kind="photo-window", locators=locators))
    marks = ["photo-dialog.window (by structure)", "photo-dialog.change-button (by structure)"]
    assert marks == [line.partition("  <== ")[2] for line in lines if "<==" in line]


def test_an_outline_tells_the_natural_size_of_a_picture():
    """It is stated beside the element, which may be smaller."""
    (line,) = lines_of(page({"t": "img", "a": [["src", "/mia.png"]], "p": [96, 96], "b": [48, 48]}, 0))
    assert "natural 96x96" in line


def test_what_matches_on_a_page_is_not_said_to_be_missing():
    """A selector that the walk passed over, and that matches something on a page there, is listed as matching."""
    seen = found()
    match = LocatorMatch(
        id="person.coin",
        by=FoundBy.LOCATOR,
        selector=".fui-Avatar",
        missed=(".ms-Persona-coin", ".ms-Persona-imageArea"),
    )
    seen.places["home"].locators = (match,)
    rows = (SelectorSeen("person.coin", ".ms-Persona-coin", FoundBy.LOCATOR, 17, 16),)
    seen.pages["home"] = SavedPage(page(), {}, rows)
    files = files_of(seen, [])
    said = json.loads(files["answers.json"])
    assert [[".ms-Persona-imageArea"]] == [row["missed"] for row in said["places"][0]["locators"]]
    matched = {"id": "person.coin", "by": "locator", "selector": ".ms-Persona-coin", "found": 17, "visible": 16}
    assert [matched] == said["locators"]["home"]
    text = files["README.txt"].decode()
    assert "matched there: person.coin: .ms-Persona-coin (17, 1 of them not shown)" in text
    assert "person.coin: found by .fui-Avatar; nothing matches .ms-Persona-imageArea" in text


def test_an_answer_says_nothing_that_is_empty():
    """Details without content are left out."""
    seen = found()
    seen.answer("card", "card.found-by", "structure", selector=None, nodes=[], element="div", blob=False)
    rows = {row["id"]: row for row in result(seen, version="1", date="2026-11-26")["answers"]}  # type: ignore[attr-defined]
    assert {"element": "div", "blob": False} == rows["card.found-by"]["details"]


def test_pages_are_saved_together():
    """What is kept of the walk is replaced at its end, the same by the same on all pages."""
    seen = found()
    seen.pages.clear()
    own = stand_ins(planted.TENANT, planted.TENANT.replace(".", "-my.", 1))
    for name, parts in (("launcher", ["Other Name"]), ("card", ["Other Name", planted.NAME])):
        about = About(name, "1.0", "2026-11-26", own, (planted.UPN,), KNOWN)
        data = json.dumps({"parts": [one for part in parts for one in ({"t": "b", "a": []}, part, 0)]})
        seen.keep("card", name, KeptPage(TakenPage(about, data, ()), {}))
    seen.save_pages()
    first, second = [re.findall("<b>(.*?)</b>", one.data.decode()) for one in seen.pages.values()]
    assert ["launcher", "card"] == list(seen.pages) == seen.places["card"].pages
    assert first[0] == second[0] != second[1]
    assert {} == seen.kept


@pytest.mark.parametrize(
    ("status", "kind", "size", "said"),
    [
        (200, "image/jpeg", (240, 240), "a picture"),
        (200, "image/gif", (1, 1), "no picture"),
        (200, "text/html", None, "a page"),
        (404, "application/json", None, "no picture"),
        (401, "application/json", None, "a refusal"),
        (200, "image/jpeg", None, "nothing"),
    ],
)
def test_what_an_address_of_a_photo_serves(status: int, kind: str, size: tuple[int, int] | None, said: str):
    """A page with status 200 is no picture, nor is one of a single pixel."""
    assert said == what_came(status, kind, size)


def test_headers_are_described():
    """Directives and their numbers are kept; tags, dates and names of servers are only there or not."""
    given_ = {"cache-control": "private, max-age=86400", "etag": 'W/"{GUID},4"', "via": "1.1 contoso", "date": "x"}
    assert {"private": True, "max-age": 86400, "etag": "weak", "via": "present"} == headers_in(given_)
