"""`report` writes each language into a file of its own, and prints texts for the ticket and for the user."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.evidence.manifest import digests_in
from troubleshooter.evidence.run_folder import RunFolder

from ..report.outcomes import SAMPLES
from ..report.samples import ANA, PAGE, Folder


def stored(tmp_path: Path, lang: str = "en") -> Path:
    """Return the folder of a finished run, whose report is in `lang`."""
    record = SAMPLES["out-of-sync"](Folder(tmp_path / "run"))
    folder = RunFolder(tmp_path / "run")
    folder.write_record(record.model_copy(update={"inputs": {**record.inputs, "lang": lang}}))
    folder.write_report("<p>first</p>")
    folder.seal()
    return folder.path


def report(*args: str) -> tuple[int, list[str], str]:
    done = CliRunner().invoke(app, ["report", *args], env={"TZ": "UTC"})
    return done.exit_code, done.stdout.splitlines(), done.stderr


def language(file: Path) -> str:
    found = re.search(r'<html lang="(\w+)', file.read_text(encoding="utf-8"))
    assert found
    return found[1]


def test_without_lang_the_runs_own_language_is_kept(tmp_path: Path):
    """A Romanian run's report is rendered in Romanian again, in one file."""
    run = stored(tmp_path, "ro")
    assert (1, [str(run / "index.html")]) == report(str(run))[:2]
    assert "ro" == language(run / "index.html")
    assert [] == list(run.glob("index.*.html"))


def test_another_language_does_not_overwrite_the_first(tmp_path: Path):
    """The Romanian report of an English run is a file beside it, which the manifest knows and later checks."""
    run = stored(tmp_path)
    assert (1, [str(run / "index.ro.html")]) == report(str(run), "--lang", "ro")[:2]
    assert ("en", "ro") == (language(run / "index.html"), language(run / "index.ro.html"))
    assert {"index.html", "index.ro.html"} <= digests_in((run / "manifest.json").read_bytes()).keys()
    assert (1, "") == report(str(run))[::2]
    (run / "index.ro.html").write_text("<p>In sync</p>")
    code, _, said = report(str(run))
    assert (4, True) == (code, "index.ro.html: was changed after the check" in said)


def test_the_text_for_the_user_is_printed_before_the_path(tmp_path: Path):
    """The user's text comes first, the report's path last; in Romanian, too."""
    run = stored(tmp_path)
    code, lines, _ = report(str(run), "--text", "user")
    assert (1, str(run / "index.html"), "") == (code, lines[-1], lines[-2])
    assert lines[0].startswith("We checked your profile photo on 22 Nov 2026, ")
    assert any(PAGE in line for line in lines)
    assert report(str(run), "--text", "user", "--lang", "ro")[1][0].startswith("Am verificat fotografia dumneavoastră")


def test_the_text_for_the_ticket_says_how_to_check_again(tmp_path: Path):
    """The ticket's text ends with the command that checks again, with a path that works in every folder."""
    run = stored(tmp_path)
    code, lines, _ = report(str(run), "--text", "ticket")
    assert 1 == code
    assert f"User: {ANA}" in lines
    assert f"troubleshooter recheck {run.absolute()}" == lines[-3]


@pytest.mark.parametrize(("args", "why"), [(["--json"], "leave out --json"), ([], "allowed|not one of|invalid")])
def test_a_text_is_not_json(tmp_path: Path, args: list[str], why: str):
    """`--text` with `--json`, or with an unknown name, is refused before anything is written."""
    run = stored(tmp_path)
    code, _, said = report(str(run), "--text", "user" if args else "poem", *args)
    assert 2 == code
    assert re.search(why, said, re.IGNORECASE)
    assert "<p>first</p>" == (run / "index.html").read_text()
