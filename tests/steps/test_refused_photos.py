"""Initials that a script drew because its request for the photo was refused say nothing; all others do."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.fakes import ANA, HELPDESK, context, step_run

from troubleshooter.browser.session import Session
from troubleshooter.errors import CannotTell
from troubleshooter.evidence.camera import Camera
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Kind, Source, Surface
from troubleshooter.pages import find
from troubleshooter.pages.avatars import avatars_in
from troubleshooter.pages.regions import Region
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.steps.recorder import SignedInAs, SubjectKnownAs
from troubleshooter.steps.sighting import header, take
from troubleshooter.steps.step_run import StepRun
from troubleshooter.steps.subject_avatars import SubjectAvatar
from troubleshooter.steps.subject_on_page import SubjectOnPage
from troubleshooter.steps.workspace import Workspace

SITE = "https://contoso.sharepoint.com"
GRAPH = "https://graph.microsoft.com"
_DRAW = """([urls, images]) => {
  const box = (inside, name) => `<b class=${name} style="display: block; width: 32px; height: 32px">${inside}</b>`;
  document.body.innerHTML = `<button id=me>${box(box('AP', 'fui-Avatar__initials'), 'fui-Avatar')}</button>`;
  for (const url of images) { const image = new Image(9, 9); image.src = url; document.body.append(image); }
  return Promise.all(urls.map((url) => fetch(url).then((answer) => answer.ok && answer.blob()).catch(() => null)));
}"""


_DRAW_CANVAS = """(url) => {
  document.body.innerHTML = `<button id=me><canvas width=32 height=32 data-src="${url}"></canvas></button>`;
  new Image().src = url;
}"""


@pytest.fixture
async def step(session: Session, tmp_path: Path) -> StepRun:
    """Return a step of Ana's own session in which a page of the tenant is open."""
    camera = Camera(RunFolder.new(tmp_path, "photo-differs", datetime.now(UTC), Redactor()))
    workspace = Workspace(session, camera, home="https://www.office.com", timeout=5)
    workspace.turn_to(await workspace.open_tab())
    step = step_run(context(), workspace)
    step.recorder.add(SignedInAs(ANA))
    await workspace.tab.goto(f"{SITE}/page")
    return step


async def seen(step: StepRun, urls: list[str], images: list[str] = []):  # noqa: B006 - never changed
    """Return the sighting of initials drawn by a page that fetched `urls` and shows `images` elsewhere."""
    tab = step.workspace.tab
    await tab.evaluate(_DRAW, [urls, images])
    return await header(step, tab, find.FoundElement(tab.locator("#me"), "#me"), Surface.ACCOUNT_PANEL)


@pytest.mark.parametrize("path", ["status/401", "status/403", "status/410", "status/503", "no-page", "no-mailbox"])
async def test_initials_after_a_refused_request_say_nothing(path: str, step: StepRun):
    """Nothing counts as seen; the sighting and the list of what was not seen name the host and the status."""
    url = f"{GRAPH}/{path}/me/photo"
    sighting = await seen(step, [url])
    assert sighting and sighting.response
    assert (Kind.LOADING, url) == (sighting.kind, sighting.response.url)
    (unseen,) = step.seen.unseen
    assert (Surface.ACCOUNT_PANEL, sighting.response.status) == (unseen.surface, unseen.status)
    assert (
        f"graph.microsoft.com refused the page’s request for the photo (HTTP status {unseen.status})" in unseen.why.text
    )


async def test_initials_after_a_lost_connection_say_nothing(step: StepRun):
    """A request that failed has no status, and the record still says whose it was."""
    sighting = await seen(step, [f"{GRAPH}/cut-off"])
    assert sighting and (Kind.INITIALS, ()) == (sighting.kind, step.seen.unseen)  # this address asks for no photo
    sighting = await seen(step, [f"{GRAPH}/cut-off?x=1", f"{GRAPH}/cut-off/me/photo"])
    assert sighting and (Kind.LOADING, None) == (sighting.kind, sighting.response)
    assert "the connection failed" in step.seen.unseen[0].why.text


async def test_initials_after_half_a_response_say_nothing(step: StepRun):
    """The status arrived, and the connection failed within the response."""
    sighting = await seen(step, [f"{GRAPH}/half-sent/me/photo"])
    assert sighting and Kind.LOADING is sighting.kind
    assert "the connection failed" in step.seen.unseen[0].why.text


