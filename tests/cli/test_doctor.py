"""`doctor` signs in, checks the computer, and prints no secret."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from .program import serving, troubleshooter


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
