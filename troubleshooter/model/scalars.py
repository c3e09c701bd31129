"""Sizes and times as the records store them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, PlainSerializer

Size = tuple[int, int]
"""Width and height in device pixels."""

_SECONDS = re.compile(r"\d+(\.\d+)?", re.ASCII)


def rfc3339(moment: datetime) -> str:
    """Return `moment` as `2026-11-22T10:41:00.250Z`, with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def picture_time(value: str | None) -> datetime | None:
    """Return the time in an `SPS-PictureTimestamp`, which counts seconds since the year 1, in decimal digits.

    SharePoint writes whole seconds. A fraction is kept; anything but a number gives None.
    """
    if value is None or not _SECONDS.fullmatch(value.strip()):
        return None
    try:
        return datetime(1, 1, 1, tzinfo=UTC) + timedelta(seconds=float(value))
    except OverflowError:
        return None


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone, for example 2026-11-22T10:41:00Z")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a time that UTC cannot express") from error


Time = Annotated[datetime, AfterValidator(_in_utc), PlainSerializer(rfc3339, return_type=str, when_used="json")]
"""A time in UTC, converted from its own zone; in JSON, RFC 3339 with `Z`."""
