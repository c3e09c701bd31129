"""Refreshes the list of runs at the end of a command that added or removed one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from troubleshooter.cli.console import say
from troubleshooter.errors import CannotWrite, InputError


def refresh_index(folder: Path, lang: str = "en", *, only_if_there: bool = False) -> None:
    """Write the list of the runs in a folder again; if that fails, say so, because the runs themselves are complete.

    Args:
        lang: its language, if it is new.
    """
    from troubleshooter.run.reports_index import has_index, write_index  # noqa: PLC0415 - loads what renders

    if only_if_there and not has_index(folder):
        return
    try:
        write_index(folder, datetime.now(UTC), usual=lang)
    except (CannotWrite, InputError, OSError) as error:
        say(f"The list of runs was not written: {error}")
