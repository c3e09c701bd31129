"""The command line as other programs see it: exit codes, stdout, one line for bad input, and signals."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from troubleshooter.cli import app

PROGRAM = [sys.executable, "-m", "troubleshooter"]
PAGE = "https://contoso.sharepoint.com/sites/communications/SitePages/Our-Team.aspx"


def troubleshooter(*args: str, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the program to its end, with an empty stdin."""
    return subprocess.run(
        [*PROGRAM, *args],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


WRONG = {
    "no such command": ["dance"],
    "no such option": ["demo", "--dance"],
    "no such fault": ["demo", "--fault", "dance"],
    "no such layout": ["demo", "--layout", "dance"],
    "no such scenario": ["run", "dance", "--tenant", "sandbox"],
    "no such tenant file": ["run", "photo-differs", "--tenant", "nowhere.toml"],
    "no such account": ["run", "photo-differs", "--tenant", "sandbox", "--as", "nobody"],
    "subject is not a UPN": ["run", "photo-differs", "--tenant", "sandbox", "--subject", "Ana"],
    "page outside the tenant": ["run", "photo-differs", "--tenant", "sandbox", "--page", "https://evil.example/"],
    "page without https": ["run", "photo-differs", "--tenant", "sandbox", "--page", PAGE.replace("https", "http")],
    "expected photo missing": ["run", "photo-differs", "--tenant", "sandbox", "--expect", "nowhere.jpg"],
    "expected photo unreadable": ["run", "photo-differs", "--tenant", "sandbox", "--expect", "no-picture.jpg"],
    "out can't be written": ["demo", "--out", "no-picture.jpg"],
    "time limit": ["demo", "--timeout", "0"],
    "surface": ["demo", "--surfaces", "default,dance"],
    "surface without a name": ["demo", "--surfaces", "default,,"],
    "language": ["demo", "--lang", "xx"],
    "browser language": ["demo", "--ui-locale", "zz-ZZ-@@"],
    "proxy": ["demo", "--proxy", "foo"],
    "browser": ["demo", "--browser", "lynx"],
    "among is not a folder": ["compare", "no-picture.jpg", "--among", "no-picture.jpg"],
    "executable": ["demo", "--executable", "nowhere"],
    "browser profile missing": ["demo", "--also-profile", "nowhere"],
    "report of nothing": ["report", "nowhere"],
    "compare one": ["compare", "no-picture.jpg"],
    "compare what is not a picture": ["compare", "no-picture.jpg", "no-picture.jpg"],
    "pairs missing": ["compare", "--pairs", "nowhere.csv"],
    "pairs without columns": ["compare", "--pairs", "no-picture.jpg"],
    "scenario to show": ["scenarios", "show", "dance"],
}


@pytest.mark.parametrize("args", WRONG.values(), ids=WRONG)
def test_wrong_input_is_exit_2_and_leaves_nothing(args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Bad input prints a message on stderr and nothing on stdout, leaves nothing behind, and has exit code 2."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "no-picture.jpg").write_text("no picture")
    before = sorted(tmp_path.rglob("*"))
    done = CliRunner().invoke(app, args)
    assert (2, "") == (done.exit_code, done.stdout)
    assert isinstance(done.exception, SystemExit)
    assert done.stderr.strip()
    assert before == sorted(tmp_path.rglob("*"))


def test_own_errors_take_one_line(tmp_path: Path):
    """The product's own errors take one line that says where it is, what is wrong and what is expected."""
    done = troubleshooter(
        "run", "photo-differs", "--tenant", "sandbox", "--page", "https://evil.example/", cwd=tmp_path
    )
    expected = (
        "troubleshooter: --page: https://evil.example/ is outside the tenant; "
        "expected a page of contoso-my.sharepoint.com or contoso.sharepoint.com\n"
    )
    assert expected == done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["--lang", "xx"],
        ["--subject", "Ana"],
        ["--as", "nobody"],
        ["--page", "https://evil.example/"],
        ["--expect", "nowhere.jpg"],
        ["--photo", "nowhere.jpg"],
    ],
)
def test_a_wrong_option_is_refused_before_the_sandbox_starts(args: list[str], monkeypatch: pytest.MonkeyPatch):
    """Starting it takes seconds, and nothing in it could make the option right."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the sandbox was started")

    monkeypatch.setattr("troubleshooter.sandbox.running", refuse)
    done = CliRunner().invoke(app, ["run", "photo-differs", "--tenant", "sandbox", *args])
    assert (2, 1) == (done.exit_code, len(done.stderr.splitlines()))
    assert f"troubleshooter: {args[0]}: " in done.stderr


TEAM = "contoso.sharepoint.com/sites/hr/SitePages/Team.aspx"


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (TEAM, f"does not begin with https://; expected https://{TEAM}"),
        (f"http://{TEAM}", f"begins with http:; expected https://{TEAM}"),
        (f"HTTP://{TEAM}", f"begins with http:; expected https://{TEAM}"),
        (f"//{TEAM}", f"does not begin with https://; expected https://{TEAM}"),
        (f"https:/{TEAM}", f"does not begin with https://; expected https://{TEAM}"),
        (f"http://evil.example/{TEAM}", "is outside the tenant; expected a page of "),
        ("Team.aspx", "is outside the tenant; expected a page of "),
        (
            f"https://{TEAM}".replace(".com/", ".com.mcas.ms/"),
            f"has a name from session control; expected https://{TEAM}",
        ),
    ],
)
def test_how_a_page_has_to_begin_is_said(page: str, why: str):
    """An address that only lacks its beginning is no other tenant's."""
    done = CliRunner().invoke(app, ["run", "photo-differs", "--tenant", "sandbox", "--page", page])
    assert (2, True) == (done.exit_code, done.stderr.startswith(f"troubleshooter: --page: {page} {why}")), done.stderr


