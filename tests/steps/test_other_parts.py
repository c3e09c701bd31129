"""The subject's pictures in parts of a page that are not known to show people, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.steps.page_visit import PageVisit
from troubleshooter.steps.recorder import SubjectKnownAs
from troubleshooter.steps.site_page import in_other_parts

from .visiting import SUBJECT, visited

PAGE = "https://contoso.sharepoint.com/late-picture"
DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="
LINK = "<a href='mailto:{}'>Ana Popescu</a>"
PICTURE = f"<img src='{DOT}' alt='{{}}' width=56 height=56>"
OURS, THEIRS = LINK.format(SUBJECT), LINK.format("ana.2@contoso.com")
PUT = "(html) => document.querySelector('.SPCanvas').insertAdjacentHTML('beforeend', `<ul><li>${html}</li></ul>`)"
INITIALS = """<span class=lpcCommonWeb-hoverTarget role=button><span class=fui-Avatar role=img aria-label="Ana Popescu">
  <span class=fui-Avatar__initials>AP</span></span></span><b>Ana Popescu</b>"""
DRAW_WHEN_HOVERED = """(html) => {
  const card = document.querySelector('.SPCanvas > ul > li');
  card.addEventListener('mouseover', () => setTimeout(() => { card.innerHTML = html; }, 200), { once: true });
}"""


@pytest.fixture
async def visit(session: Session, tmp_path: Path) -> PageVisit:
    opened = await visited(session, tmp_path, PAGE)
    opened.step.recorder.add(SubjectKnownAs(name="Ana Popescu"))
    return opened


@pytest.mark.parametrize(
    ("card", "found"),
    [
        (f"<span class=lpcCommonWeb-hoverTarget>{PICTURE.format('')}</span>{OURS}", ["mail-link"]),
        (PICTURE.format("Ana Popescu") + OURS, ["mail-link"]),
        (PICTURE.format("Popescu, Ana") + OURS, ["mail-link"]),
        (f"<span class=lpcCommonWeb-hoverTarget>{PICTURE.format('')}</span>{THEIRS}", []),
        (PICTURE.format("Ana Popescu") + THEIRS, []),
        (PICTURE.format("Ana Popescu and her team") + OURS, []),
        (PICTURE.format("") + OURS, []),
    ],
    ids=[
        "a hover target and the user's link",
        "the user's name and link",
        "the name in another order",
        "a hover target and a namesake's link",
        "a namesake's link",
        "a picture of others, too",
        "any picture beside the user's link",
    ],
)
async def test_a_picture_that_is_said_to_show_the_user_is_found(card: str, found: list[str], visit: PageVisit):
    """A picture counts if it is marked as a person's, or called by the user's name, and its card links to the user."""
    await visit.page.page.evaluate(PUT, card)
    seen, doubtful = await in_other_parts(visit)
    assert (found, 0) == ([mine.evidence for mine in seen], doubtful)


@pytest.mark.parametrize(("photo_arrives", "found"), [(True, ["photo-address"]), (False, [])])
async def test_a_photo_that_arrives_while_initials_are_asked_about(
    photo_arrives: bool, found: list[str], visit: PageVisit
):
    """Nothing proves whose the initials are; if the page draws a photo meanwhile, its address does."""
    await visit.page.page.evaluate(PUT, INITIALS)
    if photo_arrives:
        photo = "/_layouts/15/userphoto.aspx?size=M&accountname=a@contoso.com"
        await visit.page.page.evaluate(DRAW_WHEN_HOVERED, f"<img src='{photo}' alt='Ana Popescu' width=56 height=56>")
    seen, doubtful = await in_other_parts(visit)
    assert (found, not photo_arrives) == ([mine.evidence for mine in seen], doubtful)
