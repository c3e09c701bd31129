"""Checks the same places in a copy of a given browser profile, caches included, to see what only a cache shows.

Nothing is typed there, nobody signs in, and nothing is intercepted. If the check is not possible, the reason is
reported, and the verdict is reached without it.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from typing import Any

from troubleshooter.browser import launch, profile_copy
from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.guard import unless_stopped
from troubleshooter.browser.patience import patience
from troubleshooter.errors import CannotTell, LeftOut, Stopped
from troubleshooter.model.enums import PAGE_CONTENT, USERPHOTO, Reason, SessionKind, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Picture, Sighting
from troubleshooter.pages import find, start_page
from troubleshooter.pages.header import SuiteHeader
from troubleshooter.pages.home import ME, Home, steady
from troubleshooter.pages.site_page import SitePage
from troubleshooter.signin.selectors import PARTS
from troubleshooter.steps.endpoint import endpoint
from troubleshooter.steps.home import see_panel
from troubleshooter.steps.page_visit import PageVisit
from troubleshooter.steps.recorder import Note, SignedInAs, StepRecorder
from troubleshooter.steps.sighting import header
from troubleshooter.steps.signed_in_as import who_is_signed_in
from troubleshooter.steps.site_page import see_subject
from troubleshooter.steps.step_run import StepRun
from troubleshooter.steps.workspace import Workspace
from troubleshooter.surfaces import userphoto

_WELCOME = PARTS["sign_in_link"]
"""What the home page shows to a first-time visitor, even one who is already signed in."""
_SIGN_IN_FORM = (PARTS["email"], PARTS["password"], PARTS["tiles"])
"""What is shown to a visitor who has to sign in first."""
_PATIENCE = 20.0
"""Seconds to wait for the home page to show who is signed in."""


async def see_browser_profile(step: StepRun) -> None:
    """Outside the article: see home, SharePoint and the pages as a copy of the given browser profile shows them."""
    context, compared = step.context, step.context.profile
    browser = step.workspace.session.context.browser
    assert compared and browser
    if compared.browser.proxy and compared.browser.proxy.password:
        why = message("With a proxy that asks for a password, the cache is not used, so the profile was not compared.")
        raise _left_out(step, Reason.NOT_REACHED, why)
    hosts, network = context.tenant.hosts(context.account), context.tenant.network
    try:
        async with (
            profile_copy.copied(compared.profile) as folder,
            launch.opened_with(browser.browser_type, folder, compared.browser, hosts, network) as session,
        ):
            workspace = Workspace(
                session,
                step.workspace.camera,
                home=context.tenant.home,
                timeout=context.timeout,
                kind=SessionKind.PROFILE,
            )
            # What the profile shows says nothing about the private session: only these entries go into the record.
            inside = StepRun(context, workspace, step.seen.beside(own := StepRecorder(step.recorder.step)), own)
            try:
                with browser_failures():
                    await unless_stopped(_see(inside), session.guard.trouble)
            finally:
                step.recorder.add(*own.of(Sighting), *own.of(Picture), *own.of(Note))
    except Stopped as error:
        raise _left_out(step, error.reason, error.what) from error
    except CannotTell as error:
        raise _left_out(step, error.reason, error.note) from error
    except (BrowserFailure, TimeoutError) as error:
        why = message("In the browser profile the home page did not open, so it was not compared.")
        raise _left_out(step, Reason.NOT_REACHED, why) from error


def _left_out(step: StepRun, reason: Reason, why: Message) -> LeftOut:
    step.cannot_see(None, why, reason)
    return LeftOut(reason, why)


async def _see(step: StepRun) -> None:
    step.workspace.turn_to(await step.workspace.open_tab())
    await _see_home(step)
    missed = []
    for name, see in _places(step):
        patience().begin_step()
        try:
            with browser_failures():
                await see()
        except (CannotTell, BrowserFailure, TimeoutError):
            missed.append(name)
    if missed:
        step.note(message("The browser profile did not show: {places}", places=", ".join(missed)))


def _places(step: StepRun) -> Iterator[tuple[str, Callable[[], Coroutine[Any, Any, object]]]]:
    """Yield each place's name and how to see it: SharePoint's header, the pages, the photo's direct SharePoint URL."""
    surfaces = step.context.surfaces
    if Surface.SHAREPOINT_HEADER in surfaces:
        yield "SharePoint", partial(_see_sharepoint, step)
    for index, url in enumerate(step.seen.pages if surfaces & set(PAGE_CONTENT) else ()):
        yield url, partial(_see_page, step.on_page(index))
    for surface in [surface for surface in USERPHOTO if surface in surfaces]:
        url = userphoto.address(step.context.tenant.sharepoint, userphoto.SIZES[surface], step.context.subject)
        yield url, partial(endpoint, step, step.workspace.tab, url, surface)


async def _see_home(step: StepRun) -> None:
    """Go to the home page, and check that the run's account is signed in there.

    Raises:
        LeftOut: nobody is signed in, or another account is.
    """
    context, workspace = step.context, step.workspace
    await workspace.tab.goto(context.tenant.home, wait_until="commit")
    seconds = min(context.timeout, _PATIENCE)
    found = await find.anywhere(workspace.tab, (ME, *_SIGN_IN_FORM, _WELCOME), seconds)
    if found and found.definition is _WELCOME:
        await workspace.tab.goto(f"{context.tenant.home}/?auth=2", wait_until="commit")
        found = await find.anywhere(workspace.tab, (ME, *_SIGN_IN_FORM), seconds)
    if found is None or found.definition is not ME:
        why = message("In the browser profile nobody is signed in, so it was not compared.")
        raise LeftOut(Reason.SIGNED_OUT, why)
    await steady(workspace.tab, context.timeout)
    home = Home(workspace.tab, context.timeout)
    await home.open_panel()
    upn = (await who_is_signed_in(step, home)).upn
    if upn != context.username.lower():
        why = message(
            "In the browser profile {account} is signed in, not {wanted}, so it was not compared.",
            account=upn or "–",
            wanted=context.username,
        )
        raise LeftOut(Reason.WRONG_ACCOUNT, why)
    step.recorder.add(SignedInAs(upn))
    workspace.sign_in_is_over()
    await see_panel(step, home, await home.panel_picture())
    await home.close_panel()


async def _see_sharepoint(step: StepRun) -> None:
    """See the header on SharePoint's start page."""
    workspace, origin = step.workspace, step.context.tenant.sharepoint
    await workspace.tab.goto(start_page.address(origin), wait_until="commit")
    await workspace.arrive(origin)
    me = await SuiteHeader(workspace.tab, step.context.timeout).me()
    await header(step, workspace.tab, me, Surface.SHAREPOINT_HEADER)


async def _see_page(step: StepRun) -> None:
    """See the subject on one of the pages."""
    assert step.page is not None
    tab = step.workspace.tab
    page = SitePage(tab, step.workspace.traffic(tab), step.context.timeout)
    await page.open(step.seen.pages[step.page], step.workspace.guard.hosts)
    await see_subject(PageVisit(step, page))
