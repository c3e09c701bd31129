"""The surfaces on which a colleague would see the photo: one file each, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from troubleshooter.model.enums import Surface
from troubleshooter.surfaces import (
    account_page,
    account_panel,
    graph_photo,
    home_header,
    list_author,
    onedrive_header,
    outlook_header,
    outlook_photo,
    page_byline,
    page_comment,
    people_search,
    people_web_part,
    profile_card,
    sharepoint_header,
    stored_thumbnail,
    teams_header,
    userphoto,
)
from troubleshooter.surfaces.surface import Default, Origins, SurfaceDefinition, Whose

__all__ = [
    "ELSEWHERE",
    "REFERENCES",
    "SURFACES",
    "WORDS",
    "Default",
    "Origins",
    "SurfaceDefinition",
    "Whose",
    "chosen",
    "named",
]

SURFACES: Mapping[Surface, SurfaceDefinition] = MappingProxyType(
    {
        Surface.HOME_HEADER: home_header.DEFINITION,
        Surface.ACCOUNT_PANEL: account_panel.DEFINITION,
        Surface.ACCOUNT_PAGE: account_page.DEFINITION,
        Surface.SHAREPOINT_HEADER: sharepoint_header.DEFINITION,
        Surface.ONEDRIVE_HEADER: onedrive_header.DEFINITION,
        Surface.PEOPLE_WEB_PART: people_web_part.DEFINITION,
        Surface.PAGE_BYLINE: page_byline.DEFINITION,
        Surface.PAGE_COMMENT: page_comment.DEFINITION,
        Surface.PROFILE_CARD: profile_card.DEFINITION,
        Surface.LIST_AUTHOR: list_author.DEFINITION,
        Surface.PEOPLE_SEARCH: people_search.DEFINITION,
        Surface.USERPHOTO_S: userphoto.SMALL,
        Surface.USERPHOTO_M: userphoto.MEDIUM,
        Surface.USERPHOTO_L: userphoto.LARGE,
        Surface.STORED_THUMBNAIL: stored_thumbnail.DEFINITION,
        Surface.OUTLOOK_PHOTO: outlook_photo.DEFINITION,
        Surface.GRAPH_PHOTO: graph_photo.DEFINITION,
        Surface.OUTLOOK_HEADER: outlook_header.DEFINITION,
        Surface.TEAMS_HEADER: teams_header.DEFINITION,
    }
)
"""Every surface, by id; the facts behind it, what feeds it and when it is checked are in its own file."""

ELSEWHERE = (
    Surface.ACCOUNT_PAGE,
    Surface.ONEDRIVE_HEADER,
    Surface.PEOPLE_SEARCH,
    Surface.LIST_AUTHOR,
    Surface.OUTLOOK_HEADER,
    Surface.TEAMS_HEADER,
)
"""Surfaces that the article does not visit."""

REFERENCES = frozenset({Surface.HOME_HEADER, Surface.ACCOUNT_PANEL, Surface.PROFILE_CARD, Surface.OUTLOOK_PHOTO})
"""Surfaces with which the others are compared; checked whenever they can be reached, whatever was chosen."""

WORDS = ("default", "all")
"""What `--surfaces` accepts besides the names of surfaces."""


def named(names: Iterable[str]) -> frozenset[Surface]:
    """Return the surfaces that `--surfaces` names one by one."""
    return frozenset(Surface(name) for name in names if name not in WORDS)


def chosen(names: Iterable[str], *, as_subject: bool) -> frozenset[Surface]:
    """Return the surfaces that a run checks if `--surfaces` is `names` (empty means `default`)."""
    wanted = set(names) or {"default"}
    found = set(named(wanted))
    for surface, definition in SURFACES.items():
        usual = definition.default is Default.ALWAYS or (definition.default is Default.COLLEAGUE and not as_subject)
        if "all" in wanted or (usual and ("default" in wanted or surface in REFERENCES)):
            found.add(surface)
    return frozenset(found)
