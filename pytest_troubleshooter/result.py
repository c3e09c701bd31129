"""Defines what `photo_check` returns and raises.

CannotTell    the check could not see enough
NotLetIn      the account could not sign in, or something kept the check out
CheckFailed   reports can't be written, or the product has a defect

None of them is an AssertionError: nothing is known to be wrong with a photo.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from troubleshooter.model.enums import Reason, Verdict
    from troubleshooter.model.records import Record


@dataclass(frozen=True, eq=False, repr=False)
class PhotoResult:
    """What the check of one user's photo concluded."""

    record: Record
    """Everything that was seen, as in record.json."""
    report: Path
    """The report, one file that opens offline."""
    text: str
    """Verdict, causes, what to do, and where the report is, in words."""

    @property
    def subject(self) -> str:
        """The user name of the user whose photo was checked."""
        return self.record.subject

    @property
    def verdict(self) -> Verdict:
        """`in-sync`, `out-of-sync`, `no-photo`, `inconclusive` or `stopped`."""
        return self.record.verdict

    @property
    def reason(self) -> Reason | None:
        """Why nothing is certain; None if something is."""
        return self.record.reason

    @property
    def causes(self) -> tuple[str, ...]:
        """Ids in the cause table, such as `C1`, most likely first."""
        return tuple(diagnosis.cause for diagnosis in self.record.diagnoses)

    @property
    def is_certain(self) -> bool:
        """Whether the verdict says something about the photo."""
        return self.verdict in ("in-sync", "out-of-sync", "no-photo")

    @property
    def in_sync(self) -> bool:
        """Whether every place that was checked shows the same photo.

        Raises:
            CannotTell: that can't be told.
            NotLetIn: nothing could be checked.
        """
        __tracebackhide__ = True
        if not self.is_certain:
            raise (NotLetIn if self.verdict == "stopped" else CannotTell)(self.text, self)
        return self.verdict == "in-sync"

    def __bool__(self) -> bool:
        """Return `in_sync`, so that a test that leaves it out says the same."""
        __tracebackhide__ = True
        return self.in_sync

    def __repr__(self) -> str:
        """Return verdict, reason, first cause and report, short enough for pytest to show all of it."""
        why = [str(self.reason)] if self.reason else []
        why += [f"{d.cause} {d.title}".strip() for d in self.record.diagnoses[:1]]
        return f"<{self.subject}: {', '.join([self.verdict, *why])}; {_shown(self.report)}>"


RESULTS = pytest.StashKey[list[PhotoResult]]()
"""The results of a test, in the stash of its item."""


def _shown(path: Path) -> str:
    """Return `path` from the current folder on, if it is in there."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


class CannotTell(Exception):
    """Whether a photo is in sync can't be told.

    Attributes:
        result: what was seen; its `reason` says why it is not enough.
    """

    def __init__(self, text: str, result: PhotoResult) -> None:
        super().__init__(text)
        self.result = result


class NotLetIn(Exception):
    """Nothing could be checked, because the account could not sign in, or something kept the check out.

    Attributes:
        result: what was seen; None if the account did not sign in, so that no check began.
    """

    def __init__(self, text: str, result: PhotoResult | None = None) -> None:
        super().__init__(text)
        self.result = result


class CheckFailed(Exception):
    """Nothing could be checked, because of this computer or because of a defect of the product."""