def test_a_page_of_another_sharepoint_may_have_a_former_name():
    """The line says what to do; for a page of anybody else it does not."""
    for host, says in (("fabrikam.sharepoint.com", True), ("evil.example", False)):
        done = CliRunner().invoke(app, ["run", "photo-differs", "--tenant", "sandbox", "--page", f"https://{host}/x"])
        advice = f"If {host} is a former name of this tenant, add it to visit_hosts in the tenant file"
        assert (2, says) == (done.exit_code, advice in done.stderr)


TWICE = {
    "--subject": ["run", "photo-differs", "--tenant", "sandbox", "--subject", "a@b.c", "--subject", "d@e.f"],
    "--lang": ["demo", "--lang", "en", "--ticket", "INC-1", "--lang=en"],
    "--quiet": ["demo", "--quiet", "-q"],
    "--surfaces": ["recheck", "nowhere", "--surfaces", "all", "--surfaces", "default"],
    "--pairs": ["compare", "--pairs", "a.csv", "--pairs", "b.csv"],
    "--fault": ["sandbox", "serve", "--fault", "healthy", "--fault", "stale-copy"],
    "--tenant": ["doctor", "--tenant", "a.toml", "--tenant", "b.toml"],
}


@pytest.mark.parametrize("option", TWICE)
def test_an_option_that_is_given_twice_is_refused(option: str):
    """Of two subjects one would not be checked: one line, before anything else is looked at."""
    done = CliRunner().invoke(app, TWICE[option])
    line = f"troubleshooter: {option}: given 2 times; expected once\n"
    assert (2, "", line) == (done.exit_code, done.stdout, done.stderr)


def test_a_repeatable_option_may_be_given_twice():
    """`--page` names several pages, and `--until` two kinds of end: what is refused here is the tenant and the run."""
    pages = ["--page", PAGE, "--page", PAGE + "?x=1"]
    done = CliRunner().invoke(app, ["run", "photo-differs", "--tenant", "nowhere.toml", *pages])
    assert "--tenant: nowhere.toml: No such file" in done.stderr
    done = CliRunner().invoke(app, ["recheck", "nowhere", "--watch", "6h", "--until", "in-sync", "--until", "24h"])
    assert "RUN_DIR: nowhere: No such file" in done.stderr


def test_unset_password_variable_is_exit_2(tmp_path: Path):
    """A tenant file whose `env:` variable is not set is refused before anything runs."""
    (tmp_path / "t.toml").write_text(
        'name = "Contoso"\nsharepoint = "https://contoso.sharepoint.com"\n'
        '[accounts.a]\nusername = "a@contoso.com"\npassword = "env:NOT_SET_ANYWHERE"\n'
    )
    done = troubleshooter("run", "photo-differs", "--tenant", "t.toml", "--as", "a", "--page", PAGE, cwd=tmp_path)
    assert (2, "") == (done.returncode, done.stdout)
    assert "NOT_SET_ANYWHERE" in done.stderr
    assert not (tmp_path / "reports").exists()


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