async def test_initials_beside_a_photo_that_never_came_say_nothing(step: StepRun):
    """A request that is still unanswered at the time limit leaves open whether there is a photo."""
    tab, url = step.workspace.tab, f"{GRAPH}/withheld/me/photo"
    await tab.evaluate("([draw, url]) => void eval(draw)([[url], []])", [_DRAW, url])
    button = find.FoundElement(tab.locator("#me"), "#me")
    sighting = await header(step, tab, button, Surface.ACCOUNT_PANEL, seconds=1.0)
    assert sighting and (Kind.LOADING, None) == (sighting.kind, sighting.response)
    assert "graph.microsoft.com, which did not answer in time" in step.seen.unseen[0].why.text


async def test_a_canvas_is_blank_until_its_picture_has_come(step: StepRun):
    """A blank canvas whose picture was requested in vain is no avatar without a photo."""
    tab = step.workspace.tab
    await tab.evaluate(_DRAW_CANVAS, f"{SITE}/withheld/photo?accountname={ANA}")
    button = find.FoundElement(tab.locator("#me"), "#me")
    sighting = await header(step, tab, button, Surface.ACCOUNT_PANEL, seconds=1.0)
    assert sighting and Kind.LOADING is sighting.kind


@pytest.mark.parametrize(
    ("urls", "images"),
    [
        ([], []),
        ([f"{GRAPH}/placeholder/me/photo"], []),
        ([f"{GRAPH}/image-not-found/me/photo"], []),
        ([f"{GRAPH}/status/404/me/photo"], []),
        ([f"{GRAPH}/refused", f"{GRAPH}/image-not-found/me/photo"], []),
        ([f"{GRAPH}/status/403/me/photo?email={HELPDESK}"], []),
        ([], [f"{GRAPH}/status/403/me/photo"]),
    ],
    ids=["no request", "placeholder", "no photo", "plain 404", "telemetry", "a colleague's", "a picture elsewhere"],
)
async def test_other_initials_mean_that_there_is_no_photo(urls: list[str], images: list[str], step: StepRun):
    """Without a refusal, or if something else than the account's photo was refused, initials are what is shown."""
    sighting = await seen(step, urls, images)
    assert sighting and (Kind.INITIALS, None) == (sighting.kind, sighting.response)
    assert () == step.seen.unseen


@pytest.mark.parametrize(
    ("asked", "kind"),
    [(f"?email={ANA}", Kind.LOADING), (f"?email={HELPDESK}", Kind.INITIALS), ("", Kind.INITIALS)],
    ids=["the user's", "a colleague's", "nobody's in particular"],
)
async def test_a_card_whose_photo_was_refused_says_nothing(asked: str, kind: Kind, step: StepRun):
    """A card in the page's content counts as unseen only if the request that was refused names its person."""
    tab = step.workspace.tab
    await tab.evaluate(_DRAW, [[f"{GRAPH}/status/403/me/photo{asked}"], []])
    body = await tab.query_selector("body")
    assert body
    (avatar,) = await avatars_in(body, tab.main_frame)
    region = Region(Surface.PEOPLE_WEB_PART, body, tab.main_frame, "body", "")
    card = SubjectAvatar(region, avatar, "mail-link", 0)
    sighting = await take(step, tab, avatar, card.place(ANA))
    assert kind is sighting.kind
    shown = SubjectOnPage(seen=((card, sighting),))
    if kind is Kind.INITIALS:
        assert () == step.seen.unseen
        shown.check("https://page")
    else:
        assert "(HTTP status 403)" in step.seen.unseen[0].why.text
        with pytest.raises(CannotTell, match="was refused to the page"):
            shown.check("https://page")


THEIR_ID, OTHER_ID = (f"0f4c1f6e-0000-4000-8000-00000000000{end}" for end in "ab")


