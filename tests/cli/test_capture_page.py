"""`capture-page` and `sandbox serve --page` as people use them."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from troubleshooter.capture.page import is_saved_page
from troubleshooter.cli import app

SITE = "contoso.sharepoint.com/sites/communications/SitePages"
PAGE = f"https://{SITE}/Our-Team.aspx"


def capture(url: str, *args: str, cwd: Path, tenant: str = "sandbox") -> subprocess.CompletedProcess[str]:
    """Save a page of the sandbox."""
    return subprocess.run(
        [sys.executable, "-m", "troubleshooter", "capture-page", url, "--tenant", tenant, *args],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"{SITE}/A.aspx", f"{SITE}/A.aspx does not begin with https://; expected https://{SITE}/A.aspx"),
        (f"http://{SITE}/A.aspx", f"http://{SITE}/A.aspx does not begin with https://; expected https://{SITE}/A.aspx"),
        (
            "https://evil.example/",
            "https://evil.example/ is outside the tenant; "
            "expected a page of contoso.sharepoint.com, contoso-my.sharepoint.com or of Microsoft 365",
        ),
        ("https://contoso.sharepoint.com.evil.example/", "https://contoso.sharepoint.com.evil.example/ is outside"),
    ],
)
def test_a_wrong_url_is_refused_before_anything_starts(url: str, why: str, monkeypatch: pytest.MonkeyPatch):
    """One line, exit code 2, and no sandbox is started for it."""
    monkeypatch.setattr("troubleshooter.sandbox.running", lambda *_, **__: pytest.fail("the sandbox was started"))
    done = CliRunner().invoke(app, ["capture-page", url, "--tenant", "sandbox"])
    assert (2, "", 1) == (done.exit_code, done.stdout, len(done.stderr.splitlines()))
    assert done.stderr.startswith(f"troubleshooter: URL: {why}")


def test_what_is_no_saved_page_is_not_served(tmp_path: Path):
    """Any other HTML file is refused, with exit code 2."""
    (tmp_path / "other.html").write_text("<p>Ana</p>")
    done = CliRunner().invoke(app, ["sandbox", "serve", "--page", str(tmp_path / "other.html")])
    assert (2, True) == (done.exit_code, "is not a saved page" in done.stderr)


@pytest.mark.browser
def test_a_page_is_saved_for_its_owner_alone(tmp_path: Path):
    """Its path is the last line on stdout, stderr says what is in it, the folder is the owner's, nobody is in it."""
    done = capture(PAGE, cwd=tmp_path)
    assert 0 == done.returncode, done.stderr
    path = tmp_path / done.stdout.splitlines()[-1]
    assert ("site-page.html", 0o700) == (path.name, stat.S_IMODE(path.parent.stat().st_mode))
    assert is_saved_page(path.read_bytes())
    assert not [name for name in ("Popescu", "popescu", "Ionescu", "Our Team") if name in path.read_text()]
    assert "can be sent" in done.stderr


@pytest.mark.browser
@pytest.mark.parametrize(
    ("url", "tenant", "code", "why"),
    [
        (f"https://{SITE}/Nowhere.aspx", "sandbox", 4, "There is no page at"),
        (PAGE, "sandbox:wrong-password", 3, "password"),
        (PAGE, "sandbox", 2, "sign-in.email: 'input::placeholder': the browser does not accept it"),
    ],
)
def test_a_page_that_does_not_come_leaves_nothing(url: str, tenant: str, code: int, why: str, tmp_path: Path):
    """A missing page is exit code 4, a refused account 3, a wrong repair 2; one line says why; no folder is left."""
    repairs = tmp_path / "mine.toml"
    repairs.write_text('[locators]\nsign-in.email = "input::placeholder"\n', encoding="utf-8")
    done = capture(url, *(["--locators", str(repairs)] if code == 2 else []), cwd=tmp_path, tenant=tenant)
    assert (code, "") == (done.returncode, done.stdout)
    assert why in done.stderr.splitlines()[-1]
    assert [] == [path for path in (tmp_path / "reports").iterdir() if path.is_dir()]
