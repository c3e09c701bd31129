"""Lets users be checked again in the same run, as `--watch` does, and keeps what was found before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from troubleshooter.batch.journal_file import JournalFile
from troubleshooter.model.batch_records import EndedBy, UserResult
from troubleshooter.model.scalars import rfc3339

_FIRST = """
    SELECT result FROM earlier
    WHERE period = (SELECT min(period) FROM earlier AS other WHERE other.number = earlier.number) ORDER BY number
"""


class Repeats:
    """The checks of a run that were repeated, in its journal."""

    def __init__(self, file: JournalFile, clock: Callable[[], datetime]) -> None:
        self._file = file
        self._clock = clock

    def begin(self, results: Iterable[UserResult]) -> None:
        """Let the users of `results` wait again, as closely as they were checked last; begin a period of the run.

        Until a user has a new result, the one that is kept counts.

        Args:
            results: their results, of users who are done.
        """
        now = rfc3339(self._clock())
        with self._file.change() as change:
            ((period,),) = change.execute("SELECT max(id) FROM period").fetchall()
            change.execute("UPDATE period SET ended = ?, ended_by = ? WHERE id = ?", (now, EndedBy.DONE, period))
            for result in results:
                free = "UPDATE user SET state = 'waiting' WHERE number = ? AND state = 'done'"
                if not change.execute(free, (result.number,)).rowcount:
                    raise ValueError(f"{result.upn} is not done")
                kept = (period, result.number, result.model_dump_json())
                change.execute("INSERT INTO earlier (period, number, result) VALUES (?, ?, ?)", kept)
                change.execute("DELETE FROM result WHERE number = ?", (result.number,))
            change.execute("INSERT INTO period (started) VALUES (?)", (now,))

    def checks(self) -> int:
        """Return how many times users were checked, or began to be: 1 unless they were checked again."""
        return 1 + int(self._file.rows("SELECT count(DISTINCT period) FROM earlier")[0][0])

    def first(self) -> Iterator[UserResult]:
        """Yield the first result of every user who was to be checked again, in the list's order."""
        return (UserResult.model_validate_json(result) for (result,) in self._file.rows(_FIRST))
