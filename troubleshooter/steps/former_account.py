"""Tells whether a site's own picture of the user may show an earlier account of that name, and which those are."""

from __future__ import annotations

import re

from troubleshooter.identity.photo_address import source_of
from troubleshooter.model.enums import Source, Surface
from troubleshooter.pages.avatars import AvatarElement
from troubleshooter.steps.observations import Observations

OF_A_SITE = r"://[^/]+/[^?#]+/_layouts/\d+/userphoto\.aspx"
"""The URL of a picture in a site's own list of users, as a regular expression: it names the site, under any path."""
_SITE_FED = (Surface.PAGE_BYLINE, Surface.PAGE_COMMENT, Surface.LIST_AUTHOR)
_PICTURE = ("SPS-PictureTimestamp", "PictureURL", "PictureUrl")


def may_be_former(seen: Observations) -> bool:
    """Return whether nothing shows that SharePoint ever had a photo of the subject.

    A site keeps its entry of an account that was deleted, so its picture may then show an earlier owner of the name.
    """
    # The first reading counts: a copy that the run itself triggers says nothing about the site's older picture.
    read = next((p.values for p in seen.properties if "SPS-PictureTimestamp" in p.values), {})
    return not any(read.get(name) for name in _PICTURE)


def is_of_a_site(avatar: AvatarElement, surface: Surface | None) -> bool:
    """Return whether a picture comes from a site's list of users, or nothing says where it comes from.

    Args:
        surface: where the avatar is, if that is known.
    """
    if avatar.shown in ("initials", "hidden"):
        return False
    unknown = surface in _SITE_FED and source_of(avatar.url) is Source.UNKNOWN
    return unknown or re.search(OF_A_SITE, avatar.url, re.IGNORECASE) is not None
