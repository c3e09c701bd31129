"""A whole run in the sandbox, passed on at its end, and copied for outside the company."""

from __future__ import annotations

import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.evidence.outside.search import forms
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.records import Record

pytestmark = pytest.mark.run


def records(out: Path) -> dict[str, Record]:
    """Return the records of the runs in a folder, by the names of their folders."""
    return {path.parent.name: RunFolder(path.parent).read_record() for path in out.glob("*/record.json")}


def pictures(folder: Path) -> list[bytes]:
    """Return every picture of a run's folder: the files, and those in its report."""
    embedded = re.findall(r"data:image/[a-z]+;base64,([A-Za-z0-9+/=]+)", (folder / "index.html").read_text("utf-8"))
    return [*(path.read_bytes() for path in (folder / "evidence").iterdir()), *map(b64decode, embedded)]


def test_a_run_is_passed_on_and_copied(tmp_path: Path):
    """The forms of --also are there at the end of a run; the copy has no name, no address and no photo of it."""
    out = tmp_path / "out"
    ran = CliRunner().invoke(
        app, ["demo", "--fault", "stale-copy", "--out", str(out), "--also", "mail,markdown", "--ticket", "INC-4711"]
    )
    assert 1 == ran.exit_code, ran.output
    (name, record), *_ = records(out).items()
    assert f"{out / name / 'index.html'}" == ran.stdout.splitlines()[-1]
    assert "out of sync" in (out / f"{name}.md").read_text(encoding="utf-8").splitlines()[0]
    assert (out / f"{name}.eml").stat().st_size <= 100_000

    done = CliRunner().invoke(app, ["report", str(out / name), "--redact-subject", "--out", str(tmp_path / "copies")])
    assert 1 == done.exit_code, done.output
    copy = tmp_path / "copies" / f"{name}-redacted"
    assert (record.verdict, record.comparisons[0].score) == (
        RunFolder(copy).read_record().verdict,
        RunFolder(copy).read_record().comparisons[0].score,
    )
    person = next(part.subject for part in record.web_parts if part.subject)
    planted = ["ana.popescu", "Popescu", "contoso", "INC-4711", "Our-Team", "Office-Move", person["aadObjectId"]]
    planted += [sighting.sha256 for sighting in record.sightings if sighting.sha256]
    for file in (path for path in copy.rglob("*") if path.is_file()):
        data = file.read_bytes().lower()
        assert [] == [text for text in planted if any(form in data for form in forms(text))], file
    colors = [Image.open(BytesIO(data)).convert("RGB").getcolors(100_000) or [] for data in pictures(copy)]
    assert colors and max(len(one) for one in colors) < 300  # tiles: a photo has thousands
