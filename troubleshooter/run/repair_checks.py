"""Checks of `locators.toml` for `doctor`: which repairs there are, and which of them found something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from troubleshooter.browser.locator_use import LocatorUse
from troubleshooter.model.locators import FoundBy
from troubleshooter.run.checkup import Row, fail, note, ok
from troubleshooter.run.repairs import NAME


def repair_rows(use: LocatorUse, given: Path | None) -> Iterator[Row]:
    """Yield a row for each repair, after the accounts have signed in with them.

    Args:
        given: the file that `--locators` names.
    """
    found = {match.id: match for match in use.matches}
    for id_ in use.repairs:
        what = f"{given.name if given else NAME}: {id_}"
        match = found.get(id_)
        if match is None:
            yield note(what, "not tried: signing in and opening the account panel does not need it; a run will")
        elif match.by is FoundBy.REPAIR:
            yield ok(what, f"{match.selector} matches")
        elif match.by is FoundBy.NOTHING:
            yield fail(what, "matches nothing, and neither does any other selector; look at the page again")
        else:
            yield note(
                what, f"matches nothing; {match.selector or 'the structure of the page'} does: is it still needed?"
            )
