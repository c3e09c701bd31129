"""Checks the paths of evidence, so that a link leads to a file of the run's folder or nowhere."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from troubleshooter.model.batch_records import UserResult

REPORT = "index.html"
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"})
"""Endings of files that a browser opens as a picture, whatever they contain."""


class EvidenceLinks:
    """The evidence in one run's folder, as relative URLs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listed: dict[str, frozenset[str]] = {}

    def report(self, result: UserResult) -> str | None:
        """Return the URL of the report of the user's own run; None if there is none in the folder."""
        return self._url(f"{result.run}/{REPORT}", "runs") if result.run else None

    def pictures(self, result: UserResult) -> tuple[str | None, str | None]:
        """Return the URLs of the two pictures, reference and SharePoint; None for one that is not in the folder."""
        return self._picture(result.reference_shot), self._picture(result.copy_shot)

    def lost(self, result: UserResult) -> bool:
        """Return whether the result names evidence that is not in the folder."""
        named = [result.run, result.reference_shot, result.copy_shot]
        found = [self.report(result), *self.pictures(result)]
        return any(name and not url for name, url in zip(named, found, strict=True))

    def _picture(self, path: str | None) -> str | None:
        if not path or PurePosixPath(path).suffix.lower() not in _PICTURES:
            return None
        return self._url(path, "evidence", "runs")

    def _url(self, path: str, *within: str) -> str | None:
        """Return `path` as a relative URL if it is below one of the folders `within`, and exists."""
        parts = path.split("/")
        if len(path) > 500 or parts[0] not in within or any(not self._is_name(part) for part in parts):
            return None
        *folders, name = parts
        return "/".join(quote(part, safe="") for part in parts) if name in self._names("/".join(folders)) else None

    def _names(self, folder: str) -> frozenset[str]:
        """Return the names of the files in a folder; it is listed once, because a user has a picture in thousands."""
        if folder not in self._listed:
            try:
                with os.scandir(self._folder / folder) as files:
                    self._listed[folder] = frozenset(file.name for file in files)
            except (OSError, ValueError):
                self._listed[folder] = frozenset()
        return self._listed[folder]

    @staticmethod
    def _is_name(part: str) -> bool:
        """Return whether `part` is the name of a file or folder on every system, and leads nowhere else."""
        return bool(part.strip(" .")) and part.isprintable() and not set(part) & set('\\:*?"<>|')
