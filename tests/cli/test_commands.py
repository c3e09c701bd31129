"""The command line as other programs see it: what is printed on stdout, and which exit code it has."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scenarios import SCENARIOS
from troubleshooter.cli import app
from troubleshooter.evidence.manifest import digests_in
from troubleshooter.run.options import declared
from troubleshooter.run.request import RunRequest

from .program import serving, troubleshooter


def test_help_is_quick_to_load():
    """`--help` loads neither Playwright nor the records nor anything that handles pixels."""
    script = (
        "import sys, runpy; sys.argv = ['troubleshooter', '--help']\n"
        "try: runpy.run_module('troubleshooter', run_name='__main__')\n"
        "except SystemExit as end: code = end.code\n"
        "heavy = {'playwright', 'numpy', 'PIL', 'imagehash', 'starlette', 'babel', 'troubleshooter.model.records'}\n"
        "print(code, sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "0 []" == done.stdout.splitlines()[-1]


def test_schema_holds_the_closed_lists():
    """The schema lists every cause, reason, surface and kind."""
    document = json.loads(CliRunner().invoke(app, ["schema"]).stdout)
    assert {"in-sync", "out-of-sync", "no-photo", "inconclusive", "stopped"} == set(
        document["$defs"]["Verdict"]["enum"]
    )
    assert "people-web-part" in document["$defs"]["Surface"]["enum"]
    assert "wrong-password" in document["$defs"]["Reason"]["enum"]
    assert "silhouette" in document["$defs"]["Kind"]["enum"]
    assert {"C1", "C2", "C5", "C6", "C7", "C14"} <= set(document["$defs"]["Diagnosis"]["properties"]["cause"]["enum"])


def test_scenarios_are_listed_and_shown():
    """`list` prints the scenario's id, and `show` prints its steps with the article's numbers."""
    assert "photo-differs" in CliRunner().invoke(app, ["scenarios", "list"]).stdout
    shown = CliRunner().invoke(app, ["scenarios", "show", "photo-differs"]).stdout
    assert ["B1", "B2", "B3", "B4"] == re.findall(r"^(B\d)", shown, re.MULTILINE)


@pytest.mark.parametrize("name", list(SCENARIOS))
def test_a_scenario_is_shown_in_sentences(name: str):
    """No placeholder is left, each step's text is a sentence in short lines, and the last line can be pasted."""
    lines = CliRunner().invoke(app, ["scenarios", "show", name]).stdout.splitlines()
    assert [] == re.findall(r"[{}]", "".join(lines))
    assert max(map(len, lines)) <= 120
    steps = len(SCENARIOS[name].steps)
    starts = [line for before, line in pairwise(lines) if re.match(r"[A-Z–]\d?  ", before)]
    assert steps == len(starts)
    assert all(re.match(r"    [A-Z]", line) for line in starts)
    program, *args = lines[-1].removeprefix("Run it: ").split()
    assert ("troubleshooter", "run", name) == (program, *args[:2])
    options = {arg for arg in args if arg.startswith("--")}
    assert options <= {option.flag for option in declared(RunRequest)}


@pytest.mark.run
def test_demo_prints_the_report_last_and_the_record_as_one_line(tmp_path: Path):
    """With `--json` stdout is exactly one line, the record; a dead proxy in the environment does not matter."""
    proxy = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    done = troubleshooter("demo", "--json", "--verbose", "--ticket", "INC-4711", cwd=tmp_path, env=proxy)
    assert 0 == done.returncode, done.stderr
    assert 1 == len(done.stdout.splitlines())
    record = json.loads(done.stdout)
    assert ("in-sync", "INC-4711", "healthy") == (record["verdict"], record["ticket"], record["sandbox"])
    folder = tmp_path / "reports" / record["id"]
    where = {"folder": str(folder), "report": str(folder / "index.html")}  # only in what is printed: folders are moved
    assert record == {**json.loads((folder / "record.json").read_text()), **where}
    log = (folder / "log.txt").read_text(encoding="utf-8").splitlines()
    phases = {line.split()[3] for line in log}
    assert {"start", "browser", "sign-in", "step", "home", "page", "settle", "compare", "report"} <= phases
    assert log == [line for line in done.stderr.splitlines() if line in set(log)]
    assert [] == re.findall(r"@|https?:|popescu|contoso|Ana|INC-4711", "\n".join(log))
    assert "log.txt" in digests_in((folder / "manifest.json").read_bytes())
    again = troubleshooter("report", str(folder), "--lang", "ro", cwd=tmp_path)
    assert (0, str(folder / "index.ro.html")) == (again.returncode, again.stdout.splitlines()[-1])
    assert '<html lang="ro"' in (folder / "index.ro.html").read_text()
    assert '<html lang="en-GB"' in (folder / "index.html").read_text()


@pytest.mark.run
def test_a_served_sandbox_gives_the_verdict_of_the_demo(tmp_path: Path):
    """The run command that `sandbox serve` prints ends like `demo`, and its tenant file contains no password."""
    with serving(tmp_path) as (secret, command):
        assert next(iter(secret.values())) not in (tmp_path / "t.toml").read_text()
        done = troubleshooter(*command, "--json", cwd=tmp_path, env=secret)
        record = json.loads(done.stdout)
        assert (1, "out-of-sync", "C1") == (done.returncode, record["verdict"], record["diagnoses"][0]["cause"])
        steered = troubleshooter("sandbox", "fault", "healthy", "--tenant", "t.toml", cwd=tmp_path)
        assert 0 == steered.returncode
        assert 0 == troubleshooter(*command, "--quiet", cwd=tmp_path, env=secret).returncode


def test_closed_stdout_changes_nothing(tmp_path: Path):
    """A closed stdout does not change the exit code."""
    done = subprocess.run(
        f"{sys.executable} -m troubleshooter scenarios list; echo $? > code",
        shell=True,
        cwd=tmp_path,
        stdout=open_closed_pipe(),
        check=False,
    )
    assert done.returncode == 0
    assert "0" == (tmp_path / "code").read_text().strip()


def open_closed_pipe() -> int:
    """Return the writing end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def test_playwrights_driver_prints_nothing_about_itself():
    """Playwright's driver prints neither runtime warnings nor debug output among the program's lines."""
    code = "import os, troubleshooter; print(os.environ['NODE_NO_WARNINGS'], 'DEBUG' in os.environ)"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "DEBUG": "pw:*"}, capture_output=True, text=True, check=True
    )
    assert "1 False" == done.stdout.strip()
