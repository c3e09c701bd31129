"""Signs in and, at most once per run, signs in again if the session was lost without an error."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from troubleshooter.errors import CannotTell, Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.signin.credentials import SignInSettings
from troubleshooter.signin.driver import SignIn
from troubleshooter.steps.step_run import StepRun


async def sign_in(step: StepRun) -> None:
    """Sign in with the run's account in the current tab.

    Raises:
        Stopped: the account was not let in.
    """
    workspace = step.workspace
    await SignIn(workspace.tab, workspace.guard, step.context.credentials, settings_of(step)).run()


def settings_of(step: StepRun) -> SignInSettings:
    """Return how the account signs in: as the run requests, but more strictly the second time."""
    context = step.context
    return SignInSettings(
        timeout=context.timeout,
        learn=context.redactor.learn,
        operator=context.operator,
        interactive=context.interactive,
        again=step.workspace.signed_in_again,
        acted_on=lambda element, what: step.photograph(message("Sign-in"), [(element, what)]),
    )


async def retry_if_signed_out(step: StepRun, work: Callable[[], Awaitable[None]]) -> None:
    """Run `work`; if the session was lost, sign in again and retry it once.

    Raises:
        CannotTell: the session was lost again, or the second sign-in was refused (`signed-out`).
    """
    try:
        await work()
    except CannotTell as error:
        if error.reason is not Reason.SIGNED_OUT or not step.workspace.use_second_sign_in():
            raise
        try:
            await sign_in(step)
        except Stopped as stop:
            if stop.reason in (Reason.UNEXPECTED_HOST, Reason.SESSION_CONTROL, Reason.TENANT_MOVED):
                raise
            if stop.code:
                note = message(
                    "The session was lost, and signing in again failed: {why} ({code})", why=stop.what, code=stop.code
                )
            else:
                note = message("The session was lost, and signing in again failed: {why}", why=stop.what)
            raise CannotTell(Reason.SIGNED_OUT, note) from stop
        step.note(message("The session was lost without an error; the account signed in a second time."))
        await work()
