"""A session that was lost without an error: the account signs in a second time, once in a run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from troubleshooter.errors import CannotTell, Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.signin.credentials import Credentials, SignInSettings
from troubleshooter.signin.driver import SignIn
from troubleshooter.steps.context import Visit


def signing_in(visit: Visit) -> SignIn:
    """Return a sign-in of the run's account on its present tab."""
    assert visit.tab and visit.session
    credentials = Credentials(visit.username, visit.password(), visit.totp, visit.used)
    settings = SignInSettings(
        timeout=visit.timeout,
        learn=visit.redactor.learn,
        operator=visit.operator,
        interactive=visit.interactive,
        again=visit.signed_in_again,
        acted_on=lambda element, what: visit.photograph(message("Sign-in"), [(element, what)]),
    )
    return SignIn(visit.tab, visit.session.guard, credentials, settings)


async def once_more_if_signed_out(visit: Visit, work: Callable[[], Awaitable[None]]) -> None:
    """Do `work`; where it finds that the session was lost, sign in again and do it once more.

    Raises:
        CannotTell: the session was lost again, or the second sign-in was refused (`signed-out`).
    """
    try:
        await work()
    except CannotTell as error:
        if error.reason is not Reason.SIGNED_OUT or visit.signed_in_again:
            raise
        visit.signed_in_again = True
        try:
            await signing_in(visit).run()
        except Stopped as stop:
            if stop.reason is Reason.UNEXPECTED_HOST:
                raise
            why = f"{stop.what.text} ({stop.code})" if stop.code else stop.what.text
            note = message("The session was lost, and signing in again failed: {why}", why=why)
            raise CannotTell(Reason.SIGNED_OUT, note) from stop
        visit.note = message("The session was lost on the way without an error; the account signed in once more.")
        await work()
