"""At the end of a run, its pages are checked again in a real browser, and only what is new counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.model.enums import Kind, Surface
from troubleshooter.model.records import Picture
from troubleshooter.steps.page_visit import PageVisit
from troubleshooter.steps.second_look import OpenPage, check_again_and_leave, check_pages_again
from troubleshooter.steps.site_page import see_subject
from troubleshooter.steps.step_run import StepRun

from .visiting import SUBJECT, visited

PAGE = "https://contoso.sharepoint.com/late-picture"
PHOTO = f"/_layouts/15/userphoto.aspx?size=M&accountname={SUBJECT}"
ANOTHER_PART = f"""document.querySelector('.SPCanvas').insertAdjacentHTML('beforeend',
  `<div data-sp-feature-tag="Contact web part"><img src="{PHOTO}" width=72 height=72></div>`)"""

SWAP = """() => {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d').fillRect(0, 0, 150, 150);
  const picture = document.getElementById('late');
  picture.src = canvas.toDataURL();
  return picture.decode();
}"""


@pytest.fixture
async def step(session: Session, tmp_path: Path) -> StepRun:
    """Return a step of a run about A, whose page was visited and is still open."""
    visit = await visited(session, tmp_path, PAGE)
    await visit.page.page.evaluate("come()")
    made, subject = visit.step, await see_subject(visit)
    made.recorder.add(OpenPage(visit.page, 0, subject))
    assert [Surface.PEOPLE_WEB_PART] == [s.surface for s in made.seen.sightings]
    return made


async def test_the_pages_data_tells_the_users_object_id(session: Session, tmp_path: Path):
    """Ids of the user are known from then on; those of others are not the user's."""
    visit = await visited(session, tmp_path, PAGE)
    await visit.page.page.evaluate(ADD_IDS)
    await see_subject(visit)
    assert {"0f4c1f6e-0000-4000-8000-00000000000a"} == visit.step.who.object_ids


async def test_what_is_as_it_was_is_no_further_sighting(step: StepRun):
    """A page that has not changed adds no sighting."""
    await check_pages_again(step)
    assert 1 == len(step.seen.sightings)


async def test_what_came_since_is_seen(step: StepRun):
    """A part that a script adds after the first check is seen."""
    await step.workspace.tab.evaluate(ANOTHER_PART)
    await check_pages_again(step)
    assert [("photo-address", 0)] == [(s.identified_by, s.page) for s in step.seen.sightings[1:]]


async def test_a_picture_that_was_swapped_is_seen(step: StepRun):
    """A card whose picture was swapped is a second sighting next to the first."""
    await step.workspace.tab.evaluate(SWAP)
    await check_pages_again(step)
    first, second = step.seen.sightings
    assert first.sha256 != second.sha256
    assert (Kind.PHOTO, first.surface) == (second.kind, second.surface)


ADD_IDS = """() => {
  const holder = document.querySelector('[data-sp-webpartdata]');
  const part = JSON.parse(holder.getAttribute('data-sp-webpartdata'));
  part.properties.persons[0].aadObjectId = '0F4C1F6E-0000-4000-8000-00000000000A';
  part.properties.persons.push({ upn: 'b@contoso.com', aadObjectId: '0f4c1f6e-0000-4000-8000-00000000000b' });
  holder.setAttribute('data-sp-webpartdata', JSON.stringify(part));
}"""
REBUILD = """(picture) => {
  const card = document.querySelector('.ms-Persona');
  const copy = document.createElement('div');
  copy.innerHTML = card.outerHTML;
  if (picture) copy.querySelector('#late').outerHTML = picture;
  card.replaceWith(copy.firstElementChild);
}"""
INITIALS = "<span id=late class=ms-Persona-initials style='display:block;width:48px;height:48px'>AP</span>"


@pytest.mark.parametrize(
    ("picture", "left"),
    [(f"<img id=late width=48 height=48 src='{PHOTO}'>", []), ("", [Kind.INITIALS])],
    ids=["a photo", "initials again"],
)
async def test_initials_on_a_page_that_is_rebuilt_count_if_they_stay(step: StepRun, picture: str, left: list[Kind]):
    """Initials that a photo has replaced on a rebuilt page are superseded; those that are there again are not."""
    tab, (opened,) = step.workspace.tab, step.seen.of(OpenPage)
    await tab.evaluate(REBUILD, INITIALS)
    shown = await see_subject(PageVisit(step, opened.page))
    step.recorder.add(OpenPage(opened.page, 0, shown))
    assert [Kind.INITIALS] == [sighting.kind for _, sighting in shown.seen]
    await tab.evaluate(REBUILD, picture)
    await check_pages_again(step)
    assert left == [sighting.kind for sighting in step.seen.sightings if sighting.kind is Kind.INITIALS][:1]
    assert Kind.PHOTO is step.seen.sightings[-1].kind or left


ADDED = f"""(more) => document.querySelector('#late').insertAdjacentHTML('afterend',
  `<img class=ms-Image-image style="display: none" width=48 height=48 src="{PHOTO}${{more}}&late=1">`)"""


@pytest.mark.parametrize(
    ("more", "status", "kind"),
    [("", 429, Kind.LOADING), ("", 404, Kind.LOADING), ("&default=none", 404, Kind.INITIALS)],
)
async def test_initials_say_nothing_once_the_photo_was_refused(step: StepRun, more: str, status: int, kind: Kind):
    """A page that requests the photo late, and in vain, shows the same initials; they count unless it was refused.

    Without a photo, SharePoint answers with a placeholder; with a 404 only where the page asked for no placeholder.
    """
    tab, (opened,) = step.workspace.tab, step.seen.of(OpenPage)
    await tab.evaluate(REBUILD, INITIALS)
    shown = await see_subject(PageVisit(step, opened.page))
    step.recorder.add(OpenPage(opened.page, 0, shown))
    await tab.route("**/userphoto.aspx*late=1", lambda route: route.fulfill(status=status))
    await tab.evaluate(ADDED, more)
    await check_pages_again(step)
    last = step.seen.sightings[-1]
    assert last.response
    assert (kind, status) == (last.kind, last.response.status)


async def test_a_page_that_is_left_was_checked_again_before(step: StepRun):
    """A page that holds up others is checked, photographed and closed; the last step does not look for it any more."""
    await step.workspace.tab.evaluate(SWAP)
    (opened,) = step.seen.of(OpenPage)
    await check_again_and_leave(step, opened)
    first, second = step.seen.sightings
    assert first.sha256 != second.sha256
    await step.recorder.complete()
    assert ("Where the step ended", False) == (step.recorder.of(Picture)[-1].caption.text, step.workspace.has_tab)
    await check_pages_again(step)
    assert 2 == len(step.seen.sightings)


async def test_a_card_that_is_gone_still_counts_as_it_was_seen(step: StepRun):
    """If a card is gone from its page, its first sighting stays, and nothing fails."""
    await step.workspace.tab.evaluate("document.querySelector('.SPCanvas').remove()")
    await check_pages_again(step)
    assert 1 == len(step.seen.sightings)
