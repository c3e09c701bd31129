"""Tracks who is signed in where: one session at the sign-in service, one per resource host, and exchanged codes."""

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
"""The cookie that identifies the visitor to every SharePoint host of the tenant; set for their whole domain."""


@dataclass(frozen=True)
class Resource:
    """A host that asks the sign-in service to identify its visitors."""

    host: str
    client_id: str
    redirect_path: str
    """Where the sign-in service sends its response."""
    response_mode: str
    """`form_post`, or `query`, with which a single visit ends at the resource without a page in between."""
    cookie: str
    prompt: str = ""
    """`none` if no sign-in page may be shown on this host's behalf."""

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
class AuthorizationRequest:
    """One request to the sign-in service: which resource it is for, and how the response is sent."""

    resource: Resource
    state: str
    prompt: str = ""
    login_hint: str = ""


@dataclass
class Flow:
    """One sign-in in progress: its purpose, who signs in, and which screens remain."""

    context: str
    """The sCtx of this sign-in's pages."""
    wanted: AuthorizationRequest
    upn: str = ""
    """UPN of the user whose credential was right; empty until then."""
    todo: list[str] = field(default_factory=list)
    """Screens that remain."""
    token: str = ""
    """sFT of the current page; a form with a different one is refused."""
    asked_at: float = 0.0
    """When the request was sent to the phone, as time.monotonic()."""
    number: int = 0
    """The number to match."""
    approved: bool = False
    """Whether the current second factor was approved."""


@dataclass
class Sessions:
    """The sessions that the cookies identify."""

    token_prefix: str = ""
    """Start of every token; a test that searches for tokens sets a recognizable one."""
    logins: dict[str, str] = field(default_factory=dict)
    """UPN by the cookie of the sign-in service."""
    hosts: dict[tuple[str, str], str] = field(default_factory=dict)
    """UPN by host and cookie; a domain such as sharepoint.com stands for the tenant-wide cookie."""
    flows: dict[str, Flow] = field(default_factory=dict)
    """The sign-in that a page belongs to, by its sCtx."""
    tickets: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The sCtx and the UPN of each ticket that an identity provider signed."""
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The host and the UPN of each one-time code."""
    returns: dict[str, str] = field(default_factory=dict)
    """The URL that the visitor wanted, by the state parameter."""

    rounds: int = 0
    """Number of consecutive sign-ins without a page, while the home page does not accept them."""
    opened_sharepoint: bool = False
    """Whether a signed-in user has opened a page of SharePoint."""
    lost: bool = False
    """Whether the sessions were already lost midway."""

    def token(self) -> str:
        """Return a new value for a cookie, a code, a ticket or a state parameter."""
        return self.token_prefix + secrets.token_urlsafe(24)

    def clear(self) -> None:
        for part in (self.logins, self.hosts, self.flows, self.tickets, self.codes, self.returns):
            part.clear()
        self.rounds, self.opened_sharepoint, self.lost = 0, False, False

    def lose(self) -> None:
        """Forget, once, who is signed in where; sign-ins in progress continue."""
        self.logins.clear()
        self.hosts.clear()
        self.lost = True
