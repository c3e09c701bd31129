"""A run's folder as one ZIP file: complete, the same bytes every time, and with names that are safe everywhere."""

from __future__ import annotations

import hashlib
import os
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from troubleshooter.evidence.archive import archive
from troubleshooter.evidence.manifest import digests_in
from troubleshooter.evidence.run_folder import RunFolder

from ..report.outcomes import SAMPLES
from ..report.samples import Folder

NAME = "20261122T104100Z-photo-differs"
BEGAN = datetime(2026, 11, 22, 10, 41, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    """Return the folder of a finished run."""
    made = RunFolder(tmp_path / NAME)
    made.path.mkdir()
    made.write_record(SAMPLES["in-sync"](Folder(made.path)))
    made.write_report("<!doctype html><title>Report</title>")
    made.seal()
    return made


def opened(data: bytes) -> zipfile.ZipFile:
    """Return a ZIP file that is intact."""
    packed = zipfile.ZipFile(BytesIO(data))
    assert packed.testzip() is None
    return packed


def test_everything_of_the_run_is_in_it(folder: RunFolder):
    """The files are those of the manifest and the manifest itself, with the digests that it says."""
    packed = opened(archive(folder, BEGAN))
    manifest = digests_in(packed.read(f"{NAME}/manifest.json"))
    assert manifest
    assert sorted([*(f"{NAME}/{name}" for name in manifest), f"{NAME}/manifest.json"]) == packed.namelist()
    assert {f"{NAME}/index.html", f"{NAME}/record.json"} <= set(packed.namelist())
    assert manifest == {name: hashlib.sha256(packed.read(f"{NAME}/{name}")).hexdigest() for name in manifest}


def test_the_same_folder_gives_the_same_bytes(folder: RunFolder):
    """Neither the time of the files nor their permissions nor that of packing are in it."""
    before = archive(folder, BEGAN)
    for path in folder.path.rglob("*.*"):
        os.utime(path, (1, 1))
        path.chmod(0o644)
    assert before == archive(folder, BEGAN)
    assert {(2026, 11, 22, 10, 41, 0)} == {entry.date_time for entry in opened(before).infolist()}
    assert before != archive(folder, BEGAN.replace(year=2027))


def test_only_the_runs_own_files_are_packed(folder: RunFolder, tmp_path: Path):
    """Neither a link nor a name that another system reads differently gets into it."""
    before = archive(folder, BEGAN)
    outside = tmp_path / "secret.txt"
    outside.write_text("secret", encoding="utf-8")
    (folder.path / "evidence" / "linked.png").symlink_to(outside)
    (folder.path / "linked").symlink_to(tmp_path)
    for name in ("..\\evil.txt", "C:evil", "con.txt", "ends.", "-rf", "a b", "line\nbreak", ".DS_Store"):
        (folder.path / name).write_text("x", encoding="utf-8")
    assert before == archive(folder, BEGAN)
    (folder.path / "log.txt").write_text("x", encoding="utf-8")
    assert f"{NAME}/log.txt" in opened(archive(folder, BEGAN)).namelist()


def test_the_folder_has_a_safe_name(folder: RunFolder):
    """A folder with any other name is packed under one that is safe."""
    moved = folder.path.rename(folder.path.parent / "..ș run: 1")
    tops = {name.split("/")[0] for name in opened(archive(RunFolder(moved), BEGAN)).namelist()}
    assert {"_run_1"} == tops
