"""Defines one user of a list: what is to be checked."""

from __future__ import annotations

import hashlib
from pathlib import Path

from troubleshooter.model.message import Frozen
from troubleshooter.model.scalars import Time, rfc3339


class UserRow(Frozen):
    """One user of the list."""

    number: int
    """The user's position in the list, from 1."""
    line: int
    """The line of the file on which the row begins, from 1."""
    upn: str
    """The user name, in lower case."""
    pages: tuple[str, ...] = ()
    """Pages on which the user's photo must be right."""
    expect: Path | None = None
    """The photo that everyone should see."""
    changed_at: Time | None = None
    """When the photo was changed."""
    account: str | None = None
    """The account of the tenant file with which this user alone is checked; None for an account of the run."""
    expect_sha256: str | None = None
    """Digest of the bytes of `expect` when the list was read."""

    @property
    def fingerprint(self) -> str:
        """A digest of what is asked about the user: the same as long as `--only changed` leaves the user out."""
        moment = rfc3339(self.changed_at) if self.changed_at else ""
        asked = "\n".join((*self.pages, "", self.expect_sha256 or "", moment, self.account or ""))
        return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:16]
