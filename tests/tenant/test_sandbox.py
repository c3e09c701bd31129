"""The sandbox as a tenant, with its tenant file and its controls."""

from __future__ import annotations

import tomllib

import pytest

from troubleshooter.errors import InputError
from troubleshooter.tenant.sandbox import as_toml, steer

from .files import GOOD, NETWORK, SANDBOX


def test_a_written_tenant_file_can_be_read(written):
    """The file that `sandbox serve` writes describes the same tenant, and contains no secret."""
    text = as_toml(SANDBOX)
    assert "hunter2" not in text
    tenant = written(text)
    for key in ("name", "home", "sharepoint", "my", "accounts", "network", "sandbox"):
        assert getattr(SANDBOX, key) == getattr(tenant, key)
    assert {"name", "home", "sharepoint", "my", "accounts", "network"} == tomllib.loads(text).keys()


@pytest.mark.parametrize("network", ["", NETWORK])
def test_only_a_sandbox_is_controlled(written, network):
    """A real tenant and a lab without a fault cannot be controlled."""
    with pytest.raises(InputError) as caught:
        steer(written(GOOD + network), "advance", seconds=60)
    why = f"{written.file} is not a sandbox's; expected a file that `sandbox serve` wrote"
    assert ("--tenant", why) == (caught.value.where, caught.value.what)
