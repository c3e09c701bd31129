"""Performs a whole survey: checks the request, opens a browser, walks, and returns what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from troubleshooter.browser import launch
from troubleshooter.browser.guard import unless_stopped
from troubleshooter.browser.locator_use import using
from troubleshooter.browser.selector_check import check_repairs
from troubleshooter.errors import InputError, Stopped
from troubleshooter.redaction.run_log import logging_to
from troubleshooter.run.capture_page import PageToSave, check_url, page_to_save
from troubleshooter.run.launch_options import launch_options
from troubleshooter.run.repairs import Repairs, repairs_for
from troubleshooter.run.request import RunSettings
from troubleshooter.signin.operator import Operator
from troubleshooter.survey.findings import Findings
from troubleshooter.survey.places import PLACES
from troubleshooter.survey.walk import Walk
from troubleshooter.tenant.tenant import Tenant


@dataclass(frozen=True)
class SurveyRequest:
    """A survey that is ready to start."""

    asked: PageToSave
    subject: str
    page: str | None
    repairs: Repairs

    @property
    def colleague(self) -> bool:
        """Return whether the photo of another user than the account's is asked for."""
        return self.subject != self.asked.credentials.username.lower()


@dataclass(frozen=True)
class Wanted:
    """What the command line says."""

    account: str | None
    subject: str | None
    page: str | None


def prepared(
    wanted: Wanted, tenant: Tenant, settings: RunSettings, operator: Operator | None, *, tenant_file: str
) -> SurveyRequest:
    """Check the request before anything runs.

    Raises:
        InputError: an account, a user name or a URL is wrong, a secret is missing, or a repair is not valid.
    """
    page = wanted.page or next(iter(tenant.default_pages), None)
    asked = page_to_save(tenant.home, tenant, wanted.account, settings, operator)
    if page:
        check_url(page, asked.hosts)
    subject = (wanted.subject or asked.credentials.username).lower()
    check_subject(subject)
    return SurveyRequest(asked, subject, page, repairs_for(settings.locators, tenant_file))


def check_subject(subject: str) -> None:
    """Check that `subject` is a user name.

    Raises:
        InputError: it is not.
    """
    local, at, domain = subject.partition("@")
    if not (local and at and domain) or "@" in domain or any(c.isspace() for c in subject):
        raise InputError(
            "--subject", f"{subject!r} is not a valid user name; expected a UPN such as ana.popescu@contoso.com"
        )


async def surveyed(request: SurveyRequest, say: Callable[[str], None]) -> tuple[Findings, Stopped | None]:
    """Visit all places; return what was found, and what ended the survey early.

    Raises:
        InputError: the browser does not accept a selector of `locators.toml`; nothing was visited.
    """
    asked = request.asked
    options = launch_options(asked.settings, asked.tenant.network)
    findings = Findings(colleague=request.colleague)
    with logging_to(findings.log.append):
        async with launch.opened(options, asked.hosts, asked.tenant.network) as (session, versions):
            findings.versions.update(versions)
            with using(request.repairs.use()):
                await check_repairs(session)
            pages = (request.page,) if request.page else ()
            walk = Walk(asked, session, request.subject, pages, request.repairs, say, findings)
            ended_by = None
            try:
                await unless_stopped(walk.go(PLACES), walk.trouble)
            except Stopped as stop:
                ended_by = stop
            findings.save_pages()
    return findings, ended_by
