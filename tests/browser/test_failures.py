"""Each kind of Playwright error becomes a result or an error of our own, or ends a step or a run."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeout

from troubleshooter.browser.failures import (
    BrowserFailure,
    TimedOut,
    browser_failures,
    in_time,
    or_default,
    read_or_default,
    result_in_time,
    stopped_if_unreachable,
    succeeded,
    translated_errors,
)
from troubleshooter.errors import CannotTell, Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message

HOME = "https://www.office.com/"
FAILURES = (Error("Element is not attached to the DOM"), PlaywrightTimeout("Timeout 1000ms exceeded."))
REBUILT = Error("Page.evaluate: Execution context was destroyed, most likely because of a navigation")


async def work(outcome: object) -> object:
    """Return `outcome`, or raise it if it is an error."""
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def reading(outcome: BaseException | bool):
    """Return a function that returns `outcome`, or raises it if it is an error."""

    def read() -> bool:
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    return read


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failure_becomes_a_default(failure: Error):
    """If the browser fails or times out, the default is returned."""
    assert "default" == await or_default(work(failure), "default")
    assert not await succeeded(work(failure))
    assert "default" == read_or_default(reading(failure), "default")


async def test_without_a_failure_the_result_is_returned():
    """Without a failure the result is returned, even if it is None."""
    assert None is await or_default(work(None), "default")
    assert await succeeded(work(None))
    assert await in_time(work(None))
    assert "result" == await result_in_time(work("result"))
    assert True is read_or_default(reading(True), False)


@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failure_is_raised_where_its_page_was_closed(failure: Error):
    """A failure is raised instead of replaced by the default if the page that everything depends on was closed."""
    closed, still_open = (SimpleNamespace(is_closed=lambda state=state: state) for state in (True, False))
    with pytest.raises(Error):
        await or_default(work(failure), "default", unless_closed=closed)
    assert "default" == await or_default(work(failure), "default", unless_closed=still_open)


async def test_only_a_timeout_is_late():
    """Only a timeout counts as late; any other failure is raised unchanged."""
    failure, late = FAILURES
    assert not await in_time(work(late))
    assert await result_in_time(work(late)) is None
    for waiting in (in_time, result_in_time):
        with pytest.raises(Error) as caught:
            await waiting(work(failure))
        assert failure is caught.value


@pytest.mark.parametrize("handler", [or_default, succeeded, in_time, result_in_time])
@pytest.mark.parametrize("error", [ValueError("no JSON"), TimeoutError(), asyncio.CancelledError()])
async def test_other_errors_are_not_the_browsers(handler, error: BaseException):
    """Errors that do not come from the browser, including our own timeouts and cancellations, are raised unchanged."""
    with pytest.raises(type(error)):
        await (handler(work(error), None) if handler is or_default else handler(work(error)))


@pytest.mark.parametrize(
    ("failure", "expected"),
    [(FAILURES[0], BrowserFailure), (FAILURES[1], TimedOut), (BrowserFailure("crashed"), BrowserFailure)],
)
def test_failures_are_raised_as_ours(failure: Exception, expected: type[BrowserFailure]):
    """Playwright's failures are raised as ours with their kind and message; our own errors are raised unchanged."""
    with pytest.raises(BrowserFailure) as caught, browser_failures():
        raise failure
    assert expected is type(caught.value)
    assert str(failure) == caught.value.said


def in_browser(*, signed_in: bool, trouble: Stopped | None = None) -> SimpleNamespace:
    """Return fake work in a browser; `trouble` is the error with which the guard stopped it."""
    future: asyncio.Future[Stopped] = asyncio.get_running_loop().create_future()
    if trouble:
        future.set_result(trouble)
    return SimpleNamespace(timeout=8.0, signed_in=signed_in, address=HOME, trouble=future)


@pytest.mark.parametrize("error", [FAILURES[1], TimeoutError()])
async def test_a_late_page_ends_its_step_and_before_sign_in_the_run(error: Exception):
    """After sign-in a timeout ends the step; before sign-in it stops the run, because the host did not respond."""
    with pytest.raises(CannotTell) as step, translated_errors(in_browser(signed_in=True)):
        raise error
    assert Reason.IMAGES_NOT_SETTLED is step.value.reason
    assert "within 8 s" in step.value.note.text
    with pytest.raises(Stopped) as run, translated_errors(in_browser(signed_in=False)):
        raise error
    assert Reason.HOST_UNREACHABLE is run.value.reason
    assert "www.office.com" in run.value.what.text


