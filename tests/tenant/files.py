"""Tenant files for tests, and a sandbox's tenant."""

from __future__ import annotations

from troubleshooter.redaction.secret import Secret
from troubleshooter.tenant.file import Account, Network
from troubleshooter.tenant.tenant import Tenant

ACCOUNT = '[accounts.ana]\nusername = "ana@contoso.com"\n'
GOOD = f'name = "Contoso"\nsharepoint = "https://contoso.sharepoint.com"\n\n{ACCOUNT}'
SPKI = "A" * 43 + "="
NETWORK = f'[network]\nresolve = "127.0.0.1:8443"\nspki = "{SPKI}"\n'

SANDBOX = Tenant(
    name="Contoso",
    home="https://www.office.com",
    sharepoint="https://contoso.sharepoint.com",
    my="https://contoso-my.sharepoint.com",
    cloud="worldwide",
    sign_in_hosts=(),
    accounts={"ana": Account(username="ana@contoso.com", password="env:TROUBLESHOOTER_SANDBOX_PASSWORD")},
    network=Network(resolve="127.0.0.1:8443", spki=SPKI, sandbox="stale-copy"),
    known_secrets={"TROUBLESHOOTER_SANDBOX_PASSWORD": Secret("hunter2-hunter2")},
)
