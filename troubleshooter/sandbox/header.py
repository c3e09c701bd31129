"""The bar at the top of every page, with the launcher and the account panel."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request

from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.sessions import SHAREPOINT
from troubleshooter.sandbox.signed_urls import delivery_query, persona_address
from troubleshooter.sandbox.site_hosts import is_site
from troubleshooter.sandbox.web import host_of, tenant

_COLOURS = ("#750b1c", "#a4262c", "#8764b8", "#4f6bed", "#005b70", "#0b6a0b", "#986f0b", "#69797e")

# The tiles of the launcher: id, label, URL.
TILES = (
    ("O365_AppTile_Mail", "Outlook", "https://www.office.com/launch/outlook"),
    ("O365_AppTile_Documents", "OneDrive", "https://www.office.com/launch/onedrive"),
    ("O365_AppTile_Sites", "SharePoint", "https://www.office.com/launch/sharepoint"),
    ("O365_AppTile_SkypeTeams", "Teams", "https://www.office.com/launch/teams"),
    ("O365_AppTile_ShellWordOnline", "Word", "https://www.office.com/launch/word"),
    ("O365_AppTile_ShellPowerPointOnline", "PowerPoint", "https://www.office.com/launch/powerpoint"),
)


@dataclass(frozen=True)
class PhotoChange:
    """The way in which the tenant lets a visitor change the photo. The pages and URLs are the sandbox's own."""

    window: str
    """Where the photo is changed: `popup`, `account` or `profile`."""
    offered: bool
    """Whether there is a button that changes the photo."""
    enabled: bool
    """Whether the button works."""
    twice: bool
    """Whether the window has a second file input."""
    plain: bool
    """Whether its buttons look alike."""
    at_once: bool
    """Whether the button that sends is visible before a photo is chosen."""
    tip: bool = False
    """Whether a teaching popover stands beside the window."""


def change_of(request: Request, person: Person) -> PhotoChange:
    """Return how this visitor's photo can be changed."""
    state = tenant(request)
    local = person.upn in state.directory.on_premises or state.policies.photo_source == "onPremises"
    flags = state.flags
    return PhotoChange(
        flags.upload_window,
        not flags.camera_hidden,
        not local,
        flags.two_file_inputs,
        flags.plain_window,
        flags.all_at_once,
        state.layout.photo_tip,
    )


@dataclass(frozen=True)
class Header:
    """The data for the bar's template."""

    app: str
    person: Person
    colour: str
    photo: str
    """URL of the small photo."""
    panel_photo: str
    """URL of the photo in the account panel."""
    change: PhotoChange
    """How this visitor's photo can be changed."""
    bubble: str = ""
    """The teaching bubble over the bar: `closes`, `stays`, or none (empty)."""
    fetched: bool = False
    """Whether a script fetches the photos, which leaves no address on the page."""
    tiles: tuple[tuple[str, str, str], ...] = TILES


def suite(request: Request, person: Person, app: str) -> Header:
    """Return the bar for this visitor. SharePoint's shows the mailbox copy, all others the people service's photo."""
    if is_site(host_of(request)):
        proxy = f"/_api/OWAWebService/service.svc/s/GetPersonaPhoto?email={quote(person.mail)}&UA=0&size="
        return Header(
            app,
            person,
            colour_of(person),
            f"{proxy}HR96x96",
            f"{proxy}HR240x240",
            change_of(request, person),
            fetched=tenant(request).flags.headers_refused,
        )
    state = tenant(request)
    stored = state.people_service.get(person.upn)
    # Part of the URL, so that no browser shows the previous photo.
    version = f"&t={int(stored.at.timestamp())}" if stored else ""
    small, large = (
        persona_address(state, person, client="OfficeDotCom", feature="SuiteHeader", size=size) + version
        for size in ("HR96x96", "HR240x240")
    )
    if state.flags.panel_photo_from_sharepoint:
        # Without a cookie for that host, only a time-limited URL works.
        query = delivery_query(state, person.upn, "L", "")
        large = f"https://{SHAREPOINT}/_vti_bin/afdcache.ashx/_userprofile/userphoto.jpg?{query}"
    change, flags = change_of(request, person), state.flags
    return Header(app, person, colour_of(person), small, large, change, flags.bubble, fetched=flags.headers_refused)


def colour_of(person: Person) -> str:
    """Return the color behind the initials; always the same for a person."""
    return _COLOURS[sum(person.upn.encode()) % len(_COLOURS)]
