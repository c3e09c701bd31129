"""`--engine` names where users are checked; what is wrong with it is said before anything is written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from troubleshooter.batch.engine.choice import engine_of
from troubleshooter.batch.engine.here import perform_here
from troubleshooter.errors import InputError

ROOT = Path(__file__).parents[3]
_WITHOUT_DASK = "import sys; sys.modules['distributed'] = None; from troubleshooter.cli import main; main()"


def test_users_are_checked_in_this_process_unless_an_engine_is_named():
    """Nothing, and `local`, mean the same."""
    assert perform_here is engine_of(None, "contoso.toml", print)
    assert perform_here is engine_of("local", "sandbox", print)


@pytest.mark.parametrize(
    ("spec", "tenant", "said"),
    [
        ("ray://here:1", "contoso.toml", "there is no engine 'ray://here:1'; expected local or dask://HOST:PORT"),
        ("dask://here", "contoso.toml", "'dask://here' is not the address of a scheduler"),
        ("dask://here:0", "contoso.toml", "'dask://here:0' is not the address of a scheduler"),
        ("dask://a b:1", "contoso.toml", "'dask://a b:1' is not the address of a scheduler"),
        ("dask://here:1", "sandbox:stale-copy", "workers can't reach a sandbox of this process"),
        ("local://here:1", "contoso.toml", "local has no address"),
    ],
)
def test_an_engine_that_does_not_exist_is_refused(spec: str, tenant: str, said: str):
    """The line says what is wrong, and what is expected."""
    with pytest.raises(InputError) as caught:
        engine_of(spec, tenant, print)
    assert "--engine" == caught.value.where
    assert said in caught.value.what


def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path):
    """Exit code 2, one line, and no folder."""
    users, tenant = tmp_path / "users.csv", tmp_path / "contoso.toml"
    users.write_text("upn\nana.popescu@contoso.com\n", encoding="utf-8")
    tenant.write_text(
        'name = "Contoso"\nsharepoint = "https://contoso.sharepoint.com"\n[accounts.qa]\n'
        'username = "qa@contoso.com"\npassword = "env:QA_PASSWORD"\n',
        encoding="utf-8",
    )
    line = ["verify", str(users), "--tenant", str(tenant), "--as", "qa", "--engine", "dask://localhost:1"]
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_DASK, *line, "--run-dir", str(tmp_path / "run")],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QA_PASSWORD": "x"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    why = "Dask is not installed; install it with: pip install 'troubleshooter[dask]'"
    assert (2, "", f"troubleshooter: --engine: {why}\n") == (done.returncode, done.stdout, done.stderr)
    assert not (tmp_path / "run").exists()
