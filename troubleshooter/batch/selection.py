"""Chooses which users of a list are checked, by what an earlier run found (`--only LIST --from RUN`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from troubleshooter.batch.user_row import UserRow
from troubleshooter.errors import InputError, did_you_mean
from troubleshooter.model.batch_records import UserResult
from troubleshooter.model.enums import Verdict


class Only(StrEnum):
    """Users that can be chosen."""

    NEW = "new"
    """Those who have no result in the earlier run."""
    CHANGED = "changed"
    """Those about whom the list asks something else than the earlier run did."""
    UNDETERMINED = "undetermined"
    """Those of whom the earlier run could not tell."""
    FAILED = "failed"
    """Those who were out of sync or without photo, accepted or not."""


def parse_only(text: str) -> frozenset[Only]:
    """Return what `--only` names, separated by commas.

    Raises:
        InputError: a name is not known.
    """
    chosen = set()
    for name in (part.strip().lower() for part in text.split(",")):
        if name not in list(Only):
            raise InputError("--only", f"no users {name!r}{did_you_mean(name, Only)}")
        chosen.add(Only(name))
    return frozenset(chosen)


def chosen(rows: Iterable[UserRow], only: frozenset[Only], earlier: Iterable[UserResult]) -> tuple[UserRow, ...]:
    """Return the users who are at least one of `only`; their numbers stay those of the whole list."""
    before = {result.upn: result for result in earlier}
    return tuple(row for row in rows if only & _what_is(row, before.get(row.upn)))


def _what_is(row: UserRow, before: UserResult | None) -> set[Only]:
    if before is None:
        return {Only.NEW}
    found = set()
    if _asked_otherwise(row, before):
        found.add(Only.CHANGED)
    if not before.certain or before.set_aside:
        found.add(Only.UNDETERMINED)
    elif before.verdict is not Verdict.IN_SYNC:
        found.add(Only.FAILED)
    return found


def _asked_otherwise(row: UserRow, before: UserResult) -> bool:
    """Return whether something else is asked now; where the earlier result does not say, by its pages alone."""
    pages: Sequence[str] = before.pages
    return row.fingerprint != before.asked if before.asked else tuple(pages) != row.pages