@pytest.mark.run
def test_doctor_signs_in_with_each_account_and_prints_no_secret(tmp_path: Path):
    """`doctor` says for each account whether it signs in or why not, prints no secret and runs no scenario."""
    with serving(tmp_path, fault="healthy") as (secret, _):
        head, _, _ = (tmp_path / "t.toml").read_text().partition("[accounts.")
        network = (tmp_path / "t.toml").read_text().partition("[network]")[2]
        name, value = next(iter(secret.items()))
        accounts = "".join(
            f'[accounts.{who}]\nusername = "{upn}"\npassword = "{password}"\n{more}\n'
            for who, upn, password, more in (
                ("ana", "ana.popescu@contoso.com", f"env:{name}", ""),
                ("wrong", "helpdesk@contoso.com", "env:A_PASSWORD", ""),
                ("again", "Helpdesk@contoso.com", "env:A_PASSWORD", ""),
                ("unset", "helpdesk@contoso.com", "env:NOT_SET_ANYWHERE", ""),
                ("asked", "helpdesk@contoso.com", "prompt", ""),
                ("seed", "helpdesk@contoso.com", f"env:{name}", 'totp = "env:A_PASSWORD"\n'),
            )
        )
        (tmp_path / "d.toml").write_text(f"{head}{accounts}[network]{network}")
        done = troubleshooter(
            "doctor", "--tenant", "d.toml", cwd=tmp_path, env={**secret, "A_PASSWORD": "swordfish-42"}
        )
    assert 3 == done.returncode
    assert "ok   browser" in done.stdout
    assert "ok   account ana: ana.popescu@contoso.com signs in\n" in done.stdout
    for what in ("disk", "home page", "clock", "TLS", "tenant"):
        assert f"ok   {what}: " in done.stdout
    assert ["ana", "wrong"] == re.findall(r"^Signing in as (\w+) …$", done.stderr, re.MULTILINE)
    refused = "FAIL account wrong: helpdesk@contoso.com: wrong-password (AADSTS50126): Sign-in refused the password."
    assert refused in done.stdout
    assert "FAIL account again: Helpdesk@contoso.com: the same password was just refused for this user" in done.stdout
    assert "FAIL account unset: helpdesk@contoso.com: accounts.unset.password: the environment variable" in done.stdout
    assert (
        "ok   account asked: helpdesk@contoso.com: sign-in was not tried, because a run will ask for the password"
        in done.stdout
    )
    assert "FAIL account seed: helpdesk@contoso.com: accounts.seed.totp: the seed is not base32" in done.stdout
    assert not {"swordfish-42", value} & set(re.split(r"[\s:]", done.stdout + done.stderr))
    assert not (tmp_path / "reports").exists()


def test_doctor_redacts_the_proxys_password(tmp_path: Path):
    """`doctor` redacts the proxy's password in every row, both URL-encoded and decoded."""
    proxy = ["--proxy", "http://ana:p%40ssword@proxy.example:8", "--executable", sys.executable]
    done = troubleshooter("doctor", *proxy, "--tenant", "p%40ssword or p@ssword.toml", cwd=tmp_path)
    assert "FAIL tenant: --tenant: ••• or •••.toml: No such file" in done.stdout


@pytest.mark.run
def test_doctor_checks_the_computer_without_a_tenant(tmp_path: Path):
    """Without a tenant, `doctor` checks the browser; a missing tenant file is a finding, a wrong option bad input."""
    assert "ok   browser" in troubleshooter("doctor", cwd=tmp_path).stdout
    missing = troubleshooter("doctor", "--tenant", "nowhere.toml", cwd=tmp_path)
    assert (3, True) == (missing.returncode, "FAIL tenant: --tenant: nowhere.toml" in missing.stdout)
    assert 2 == troubleshooter("doctor", "--executable", "nowhere", cwd=tmp_path).returncode
    for where in (["--tenant", "sandbox"], []):
        unknown = troubleshooter("doctor", *where, "--as", "nobody", cwd=tmp_path)
        assert (2, "", True) == (unknown.returncode, unknown.stdout, unknown.stderr.startswith("troubleshooter: --as:"))


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
    assert record == json.loads((folder / "record.json").read_text())
    log = (folder / "log.txt").read_text(encoding="utf-8").splitlines()
    phases = {line.split()[3] for line in log}
    assert {"start", "browser", "sign-in", "step", "home", "page", "settle", "compare", "report"} <= phases
    assert log == [line for line in done.stderr.splitlines() if line in set(log)]
    assert [] == re.findall(r"@|https?:|popescu|contoso|Ana|INC-4711", "\n".join(log))
    assert "log.txt" in json.loads((folder / "manifest.json").read_text())
    again = troubleshooter("report", str(folder), "--lang", "ro", cwd=tmp_path)
    assert (0, str(folder / "index.html")) == (again.returncode, again.stdout.splitlines()[-1])
    assert '<html lang="ro"' in (folder / "index.html").read_text()


