"""A sign-in that ends on a page that nobody knows says what it looked for there."""

from __future__ import annotations

import pytest

from troubleshooter.browser.locator_use import LocatorUse, using
from troubleshooter.model.enums import Reason
from troubleshooter.model.locators import FoundBy
from troubleshooter.signin.actions import Progress
from troubleshooter.signin.expected import note_expected
from troubleshooter.signin.selectors import PARTS
from troubleshooter.signin.stop_messages import stopped


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (Progress(), {"sign-in.email"}),
        (Progress(usernames_typed=1), {"sign-in.primary", "sign-in.password"}),
        (Progress(usernames_typed=1, password_typed=True), {"sign-in.primary", "sign-in.kmsi", "sign-in.back"}),
    ],
)
def test_what_came_next_is_named(progress: Progress, expected: set[str]):
    """First the user name, then the password, then what follows it; what was found before stays found."""
    with using(LocatorUse()) as use:
        use.found(PARTS["primary"], "#idSIButton9")
        stop = stopped(Reason.UNKNOWN_SIGN_IN_SCREEN)
        note_expected(stop, progress)
    missed = {match.id for match in use.matches if match.by is FoundBy.NOTHING}
    assert expected - {"sign-in.primary"} == missed
    assert all(id_ in stop.help.text for id_ in missed)
    assert "sign-in.primary" not in stop.help.text


@pytest.mark.parametrize(("reason", "code"), [(Reason.WRONG_PASSWORD, None), (Reason.SIGN_IN_ERROR, "AADSTS50196")])
def test_a_refusal_is_no_redesign(reason: Reason, code: str | None):
    """Where the service says why it ended, nothing was looked for in vain."""
    with using(LocatorUse()) as use:
        stop = stopped(reason, code)
        note_expected(stop, Progress())
    assert () == use.matches
    assert "locators.toml" not in stop.help.text


def test_a_repair_on_the_way_is_doubted():
    """Where a repair found a field before, the stop says first to check it: it may be why the next page is unknown."""
    with using(LocatorUse({"sign-in.email": ("input",)})) as use:
        use.found(PARTS["email"], "input")
        stop = stopped(Reason.UNKNOWN_SIGN_IN_SCREEN)
        note_expected(stop, Progress(usernames_typed=1, password_typed=True))
    assert stop.help.text.startswith(
        "Check the selectors of locators.toml for sign-in.email: what they find led to this."
    )
    assert "Not found: sign-in.primary, sign-in.kmsi, sign-in.back. If the page" in stop.help.text
