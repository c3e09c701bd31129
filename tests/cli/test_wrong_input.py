"""Wrong input takes one line, exit code 2, and leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from troubleshooter.cli import app

from .program import PAGE, troubleshooter

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
    "merge nothing": ["merge", "nowhere", "--out", "merged"],
    "merge into what is there": ["merge", ".", "--out", "."],
    "diff of nothing": ["diff", "nowhere", "nowhere"],
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
