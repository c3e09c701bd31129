"""Goes back to the home page during a run, and notices at once if nobody is signed in any more."""

from __future__ import annotations

from troubleshooter.browser.opening import open_page
from troubleshooter.pages import find
from troubleshooter.pages.home import ME, Home
from troubleshooter.pages.sign_in_prompt import signed_out
from troubleshooter.signin.selectors import PARTS
from troubleshooter.steps.step_run import StepRun

_WELCOME = PARTS["sign_in_link"]
"""What the home page shows to a first-time visitor, even one who is already signed in."""
_SIGN_IN_FORM = (PARTS["email"], PARTS["password"], PARTS["tiles"])
"""What is shown to a visitor who has to sign in first."""


async def return_home(step: StepRun) -> Home:
    """Go to the home page, and return it once its account button has appeared.

    Raises:
        CannotTell: nobody is signed in any more (`signed-out`), or the home page is not recognized.
    """
    tab, context = step.workspace.tab, step.context
    await open_page(tab, context.tenant.home, "commit")
    found = await find.anywhere(tab, (ME, *_SIGN_IN_FORM, _WELCOME), context.timeout)
    if found and found.definition is _WELCOME:
        await open_page(tab, f"{context.tenant.home}/?auth=2", "commit")
        found = await find.anywhere(tab, (ME, *_SIGN_IN_FORM), context.timeout)
    if found and found.definition in _SIGN_IN_FORM:
        raise signed_out(context.tenant.home)
    home = Home(tab, context.timeout)
    await home.me()
    return home
