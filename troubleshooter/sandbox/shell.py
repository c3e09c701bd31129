"""The Copilot app around the home page: its navigation drawer with the account row, the launcher, and the covers."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.header import Header, suite
from troubleshooter.sandbox.layouts import Layout
from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.sessions import HOME, MY, SHAREPOINT
from troubleshooter.sandbox.shell_texts import SHELL_TEXTS, shell_language
from troubleshooter.sandbox.site_hosts import linked_name
from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.web import render, tenant

_ROLES = {"flyout": "menuitem", "apps-page": "link", "waffle": "listitem"}
_COLLEAGUE = "amara.okafor@contoso.com"


@dataclass(frozen=True)
class AppEntry:
    """One app of a launcher, as the page draws it."""

    label: str
    address: str
    """Where it leads."""
    href: str
    """Its link's address; empty: a script opens it."""
    role: str
    """Its role where it is no link."""


@dataclass(frozen=True)
class Shell:
    """What the template of the Copilot app needs."""

    header: Header
    layout: Layout
    person: Person
    coin: str
    """Address of the photo in the account row; it contains the directory object id (facts on real pages, 2.4)."""
    panel_coin: str
    """Address of the photo in the panel that opens from there."""
    colleague: Person
    """Somebody else who has a coin in the drawer."""
    flyout: tuple[AppEntry, ...] = ()
    """The apps behind the row "Apps"."""
    waffle: tuple[AppEntry, ...] = ()
    """The apps behind the nine dots."""
    cards: tuple[AppEntry, ...] = ()
    """The apps on the Apps page."""
    apps_page: bool = False
    """Whether this is the Apps page."""


def shell_page(request: Request, person: Person, *, apps_page: bool = False) -> Response:
    """Return the home page, or the Apps page, in the tenant's layout."""
    layout = tenant(request).layout
    texts = SHELL_TEXTS[language := shell_language(request)]
    everything = _entries(tenant(request), person, texts["admin_center"])
    few = [entry for entry in everything if not entry.label.startswith("SharePoint")]
    header, coin = suite(request, person, "Microsoft 365 Copilot"), photo_address(person, request)
    shell = Shell(
        header,
        layout,
        person,
        coin,
        header.panel_photo if tenant(request).flags.panel_photo_from_sharepoint else coin,
        tenant(request).people[_COLLEAGUE],
        tuple(few if layout.launcher in ("apps-page", "nowhere") else everything),
        tuple(everything),
        tuple(everything if layout.launcher == "apps-page" else few),
        apps_page,
    )
    direction = "rtl" if language == "ar" else "ltr"
    return render(request, "office/shell.html", shell=shell, s=texts, language=language, direction=direction)


def photo_address(person: Person, request: Request) -> str:
    """Return where the Copilot app gets this person's photo from."""
    stored = tenant(request).people_service.get(person.upn)
    version = f"?t={int(stored.at.timestamp())}" if stored else ""
    return f"/sandbox-photos/users/{person.object_id}/photo{version}"


def _entries(state: State, person: Person, admin_center: str) -> list[AppEntry]:
    layout, hint = state.layout, quote(person.upn)
    sharepoint, my = (linked_name(state.flags.sites_at, host) for host in (SHAREPOINT, MY))
    direct = {
        "SharePoint": f"https://{sharepoint}/_layouts/15/sharepoint.aspx?login_hint={hint}",
        "OneDrive": f"https://{my}/?login_hint={hint}&source=waffle",
    }
    labels = ["Outlook", "OneDrive", "Word", "Excel", "PowerPoint"]
    labels += ["SharePoint Embedded", f"SharePoint {admin_center}"] if layout.decoys else []
    labels += ["SharePoint", "Teams", f"Teams {admin_center}"]
    role = layout.role or _ROLES.get(layout.launcher, "menuitem")
    entries = []
    for label in labels:
        launch = f"https://{HOME}/launch/{label.lower()}" if " " not in label else f"https://{HOME}/chat/admin"
        address = direct.get(label, launch) if layout.links != "launch" else launch
        entries.append(AppEntry(label, address, "" if layout.links == "none" else address, role))
    return entries
