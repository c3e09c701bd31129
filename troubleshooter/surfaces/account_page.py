"""The picture on the page on which people manage their own account."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.surfaces.surface import Default, Origins, SurfaceDefinition, Whose
from troubleshooter.urls import host_of


def _addresses(origins: Origins) -> tuple[str, ...]:
    known = ("https://myaccount.microsoft.com/",) if origins.cloud == "worldwide" else ()
    return ((origins.account_page,) if origins.account_page else ()) + known


def _hosts(origins: Origins) -> tuple[str, ...]:
    return ("myaccount.microsoft.com", host_of(origins.account_page or ""))


DEFINITION = SurfaceDefinition(
    surface=Surface.ACCOUNT_PAGE,
    source=Source.PEOPLE_SERVICE,
    facts="photo sync 5.1, My account page: img, canvas, role=img (M); address: sign-in and home 2.3, View account (A)",
    locator=LocatorDefinition(
        id="account-page.picture",
        use="the picture on the page on which people manage their account",
        fact="photo sync 5.1, My account page",
        confidence="M",
        selectors=(
            "#profilePhoto img",
            "#profilePhoto canvas",
            '#profilePhoto [role="img"]',
            '#profilePhoto[role="img"]',
            "#profilePhoto",
        ),
    ),
    whose=Whose.SIGNED_IN,
    default=Default.ON_REQUEST,
    addresses=_addresses,
    hosts=_hosts,
)
