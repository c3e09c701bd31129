"""The line on a terminal that says what a run is doing, and what it is waiting for; rich draws it again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.cli.console import shown

if TYPE_CHECKING:
    from rich.text import Text

    from troubleshooter.browser.patience import Patience

_UNREMARKABLE = 2.0
"""Seconds after which a wait is worth mentioning."""


class Doing:
    """What a run is doing at the moment."""

    def __init__(self, title: str) -> None:
        self._article_step = ""
        self._title = title
        self._waits: Patience | None = None

    def begin(self, article_step: str | None, title: str) -> None:
        """Note that a step begins."""
        self._article_step, self._title = article_step or "", title

    def ask(self, waits: Patience) -> None:
        """From now on, ask `waits` what is waited for."""
        self._waits = waits

    def __str__(self) -> str:
        """Return the line; the end, which a narrow terminal cuts off, matters least."""
        wait = self._waits.current if self._waits else None
        waited = wait.seconds - wait.left if wait else 0.0
        if wait and waited >= _UNREMARKABLE:
            return f"{self._article_step:<3}Waiting up to {wait.left:.0f} s more for {wait.what().text} – {self._title}"
        return f"{self._article_step:<3}{self._title}".strip()

    def __rich__(self) -> Text:
        """Return the line as rich draws it."""
        from rich.text import Text  # noqa: PLC0415 - only a terminal needs it

        return Text(shown(str(self)), no_wrap=True, overflow="ellipsis")
