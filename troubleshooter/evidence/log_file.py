"""Writes a run's log.txt line by line, so that it tells how far a run came that was killed."""

from __future__ import annotations

import os
from contextlib import suppress

from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.sinks import SINKS

LOG = "log.txt"


class LogFile:
    """The file log.txt in a run's folder."""

    def __init__(self, folder: RunFolder, redactor: Redactor) -> None:
        self._path = folder.path / LOG
        self._redactor = redactor

    @SINKS.at("log")
    def redacted(self, line: str) -> str:
        """Return `line` redacted."""
        return self._redactor.redact(line)

    def add(self, line: str) -> None:
        """Append a line. A log that can't be written is no reason to end a run."""
        with suppress(OSError):
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with open(file, "a", encoding="utf-8", newline="\n") as opened:  # noqa: PTH123 - an open descriptor
                opened.write(f"{line}\n")
