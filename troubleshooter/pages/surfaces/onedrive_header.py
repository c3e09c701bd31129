"""The circle at the top right of OneDrive: the suite header of the -my host."""

from __future__ import annotations

from troubleshooter.hosts import host_of
from troubleshooter.model import Source, Surface
from troubleshooter.pages.surfaces import sharepoint_header
from troubleshooter.pages.surfaces.spot import Default, Origins, Spot, Whose


def _addresses(origins: Origins) -> tuple[str, ...]:
    # The launch address is Microsoft's own; where it leads elsewhere, the host itself is opened.
    return (f"{origins.home}/launch/onedrive", f"{origins.my}/")


def _hosts(origins: Origins) -> tuple[str, ...]:
    return (host_of(origins.my),)


SPOT = Spot(
    surface=Surface.ONEDRIVE_HEADER,
    source=Source.UNKNOWN,
    facts="sign-in and home 2.1, launch/onedrive (A), ends on the -my host (C); 2.3, suite header (A); source: none",
    locators=sharepoint_header.SPOT.locators,
    whose=Whose.SIGNED_IN,
    default=Default.ASKED,
    addresses=_addresses,
    hosts=_hosts,
)
