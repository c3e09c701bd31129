"""A run behind a proxy that asks for a name and a password: exit 3 in one line, and the password in no file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.proxy import PASSWORD, proxied

TENANT = """name = "Contoso"
sharepoint = "https://contoso.sharepoint.com"
[accounts.ana]
username = "ana@contoso.com"
password = "env:ANA"
"""
ROOT = Path(__file__).parents[2]


@pytest.mark.run
def test_a_run_and_its_recheck_behind_a_proxy(tmp_path: Path):
    """Without the password the proxy stops the run; a recheck takes it from the environment and is let through."""
    (tmp_path / "t.toml").write_text(TENANT)

    def troubleshooter(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        env = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        env |= {"PYTHONPATH": str(ROOT), "ANA": "swordfish-1", **more}
        command = [sys.executable, "-m", "troubleshooter", *arguments, "--json", "--quiet"]
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    with proxied("asks") as proxy:
        page = "https://contoso.sharepoint.com/sites/hr/SitePages/Team.aspx"
        options = ["--tenant", "t.toml", "--as", "ana", "--page", page, "--proxy", proxy.address]
        first = troubleshooter("run", "photo-differs", *options)
        record = json.loads(first.stdout)
        assert (3, "proxy", proxy.address) == (first.returncode, record["reason"], record["inputs"]["proxy"])
        assert not any(let for _, let in proxy.asked)
        again = troubleshooter("recheck", f"reports/{record['id']}", HTTPS_PROXY=proxy.with_credentials)
        assert ("www.office.com:443", True) in proxy.asked
    record = json.loads(again.stdout)
    assert (3, "host-unreachable", proxy.address) == (again.returncode, record["reason"], record["inputs"]["proxy"])
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in (PASSWORD, "p%40ss%3Aw"):
        assert secret not in again.stdout + again.stderr + first.stderr
        assert secret.encode() not in written
