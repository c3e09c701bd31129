"""Folders of runs of many users, for tests of what reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from troubleshooter.batch.publication import publish
from troubleshooter.model.batch_records import EndedBy, Summary, UserResult
from troubleshooter.redaction.redactor import Redactor

from .made import NOON


def summary(id_: str = "run", total: int = 0, **fields: Any) -> Summary:
    """Return a summary of a run that ended as it should."""
    ended = {"started": NOON, "ended": NOON + timedelta(hours=1), "ended_by": EndedBy.DONE}
    made = {"tenant": "Contoso", "accounts": ("helpdesk",), "total": total, **ended}
    return Summary(id=id_, **{**made, **fields})


def stored(folder: Path, results: Sequence[UserResult], **fields: Any) -> Path:
    """Write the folder of a run with these results, as `verify` does; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    publish(folder, summary(folder.name, **{"total": len(results), **fields}), results, Redactor())
    return folder


def evidence(folder: Path, content: bytes) -> str:
    """Add a picture to the evidence of a run that is not sealed; return its path."""
    name = f"evidence/{sha256(content).hexdigest()}.png"
    (folder / "evidence").mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return name


def own_run(folder: Path, name: str, content: str) -> str:
    """Add the folder of a user's own run to a run that is not sealed; return its path."""
    path = folder / "runs" / name
    path.mkdir(parents=True)
    (path / "index.html").write_text(content)
    return f"runs/{name}"
