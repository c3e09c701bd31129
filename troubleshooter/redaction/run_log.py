"""The log of a run: in which phase it was, and what it waited for how long. It can be sent to anybody.

Every line is made of the product's own words and of numbers. Texts, names, addresses and tokens can't get into it: a
word that the product did not define is left out. On the way into the file, the redactor looks at each line as well.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum

_LEFT_OUT = "?"
_VERSION = re.compile(r"\d{1,9}(\.\d{1,9}){0,5}")
_STEP = re.compile(r"[a-z]+(-[a-z0-9]+){0,5}")


class Phase(StrEnum):
    """What a run is doing."""

    START = "start"
    BROWSER = "browser"
    STEP = "step"
    SIGN_IN = "sign-in"
    HOME = "home"
    LAUNCHER = "launcher"
    PAGE = "page"
    SETTLE = "settle"
    PHOTO = "photo"
    COMPARE = "compare"
    JUDGE = "judge"
    REPORT = "report"
    END = "end"


class Event(StrEnum):
    """What happened in a phase, or what was waited for."""

    STARTED = "started"
    REFUSED = "did not start; the next browser is tried"
    BEGAN = "began"
    DONE = "done"
    SCREEN = "screen"
    ACTION = "action"
    NETWORK_QUIET = "waited until the page's requests had ended"
    NETWORK_NOT_QUIET = "gave up waiting for the page's requests to end"
    CONTENT = "waited for the page's content"
    ICON = "looked for the app's icon"
    ANSWERED = "answered"
    SEEN = "an avatar was recorded"
    COMPARED = "the pictures were compared"
    JUDGED = "the verdict was found"
    RENDERED = "the report was written"
    INTERRUPTED = "a signal ended the run"
    OUT_OF_TIME = "the time limit of the run ended it"
    FAILED = "a defect ended the run"


class Id(str):
    """An id that the product defines, such as a step's."""

    __slots__ = ()


class Version(str):
    """A version number."""

    __slots__ = ()


Word = StrEnum | Id | Version
"""What may be in a line beside numbers; a plain string may not."""


def shown_word(word: object) -> str:
    """Return `word` as it stands in the log; a question mark for everything that may not be there."""
    if isinstance(word, StrEnum):
        return word.value
    if isinstance(word, Id) and len(word) <= 40 and _STEP.fullmatch(word):
        return str(word)
    if isinstance(word, Version) and _VERSION.fullmatch(word):
        return str(word)
    return _LEFT_OUT


class RunLog:
    """The log of one run."""

    def __init__(self, write: Callable[[str], None]) -> None:
        """Pass each line to `write`, without a line break; the seconds in the lines are counted from now on."""
        self._write = write
        self._began = time.monotonic()

    def add(self, phase: Phase, event: Event, words: tuple[Word, ...], numbers: dict[str, float]) -> None:
        """Add a line."""
        said = " ".join([event.value, *map(shown_word, words)])
        counted = [f"{name.replace('_', ' ')} {value:.3g}" for name, value in numbers.items() if _is_number(value)]
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        since = time.monotonic() - self._began
        self._write(f"{at} {since:8.3f} s  {phase.value:<9}{', '.join([said, *counted])}")


def _is_number(value: object) -> bool:
    return type(value) in (int, float)


_current: ContextVar[RunLog | None] = ContextVar("_current", default=None)


@contextmanager
def logging_to(write: Callable[[str], None] | None) -> Iterator[None]:
    """Within the block, keep a log whose lines are passed to `write`; None keeps none."""
    token = _current.set(RunLog(write) if write else None)
    try:
        yield
    finally:
        _current.reset(token)


def log(phase: Phase, event: Event, *words: Word, **numbers: float) -> None:
    """Add a line to the log of the run in progress, if it keeps one.

    Args:
        numbers: counts and seconds, by the name with which they are written.
    """
    if current := _current.get():
        current.add(phase, event, words, numbers)


@contextmanager
def timed(phase: Phase, event: Event, *words: Word) -> Iterator[None]:
    """Add a line with the seconds that the block took, however it ends."""
    began = time.monotonic()
    try:
        yield
    finally:
        log(phase, event, *words, seconds=time.monotonic() - began)
