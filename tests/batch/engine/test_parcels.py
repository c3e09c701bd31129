"""The evidence of a check is sent in pieces, and put where it belongs; nothing else can be written that way."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from troubleshooter.batch.engine import parcels as module
from troubleshooter.batch.engine.parcels import BadParcel, Parcels, packed

NAME = "runs/00001-ana"


def sent(parcels: Parcels, data: bytes, size: int = 100) -> None:
    """Send `data` in pieces."""
    for start in range(0, len(data), size):
        parcels.add("process", NAME, start, data[start : start + size])


def test_a_folder_arrives_as_it_was_sent(tmp_path: Path):
    """All files with their bytes, readable by this user only; an older folder of that name is replaced."""
    folder, base = tmp_path / "sent", tmp_path / "run"
    (folder / "evidence").mkdir(parents=True)
    (folder / "index.html").write_text("report" * 500, encoding="utf-8")
    (folder / "evidence/a.png").write_bytes(bytes(range(256)))
    (folder / "link").symlink_to(tmp_path)
    (base / NAME).mkdir(parents=True)
    (base / NAME / "old").touch()
    parcels = Parcels(base)
    sent(parcels, packed(folder))
    parcels.put("process", NAME)
    files = {path.relative_to(base / NAME).as_posix(): path for path in (base / NAME).rglob("*") if path.is_file()}
    assert {"index.html", "evidence/a.png"} == files.keys()
    assert bytes(range(256)) == files["evidence/a.png"].read_bytes()
    assert 0o600 == files["index.html"].stat().st_mode & 0o777


@pytest.mark.parametrize("inner", ["../out", "/etc/out", "a/../../out", "..\\out", "C:/out"])
def test_a_file_that_leads_out_of_its_folder_is_refused(inner: str, tmp_path: Path):
    """Nothing is written outside."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(inner, "x")
    parcels = Parcels(tmp_path / "run")
    sent(parcels, data.getvalue())
    with pytest.raises(BadParcel):
        parcels.put("process", NAME)
    assert [] == [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["../out", "runs/../out", "/out", "runs/a/b", "journal.sqlite/..", ""])
def test_a_folder_with_another_name_is_refused(name: str, tmp_path: Path):
    """Only folders of runs and of sign-ins are expected."""
    with pytest.raises(BadParcel):
        Parcels(tmp_path).add("process", name, 0, b"x")


def test_pieces_have_to_fit_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A gap, an incomplete archive, one that never arrived and one that is too large are refused."""
    parcels = Parcels(tmp_path)
    parcels.add("process", NAME, 0, b"abc")
    with pytest.raises(BadParcel):
        parcels.add("process", NAME, 4, b"d")
    with pytest.raises(BadParcel):
        parcels.put("process", NAME)
    with pytest.raises(BadParcel):
        parcels.put("other", NAME)
    monkeypatch.setattr(module, "LARGEST", 10)
    parcels.add("process", NAME, 0, b"0123456789")
    with pytest.raises(BadParcel):
        parcels.add("process", NAME, 10, b"0")
