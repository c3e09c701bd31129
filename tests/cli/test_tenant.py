"""`troubleshooter tenant new` writes a tenant file that `doctor` and `run` accept, and never over another file."""

from __future__ import annotations

import io
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from troubleshooter.cli import app
from troubleshooter.cli import tenant as command
from troubleshooter.cli.commands import command as command_named
from troubleshooter.tenant.open import read_tenant

FACTS = ["--sharepoint", "https://contoso.sharepoint.com/sites/hr", "--username", "Helpdesk@contoso.com"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(*args: str, stdin: str = "") -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["tenant", "new", *args], input=stdin)


def test_it_writes_a_file_that_the_product_reads():
    """Its account and its addresses are there, and the variable is named that the user has to set."""
    done = new("contoso.toml", *FACTS)
    assert (0, True) == (done.exit_code, "First set CONTOSO_HELPDESK_PASSWORD" in done.stderr)
    tenant = read_tenant(Path("contoso.toml"))
    assert "https://contoso-my.sharepoint.com" == tenant.my
    assert "helpdesk@contoso.com" == tenant.account("helpdesk").username


def test_doctor_accepts_the_file():
    """`doctor --tenant` calls the tenant fine, and without a browser gets as far as the password, which is not set."""
    new("contoso.toml", *FACTS)
    line = ["doctor", "--tenant", "contoso.toml", "--executable", "contoso.toml", "--non-interactive"]
    ended = subprocess.run(
        [sys.executable, "-m", "troubleshooter", *line], capture_output=True, text=True, check=False, timeout=60
    )
    assert "ok   tenant: Contoso at https://contoso.sharepoint.com\n" in ended.stdout
    assert "the environment variable CONTOSO_HELPDESK_PASSWORD is not set" in ended.stdout


def test_the_next_two_commands_can_be_pasted():
    """They are commands of this program, for this file, also where its name has a space."""
    done = new("my contoso.toml", *FACTS)
    lines = done.stdout.splitlines()
    assert 2 == len(lines)
    for line, name in zip(lines, ("doctor", "run"), strict=True):
        program, given, *args = shlex.split(line)
        params = command_named(name).make_context(name, args).params
        assert ("troubleshooter", name, "my contoso.toml", "helpdesk") == (
            program,
            given,
            params["tenant"],
            params["account"],
        )


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["contoso.toml", "--sharepoint", "https://contoso.example", *FACTS[2:]], "--sharepoint: 'https://contoso.ex"),
        (["contoso.toml", *FACTS[:2], "--username", "helpdesk"], "--username: 'helpdesk' is not a valid user name"),
        (["none/contoso.toml", *FACTS], "FILE: none/contoso.toml: the folder none does not exist; create it"),
        (["sandbox", *FACTS], "FILE: 'sandbox' names the built-in sandbox; expected a name such as contoso.toml"),
        (["contoso.toml"], "--sharepoint: is missing, and nobody can be asked here; expected a SharePoint address"),
        (["contoso.toml", *FACTS[:2]], "--username: is missing, and nobody can be asked here; expected "),
        (["contoso.toml", *FACTS, "--cloud", "moon"], "--cloud: 'moon'; allowed: worldwide, gcch, dod, china"),
    ],
)
def test_wrong_input_is_one_line(args: list[str], said: str, here: Path):
    """Exit code 2, and nothing is written."""
    done = new(*args)
    assert (2, "", 1) == (done.exit_code, done.stdout, done.stderr.count("\n")), done.stderr
    assert f"troubleshooter: {said}" in done.stderr
    assert [] == list(here.iterdir())


@pytest.mark.parametrize("taken", ["file", "folder", "link"])
def test_nothing_is_overwritten(taken: str, here: Path):
    """Neither a file, nor a folder, nor what a link that leads nowhere would create; and no question is asked."""
    file = here / "contoso.toml"
    {"file": lambda: file.write_text("x"), "folder": file.mkdir, "link": lambda: file.symlink_to("gone")}[taken]()
    done = new("contoso.toml")
    assert (2, "", 1) == (done.exit_code, done.stdout, done.stderr.count("\n"))
    assert "FILE: contoso.toml exists, and is not overwritten; name another file" in done.stderr
    assert (["contoso.toml"], not file.is_file() or "x" == file.read_text()) == ([p.name for p in here.iterdir()], True)


def test_a_file_that_appears_meanwhile_is_kept(here: Path, monkeypatch: pytest.MonkeyPatch):
    """Also one that somebody writes while the questions are answered."""
    monkeypatch.setattr(command, "_refuse_unusable", lambda file: file.write_text("x"))
    done = new("contoso.toml", *FACTS)
    assert (2, "x") == (done.exit_code, (here / "contoso.toml").read_text())
    assert "exists, and is not overwritten" in done.stderr


def test_a_full_disk_leaves_nothing(here: Path):
    """No half of the file is left: exit code 2, one line."""
    script = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); "
        "from troubleshooter.cli import main; main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, "tenant", "new", "contoso.toml", *FACTS],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (2, "", 1) == (ended.returncode, ended.stdout, ended.stderr.count("\n")), ended.stderr
    assert "FILE: contoso.toml: File too large; expected a file that can be written" in ended.stderr
    assert [] == list(here.iterdir())


class Terminal(io.StringIO):
    """A terminal at which somebody types."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_asks_for_what_is_missing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Two questions, on stderr; stdout has only the commands. What is given is not asked for."""
    monkeypatch.setattr(sys, "stdin", Terminal("contoso.sharepoint.com\nana@contoso.com\n"))
    app(["tenant", "new", "asked.toml"], standalone_mode=False)
    printed = capsys.readouterr()
    assert 2 == printed.out.count("\n")
    assert "A SharePoint address" in printed.err
    assert "ana@contoso.com" == read_tenant(Path("asked.toml")).account("ana").username
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    app(["tenant", "new", "given.toml", *FACTS], standalone_mode=False)
    assert read_tenant(Path("given.toml")).accounts


def test_a_password_has_no_option():
    """One on the command line is refused by its option's name alone, so that it is not printed."""
    done = new("contoso.toml", *FACTS, "--password=hunter2-hunter2")
    assert (2, False) == (done.exit_code, "hunter2" in done.output)


def test_help_says_first_what_it_is():
    """The first line of its help says what it does."""
    text = CliRunner().invoke(app, ["tenant", "new", "--help"], env={"COLUMNS": "200"}).output
    assert "Write a commented tenant file" in text.strip().splitlines()[2]
