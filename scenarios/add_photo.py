"""Add the profile photo (the article's section A).

A person picks a photo, signs in at office.com, selects the circle at the top right, selects the circle in the panel
again, and changes the photo in the window that opens. The script does the same, but only as the account's own user and
only with `--allow-changes`. The file is checked before anything else (A1) and is never altered. No source documents how
the window is built, so the script relies on its structure; if that is ambiguous, nothing is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from troubleshooter.diagnose.added_photo import judge_added_photo
from troubleshooter.errors import CannotTell, Stopped
from troubleshooter.locale import N_
from troubleshooter.model.enums import Outcome, Reason, ScenarioKind, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Mark, OutcomeDetails, Picture, ScenarioDetails
from troubleshooter.pages.dialog_state import CHANGE, FILE, WINDOW
from troubleshooter.pages.find import changed
from troubleshooter.pages.home import Home
from troubleshooter.pages.photo_dialog import PhotoDialog, PhotoRefused
from troubleshooter.scenario import Scenario, StepDefinition
from troubleshooter.steps.clock import now
from troubleshooter.steps.context import PhotoToAdd, RunContext
from troubleshooter.steps.home import needed_panel, open_home, open_private_session, see_panel
from troubleshooter.steps.observations import Observations
from troubleshooter.steps.profile_properties import properties_before_photo
from troubleshooter.steps.recorder import FoundByStructure, PhotoSent
from troubleshooter.steps.step_run import StepRun
from troubleshooter.steps.stored_photo import keep_panel_picture, shows_photo_to_add
from troubleshooter.urls import host_of

_ASK_ADMIN = message(
    "Ask the Microsoft 365 admin whether users may change their photo: that depends on the photo source (cloud or "
    "on-premises), the allowed roles, and the mailbox policy. Changes to these take up to 24 hours."
)
_DOORS = 3
"""How many of the account panel's links are tried to reach the place where the photo is changed."""


def _photo_of(step: StepRun) -> PhotoToAdd:
    assert step.context.photo, "a run that changes the photo was given one"
    return step.context.photo


async def choose_photo(step: StepRun) -> None:
    """A1: show the photo, which was checked before the run began, and mark the part that the service will keep."""
    photo = _photo_of(step).kept
    crop = Mark(number=1, box=photo.kept, label=message("what a square crop from the middle keeps"))
    step.recorder.add(
        Picture(
            path=photo.shot,
            px=photo.natural_px,
            taken_at=now(),
            caption=message("The photo to add"),
            marks=(crop,),
        )
    )


async def go_to_office(step: StepRun) -> None:
    """A2: go to office.com and sign in."""
    await open_private_session(step)
    async with properties_before_photo(step):
        await open_home(step)


async def select_account_button(step: StepRun) -> None:
    """A3: select the circle at the top right, and keep the picture that the panel shows now."""
    home = Home(step.workspace.tab, step.context.timeout)
    async with properties_before_photo(step):
        picture = await needed_panel(step, home)
        await keep_panel_picture(step, picture.locator)
    marks = [(picture.locator, message("the circle in the account panel"))]
    await step.photograph(message("The account panel"), marks)


async def change_photo(step: StepRun) -> None:
    """A4: select the circle again, and use whichever window opens: dialog, My Account, or Microsoft 365 profile."""
    step.recorder.add(FoundByStructure())
    workspace = step.workspace
    home = Home(workspace.tab, step.context.timeout)
    unrecognized = False
    for number in range(_DOORS):
        await home.open_panel()
        doors = await home.doors()
        if number >= len(doors):
            break
        door = doors[number].locator
        await step.photograph(message("The account panel"), [(door, message("what is selected next"))])
        window = await _open(step, home, door.click)
        if window is None:
            continue
        try:
            if await _send(step, window):
                return
        finally:
            if window.page is not home.page:
                workspace.turn_to(home.page)
                await window.page.close()
        unrecognized |= window.unrecognized
        if window.page is home.page:
            await home.page.goto(step.context.tenant.home, wait_until="commit")
    if unrecognized:
        note = message("A window opened, but nothing in it is known to change the photo; nothing was sent.")
        raise changed(note, [WINDOW.id, FILE.id, CHANGE.id], PhotoDialog.name)
    raise Stopped(
        Reason.UPLOAD_NOT_ALLOWED,
        message("Microsoft 365 offers this account no way to change the photo; nothing was changed."),
        _ASK_ADMIN,
    )


