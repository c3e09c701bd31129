"""Sealed runs with pictures, and the keys with which they may be signed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from troubleshooter.diagnose import judged
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.evidence.signing import SigningKey

from ..diagnose.records import record
from ..run.runs import NOON

PICTURE = b"picture"


def sealed_run(out: Path, rows=None, at: datetime = NOON, **fields) -> RunFolder:
    """Return the sealed folder of a run with two pictures: in sync, unless `rows` are those of another one."""
    folder = RunFolder.new(out, "photo-differs", at)
    shots = [folder.keep(data, ".png") for data in (PICTURE, b"another")]
    made = record(**({"rows": rows} if rows else {}), id=folder.path.name, started=at, finished=at, **fields)
    sightings = [
        sighting.model_copy(update={"shot": shots[n][0], "sha256": shots[n][1]} if n < 2 else {})
        for n, sighting in enumerate(made.sightings)
    ]
    folder.write_record(judged(made.model_copy(update={"sightings": tuple(sightings)})))
    folder.write_report("<p>report</p>")
    folder.seal()
    return folder


@dataclass
class Evidence:
    """A run, and a key with which it may be signed."""

    folder: RunFolder
    private: Path
    public: Path

    @property
    def path(self) -> Path:
        """Return its folder."""
        return self.folder.path

    @property
    def picture(self) -> str:
        """Return the path of its first picture."""
        return f"evidence/{hashlib.sha256(PICTURE).hexdigest()}.png"

    def signed(self) -> None:
        """Seal it, with a signature."""
        self.folder.seal(SigningKey.read(self.private, "--sign").sign)
