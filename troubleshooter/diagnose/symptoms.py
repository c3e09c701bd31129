"""Presents a compared record to the rules: what the source and SharePoint show, and what SharePoint's profile says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from troubleshooter.identity.photo_address import account_in, cut_account
from troubleshooter.model.enums import (
    PAGE_CONTENT,
    SOURCE_SIDE,
    USERPHOTO,
    WITHOUT_PHOTO,
    Kind,
    Source,
    Surface,
)
from troubleshooter.model.record_view import IndexedComparison, IndexedSighting, RecordView
from troubleshooter.model.records import Properties, Record, Sighting, Unseen
from troubleshooter.model.reference import OTHER_SESSION, refused, source_index
from troubleshooter.model.service_limits import COPY_WINDOW
from troubleshooter.model.session_control import kept_out, original_host
from troubleshooter.urls import host_of

SITE = (Surface.PAGE_BYLINE, Surface.PAGE_COMMENT, Surface.LIST_AUTHOR)
"""Surfaces that a site feeds from its own copy of the user."""
CLIENTS = (Surface.OUTLOOK_HEADER, Surface.TEAMS_HEADER)
"""Surfaces of programs that keep photos in their own caches."""
MAILBOX_FED = (Surface.OUTLOOK_PHOTO, Surface.SHAREPOINT_HEADER, Surface.OUTLOOK_HEADER)
"""Surfaces that are fed from the mailbox."""
_MY = "-my.sharepoint."
_ERROR, _FORBIDDEN = 400, 403
_NOT_ALLOWED = (401, _FORBIDDEN)


@dataclass(frozen=True)
class Symptoms:
    """The symptoms that one record shows."""

    view: RecordView

    @property
    def record(self) -> Record:
        """Return the record itself."""
        return self.view.record

    @cached_property
    def sightings(self) -> list[IndexedSighting]:
        """Return the subject's sightings in the private session, except those that did not finish loading."""
        return [(i, s) for i, s in self.view.in_private_session if s.kind is not Kind.LOADING]

    @cached_property
    def in_browser_profile(self) -> list[IndexedSighting]:
        """Return the subject's sightings in the copy of a browser profile, except those that did not finish loading."""
        return [(i, s) for i, s in self.view.in_browser_profile if s.kind is not Kind.LOADING]

    @cached_property
    def source(self) -> IndexedSighting | None:
        """Return the sighting that shows the photo at its source: the reference, unless `--expect` gives another."""
        index = source_index(self.view)
        if index is None:
            sides = [(i, s) for i, s in self.sightings if s.source in SOURCE_SIDE and not refused(s)]
            return next(((i, s) for i, s in sides if s.kind is not Kind.BROKEN), None)
        return index, self.record.sightings[index]

    @property
    def source_is_behind(self) -> bool:
        """Return whether the source itself does not show the expected photo."""
        return self.record.reference == "expected" and self.source is not None and self.source[0] in self.different

    @property
    def sent_lately(self) -> bool:
        """Return whether a photo was sent so recently that the source need not show it yet."""
        return self.view.sent is not None and self.view.ended - self.view.sent < COPY_WINDOW

    @cached_property
    def copies(self) -> list[IndexedSighting]:
        """Return the sightings that depend on SharePoint's copy."""
        return [
            (i, s)
            for i, s in self.sightings
            if s.source in (Source.SHAREPOINT_COPY, Source.SITE_COPY)
            or (s.surface in PAGE_CONTENT and s.source is Source.UNKNOWN)
        ]

    @cached_property
    def on_pages(self) -> list[IndexedSighting]:
        """Return the sightings in the content of pages."""
        return self.at(PAGE_CONTENT)

    @cached_property
    def by_address(self) -> list[IndexedSighting]:
        """Return the sightings of SharePoint's copy that was requested from its direct URL."""
        return self.at(USERPHOTO)

    def at(self, surfaces: Collection[Surface]) -> list[IndexedSighting]:
        """Return the sightings on `surfaces`."""
        return [(i, s) for i, s in self.sightings if s.surface in surfaces]

    @property
    def different(self) -> dict[int, IndexedComparison]:
        """Return the sightings that differ from the reference, keyed by index, with the comparison that says so."""
        return self.view.different

    def right(self, rows: list[IndexedSighting]) -> list[IndexedSighting]:
        """Return those of `rows` that show a photo that does not differ from the reference."""
        return [(i, s) for i, s in rows if s.kind is Kind.PHOTO and i not in self.different]

    def wrong(self, rows: list[IndexedSighting]) -> list[IndexedSighting]:
        """Return those of `rows` that differ from the reference."""
        return [(i, s) for i, s in rows if i in self.different]

    @cached_property
    def copy_is_right(self) -> bool:
        """Return whether SharePoint's copy, requested from its direct URL, shows the reference in every size."""
        return bool(self.right_by_address) and not self.wrong(self.by_address)

    @cached_property
    def only_delivery_is_late(self) -> bool:
        """Return whether the stored pictures are right, and the CDN answered where the direct URL shows another photo.

        userphoto.aspx may redirect to the CDN (photo sync 4, CDN URL).
        """
        stored, wrong = self.at((Surface.STORED_THUMBNAIL,)), self.wrong(self.by_address)
        late = all(s.kind is Kind.PHOTO and was_delivered(s) for _, s in wrong)
        return bool(wrong) and late and bool(self.right(stored)) and not self.wrong(stored)

    @property
    def right_by_address(self) -> list[IndexedSighting]:
        """Return the sightings of SharePoint's copy, requested from its direct URL, that show the right photo."""
        return self.right(self.by_address)

    @cached_property
    def under_another_name(self) -> list[IndexedSighting]:
        """Return SharePoint's sightings whose URL names the user by something other than the UPN."""
        named = [(row, account_in(row[1].url)) for row in self.copies if row[1].surface not in USERPHOTO]
        return [row for row, account in named if account and not self.view.is_subject(account)]

    @cached_property
    def under_a_cut_name(self) -> list[IndexedSighting]:
        """Return SharePoint's sightings whose address names the user without encoding, so that it asks for another."""
        rows = [row for row in self.copies if row[1].surface not in USERPHOTO]
        return [row for row in rows if cut_account(row[1].url, self.record.subject)]

    @property
    def badly_named(self) -> list[IndexedSighting]:
        """Return SharePoint's sightings whose address asks for another name than the user's UPN."""
        return [*self.under_another_name, *self.under_a_cut_name]

    @cached_property
    def fed_by_source(self) -> list[IndexedSighting]:
        """Return the sightings on pages that the source feeds directly."""
        return [(i, s) for i, s in self.on_pages if s.source in SOURCE_SIDE]

    @cached_property
    def wrong_copies(self) -> list[IndexedSighting]:
        """Return SharePoint's sightings that differ from the reference."""
        return self.wrong(self.copies)

    @cached_property
    def blank_copies(self) -> list[IndexedSighting]:
        """Return SharePoint's sightings that show no photo although there is one."""
        return [(i, s) for i, s in self.wrong_copies if s.kind in WITHOUT_PHOTO]

    @cached_property
    def other_photos(self) -> list[IndexedSighting]:
        """Return SharePoint's sightings that show a different photo from the reference."""
        return [(i, s) for i, s in self.wrong_copies if s.kind is Kind.PHOTO]

    @cached_property
    def broken_copies(self) -> list[IndexedSighting]:
        """Return SharePoint's sightings that did not load, except those that session control kept out."""
        return [(i, s) for i, s in self.copies if s.kind is Kind.BROKEN and not kept_out(s)]

    @cached_property
    def refused_copies(self) -> list[IndexedSighting]:
        """Return SharePoint's sightings whose picture was refused, except by session control, or failed."""
        return [(i, s) for i, s in self.copies if s.response and s.response.status >= _ERROR and not kept_out(s)]

    @cached_property
    def refused_at_source(self) -> list[Unseen]:
        """Return the places on the source side that refused the photo to the signed-in account."""
        return [u for u in self.record.unseen if u.status == _FORBIDDEN and u.surface in OTHER_SESSION]

    @property
    def blocked_by_browser(self) -> list[IndexedSighting]:
        """Return what this browser, not SharePoint, keeps a page from loading from the -my host."""
        return [row for row in self.blocked_by_browser_or_library if row not in self.refused_to_session]

    @cached_property
    def blocked_by_browser_or_library(self) -> list[IndexedSighting]:
        """Return what a page could not load from the -my host although SharePoint's own host served the photo."""
        served = any(s.kind is Kind.PHOTO for _, s in self.by_address)
        lost = [row for row in self.copies if row in self.broken_copies or row in self.refused_copies]
        return [
            (i, s)
            for i, s in lost
            if served and s.surface not in (*USERPHOTO, Surface.STORED_THUMBNAIL) and _MY in host_of(s.url or "")
        ]

    @cached_property
    def refused_to_session(self) -> list[IndexedSighting]:
        """Return pictures that SharePoint refuses to this session, also where the browser is not to blame.

        From the -my host, if the stored pictures were refused as well when they were opened by themselves; from
        userphoto.aspx, if it refused them itself instead of leading to the delivery network.
        """
        refused = any(u.status in _NOT_ALLOWED and u.surface is Surface.STORED_THUMBNAIL for u in self.record.unseen)
        library = [row for row in self.blocked_by_browser_or_library if refused]
        return library + [row for row in self.refused_copies if row not in library and _by_userphoto(row[1])]

    @property
    def profile(self) -> Properties | None:
        """Return the first reading of the SharePoint profile that returned any properties."""
        return self.view.first_reading

    @property
    def copied_at(self) -> datetime | None:
        """Return when SharePoint last copied the photo, as its profile says."""
        return self.profile.timestamp if self.profile else None

    def value(self, name: str) -> str:
        """Return a profile property as text; `""` if it was never set or could not be read."""
        return (self.profile.values.get(name) or "").strip() if self.profile else ""

    @property
    def readable(self) -> bool:
        """Return whether the picture properties could be read, whether or not they are set."""
        return self.profile is not None and any(key.startswith("SPS-Picture") for key in self.profile.values)

    @property
    def never_copied(self) -> bool:
        """Return whether the profile could be read, and says that SharePoint never had a photo of this account."""
        pictures = ("SPS-PictureTimestamp", "PictureURL", "PictureUrl")
        return self.readable and not any(self.value(name) for name in pictures)

    @property
    def is_stub(self) -> bool:
        """Return whether the profile is nearly empty: no name, no mail address, no picture properties."""
        if self.profile is None or self.readable:
            return False
        known = self.profile.values
        return "DisplayName" in known and not any(known.values())

    @property
    def other_geo(self) -> str:
        """Return the host of the user's files if it is in a different geo from the tenant's pages, else `""`.

        A page may have been named by a former host of the tenant, so the host that answered counts as well. A name on
        cloud.microsoft says nothing about the geo.
        """
        home = host_of(self.value("PersonalSiteHostUrl"))
        asked = [*self.view.pages, self.profile.url if self.profile else ""]
        pages = [host for url in asked if (host := original_host(host_of(url))) and ".sharepoint" in host]
        central = {host if _MY in host else host.replace(".sharepoint.", f"{_MY}", 1) for host in pages}
        return home if _MY in home and central and home not in central else ""

    @property
    def changed_at(self) -> datetime | None:
        """Return when the photo was changed according to `--changed-at`."""
        return self.view.changed_at

    @property
    def now(self) -> datetime:
        """Return the time of the run according to the tenant's clock."""
        return self.view.began


def was_delivered(sighting: Sighting) -> bool:
    """Return whether a picture came from the CDN, perhaps through a redirect."""
    response = sighting.response
    urls = f"{sighting.url} {response.url if response else ''}".lower()
    return "afdcache" in urls or "_userprofile" in urls


def _by_userphoto(sighting: Sighting) -> bool:
    """Return whether userphoto.aspx itself refused a picture; what the delivery network refuses is its fault."""
    response = sighting.response
    return bool(response and response.status in _NOT_ALLOWED and "/userphoto.aspx" in (response.url or "").lower())
