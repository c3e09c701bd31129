"""The plugin is loaded wherever the product is installed: it costs nothing until a test checks a photo."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from pytest_troubleshooter.options import OPTIONS, is_sandbox
from troubleshooter.batch.request import VerifyRequest
from troubleshooter.run.options import declared
from troubleshooter.run.request import RunRequest
from troubleshooter.tenant import open as opening

from .conftest import ROOT, Inner

pytest_plugins = ["pytester"]

TENANT = """
name = "Contoso"
sharepoint = "https://contoso.sharepoint.com"
[accounts.helpdesk]
username = "helpdesk@contoso.com"
password = "env:NOBODY_SET_THIS"
[accounts.ana]
username = "ana@contoso.com"
"""


def test_nothing_of_the_product_is_loaded_before_a_photo_is_checked(inner: Inner, monkeypatch: pytest.MonkeyPatch):
    """Other tests run with their environment as it is, and without what takes long to load."""
    for name in ("DEBUG", "PWDEBUG"):
        monkeypatch.setenv(name, "1")
    inner.pytester.makepyfile(
        """
        import os, sys
        def test_other():
            assert "pytest_troubleshooter" in sys.modules
            slow = {"troubleshooter", "scenarios", "playwright", "pydantic", "numpy", "PIL", "typer", "asyncio"}
            assert not slow & sys.modules.keys()
            assert ("1", "1") == (os.environ["DEBUG"], os.environ["PWDEBUG"])
        """
    )
    result = inner("--strict-markers")
    result.assert_outcomes(passed=1)
    assert "photos:" not in result.stdout.str()
    assert [] == list(inner.path.glob("reports"))


def test_pytest_finds_the_plugin():
    """The wheel names the plugin as an entry point of pytest, and its module is there."""
    project: Mapping = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {"troubleshooter": "pytest_troubleshooter"} == project["project"]["entry-points"]["pytest11"]
    assert "pytest_troubleshooter" in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


def test_its_options_are_those_of_the_commands(inner: Inner):
    """Every option is one of `run` or `verify`, with the same environment variable, and is in pytest's help."""
    known = {option.key: option.variable for option in declared(RunRequest, VerifyRequest)}
    assert {option.key: option.variable for option in OPTIONS}.items() <= known.items()
    shown = inner("--help").stdout.str()
    assert all(f"--photo-{option.key}" in shown and f"{option.ini} (" in shown for option in OPTIONS)
    assert "@pytest.mark.photo(" in inner("--markers").stdout.str()


@pytest.mark.parametrize("spec", ["sandbox", "sandbox:stale-copy", "sandbox.toml", "contoso.toml", "box"])
def test_the_built_in_tenant_is_recognized_as_by_the_product(spec: str):
    """The plugin has the product's rule, because the product is not loaded when it is needed."""
    assert opening.is_sandbox(spec) == is_sandbox(spec)


def test_where_an_option_comes_from(inner: Inner, monkeypatch: pytest.MonkeyPatch):
    """The command line wins over the environment, and the environment over the ini file, whose paths are its own."""
    inner.pytester.makeini("[pytest]\nphoto_tenant = lab/ini.toml\nphoto_as = ini\nphoto_out = out")
    inner.pytester.makepyfile("def test_other(): pass")
    (inner.path / "deeper").mkdir()

    def line(*args: str) -> str:
        return next(line for line in inner("--collect-only", *args).outlines if line.startswith("photos: "))

    assert f"tenant {inner.path / 'lab' / 'ini.toml'} as ini" in line()
    assert f"reports in {inner.path / 'out'}/" in line()
    monkeypatch.chdir(inner.path / "deeper")
    assert f"tenant {inner.path / 'lab' / 'ini.toml'} as ini" in line("..")
    monkeypatch.setenv("TROUBLESHOOTER_TENANT", "environment.toml")
    assert "tenant environment.toml as ini" in line("..")
    assert "tenant line.toml as ana" in line("..", "--photo-tenant", "line.toml", "--photo-as", "ana")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "--photo-tenant: name the tenant file, or sandbox; or set photo_tenant in the ini file"),
        (["--photo-tenant", "none.toml"], "*none.toml*"),
        (["--photo-tenant", "t.toml"], "--photo-as: name the account that signs in; allowed: helpdesk, ana"),
        (["--photo-tenant", "t.toml", "--photo-as", "anna"], "--photo-as: t.toml has no account 'anna'*'ana'*"),
        (["--photo-tenant", "t.toml", "--photo-as", "ana"], "accounts.ana.password: nobody can be asked here*"),
        (["--photo-tenant", "t.toml", "--photo-as", "helpdesk"], "*NOBODY_SET_THIS is not set*"),
        (["--photo-tenant", "t.toml", "--photo-timeout", "soon"], "--photo-timeout: *"),
        (["--photo-tenant", "t.toml", "--photo-rate", "-1"], "--photo-rate: *"),
        (["--photo-tenant", "sandbox:nonsense"], "sandbox: no fault 'nonsense'*"),
    ],
)
def test_a_wrong_option_is_one_line(options: list[str], said: str, inner: Inner):
    """The test errors with one line that says what is wrong and what is expected; nothing is written."""
    (inner.path / "t.toml").write_text(TENANT, encoding="utf-8")
    inner.pytester.makepyfile("def test_ana(photo_check): assert photo_check().in_sync")
    result = inner(*options)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["_* ERROR at setup of test_ana _*", said, "=* short test summary info =*"], consecutive=True
    )
    assert not Path(inner.path / "reports").exists()


def test_a_tenant_of_somebody_else_is_refused(inner: Inner):
    """A fixture `tenant` that is about something else is named, instead of failing somewhere inside."""
    inner.pytester.makeconftest(
        """
        import pytest
        @pytest.fixture(scope="session")
        def tenant(): return "the people in flat 3"
        """
    )
    inner.pytester.makepyfile("def test_ana(photo_check): assert photo_check().in_sync")
    result = inner()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["tenant: this fixture returns 'the people in flat 3'; expected *"])
