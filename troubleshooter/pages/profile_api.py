"""SharePoint's own word about a user's picture: the profile's properties, read from within a SharePoint tab."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from troubleshooter.browser.failures import or_default
from troubleshooter.model.scalars import picture_time

if TYPE_CHECKING:
    from playwright.async_api import Page

WANTED = (
    "PictureURL",
    "SPS-PictureTimestamp",
    "SPS-PicturePlaceholderState",
    "SPS-PictureExchangeSyncState",
    "SPS-RecipientTypeDetails",
    "SPS-UserType",
    "SPS-PersonalSiteInstantiationState",
)
"""Properties that say something about the picture."""

_GET = """async ([url, limit]) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), limit);
  try {
    const answer = await fetch(url, { signal: stop.signal, credentials: 'same-origin', cache: 'no-store',
      headers: { Accept: 'application/json;odata=nometadata' } });
    return { status: answer.status, date: answer.headers.get('date') || '', text: await answer.text() };
  } catch (error) {
    return { status: 0, date: '', text: '' };
  } finally { clearTimeout(timer); }
}"""


_MOVED = """async ([url, was, limit]) => {
  const end = performance.now() + limit;
  while (performance.now() < end) {
    try {
      const signal = AbortSignal.timeout(end - performance.now());
      const answer = await fetch(url, { signal, credentials: 'same-origin', cache: 'no-store',
        headers: { Accept: 'application/json;odata=nometadata' } });
      const data = await answer.json();
      const rows = (data.d || data).UserProfileProperties;
      const row = (rows.results || rows).find((r) => r.Key === 'SPS-PictureTimestamp');
      if (row && (row.Value || '') !== was) return true;
    } catch (error) { /* asked again below */ }
    await new Promise((again) => setTimeout(again, 2000));
  }
  return false;
}"""
"""Asks every two seconds: more often would be asking for throttling."""


@dataclass(frozen=True)
class ApiResponse:
    """What one call gave: `data` is None when it is not JSON."""

    url: str
    status: int
    data: Any
    date: datetime | None = None
    """The service's own time."""


@dataclass(frozen=True)
class UserProfile:
    """The user profile's word about the picture and its owner."""

    values: dict[str, str | None]
    timestamp: datetime | None
    addresses: frozenset[str]
    """UPN and mail that the profile names, in lower case."""
    name: str | None


async def get(page: Page, url: str, seconds: float) -> ApiResponse:
    """Ask `url`, of the same host as `page`, for JSON, as a script of that page would."""
    got = await or_default(page.evaluate(_GET, [url, seconds * 1000]), None)
    if got is None:
        return ApiResponse(url, 0, None)
    try:
        data = json.loads(got["text"])
    except ValueError:
        data = None
    return ApiResponse(url, got["status"], data, _moment(got["date"]))


async def until_stamp_moves(page: Page, url: str, was: str, seconds: float) -> bool:
    """Wait until the profile at `url` names another time for its picture than `was`; return whether it came to that."""
    return bool(await or_default(page.evaluate(_MOVED, [url, was, seconds * 1000]), False))


def _moment(header: str) -> datetime | None:
    """Return the time of a `Date` header; None for one that is none."""
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # `-0000` says UTC of an unknown place


def address_of(origin: str, upn: str, own: bool) -> str:
    """Return the address that gives the properties of `upn`, or of the signed-in user when `own`."""
    base = f"{origin}/_api/SP.UserProfiles.PeopleManager"
    if own:
        return f"{base}/GetMyProperties"
    account = quote(f"i:0#.f|membership|{upn}".replace("'", "''"), safe="|:")
    return f"{base}/GetPropertiesFor(accountName=@v)?@v='{account}'"


SITE_FIELDS = (
    "Picture",
    "SPSPictureTimestamp",
    "SPSPicturePlaceholderState",
    "SPSPictureExchangeSyncState",
)
"""Fields of a site's own copy of a profile that say something about the picture."""


def site_copy_of(site: str, upn: str) -> str:
    """Return the address that gives the row of `upn` in the user information list of the site at `site`."""
    account = quote(f"i:0#.f|membership|{upn}".replace("'", "''"), safe="")
    return f"{site}/_api/web/siteuserinfolist/items?$filter=Name%20eq%20%27{account}%27"


def site_copy_in(data: Any, upn: str) -> dict[str, str | None] | None:  # noqa: ANN401 - whatever JSON the service gave
    """Return what a site's user information list says of the picture of `upn`; None when it has no row of the user."""
    for row in rows_in(data):
        if str(row.get("Name") or "").rsplit("|", 1)[-1].lower() != upn.lower():
            continue
        found: dict[str, str | None] = {}
        found |= {name: _text(row.get(name)) for name in SITE_FIELDS}
        return found
    return None


def rows_in(data: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - whatever JSON the service gave
    """Return the rows of a list's answer, in plain or verbose OData."""
    if isinstance(data, dict) and isinstance(data.get("d"), dict):
        data = data["d"]
    rows = data.get("value", data.get("results")) if isinstance(data, dict) else data
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def profile_in(data: Any) -> UserProfile | None:  # noqa: ANN401 - whatever JSON the service gave
    """Return the profile in an answer, in plain or verbose OData; None when it holds none."""
    if isinstance(data, dict) and isinstance(data.get("d"), dict):
        data = data["d"]
    if not isinstance(data, dict) or "UserProfileProperties" not in data:
        return None
    rows = data["UserProfileProperties"]
    rows = rows.get("results", []) if isinstance(rows, dict) else rows or []
    found = {str(r.get("Key")): r.get("Value") for r in rows if isinstance(r, dict)}
    values = {key: _text(found[key]) for key in WANTED if key in found}
    values |= {key: _text(data.get(key)) for key in ("PictureUrl", "PersonalSiteHostUrl", "DisplayName", "Email")}
    names = (str(data.get("AccountName") or ""), str(data.get("Email") or ""), str(found.get("UserName") or ""))
    addresses = frozenset(a.rsplit("|", 1)[-1].lower() for a in names if "@" in a)
    return UserProfile(
        values, picture_time(values.get("SPS-PictureTimestamp")), addresses, values["DisplayName"] or None
    )


def _text(value: Any) -> str | None:  # noqa: ANN401 - whatever JSON the service gave
    """Return a value as text, that of an address as the address."""
    value = value.get("Url") if isinstance(value, dict) else value
    return None if value is None else str(value)
