"""Evidence of several runs comes together without collisions, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from troubleshooter.batch.evidence_copies import copy_evidence, relocated
from troubleshooter.batch.merging import merged
from troubleshooter.batch.parts import read_parts
from troubleshooter.errors import CannotWrite, InputError
from troubleshooter.model.batch_records import UserResult

from .made import result
from .stored import evidence, own_run, stored


def together(folder: Path) -> list[UserResult]:
    """Join the runs in `folder`, with their evidence in `folder/out`; return the results."""
    parts = read_parts([folder / "in"])
    (folder / "out").mkdir()
    found = merged(parts, "out")
    return list(relocated(found.chosen, copy_evidence(parts, folder / "out"), folder / "out"))


def test_run_folders_of_the_same_name(tmp_path: Path):
    """Both are there, and each result has the path of its own; what is in them is what was in them."""
    for number in (1, 2):
        folder = tmp_path / "in" / str(number)
        name = own_run(folder, "20261126T120000Z-photo-differs", f"report of {number}")
        stored(folder, [result(number, run=name)], shard=f"{number}/2")
    results = together(tmp_path)
    assert 2 == len({one.run for one in results})
    assert ["report of 1", "report of 2"] == [
        (tmp_path / "out" / one.run / "index.html").read_text() for one in results if one.run
    ]


def test_pictures_are_named_by_what_is_in_them(tmp_path: Path):
    """The same picture in two runs is one file, and paths within a user's run folder follow that folder."""
    for number in (1, 2):
        folder = tmp_path / "in" / str(number)
        shared, own = evidence(folder, b"shared"), own_run(folder, "same-name", str(number))
        shots = {"reference_shot": shared, "copy_shot": f"{own}/index.html"}
        stored(folder, [result(number, run=own, **shots)], shard=f"{number}/2")
    results = together(tmp_path)
    assert 1 == len(list((tmp_path / "out" / "evidence").iterdir()))
    assert {True} == {(tmp_path / "out" / one.reference_shot).is_file() for one in results if one.reference_shot}
    assert ["1", "2"] == [(tmp_path / "out" / one.copy_shot).read_text() for one in results if one.copy_shot]


def test_evidence_that_is_not_there(tmp_path: Path):
    """A result has the path of its run folder only if that folder was kept."""
    folder = tmp_path / "in" / "1"
    kept = own_run(folder, "kept", "1")
    stored(folder, [result(1, run="runs/gone"), result(2, run=kept)])
    assert [None, "runs/kept"] == [one.run for one in together(tmp_path)]


def test_links_are_not_followed(tmp_path: Path):
    """A link in an artifact does not bring files of this computer into the folder."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "file.txt").write_text("secret")
    folder = tmp_path / "in" / "1"
    own_run(folder, "own", "1")
    (folder / "runs" / "own" / "link.txt").symlink_to(tmp_path / "secret" / "file.txt")
    (folder / "runs" / "linked").symlink_to(tmp_path / "secret")
    (folder / "evidence").symlink_to(tmp_path / "secret")
    stored(folder, [result(1)])
    together(tmp_path)
    assert ["runs", "runs/own", "runs/own/index.html"] == sorted(
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*")
    )


def test_only_the_user_may_read_the_copies(tmp_path: Path):
    """Copies have the permissions of a run's own files."""
    folder = tmp_path / "in" / "1"
    stored(folder, [result(1, run=own_run(folder, "own", "1"), copy_shot=evidence(folder, b"x"))])
    together(tmp_path)
    modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in (tmp_path / "out").rglob("*")}
    assert {True: 0o700, False: 0o600} == modes


@pytest.mark.parametrize("path", ["../x", "runs/../../x", "/etc/passwd", "record.json", "runs\\..\\x", "evidence/../x"])
def test_paths_that_lead_elsewhere(path: str, tmp_path: Path):
    """A result's path is one below evidence/ or runs/ of its run, or the run is refused."""
    stored(tmp_path / "in" / "1", [result(1, run=path)])
    with pytest.raises(
        InputError, match="is not the path of a piece of evidence; expected one below evidence/ or runs/"
    ):
        together(tmp_path)


def test_a_folder_that_cannot_be_written(tmp_path: Path):
    """What cannot be copied is named."""
    folder = tmp_path / "in" / "1"
    stored(folder, [result(1, copy_shot=evidence(folder, b"x"))])
    with pytest.raises(CannotWrite, match="No such file"):
        copy_evidence(read_parts([tmp_path / "in"]), tmp_path / "nowhere")
