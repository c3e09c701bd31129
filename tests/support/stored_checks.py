"""Sessions that return checks that were made before, so that what the plugin does with a test needs no browser."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pytest_troubleshooter import NotLetIn, PhotoResult
from pytest_troubleshooter.settings import Asked
from pytest_troubleshooter.words import said
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.redaction.redactor import Redactor

ASKED = "asked.jsonl"
"""Name of the file that lists what was asked, in the folder of the checks."""


@dataclass(frozen=True)
class StoredSession:
    """A session of one account; that of `refused` is not let in."""

    folder: Path
    account: str | None

    def sign_in(self) -> None:
        """Sign in."""
        if self.account == "refused":
            raise NotLetIn("refused was not let in (wrong-password): Microsoft 365 refused the password.")

    def check(self, subject: str | None, asked: Asked) -> PhotoResult:
        """Return the check that is named like the user."""
        with (self.folder / ASKED).open("a", encoding="utf-8") as file:
            file.write(json.dumps([self.account, subject, asked], default=str) + "\n")
        run = self.folder / (subject or "in-sync").partition("@")[0]
        record, report = RunFolder(run).read_record(), run / "index.html"
        return PhotoResult(record, report, said(record, report, "en", Redactor()))


@dataclass(frozen=True)
class StoredSessions:
    """The sessions, by account."""

    folder: Path

    def of(self, account: str | None) -> StoredSession:
        """Return the session of an account."""
        return StoredSession(self.folder, account)