async def _open(step: StepRun, home: Home, click: Callable[[], Awaitable[None]]) -> PhotoDialog | None:
    """Click one of the panel's links; return the window that it opens, or None if nothing opened."""
    workspace, timeout = step.workspace, step.context.timeout
    over = PhotoDialog(home.page, workspace.traffic(home.page), timeout, whole_page=False)
    before = home.page.url
    await workspace.follow(click, unless=lambda: over.appears(min(4, timeout)))
    page = workspace.tab
    if page is home.page and page.url == before:
        return over if (await over.look()).dialogs else None
    sign_in = workspace.guard.hosts.sign_in
    await page.wait_for_url(lambda url: host_of(url) not in sign_in and "code=" not in url, wait_until="commit")
    await page.wait_for_load_state("domcontentloaded")
    return PhotoDialog(page, workspace.traffic(page), timeout, whole_page=True)


async def _send(step: StepRun, window: PhotoDialog) -> bool:
    """Choose the file in `window` and confirm; return False, with nothing sent, if it offers no way to do so."""
    field = await window.reach_file()
    if field is None:
        await step.photograph(message("No way to change the photo here"), tab=window.page)
        return False
    await step.photograph(message("Where the photo is changed"), tab=window.page)
    photo = _photo_of(step).upload
    try:
        await window.choose(field, {"name": photo.name, "mimeType": photo.mime, "buffer": photo.data})
        for _ in range(window.most_clicks):
            button = await window.next_button()
            if button is None:
                break
            marks = [(button, message("the button that confirms"))]
            await step.photograph(message("The photo is chosen"), marks, tab=window.page)
            await window.confirm(button)
        await window.left()
        await window.next_button()
    except PhotoRefused as refused:
        await step.photograph(message("The photo was refused"), tab=window.page)
        if refused.status == HTTPStatus.UNAUTHORIZED:
            note = message("The session had ended when the photo was sent (status 401); nothing was changed.")
            raise CannotTell(Reason.SIGNED_OUT, note) from refused
        said = message(
            "Microsoft 365 refused the photo (status {status}: {words}); nothing was changed.",
            status=refused.status or "–",
            words=refused.words or "–",
        )
        raise Stopped(Reason.UPLOAD_REFUSED, said, _ASK_ADMIN) from refused
    finally:
        window.done_watching()
        if window.sent:
            step.recorder.add(PhotoSent(now()))  # recorded in any case, so that a repeated run does not send it twice
    if not window.sent:
        note = message("The photo was chosen, but nothing shows that it was sent to Microsoft 365.")
        raise CannotTell(Reason.PAGE_CHANGED, note, page=window.name)
    await step.photograph(message("The photo was sent"), tab=window.page)
    return True


async def wait_for_photo(step: StepRun) -> None:
    """Outside the article: reopen the account panel until it shows the photo, or the time limit is reached."""
    tab, timeout = step.workspace.tab, step.context.timeout
    loop = asyncio.get_running_loop()
    deadline, patience = loop.time() + timeout, 1.0
    async with properties_before_photo(step):
        while True:
            await tab.goto(step.context.tenant.home, wait_until="domcontentloaded")
            home = Home(tab, timeout)
            picture = await needed_panel(step, home)
            await step.workspace.traffic(tab).settle(timeout)
            if await shows_photo_to_add(step, picture.locator) or loop.time() >= deadline:
                break
            await home.picture_changes(min(patience, max(0.1, deadline - loop.time())))
            patience *= 2
        await see_panel(step, home, await home.panel_picture())


def _not_yet_sent(context: RunContext, seen: Observations) -> bool:  # noqa: ARG001
    return context.photo is not None and not context.photo.sent_before


SCENARIO = Scenario(
    id="add-photo",
    title="Add the profile photo",
    summary="Adds a photo as the user, through whichever window the tenant shows, and waits until it can be seen.",
    steps=(
        StepDefinition("choose-photo", "A1", "Choose the photo and check it", choose_photo),
        StepDefinition("office-com", "A2", "Go to {home} and sign in as {account}", go_to_office, essential=True),
        StepDefinition("circle", "A3", "Select the circle at the top right", select_account_button, essential=True),
        StepDefinition(
            "change-photo",
            "A4",
            "Select the circle again and change the photo",
            change_photo,
            when=_not_yet_sent,
            essential=True,
        ),
        StepDefinition("photo-shown", None, "Check whether the account panel shows the photo", wait_for_photo),
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
                headline=N_("{name}’s new photo is in Microsoft 365"),
                action=N_(
                    "Give the other places time: most update within hours, SharePoint within 24 hours. Then check them."
                ),
                check_with="photo-differs",
            ),
            OutcomeDetails(
                outcome=Outcome.PENDING,
                reached=False,
                label=N_("Pending"),
                headline=N_("{name}’s new photo was sent, but is not visible yet"),
                action=N_("Wait, then check again: a new photo appears after minutes to hours, at most a day."),
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
