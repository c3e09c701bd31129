"""Lists the names that are known to the survey and may be in no byte of its file."""

from __future__ import annotations

import re

from troubleshooter.capture.stand_ins import DOMAIN, MY, SHAREPOINT
from troubleshooter.survey.run import SurveyRequest
from troubleshooter.urls import host_of


def known_values(request: SurveyRequest) -> list[str]:
    """Return user names, their parts before the @ where those are more than one word, and the tenant's own hosts."""
    tenant = request.asked.tenant
    people = {request.subject, request.asked.credentials.username.lower()}
    local = {person.partition("@")[0] for person in people}
    hosts = {host_of(tenant.sharepoint), host_of(tenant.my)}
    domains = {person.partition("@")[2] for person in people}
    names = {name for name in local if re.search(r"\w[._-]\w", name)}
    return sorted((people | names | hosts | domains) - {"", DOMAIN, MY, SHAREPOINT})
