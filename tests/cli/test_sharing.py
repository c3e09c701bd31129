"""`report` passes a run on in every form; what is wrong is said before anything is written."""

from __future__ import annotations

import hashlib
import json
import zipfile
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.run.output_names import OUTPUTS

from ..batch.made import result
from ..batch.stored import stored
from ..report.outcomes import SAMPLES
from ..report.samples import Folder

NAME = "20261122T104100Z-photo-differs"
WITHOUT_BROWSER = [name for name in OUTPUTS if name != "pdf"]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """Return the folder of a finished run."""
    folder = RunFolder(tmp_path / "reports" / NAME)
    folder.path.mkdir(parents=True)
    made = SAMPLES["out-of-sync"](Folder(folder.path))
    folder.write_record(made.model_copy(update={"inputs": {**made.inputs, "tenant": "sandbox:stale-copy"}}))
    folder.write_report("<!doctype html>")
    folder.seal()
    return folder.path


def report(*arguments: str | Path):
    """Run the command."""
    return CliRunner().invoke(app, ["report", *map(str, arguments)])


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file of a folder."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


def test_a_file_goes_beside_the_folder(run: Path):
    """Without a name, each file is beside the run's folder, for its owner only; the last line is still the report."""
    done = report(run, *(f"--{name}" for name in WITHOUT_BROWSER))
    assert (1, f"{run / 'index.html'}\n") == (done.exit_code, done.stdout), done.output
    files = {name: run.with_name(NAME + OUTPUTS[name]) for name in WITHOUT_BROWSER}
    assert [run, *sorted(files.values())] == sorted(run.parent.iterdir())
    assert {0o600} == {file.stat().st_mode & 0o777 for file in files.values()}
    assert all(f"{name}: {file}" in done.stderr for name, file in files.items())
    assert 4 != report(run).exit_code  # nothing was added to the run


def test_a_file_goes_where_it_is_said(run: Path, tmp_path: Path):
    """A form's value is its file; it has the report's language."""
    files = {name: tmp_path / f"of-{name}" for name in WITHOUT_BROWSER}
    done = report(run, "--lang", "ro", *(word for name, file in files.items() for word in (f"--{name}", str(file))))
    assert 1 == done.exit_code, done.output
    assert "Contoso" in files["markdown"].read_text(encoding="utf-8")
    assert "ro" == json.loads(files["card"].read_bytes())["lang"]
    assert "ro" == message_from_bytes(files["mail"].read_bytes(), policy=default)["Content-Language"]
    with zipfile.ZipFile(files["zip"]) as packed:
        assert packed.read(f"{NAME}/index.html") == (run / "index.html").read_bytes()
    assert [run] == list(run.parent.iterdir())


def test_the_folder_may_follow_a_form_without_a_file(run: Path):
    """`--zip RUN_DIR` names the run, because a folder is no file."""
    assert 1 == report("--zip", run).exit_code
    assert 1 == report("--markdown", "--csv", run).exit_code
    assert {".zip", ".md", ".csv"} == {path.suffix for path in run.parent.iterdir() if path.is_file()}


def test_several_forms_at_once(run: Path):
    """`--also` names forms whose files go to the usual places."""
    assert 1 == report(run, "--also", "markdown, CSV,csv").exit_code
    assert {".md", ".csv"} == {path.suffix for path in run.parent.iterdir() if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--also", "pdf,zipp"], "--also: no output 'zipp'. Did you mean 'zip'?"),
        (["--also", "zip,,pdf"], "--also: no output ''"),
        (["--zip", "{run}/evidence/x.zip"], "--zip: {run}/evidence/x.zip is in the run's folder"),
        (["--csv", "{run}/../nowhere/x.csv"], "--csv: {run}/../nowhere/x.csv: its folder does not exist"),
        (["--csv=/"], "--csv: / is a folder; expected a file"),
        (["--csv", "{run}/../x", "--card", "{run}/../x"], "--csv: {run}/../x is also the file of --card"),
    ],
)
def test_wrong_input_writes_nothing(run: Path, arguments: list[str], said: str):
    """A wrong word or a wrong file is one line and exit code 2, before anything is rendered or written."""
    before = digests(run)
    done = report(run, *(argument.format(run=run) for argument in arguments))
    assert (2, "", 1) == (done.exit_code, done.stdout, done.stderr.count("\n")), done.output
    assert said.format(run=run) in done.stderr
    assert before == digests(run)
    assert [run] == list(run.parent.iterdir())


