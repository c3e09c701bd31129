"""One result of `doctor`: what was checked, what was found, and whether anything has to be done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a check ended, in the word with which its row begins."""

    OK = "ok"
    NOTE = "note"
    """Worth knowing; a run works all the same."""
    FAIL = "FAIL"


@dataclass(frozen=True)
class Row:
    """The result of one check."""

    state: State
    what: str
    """What was checked."""
    says: str
    """What was found and, if it is not fine, what to do."""

    @property
    def line(self) -> str:
        """Return the row in one line."""
        return f"{self.state:<4} {self.what}: {self.says}"


def ok(what: str, says: str) -> Row:
    """Return a row that is fine."""
    return Row(State.OK, what, says)


def note(what: str, says: str) -> Row:
    """Return a row that says what to know."""
    return Row(State.NOTE, what, says)


def fail(what: str, says: str) -> Row:
    """Return a row that says what keeps a run from working, and what to do."""
    return Row(State.FAIL, what, says)
