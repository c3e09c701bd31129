"""Fixture for tenant files that tests write."""

from __future__ import annotations

import pytest

from troubleshooter.tenant.open import read_tenant
from troubleshooter.tenant.tenant import Tenant


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a tenant file and reads it."""
    file = tmp_path / "contoso.toml"

    def write(text: str) -> Tenant:
        file.write_text(text, encoding="utf-8")
        return read_tenant(file)

    write.file = file
    return write
