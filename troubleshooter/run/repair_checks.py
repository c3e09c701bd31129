"""Checks of `locators.toml` for `doctor`: which repairs there are, and which of them found something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from troubleshooter.browser import launch
from troubleshooter.browser.locator_use import LocatorUse, using
from troubleshooter.browser.selector_check import check_repairs
from troubleshooter.errors import InputError, Stopped
from troubleshooter.model.locators import FoundBy
from troubleshooter.run.checkup import Row, fail, note, ok
from troubleshooter.tenant.tenant import Tenant


async def wrong_repair(use: LocatorUse, tenant: Tenant, options: launch.Options) -> str:
    """Start a browser if there are repairs; return which of them it does not accept, or an empty string."""
    if not use.repairs:
        return ""
    try:
        with using(use):
            async with launch.opened(options, tenant.hosts(), tenant.network) as (session, _):
                await check_repairs(session)
    except InputError as error:
        return str(error)
    except Stopped:
        return ""  # without a browser, more than this is wrong, and reported
    return ""


def repair_rows(use: LocatorUse) -> Iterator[Row]:
    """Yield a row for each repair, after the accounts have signed in with them."""
    found = {match.id: match for match in use.matches}
    for id_ in use.repairs:
        what = f"{Path(use.file).name}: {id_}"
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
