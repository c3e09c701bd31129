"""Reads what SharePoint's user profiles, and the sites' own copies of them, say about a user's picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from troubleshooter.browser.failures import or_default
from troubleshooter.model.scalars import picture_time
from troubleshooter.pages.sharepoint_api import entity_in, rows_in

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
"""The profile properties that say something about the picture."""
SITE_FIELDS = (
    "Picture",
    "SPSPictureTimestamp",
    "SPSPicturePlaceholderState",
    "SPSPictureExchangeSyncState",
)
"""The fields of a site's own copy of a profile that say something about the picture."""
_NEW_TIMESTAMP = """async ([url, was, limit]) => {
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
    } catch (error) { /* requested again below */ }
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  return false;
}"""
"""Polls every two seconds, because SharePoint offers nothing to wait for and polling faster would invite throttling."""


@dataclass(frozen=True)
class UserProfile:
    """A user profile's data about the picture and its owner."""

    values: dict[str, str | None]
    timestamp: datetime | None
    addresses: frozenset[str]
    """UPN and mail address in the profile, in lower case."""
    name: str | None


async def until_stamp_moves(page: Page, url: str, was: str, seconds: float) -> bool:
    """Wait until the picture timestamp of the profile at `url` is no longer `was`; return whether it changed."""
    return bool(await or_default(page.evaluate(_NEW_TIMESTAMP, [url, was, seconds * 1000]), False))


def address_of(origin: str, upn: str, own: bool) -> str:
    """Return the URL of the properties of `upn`, or of the signed-in user if `own`."""
    base = f"{origin}/_api/SP.UserProfiles.PeopleManager"
    if own:
        return f"{base}/GetMyProperties"
    account = quote(_claim(upn), safe="|:")
    return f"{base}/GetPropertiesFor(accountName=@v)?@v='{account}'"


def site_copy_of(site: str, upn: str) -> str:
    """Return the URL of the row of `upn` in the user information list of the site at `site`."""
    account = quote(_claim(upn), safe="")
    return f"{site}/_api/web/siteuserinfolist/items?$filter=Name%20eq%20%27{account}%27"


def _claim(upn: str) -> str:
    """Return the account name of `upn` as OData text, in which an apostrophe is doubled."""
    return f"i:0#.f|membership|{upn}".replace("'", "''")


def site_copy_in(data: Any, upn: str) -> dict[str, str | None] | None:  # noqa: ANN401 - whatever JSON was returned
    """Return what a site's user information list says about the picture of `upn`; None if it has no row for them."""
    for row in rows_in(data):
        if str(row.get("Name") or "").rsplit("|", 1)[-1].lower() == upn.lower():
            return {name: _text(row.get(name)) for name in SITE_FIELDS}
    return None


def profile_in(data: Any) -> UserProfile | None:  # noqa: ANN401 - whatever JSON was returned
    """Return the profile in `data`, in plain or verbose OData; None if there is none."""
    fields = entity_in(data)
    if "UserProfileProperties" not in fields:
        return None
    rows = rows_in(fields["UserProfileProperties"])
    found = {str(row.get("Key")): row.get("Value") for row in rows}
    values = {key: _text(found[key]) for key in WANTED if key in found}
    values |= {key: _text(fields.get(key)) for key in ("PictureUrl", "PersonalSiteHostUrl", "DisplayName", "Email")}
    names = (str(fields.get("AccountName") or ""), str(fields.get("Email") or ""), str(found.get("UserName") or ""))
    addresses = frozenset(name.rsplit("|", 1)[-1].lower() for name in names if "@" in name)
    if not rows and not addresses and not any(values.values()):
        return None  # nulls in every field: nobody
    timestamp = picture_time(values.get("SPS-PictureTimestamp"))
    return UserProfile(values, timestamp, addresses, values["DisplayName"] or None)


def _text(value: Any) -> str | None:  # noqa: ANN401 - whatever JSON was returned
    """Return a value as text; for a URL field, its URL."""
    value = value.get("Url") if isinstance(value, dict) else value
    return None if value is None else str(value)
