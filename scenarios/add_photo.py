"""Add the profile photo (the article's section A).

A person picks a photo, signs in at office.com, selects the circle at the top right, selects the circle in the panel
again, and changes the photo in the window that opens. This does the same, as the account's own user and with
`--allow-changes` only. The file was checked before anything else (A1) and is never altered. No source tells how the
window is built, so it is read by its structure; where two things may be meant, nothing is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from troubleshooter.diagnose.added_photo import judge_added_photo
from troubleshooter.errors import CannotTell, Stopped
from troubleshooter.locale import N_
from troubleshooter.model.enums import Outcome, Reason, ScenarioKind, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Mark, OutcomeDetails, Picture, ScenarioDetails
from troubleshooter.pages.home import Home
from troubleshooter.pages.photo_dialog import PhotoDialog, Refused
from troubleshooter.scenario import Scenario, StepDefinition
from troubleshooter.steps.context import Visit
from troubleshooter.steps.home import open_panel, open_private_session, see_panel, sign_in
from troubleshooter.steps.stored_photo import keep_panel_picture, shows_photo
from troubleshooter.urls import host_of

_ASK = message(
    "Ask the Microsoft 365 admin whether users may change their photo: the photo source (cloud or on-premises), the "
    "allowed roles, and the mailbox policy decide it. A change of these takes up to 24 hours."
)


async def choose_the_photo(visit: Visit) -> None:
    """A1: the photo, checked before the run began; what the service will keep of it is marked."""
    assert visit.photo
    crop = Mark(number=1, box=visit.photo.kept, label=message("what a square crop from the middle keeps"))
    visit.pictures.append(
        Picture(
            path=visit.photo.shot,
            px=visit.photo.natural_px,
            taken_at=datetime.now(UTC),
            caption=message("The photo to add"),
            marks=(crop,),
        )
    )


async def go_to_office(visit: Visit) -> None:
    """A2: office.com and sign-in."""
    await open_private_session(visit)
    await sign_in(visit)


async def select_the_circle(visit: Visit) -> None:
    """A3: the circle at the top right; the picture that stands in the panel now is kept."""
    assert visit.tab
    home = Home(visit.tab, visit.timeout)
    picture = await open_panel(visit, home)
    await keep_panel_picture(visit, visit.tab, picture.locator)
    await visit.photograph(
        message("The account panel"), [(picture.locator, message("the circle in the account panel"))]
    )


async def change_the_photo(visit: Visit) -> None:
    """A4: the circle again, and whichever window opens: a dialog, My Account, or the Microsoft 365 profile."""
    assert visit.tab and visit.session and visit.upload
    visit.unverified = True
    home = Home(visit.tab, visit.timeout)
    for door in range(3):
        await home.open_panel()
        doors = await home.doors()
        if door >= len(doors):
            break
        await visit.photograph(
            message("The account panel"), [(doors[door].locator, message("what leads on from here"))]
        )
        page = await _through(visit, home, doors[door].locator.click)
        if page is None:
            continue
        try:
            if await _send(visit, page):
                return
        finally:
            if page.page is not home.page:
                visit.tab = home.page
                await page.page.close()
        if page.page is home.page:
            await home.page.goto(visit.tenant.home, wait_until="commit")
    raise Stopped(
        Reason.UPLOAD_NOT_ALLOWED,
        message("Microsoft 365 offers this account no way to change the photo; nothing was changed."),
        _ASK,
    )


async def _through(visit: Visit, home: Home, click: Callable[[], Awaitable[None]]) -> PhotoDialog | None:
    """Click one of the panel's doors; return the window behind it, None where nothing opened."""
    assert visit.session
    over = PhotoDialog(home.page, visit.traffic(home.page), visit.timeout, whole_page=False)
    before = home.page.url
    page = visit.watch(await visit.session.follow(home.page, click, unless=lambda: over.appears(min(4, visit.timeout))))
    if page is home.page and home.page.url == before:
        return over if (await over.look()).dialogs else None
    visit.tab = page
    hosts = visit.session.guard.hosts
    await page.wait_for_url(lambda url: host_of(url) not in hosts.sign_in and "code=" not in url, wait_until="commit")
    await page.wait_for_load_state("domcontentloaded")
    return PhotoDialog(page, visit.traffic(page), visit.timeout, whole_page=True)


