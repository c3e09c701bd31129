"""The circle at the top right of OneDrive: the suite header of the -my host, or of OneDrive's new one."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.surfaces import sharepoint_header
from troubleshooter.surfaces.surface import Default, Origins, SurfaceDefinition, Whose
from troubleshooter.urls import host_of


def _addresses(origins: Origins) -> tuple[str, ...]:
    # The launch URL is Microsoft's own; if it leads elsewhere, the host itself is opened.
    return (f"{origins.home}/launch/onedrive", f"{origins.my}/")


def _hosts(origins: Origins) -> tuple[str, ...]:
    moved = ("onedrive.cloud.microsoft",) if origins.cloud == "worldwide" else ()
    return (host_of(origins.my), *moved)


DEFINITION = SurfaceDefinition(
    surface=Surface.ONEDRIVE_HEADER,
    source=Source.UNKNOWN,
    facts="sign-in and home 2.1, launch/onedrive (A), the -my host (C); real pages 3.6 (B); 2.3, suite header (A)",
    locators=sharepoint_header.DEFINITION.locators,
    whose=Whose.SIGNED_IN,
    default=Default.ON_REQUEST,
    addresses=_addresses,
    hosts=_hosts,
)
