"""The circle at the top right of OneDrive: the suite header of the -my host, or of OneDrive's new one."""

from __future__ import annotations

from dataclasses import replace

from troubleshooter.model.enums import Source, Surface
from troubleshooter.surfaces.sharepoint_header import ACCOUNT_BUTTON as SUITE_HEADER
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
    locator=replace(
        SUITE_HEADER,
        id="onedrive-header.account-button",
        use="the account button above every page of OneDrive",
    ),
    whose=Whose.SIGNED_IN,
    default=Default.ON_REQUEST,
    addresses=_addresses,
    hosts=_hosts,
)