@contextmanager
def serving(cwd: Path, fault: str = "stale-copy") -> Iterator[tuple[dict[str, str], list[str]]]:
    """Keep `sandbox serve` running; yield the environment and the run command that it prints."""
    command = [*PROGRAM, "sandbox", "serve", "--fault", fault, "--write-tenant", "t.toml"]
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        export, ready = server.stdout.readline(), server.stdout.readline()
        name, _, value = export.removeprefix("export ").strip().partition("=")
        try:
            yield {name: value}, ready.split()[1:]
        finally:
            server.terminate()
            server.wait(20)


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


@pytest.mark.run
@pytest.mark.parametrize(("name", "code", "line"), [("SIGINT", 130, "interrupted"), ("SIGTERM", 4, "ended by SIGTERM")])
def test_doctor_prints_one_line_when_it_is_interrupted(name: str, code: int, line: str, tmp_path: Path):
    """Ctrl-C or SIGTERM during a sign-in makes `doctor` print one line without a traceback."""
    process = subprocess.Popen(
        [*PROGRAM, "doctor", "--tenant", "sandbox:slow-sign-in", "--as", "ana"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    assert process.stderr
    progress = [process.stderr.readline(), process.stderr.readline()]
    assert "Signing in as ana …\n" == progress[1]
    end = os.kill if name == "SIGTERM" else os.killpg
    end(process.pid, getattr(signal, name))
    _, errors = process.communicate(timeout=60)
    assert (code, f"troubleshooter: {line}\n") == (process.returncode, errors)


def test_ctrl_c_during_an_import_exits_with_130(tmp_path: Path):
    """Ctrl-C while a dataclass is being created exits with code 130 instead of ending the process by the signal."""
    (tmp_path / "interrupted.py").write_text(
        "import typer\n"
        "from troubleshooter.cli.console import guarded\n"
        "@guarded\n"
        "def command() -> None:\n"
        "    exec('raise KeyboardInterrupt')\n"
        "typer.run(command)\n"
    )
    done = subprocess.run([sys.executable, "-m", "interrupted"], cwd=tmp_path, capture_output=True, check=False)
    assert (130, b"troubleshooter: interrupted\n") == (done.returncode, done.stderr)


@pytest.mark.run
def test_a_run_that_takes_too_long_leaves_a_report_that_says_where(tmp_path: Path):
    """The limit of the run ends it as a signal would: evidence is kept, the rest is skipped, and it cannot tell."""
    done = troubleshooter("demo", "--fault", "slow-images", "--max-time", "15", "--quiet", cwd=tmp_path)
    assert 4 == done.returncode, done.stderr
    folder = next((tmp_path / "reports").iterdir())
    record = json.loads((folder / "record.json").read_text())
    assert ("inconclusive", "time-limit", "time-limit") == (
        record["verdict"],
        record["reason"],
        record["interrupted_by"],
    )
    *passed, ended = [step for step in record["steps"] if step["status"] != "skipped"]
    assert {"passed"} == {step["status"] for step in passed}
    assert ("failed", "time-limit") == (ended["status"], ended["reason"])
    assert ended["shots"]
    assert "skipped" == record["steps"][-1]["status"]
    assert (folder / "manifest.json").exists()
    assert 15.0 == record["inputs"]["max_time"]


@pytest.mark.run
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 4), ("SIGKILL", -9)])
def test_an_interrupted_run_leaves_a_report_that_says_where(name: str, code: int, tmp_path: Path):
    """Ctrl-C and SIGTERM leave a report, after `kill -9` a report can still be rendered, and none says `in-sync`."""
    process = subprocess.Popen(
        [*PROGRAM, "demo"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr
    for line in process.stderr:
        if line.startswith("B3"):
            break
    # Ctrl-C and `kill -9` reach the whole process group; a service manager's SIGTERM reaches only the process.
    end = os.kill if name == "SIGTERM" else os.killpg
    end(process.pid, getattr(signal, name))
    process.communicate(timeout=60)
    assert code == process.returncode
    folder = next((tmp_path / "reports").iterdir())
    if name == "SIGKILL":
        assert not (folder / "manifest.json").exists()
        assert 4 == troubleshooter("report", str(folder), cwd=tmp_path).returncode
    else:
        last = json.loads((folder / "record.json").read_text())["steps"]
        ended = [s for s in last if s["reason"] == "interrupted"]
        assert 1 == len(ended)
        assert ended[0]["shots"]
    record = json.loads((folder / "record.json").read_text())
    assert ("inconclusive", "crashed" if name == "SIGKILL" else "interrupted") == (record["verdict"], record["reason"])
    assert "B4" in (folder / "index.html").read_text() or name == "SIGKILL"
