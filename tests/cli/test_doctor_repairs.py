"""`doctor` names what is wrong in `locators.toml`, and checks the rest without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .program import troubleshooter


@pytest.mark.run
@pytest.mark.parametrize(
    ("selector", "says"),
    [
        ("input[type!=password]", "'input[type!=password]' is not a CSS selector: no browser knows '!='"),
        ("input::placeholder", "'input::placeholder': the browser does not accept it"),
    ],
)
def test_a_wrong_selector_is_a_finding_of_its_own(selector: str, says: str, tmp_path: Path):
    """The row is about the file, not about the tenant; the account is still checked, without the file."""
    file = tmp_path / "mine.toml"
    file.write_text(f'[locators]\n"sign-in.email" = "{selector}"\n', encoding="utf-8")
    args = ("--tenant", "sandbox", "--as", "ana", "--locators", str(file))
    done = troubleshooter("doctor", *args, cwd=tmp_path)
    rows = done.stdout.splitlines()
    (wrong,) = [row for row in rows if row.startswith("FAIL")]
    assert 3 == done.returncode, done.stderr
    assert wrong.startswith(f"FAIL locators: {file}: locators: sign-in.email: {says}")
    assert any(row.startswith("ok   tenant: ") for row in rows)
    assert any(row.startswith("ok   account ana: ") and row.endswith("signs in") for row in rows)
