"""A SharePoint that leads to another host, in a real browser: what is requested there, and what ends the run."""

from __future__ import annotations

import asyncio

import pytest
from support.private import private

from troubleshooter.browser import launch
from troubleshooter.browser.failures import succeeded
from troubleshooter.model.enums import Reason
from troubleshooter.signin import check
from troubleshooter.signin.credentials import Credentials, SignInSettings
from troubleshooter.tenant.sandbox import tenant_of
from troubleshooter.tenant.secret_sources import password_of

ENDS = {
    "session-control": (Reason.SESSION_CONTROL, "contoso.sharepoint.com.mcas.ms"),
    "sharepoint-to-intranet": (Reason.UNEXPECTED_HOST, "intranet.contoso.com"),
    "sharepoint-imitated": (Reason.UNEXPECTED_HOST, "contoso.sharepoint.com.sign-in.example"),
}
"""Why the run stops, and the host that SharePoint leads to, by fault."""


@pytest.mark.parametrize("fault", ENDS)
async def test_another_host_gets_no_request(fault: str, served, sandbox_browser):
    """The redirect is stopped before it is followed; only an imitation is for the security team."""
    reason, host = ENDS[fault]
    alarm = fault == "sharepoint-imitated"
    served.state.reset()
    served.set_fault(fault)
    where = tenant_of(served)
    account = where.account("ana")
    password = password_of(account, "ana", where.known_secrets, ask=False)
    credentials = Credentials(account.username, password, None)
    options = launch.Options(timeout=30, ui_locale="en-US")
    async with private(sandbox_browser, where.hosts(account), options) as session:
        assert await check.lets_in(session, where.home, credentials, SignInSettings(30, lambda _: None)) is None
        tab = await session.tab()
        await succeeded(tab.goto(f"{where.sharepoint}/_layouts/15/sharepoint.aspx"))
        async with asyncio.timeout(20):
            stop = await session.guard.trouble
    assert (reason, True) == (stop.reason, host in stop.what.text)
    assert alarm == ("security team" in stop.help.text)
    assert alarm != ("visit_hosts" in stop.help.text)
    assert host not in {request.host for request in served.journal.requests}
    assert ["login.microsoftonline.com"] == [sent.host for sent in served.journal.credentials]
