"""In which order tests begin: those that take long first, so that no worker is left alone with one at the end."""

from __future__ import annotations

LONG = (
    "tests/scenarios/test_acting.py::test_one_photo_through_all_stores",
    "tests/test_rehearsals.py::test_ends",  # the others there look at these runs: they come late
    "tests/test_rehearsals.py::test_broken",
    "tests/steps/test_other_surfaces.py::",
    "tests/steps/test_browser_profile.py::",
    "tests/scenarios/test_acting.py::",
    "tests/steps/test_find_pages.py::test_pages_are_found",
    "tests/steps/test_find_pages.py::test_no_page",
    "tests/cli/test_recheck.py::",
    "tests/test_leaks.py::",
    "tests/steps/test_sign_in.py::",
    "tests/cli/test_commands.py::test_a_served",
    "tests/cli/test_commands.py::test_demo",
    "tests/cli/test_commands.py::test_an_interrupted",
    "tests/cli/test_commands.py::test_doctor",
    "tests/signin/test_check.py::",
    "tests/sandbox/test_pages.py::",
    "tests/sandbox/test_sign_in_traps.py::",
    "tests/report/test_in_browser.py::",
    "tests/browser/test_guard.py::",
    "tests/pages/",
    "tests/cli/",
)
"""How the names of long tests begin, longest first; the others follow as they are found."""


def turn(name: str) -> int:
    """Return the place of the test `name` in the order: a small number begins early."""
    return next((place for place, start in enumerate(LONG) if name.startswith(start)), len(LONG))
