"""Writes a report in the run's own language, and beside it in another one: neither overwrites the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troubleshooter.evidence.run_folder import RunFolder


@dataclass(frozen=True)
class Languages:
    """The language of a run's `index.html`, and the one that was asked for."""

    own: str
    wanted: str

    @classmethod
    def of(cls, recorded: object, given: str | None) -> Languages:
        """Return the languages of a run, as recorded, and of a report that is asked for; None: in the run's own."""
        from troubleshooter.locale import LANGUAGES  # noqa: PLC0415 - loads the catalogs

        own = recorded if isinstance(recorded, str) and recorded in LANGUAGES else "en"
        return cls(own, given or own)

    @property
    def files(self) -> dict[str, str]:
        """Return the names of the reports to write, by language; the one that was asked for comes last."""
        from troubleshooter.evidence.run_folder import REPORT, report_in  # noqa: PLC0415

        return {self.own: REPORT} | ({} if self.wanted == self.own else {self.wanted: report_in(self.wanted)})

    def write(self, folder: RunFolder, render: Callable[[str], str]) -> Path:
        """Write each report that `render` makes in a language; return the path of the one that was asked for."""
        for lang, name in self.files.items():
            path = folder.write_report(render(lang), name)
            folder.renew_report_row(name)
        return path
