"""A tenant knows its accounts, and the hosts of each."""

from __future__ import annotations

import pytest

from troubleshooter.errors import InputError

from .files import GOOD, NETWORK, SANDBOX


def test_a_lab_is_not_a_real_tenant(written):
    """A tenant file with `[network]` but without a fault describes a lab, never a real tenant."""
    assert "lab" == written(GOOD + NETWORK).sandbox


def test_an_account_is_found_by_its_name(written):
    """An account is found by its name; the error about an unknown name lists the accounts."""
    tenant = written(GOOD + '[accounts.helpdesk]\nusername = "helpdesk@contoso.com"\n')
    assert "helpdesk@contoso.com" == tenant.account("helpdesk").username
    with pytest.raises(InputError) as caught:
        tenant.account("helpdeks")
    why = f"{written.file} has no account 'helpdeks'. Did you mean 'helpdesk'? Allowed: ana, helpdesk."
    assert ("--as", why) == (caught.value.where, caught.value.what)


def test_each_account_has_its_own_hosts(written):
    """Secrets are typed at an identity provider only for the account that lists it."""
    tenant = written(f'{GOOD}federated_hosts = ["sts.contoso.com"]\n[accounts.radu]\nusername = "radu@contoso.com"\n')
    url = "https://sts.contoso.com/adfs/ls"
    allowed = {name: tenant.hosts(account).may_type(url) for name, account in tenant.accounts.items()}
    assert {"ana": True, "radu": False} == allowed
    assert not tenant.hosts().may_type(url)
    assert [True] * 3 == [tenant.hosts().may_visit(address) for address in (tenant.home, tenant.sharepoint, tenant.my)]


def test_a_printed_tenant_shows_no_secret():
    """The text of a tenant contains no password."""
    assert "hunter2" not in repr(SANDBOX)
