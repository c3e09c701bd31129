"""Who is signed in where: one session at the sign-in service, one per resource host, and what travels between them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

LOGIN = "login.microsoftonline.com"
HOME = "m365.cloud.microsoft"
SHAREPOINT = "contoso.sharepoint.com"
MY = "contoso-my.sharepoint.com"

LOGIN_COOKIES = ("ESTSAUTHPERSISTENT", "ESTSAUTH")
SHAREPOINT_WIDE_COOKIE = "rtFa"
"""Lets every SharePoint host of the tenant know who comes; set for the whole of sharepoint.com."""


@dataclass(frozen=True)
class Resource:
    """A host that asks the sign-in service who its visitor is."""

    host: str
    client_id: str
    redirect_path: str
    """Where the answer of the sign-in service goes."""
    response_mode: str
    """form_post, or query: then a single visit ends at the resource without a page in between."""
    cookie: str
    prompt: str = ""
    """"none": never show a sign-in page on this host's behalf."""

    @property
    def redirect_uri(self) -> str:
        return f"https://{self.host}{self.redirect_path}"


_SHAREPOINT_APP = "00000003-0000-0ff1-ce00-000000000000"
_OUTLOOK_APP = "00000002-0000-0ff1-ce00-000000000000"
_SANDBOX_APP = "5a0db0c5-0000-4000-8000-000000000000"  # the sandbox's own: the facts name none for these hosts

RESOURCES: Mapping[str, Resource] = MappingProxyType(
    {
        resource.host: resource
        for resource in (
            Resource(HOME, "4765445b-32c6-49b0-83e6-1d93765276ca", "/landingv2", "form_post", "OH.SID"),
            Resource(SHAREPOINT, _SHAREPOINT_APP, "/_forms/default.aspx", "form_post", "FedAuth"),
            Resource(MY, _SHAREPOINT_APP, "/_forms/default.aspx", "form_post", "FedAuth"),
            Resource("outlook.office.com", _OUTLOOK_APP, "/owa/", "query", "OWA.SID"),
            Resource("outlook.office365.com", _OUTLOOK_APP, "/owa/", "query", "OWA.SID"),
            Resource("myaccount.microsoft.com", _SANDBOX_APP, "/signin-oidc", "query", "MyAccount.SID"),
            Resource("teams.microsoft.com", _SANDBOX_APP, "/signin-oidc", "query", "Teams.SID"),
            Resource("graph.microsoft.com", _SANDBOX_APP, "/signin-oidc", "query", "Graph.SID", prompt="none"),
            Resource("eur.loki.delve.office.com", _SANDBOX_APP, "/signin-oidc", "query", "Loki.SID", prompt="none"),
        )
    }
)


@dataclass(frozen=True)
class Authorisation:
    """One request to the sign-in service: who wants to know, and how the answer travels."""

    resource: Resource
    state: str
    prompt: str = ""
    login_hint: str = ""


@dataclass
class Flow:
    """One sign-in on its way: what it is for, who it is, and what is still to be shown."""

    context: str
    """sCtx of its pages."""
    wanted: Authorisation
    upn: str = ""
    """Whose credential was right; empty before."""
    todo: list[str] = field(default_factory=list)
    """Screens that are still to come."""
    token: str = ""
    """sFT of the page that is shown; a form with another one is refused."""
    asked_at: float = 0.0
    """When the request went to the phone, as time.monotonic()."""
    number: int = 0
    """The number to match."""
    approved: bool = False
    """Whether the second factor of this moment was given."""


@dataclass
class Sessions:
    """All that the cookies stand for."""

    token_prefix: str = ""
    """How every token begins: tests that search for tokens give one that they recognize."""
    logins: dict[str, str] = field(default_factory=dict)
    """Cookie of the sign-in service, to UPN."""
    hosts: dict[tuple[str, str], str] = field(default_factory=dict)
    """Host and its cookie, to UPN; the host sharepoint.com stands for the tenant-wide one."""
    flows: dict[str, Flow] = field(default_factory=dict)
    """sCtx of a sign-in page, to the sign-in that it belongs to."""
    tickets: dict[str, tuple[str, str]] = field(default_factory=dict)
    """What an identity provider signed, to the sCtx and the UPN."""
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """One-time code, to host and UPN."""
    returns: dict[str, str] = field(default_factory=dict)
    """The state parameter, to the address that the visitor wanted."""

    rounds: int = 0
    """Sign-ins that were answered without a page, one after the other, while the home page does not believe them."""
    opened_sharepoint: bool = False
    """Whether somebody who is signed in has opened a page of SharePoint."""
    lost: bool = False
    """Whether the sessions were lost midway already."""

    def token(self) -> str:
        """Return a new value for a cookie, a code, a ticket or a state parameter."""
        return self.token_prefix + secrets.token_urlsafe(24)

    def clear(self) -> None:
        for part in (self.logins, self.hosts, self.flows, self.tickets, self.codes, self.returns):
            part.clear()
        self.rounds, self.opened_sharepoint, self.lost = 0, False, False

    def lose(self) -> None:
        """Forgets, once, who is signed in where; sign-ins on their way go on."""
        self.logins.clear()
        self.hosts.clear()
        self.lost = True