@pytest.mark.parametrize("command", ["run", "demo", "recheck"])
def test_a_wrong_word_ends_a_run_before_it_begins(command: str, run: Path, tmp_path: Path):
    """`--also` is checked before a sandbox or a browser starts."""
    wanted = {"run": ["photo-differs", "--tenant", "sandbox"], "demo": [], "recheck": [str(run)]}[command]
    done = CliRunner().invoke(app, [command, *wanted, "--also", "pfd", "--out", str(tmp_path / "out")])
    assert 2 == done.exit_code, done.output
    assert "--also: no output 'pfd'. Did you mean 'pdf'?" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_run_of_many_users_has_only_an_archive(tmp_path: Path):
    """The folder of many users can be packed; it has its own files for everything else."""
    folder = stored(tmp_path / "run", [result(1)])
    assert 0 == report(folder, "--zip").exit_code
    with zipfile.ZipFile(tmp_path / "run.zip") as packed:
        assert "run/summary.json" in packed.namelist()
    done = report(folder, "--mail")
    assert 2 == done.exit_code
    assert "--mail: RUN_DIR is a run of many users" in done.stderr


@pytest.mark.browser
def test_no_browser_is_one_line(run: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Without a browser there is no PDF: one line says what to do, and the other forms are written."""
    program = tmp_path / "no-browser"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    done = report(run, "--pdf", "--csv", "--executable", program)
    assert (3, 1) == (done.exit_code, done.stderr.count("\n")), done.output
    assert not run.with_name(f"{NAME}.pdf").exists()
    assert run.with_name(f"{NAME}.csv").exists()


def test_a_copy_for_outside_the_company(run: Path, tmp_path: Path):
    """The copy is a run of its own in --out, with its forms beside it; the run stays as it was."""
    before = digests(run)
    done = report(run, "--redact-subject", "--out", tmp_path / "out", "--zip", "--also", "mail,csv")
    copy = tmp_path / "out" / f"{NAME}-redacted"
    assert (1, f"{copy / 'index.html'}\n") == (done.exit_code, done.stdout), done.output
    assert before == digests(run)
    assert [run] == list(run.parent.iterdir())
    assert {copy, *(copy.with_name(copy.name + OUTPUTS[name]) for name in ("zip", "mail", "csv"))} == set(
        (tmp_path / "out").iterdir()
    )
    for file in (path for path in copy.parent.rglob("*") if path.is_file()):
        assert not [name for name in (b"ionescu", b"contoso", b"inc-4711") if name in file.read_bytes().lower()], file
    assert 1 == report(copy).exit_code
    repeated = CliRunner().invoke(app, ["recheck", str(copy), "--out", str(tmp_path / "again")])
    assert 2 == repeated.exit_code


def test_no_copy_of_changed_evidence(run: Path, tmp_path: Path):
    """A copy would hide that the evidence was changed, so that none is made."""
    next((run / "evidence").iterdir()).write_bytes(b"changed")
    done = report(run, "--redact-subject", "--out", tmp_path / "out")
    assert (4, "") == (done.exit_code, done.stdout)
    assert "no copy is made of evidence that was changed" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_without_a_copy_is_refused(run: Path, tmp_path: Path):
    """`--out` without a copy is a mistake, and so is a copy of a run of many users."""
    assert "--out: is for the copy of --redact-subject" in report(run, "--out", tmp_path).stderr
    done = report(stored(tmp_path / "many", [result(1)]), "--redact-subject")
    assert (2, True) == (done.exit_code, "--redact-subject: RUN_DIR is a run of many users" in done.stderr)
