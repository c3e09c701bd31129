"""Reads which differences are known, and until when they are accepted (`--accept FILE`).

The file is a CSV, like the list of users, so that the same people edit it with the same programs, and it is read in the
same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from troubleshooter.batch.columns import plain, without_claims
from troubleshooter.batch.table_text import LEGACY, TableRow, read_table
from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.errors import InputError, InputErrors, did_you_mean
from troubleshooter.evidence.redacted import for_file
from troubleshooter.model.batch_records import Acceptance, UserResult
from troubleshooter.model.enums import Verdict
from troubleshooter.model.message import Frozen
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.run.user_names import user_name

_COLUMNS = ("upn", "verdict", "cause", "reason", "until")
_REQUIRED = ("upn", "reason", "until")
_MAY_BE_ACCEPTED = (Verdict.OUT_OF_SYNC, Verdict.NO_PHOTO, Verdict.INCONCLUSIVE)
_UNLESS_NAMED = (Verdict.OUT_OF_SYNC, Verdict.NO_PHOTO)
"""Verdicts that a row without one accepts: `inconclusive` is accepted only where it is written."""
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class KnownDifference(Frozen):
    """One row of the file."""

    line: int
    upn: str
    reason: str
    until: date
    """The last day, in UTC."""
    verdict: Verdict | None = None
    """None: out of sync, or without photo."""
    cause: str | None = None
    """None: whatever the cause."""

    def covers(self, result: UserResult) -> bool:
        """Return whether this is about what was found, whether or not it has expired."""
        verdicts = (self.verdict,) if self.verdict else _UNLESS_NAMED
        return result.verdict in verdicts and self.cause in (None, *result.causes)


@dataclass(frozen=True)
class Acceptances:
    """The known differences of all users."""

    of: Mapping[str, tuple[KnownDifference, ...]] = field(default_factory=dict)
    """By user."""

    def applied(self, result: UserResult, today: date) -> UserResult:
        """Return `result` with the difference that is known of the user, and whether it is accepted today.

        Args:
            today: the day in UTC.
        """
        covering = [known for known in self.of.get(result.upn, ()) if known.covers(result)]
        if not covering:
            return result.model_copy(update={"accepted": False, "acceptance": None})
        last = max(covering, key=lambda known: known.until)
        expired = last.until < today
        acceptance = Acceptance(reason=last.reason, until=last.until, expired=expired)
        return result.model_copy(update={"accepted": not expired, "acceptance": acceptance})

    def not_in(self, upns: Iterable[str]) -> tuple[str, ...]:
        """Return the users of the file who are not among `upns`."""
        return tuple(sorted(self.of.keys() - set(upns)))


def read_acceptances(path: Path) -> Acceptances:
    """Return the known differences in the file at `path`.

    Raises:
        InputError: it can't be read, or a column is missing.
        InputErrors: rows are wrong; all of them are named.
    """
    table = read_table(path, lambda heading: sum(plain(cell) in _COLUMNS for cell in heading))
    if not table.rows:
        raise InputError(str(path), f"is empty; expected a first line {','.join(_COLUMNS)}")
    places = _places(str(path), table.rows[0])
    mistakes: list[str] = []
    found: dict[tuple[str, str | None, str | None], KnownDifference] = {}
    for row in table.rows[1:]:
        cells = {name: row.cells[at] if at < len(row.cells) else "" for name, at in places.items()}
        try:
            known = _known(row.line, cells, plain_only=table.encoding == LEGACY)
            first = found.setdefault((known.upn, known.verdict, known.cause), known)
            if first is not known:
                raise ValueError(f"the same difference of {known.upn} is already on line {first.line}")
        except ValueError as error:
            mistakes.append(f"line {row.line}: {error}")
    if mistakes:
        raise InputErrors(str(path), mistakes)
    return _by_user(found.values())


def as_json(acceptances: Acceptances, redactor: Redactor) -> list[dict[str, Any]]:
    """Return known differences as a journal keeps them."""
    return [for_file(redactor, one).model_dump(mode="json") for some in acceptances.of.values() for one in some]


def from_json(kept: Iterable[Mapping[str, Any]]) -> Acceptances:
    """Return the known differences that a journal kept.

    Raises:
        ValueError: they are not valid.
    """
    return _by_user(map(KnownDifference.model_validate, kept))


def _by_user(known: Iterable[KnownDifference]) -> Acceptances:
    of: dict[str, tuple[KnownDifference, ...]] = {}
    for one in known:
        of[one.upn] = (*of.get(one.upn, ()), one)
    return Acceptances(of)


def _places(file: str, heading: TableRow) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, cell in enumerate(heading.cells):
        if not cell:
            continue
        if plain(cell) not in _COLUMNS:
            raise InputError(f"{file}: line {heading.line}", f"no column {cell!r}{did_you_mean(cell, _COLUMNS)}")
        places.setdefault(plain(cell), at)
    if missing := [name for name in _REQUIRED if name not in places]:
        why = f"column {missing[0]} is missing; expected {', '.join(_REQUIRED)}, and possibly verdict and cause"
        raise InputError(f"{file}: line {heading.line}", why)
    return places


def _known(line: int, cells: Mapping[str, str], *, plain_only: bool) -> KnownDifference:
    """Return what a row says.

    Raises:
        ValueError: something in it is wrong.
    """
    if not any(cells.values()):
        raise ValueError("is empty; expected a user in every row up to the last one")
    if plain_only and not cells["upn"].isascii():
        raise ValueError("upn has letters of an unknown encoding; save the file as “CSV UTF-8”")
    if not cells["upn"]:
        raise ValueError("has no user; expected a UPN such as ana.popescu@contoso.com")
    if not cells["reason"]:
        raise ValueError("has no reason; expected why the difference is accepted")
    return KnownDifference(
        line=line,
        upn=user_name(without_claims(cells["upn"])),
        reason=cells["reason"],
        until=_day(cells["until"]),
        verdict=_verdict(cells.get("verdict", "")),
        cause=_cause(cells.get("cause", "")),
    )


def _day(cell: str) -> date:
    found = _DAY_FIRST.fullmatch(cell)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(cell)
    except ValueError:
        why = "has no date" if not cell else f"{cell!r} is not a date"
        raise ValueError(f"{why}; expected the last day on which it is accepted, such as 2026-12-31") from None


def _verdict(cell: str) -> Verdict | None:
    if cell and cell not in _MAY_BE_ACCEPTED:
        raise ValueError(f"verdict {cell!r} cannot be accepted; allowed: {', '.join(_MAY_BE_ACCEPTED)}")
    return Verdict(cell) if cell else None


def _cause(cell: str) -> str | None:
    if cell and cell.upper() not in CAUSES:
        raise ValueError(f"no cause {cell!r}; allowed: {', '.join(CAUSES)}")
    return cell.upper() or None
