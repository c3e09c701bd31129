"""Whatever names and titles contain, the terminal acts on nothing, and no file lies outside the run's folder."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.cli.console import answer, say, shown
from troubleshooter.cli.progress import conclude, line_of
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.redaction.printable import printable

from ..report.outcomes import SAMPLES
from ..report.samples import Folder
from .payloads import BROKEN, LONG, SHORT, TEXTS
from .poisoned import poisoned

_ACTS = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Characters on which a terminal acts, or that change only how text looks."""
NOW = datetime(2026, 11, 22, 10, 41, 7, tzinfo=UTC)


@pytest.mark.parametrize("payload", TEXTS)
def test_a_line_on_the_terminal_is_one_clean_line(payload: str, capsys: pytest.CaptureFixture[str]):
    """Whatever is printed, on stdout or stderr, is one line without anything that a terminal acts on."""
    text = TEXTS[payload][:20_000]
    say(f"troubleshooter: {text}")
    answer(json.dumps({"a": text}, ensure_ascii=False))
    out, err = capsys.readouterr()
    for printed in (out, err):
        assert 1 == printed.count("\n") and printed.endswith("\n")
        assert not _ACTS.search(printed)
    assert json.loads(out) == {"a": text}


@pytest.mark.parametrize("payload", SHORT)
def test_progress_and_result_are_clean(payload: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The lines of the steps and of the result are the product's own, whatever the tenant's texts contain."""
    record = poisoned(SAMPLES["refused"](Folder(tmp_path)), SHORT[payload])
    conclude(record, verbose=True)
    printed = capsys.readouterr().err
    assert not _ACTS.search(printed)
    assert 1 == len(re.findall(r"^Verdict: ", printed, re.MULTILINE))
    assert not _ACTS.search("".join(shown(line_of(step)) for step in record.steps))


@pytest.mark.parametrize("payload", LONG)
def test_printing_a_long_text_is_quick(payload: str):
    """A text of a million characters is made printable in time."""
    assert printable(LONG[payload]).isprintable()


@pytest.mark.parametrize("payload", TEXTS)
def test_evidence_stays_in_the_runs_folder(payload: str, tmp_path: Path):
    """Whatever a file was called, its copy in the evidence is called by its hash and a harmless ending."""
    folder = RunFolder.new(tmp_path / "reports", "photo-differs", NOW)
    name = TEXTS[payload]
    for suffix in (name, f".{name}", Path(name.replace("\0", "")).suffix.lower()):
        path, digest = folder.keep(b"x", suffix)
        assert re.fullmatch(rf"evidence/{digest}(\.[a-z0-9-]+)*", path)
    assert {tmp_path / "reports"} == set(tmp_path.iterdir())
    assert {folder.path} == set((tmp_path / "reports").iterdir())
    assert all(p.is_relative_to(folder.path / "evidence") for p in folder.path.rglob("*") if p.is_file())


@pytest.mark.parametrize("payload", SHORT)
def test_a_cell_of_a_list_of_pairs_is_only_a_path(payload: str, tmp_path: Path):
    """A cell of `--pairs` is at most a file that is not there: one row of JSON, no traceback, nothing written."""
    import csv  # noqa: PLC0415 - only here

    file = tmp_path / "pairs.csv"
    with file.open("w", encoding="utf-8", errors="surrogateescape", newline="") as out:
        text = SHORT[payload].encode("utf-8", "replace").decode()
        csv.writer(out).writerows([["a", "b"], [text, "x.png"]])
    before = set(tmp_path.rglob("*"))
    result = CliRunner().invoke(app, ["compare", "--pairs", str(file), "--json"])
    assert result.exit_code in (0, 2), result.output
    assert "Traceback" not in result.output
    assert not _ACTS.search(result.output.replace("\n", ""))
    if result.exit_code == 0:
        (row,) = [json.loads(line) for line in result.stdout.splitlines()]
        assert "undetermined" == row["verdict"]
    assert before == set(tmp_path.rglob("*"))


def test_a_file_that_begins_as_a_picture_gets_no_further(tmp_path: Path):
    """Comparing any of the hostile files ends with one line and an exit code for bad input."""
    for number, data in enumerate(BROKEN.values()):
        file = tmp_path / f"{number}.png"
        file.write_bytes(data)
        result = CliRunner().invoke(app, ["compare", str(file), str(file)])
        assert 2 == result.exit_code, (number, result.output)
        assert 1 == result.stderr.count("\n")