async def _send(visit: Visit, window: PhotoDialog) -> bool:
    """Choose the file in `window` and confirm; return False where it offers no way to, before anything was sent."""
    assert visit.upload
    field = await window.reach_file()
    if field is None:
        await visit.photograph(message("No way to change the photo here"), page=window.page)
        return False
    await visit.photograph(message("Where the photo is changed"), page=window.page)
    photo = visit.upload
    try:
        await window.choose(field, {"name": photo.name, "mimeType": photo.mime, "buffer": photo.data})
        for _ in range(window.most_clicks):
            button = await window.next_button()
            if button is None:
                break
            await visit.photograph(
                message("The photo is chosen"), [(button, message("the button that confirms"))], page=window.page
            )
            await window.confirm(button)
        await window.left()
        await window.next_button()
    except Refused as refused:
        await visit.photograph(message("The photo was refused"), page=window.page)
        said = message(
            "Microsoft 365 refused the photo (status {status}: {words}); nothing was changed.",
            status=refused.status or "–",
            words=refused.words or "–",
        )
        raise Stopped(Reason.UPLOAD_REFUSED, said, _ASK) from refused
    finally:
        window.done_watching()
        if window.sent:
            visit.sent = datetime.now(UTC)  # noted whatever comes next: a run made again must not send it twice
    if not window.sent:
        note = message("The photo was chosen, and nothing shows that it left for Microsoft 365.")
        raise CannotTell(Reason.PAGE_CHANGED, note, page=window.name)
    await visit.photograph(message("The photo was sent"), page=window.page)
    return True


async def wait_for_the_photo(visit: Visit) -> None:
    """Outside the article: opens the account panel anew until it shows the photo, or the limit is over."""
    assert visit.tab
    loop = asyncio.get_running_loop()
    deadline, patience = loop.time() + visit.timeout, 1.0
    while True:
        await visit.tab.goto(visit.tenant.home, wait_until="domcontentloaded")
        home = Home(visit.tab, visit.timeout)
        picture = await open_panel(visit, home)
        await visit.traffic(visit.tab).settle(visit.timeout)
        if await shows_photo(visit, picture.locator) or loop.time() >= deadline:
            break
        await home.picture_changes(min(patience, max(0.1, deadline - loop.time())))
        patience *= 2
    await see_panel(visit, home, await home.panel_picture())


def _not_yet_sent(visit: Visit) -> bool:
    return not visit.sent_before


SCENARIO = Scenario(
    id="add-photo",
    title="Add the profile photo",
    summary="Adds a photo as the user, through whichever window the tenant shows, and waits until it can be seen.",
    steps=(
        StepDefinition("choose-photo", "A1", "Choose the photo and check it", choose_the_photo),
        StepDefinition("office-com", "A2", "Go to {home} and sign in as {account}", go_to_office, essential=True),
        StepDefinition("circle", "A3", "Select the circle at the top right", select_the_circle, essential=True),
        StepDefinition(
            "change-photo",
            "A4",
            "Select the circle again and change the photo",
            change_the_photo,
            when=_not_yet_sent,
            essential=True,
        ),
        StepDefinition("photo-shown", None, "Look whether the account panel shows the photo", wait_for_the_photo),
    ),
    details=ScenarioDetails(
        kind=ScenarioKind.ACTS,
        heading=N_("Adding a profile photo"),
        result=Surface.ACCOUNT_PANEL,
        stopped=N_("{name}’s photo was not changed"),
        outcomes=(
            OutcomeDetails(
                outcome=Outcome.PHOTO_ADDED,
                reached=True,
                label=N_("Photo added"),
                headline=N_("The new photo of {name} is in Microsoft 365"),
                action=N_(
                    "Give the other places time: most follow within hours, SharePoint within 24 hours. Then check them."
                ),
                check_with="photo-differs",
            ),
            OutcomeDetails(
                outcome=Outcome.PENDING,
                reached=False,
                label=N_("Pending"),
                headline=N_("What was asked for {name}’s photo is not to be seen yet"),
                action=N_("Look again at the time below: a new photo takes minutes to hours, at most a day."),
            ),
            OutcomeDetails(
                outcome=Outcome.NOT_ATTEMPTED,
                reached=False,
                label=N_("Not attempted"),
                headline=N_("{name}’s photo was not changed: nothing was sent"),
                action=N_("Change the photo by hand in the window that the pictures below show, then check again."),
            ),
        ),
    ),
    judge=judge_added_photo,
    pages=False,
    changes=True,
)