PAGE = "https://contoso.sharepoint.com/SitePages/closed.aspx?Page-crashed=Target-closed&net::ERR_TIMED_OUT=detached"
"""An address with the words of every other failure in it."""
LOG = f'\nCall log:\n  - navigating to "{PAGE}", waiting until "commit"\n'


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (f"Page.goto: net::ERR_TOO_MANY_REDIRECTS at {PAGE}", Reason.REDIRECT_LOOP),
        ("Page.goto: Download is starting", Reason.NOT_A_PAGE),
        (f"Page.goto: net::ERR_ABORTED at {PAGE}", Reason.NOT_A_PAGE),
        ("Page.wait_for_url: net::ERR_ABORTED; maybe frame was detached?", Reason.NOT_A_PAGE),
        (f"Page.goto: net::ERR_CONNECTION_RESET at {PAGE}", Reason.CONNECTION_FAILED),
        (f"Page.goto: net::ERR_BLOCKED_BY_ADMINISTRATOR at {PAGE}", Reason.PAGE_BLOCKED),
        (f"Page.goto: net::ERR_NOBODY_KNOWS_THIS at {PAGE}", Reason.PAGE_FAILED),
        (
            f'Page.goto: Navigation to "{PAGE}" is interrupted by another navigation to "about:blank"',
            Reason.PAGE_CHANGED,
        ),
    ],
)
async def test_a_page_that_does_not_open_ends_its_step_once_signed_in(said: str, reason: Reason):
    """By the kind of the error: no word in the page's address makes it another one."""
    with pytest.raises(CannotTell) as step, translated_errors(in_browser(signed_in=True)):
        raise Error(said + LOG)
    assert reason is step.value.reason


@pytest.mark.parametrize(
    "said", [f"net::ERR_TOO_MANY_REDIRECTS at {PAGE}", "Download is starting", f"net::ERR_NOBODY_KNOWS_THIS at {PAGE}"]
)
async def test_before_sign_in_a_page_that_does_not_open_stops_the_run(said: str):
    """Nothing can go on without it."""
    with pytest.raises(Stopped) as run, translated_errors(in_browser(signed_in=False)):
        raise Error(f"Page.goto: {said}{LOG}")
    assert Reason.HOST_UNREACHABLE is run.value.reason


async def test_the_host_that_failed_is_named():
    """It is the one that Playwright names, unless a better one is known; else the page's."""
    for failure, host in (
        (Error("net::ERR_NAME_NOT_RESOLVED at https://contoso.sharepoint.com/x"), "contoso.sharepoint.com"),
        (BrowserFailure("net::ERR_NAME_NOT_RESOLVED at https://a.example", "https://b.example/x"), "b.example"),
        (Error("net::ERR_NAME_NOT_RESOLVED"), "www.office.com"),
    ):
        with pytest.raises(Stopped) as run, translated_errors(in_browser(signed_in=False)):
            raise failure
        assert f"The name {host} was not found (ERR_NAME_NOT_RESOLVED)." == run.value.what.text


async def test_a_proxy_that_refuses_is_told_from_a_host():
    """The stop has a reason of its own, and says what to check."""
    with pytest.raises(Stopped) as run, translated_errors(in_browser(signed_in=False)):
        raise Error(f"Page.goto: net::ERR_PROXY_CONNECTION_FAILED at {HOME}")
    assert Reason.PROXY is run.value.reason
    assert "Check the proxy’s address" in run.value.help.text
    assert run.value.may_pass


async def test_what_nothing_can_be_seen_without_stops_the_run_even_after_sign_in():
    """An unreachable host does; a page that is no page, or moves on, does not."""
    with pytest.raises(Stopped), stopped_if_unreachable(HOME):
        raise Error(f"Page.goto: net::ERR_NAME_NOT_RESOLVED at {HOME}")
    with pytest.raises(BrowserFailure), stopped_if_unreachable(HOME):
        raise Error(f"Page.goto: net::ERR_ABORTED at {HOME}")


@pytest.mark.parametrize(
    "said",
    [
        "Target page, context or browser has been closed",
        "Page.wait_for_url: Target page, context or browser has been closed\n=== logs ===\nwaiting",
        "Page.goto: Page crashed",
        "Page.evaluate: Target crashed ",
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
async def test_a_browser_that_ended_by_itself_ends_the_step(said: str, signed_in: bool):
    """A browser that closes or crashes ends the step, because nothing more can be seen."""
    with pytest.raises(CannotTell) as step, translated_errors(in_browser(signed_in=signed_in)):
        raise Error(said)
    assert Reason.CRASHED is step.value.reason


async def test_a_page_that_was_rebuilt_ends_its_step_once_signed_in():
    """After sign-in, a page that changes during inspection ends its step; before sign-in, it is an error."""
    with pytest.raises(CannotTell) as step, translated_errors(in_browser(signed_in=True)):
        raise REBUILT
    assert Reason.PAGE_CHANGED is step.value.reason
    with pytest.raises(BrowserFailure), translated_errors(in_browser(signed_in=False)):
        raise REBUILT


async def test_what_the_guard_stopped_comes_before_what_failed_by_it():
    """If the guard refused a page, the reported reason is the refusal, not the failure that it caused."""
    refusal = Stopped(Reason.UNEXPECTED_HOST, message("x"), message("y"))
    with pytest.raises(Stopped) as run, translated_errors(in_browser(signed_in=True, trouble=refusal)):
        raise Error("net::ERR_BLOCKED_BY_CLIENT")
    assert refusal is run.value


async def test_other_failures_stay_errors():
    """An unexpected failure is a defect, so it is raised as an error."""
    with pytest.raises(BrowserFailure), translated_errors(in_browser(signed_in=True)):
        raise Error("Unexpected token")
    with pytest.raises(LookupError), translated_errors(in_browser(signed_in=True)):
        raise LookupError
