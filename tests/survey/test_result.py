"""What the file of a survey says, without a browser: nothing but the product's own words, and numbers."""

from __future__ import annotations

import json
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
from troubleshooter.survey.archive import files_of, packed
from troubleshooter.survey.findings import WALKED, Findings, PlaceSeen, SavedPage
from troubleshooter.survey.outline import outline
from troubleshooter.survey.places import PLACE_OF, PLACES
from troubleshooter.survey.questions import QUESTIONS
from troubleshooter.survey.result import result
from troubleshooter.survey.served import headers_in, what_came
from troubleshooter.survey.vocabulary import Cleaned, safe


def page(*parts: object, locators: tuple[str, ...] = ()) -> bytes:
    """Return a saved page made of `parts`, which say who they are about."""
    own = stand_ins(planted.TENANT, planted.TENANT.replace(".", "-my.", 1))
    about = About("home", "1.0", "2026-11-26", own, (planted.UPN,), KNOWN, locators)
    head = [{"t": "html", "a": []}, {"t": "head", "a": []}, 0, {"t": "body", "a": []}]
    return replaced(about, json.dumps({"url": planted.TENANT, "parts": [*head, *parts, 0, 0]})).encode()


def found(**answers: object) -> Findings:
    """Return what a survey found that walked to every place and saved one page."""
    seen = Findings(signed_in=True)
    seen.places = {place.id: PlaceSeen(place.id, place.title, WALKED, 1.25) for place in PLACES}
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
    lines = [line for line in outline(made).splitlines() if "title" not in line]
    assert lines[0].startswith("button#O365_MainLink_Me [aria-label=Account manager for X")
    assert lines[0].endswith("<== home.account-button")
    assert lines[1].startswith("  span [data-tid=me-control-avatar]")


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