@pytest.mark.parametrize(
    ("known", "asked", "kind"),
    [
        ([THEIR_ID], THEIR_ID, Kind.LOADING),
        ([THEIR_ID], OTHER_ID, Kind.INITIALS),
        ([], OTHER_ID, Kind.LOADING),
    ],
    ids=["the user's", "a colleague's", "it may be the user's"],
)
async def test_a_card_whose_photo_was_refused_by_object_id(known: list[str], asked: str, kind: Kind, step: StepRun):
    """A request may name its person by the directory's id, which is the user's unless the user's is known to differ."""
    step.recorder.add(SubjectKnownAs(object_ids=frozenset(known)))
    tab = step.workspace.tab
    await tab.evaluate(_DRAW, [[f"{GRAPH}/status/403/me/photo?aadObjectId={asked}"], []])
    body = await tab.query_selector("body")
    assert body
    (avatar,) = await avatars_in(body, tab.main_frame)
    region = Region(Surface.PEOPLE_WEB_PART, body, tab.main_frame, "body", "")
    card = SubjectAvatar(region, avatar, "mail-link", 0)
    assert kind is (await take(step, tab, avatar, card.place(ANA))).kind


async def test_what_an_earlier_page_was_refused_says_nothing_about_this_one(step: StepRun):
    """A refusal counts only for the document whose script sent the request."""
    await seen(step, [f"{GRAPH}/status/403/me/photo"])
    await step.workspace.tab.goto(f"{SITE}/links")
    sighting = await seen(step, [])
    assert sighting and (Kind.INITIALS, Source.PEOPLE_SERVICE) == (sighting.kind, sighting.source)


_DRAWN = {
    "canvas": "<canvas width=32 height=32 data-src='{}'></canvas>",
    "background": "<b class=fui-Avatar style='display: block; width: 32px; height: 32px; background: url({})'></b>",
    "svg": "<svg width=32 height=32><image width=32 height=32 href='{}'/></svg>",
    "initials": """<b class=fui-Avatar style='display: block'><img width=32 height=32 style="opacity: 0" src='{}'>
      <b class=fui-Avatar__initials style='display: block; width: 32px; height: 32px'>AP</b></b>""",
}
_SHOW = """([html, url]) => {
  document.body.innerHTML = `<button id=me>${html}</button>`;
  return new Promise((done) => { const image = new Image(); image.onload = image.onerror = done; image.src = url; });
}"""


async def drawn(step: StepRun, how: str, url: str):
    """Return the sighting of an avatar that is to show the picture at `url`."""
    tab = step.workspace.tab
    await tab.evaluate(_SHOW, [_DRAWN[how].format(url), url])
    return await header(step, tab, find.FoundElement(tab.locator("#me"), "#me"), Surface.SHAREPOINT_HEADER)


@pytest.mark.parametrize("how", _DRAWN)
@pytest.mark.parametrize("path", ["status/403", "cut-off"])
async def test_a_picture_that_failed_is_not_seen_however_it_is_drawn(how: str, path: str, step: StepRun):
    """A blank canvas or circle, and initials over a failed picture, do not say that there is no photo."""
    sighting = await drawn(step, how, f"{GRAPH}/{path}/me/photo")
    assert sighting and (Kind.LOADING if how == "initials" else Kind.BROKEN) is sighting.kind
    assert bool(step.seen.unseen) is (how == "initials")


@pytest.mark.parametrize("how", _DRAWN)
@pytest.mark.parametrize(("path", "kind"), [("picture/photo", Kind.PHOTO), ("image-not-found/me/photo", None)])
async def test_a_picture_that_came_or_does_not_exist_is_seen_however_it_is_drawn(
    how: str, path: str, kind: Kind | None, step: StepRun
):
    """A picture that arrived is a photo; where the service says that there is none, what is drawn counts."""
    sighting = await drawn(step, how, f"{SITE}/{path}")
    wanted = Kind.INITIALS if how == "initials" else kind
    assert sighting and sighting.kind is not Kind.LOADING and wanted in (None, sighting.kind)
    assert () == step.seen.unseen


@pytest.mark.parametrize(("more", "kind"), [("", Kind.LOADING), ("&default=none", Kind.INITIALS)])
async def test_a_missing_picture_of_sharepoint_was_refused_unless_no_placeholder_was_wanted(
    more: str, kind: Kind, step: StepRun
):
    """SharePoint has a placeholder for those without a photo, which a page may not want."""
    sighting = await drawn(step, "initials", f"{SITE}/status/404/me/photo?of=userphoto.aspx{more}")
    assert sighting and kind is sighting.kind
