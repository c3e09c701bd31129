"""The files in the picture library of the -my host, which the profile's PictureURL names."""

from __future__ import annotations

import re

from troubleshooter.model.enums import Source, Surface
from troubleshooter.surfaces.surface import PICTURE, SurfaceDefinition
from troubleshooter.urls import host_of, split

DEFINITION = SurfaceDefinition(
    surface=Surface.STORED_THUMBNAIL,
    source=Source.SHAREPOINT_COPY,
    facts="photo sync 3, PictureURL: always the M thumb, with siblings _SThumb and _LThumb (H)",
    locator=PICTURE,
)

_NAME = re.compile(r"_MThumb(?=\.\w+$)", re.IGNORECASE)


def addresses(picture_url: str | None, my: str) -> dict[str, str]:
    """Return the URLs of the stored sizes (S, M, L) next to a profile's `PictureURL`; only on the -my host."""
    parts = split(picture_url or "")
    if not picture_url or host_of(picture_url) != host_of(my):
        return {}
    bare = f"{my}{parts.path}"
    if not _NAME.search(bare):
        return {"M": bare}
    return {size: _NAME.sub(f"_{size}Thumb", bare) for size in ("S", "M", "L")}
