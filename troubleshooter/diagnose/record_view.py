"""A compared record as the rules look at it: what the source shows, what SharePoint shows, what its properties say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from troubleshooter.identity.photo_address import account_in
from troubleshooter.model.enums import (
    PAGE_CONTENT,
    SOURCE_SIDE,
    USERPHOTO,
    WITHOUT_PHOTO,
    Kind,
    MatchVerdict,
    Source,
    Surface,
)
from troubleshooter.model.message import Message
from troubleshooter.model.records import Comparison, Evidence, Properties, Record, Sighting, Unseen
from troubleshooter.model.reference import OTHER_SESSION, refused, source_of
from troubleshooter.urls import host_of

Row = tuple[int, Sighting]
"""A sighting with its index in the record."""

SITE = (Surface.PAGE_BYLINE, Surface.PAGE_COMMENT, Surface.LIST_AUTHOR)
"""Surfaces that a site feeds from its own copy of the user."""
CLIENTS = (Surface.OUTLOOK_HEADER, Surface.TEAMS_HEADER)
"""Programs that keep photos in caches of their own."""
MAILBOX_FED = (Surface.OUTLOOK_PHOTO, Surface.SHAREPOINT_HEADER, Surface.OUTLOOK_HEADER)
_MY = "-my.sharepoint."
_REFUSED = 400


@dataclass(frozen=True)
class Seen:
    """One record, asked."""

    record: Record

    @cached_property
    def mine(self) -> list[Row]:
        """Return the subject's sightings, with their index."""
        return [(i, s) for i, s in self._all if s.in_private_session]

    @cached_property
    def _all(self) -> list[Row]:
        pairs = enumerate(self.record.sightings)
        return [(i, s) for i, s in pairs if s.subject == self.record.subject and s.kind is not Kind.LOADING]

    @cached_property
    def profile(self) -> list[Row]:
        """Return the subject's sightings in the copy of a browser profile, with all that it keeps."""
        return [(i, s) for i, s in self._all if not s.in_private_session]

    @cached_property
    def source(self) -> Row | None:
        """Return the source-side sighting that counts: the reference, or what would be it without `--expect`."""
        index = source_of(self.record)
        if index is None:
            sides = [(i, s) for i, s in self.mine if s.source in SOURCE_SIDE and not refused(s)]
            return next(((i, s) for i, s in sides if s.kind is not Kind.BROKEN), None)
        return index, self.record.sightings[index]

    @property
    def source_is_behind(self) -> bool:
        """Return whether the source itself does not show the photo that was asked for."""
        return self.record.reference == "expected" and self.source is not None and self.source[0] in self.different

    @property
    def visited(self) -> bool:
        """Return whether this run was itself the user's visit to SharePoint in a private window."""
        return self.record.own_photo_requested is not None and self.record.signed_in_as == self.record.subject

    @cached_property
    def copies(self) -> list[Row]:
        """Return the sightings that stand on SharePoint's copy."""
        return [
            (i, s)
            for i, s in self.mine
            if s.source in (Source.SHAREPOINT_COPY, Source.SITE_COPY)
            or (s.surface in PAGE_CONTENT and s.source is Source.UNKNOWN)
        ]

    @cached_property
    def content(self) -> list[Row]:
        """Return the sightings in the content of pages."""
        return [(i, s) for i, s in self.mine if s.surface in PAGE_CONTENT]

    def right(self, rows: list[Row]) -> list[Row]:
        """Return those of `rows` that show a photo which does not differ from the reference."""
        return [(i, s) for i, s in rows if s.kind is Kind.PHOTO and i not in self.different]

    def off(self, rows: list[Row]) -> list[Row]:
        """Return those of `rows` that differ from the reference."""
        return [(i, s) for i, s in rows if i in self.different]

    @cached_property
    def copy_is_right(self) -> bool:
        """Return whether SharePoint's copy, asked for by its own address, shows the reference in every size."""
        return bool(self.right(self.asked)) and not self.off(self.asked)

    @cached_property
    def under_another_name(self) -> list[Row]:
        """Return SharePoint's sightings of which the address names the user otherwise than by the UPN."""
        named = [(row, account_in(row[1].url)) for row in self.copies if row[1].surface not in USERPHOTO]
        return [row for row, account in named if account and account != self.record.subject]

    @cached_property
    def from_source(self) -> list[Row]:
        """Return the sightings on pages that the people service feeds."""
        return [(i, s) for i, s in self.content if s.source in SOURCE_SIDE]

    @cached_property
    def asked(self) -> list[Row]:
        """Return the sightings of SharePoint's copy by its own address."""
        return [(i, s) for i, s in self.mine if s.surface in USERPHOTO]

    @cached_property
    def different(self) -> dict[int, tuple[int, Comparison]]:
        """Return the sightings that differ from the reference: index to (index of the comparison, comparison)."""
        rows = enumerate(self.record.comparisons)
        return {
            c.a: (n, c)
            for n, c in rows
            if isinstance(c.a, int) and c.b == self.record.reference and c.verdict is MatchVerdict.DIFFERENT
        }

    @cached_property
    def wrong(self) -> list[Row]:
        """Return SharePoint's sightings that differ from the reference."""
        return [(i, s) for i, s in self.copies if i in self.different]

    @cached_property
    def blank(self) -> list[Row]:
        """Return SharePoint's sightings that show no photo."""
        return [(i, s) for i, s in self.wrong if s.kind in WITHOUT_PHOTO]

    @cached_property
    def other(self) -> list[Row]:
        """Return SharePoint's sightings that show another photo than the reference."""
        return [(i, s) for i, s in self.wrong if s.kind is Kind.PHOTO]

    @cached_property
    def broken(self) -> list[Row]:
        """Return SharePoint's sightings that did not load."""
        return [(i, s) for i, s in self.copies if s.kind is Kind.BROKEN]

    @cached_property
    def refused(self) -> list[Row]:
        """Return SharePoint's sightings of which the picture was refused or failed."""
        return [(i, s) for i, s in self.copies if s.response and s.response.status >= _REFUSED]

    @cached_property
    def shut(self) -> list[Unseen]:
        """Return the places at the source that refused the photo to whoever was signed in."""
        return [u for u in self.record.unseen if u.status == 403 and u.surface in OTHER_SESSION]

    @cached_property
    def blocked_hosts(self) -> list[Row]:
        """Return what a page could not load from the -my host, where SharePoint's own host gave the photo."""
        own = any(s.kind is Kind.PHOTO for _, s in self.asked)
        lost = [row for row in self.copies if row in self.broken or row in self.refused]
        return [
            (i, s)
            for i, s in lost
            if own and s.surface not in (*USERPHOTO, Surface.STORED_THUMBNAIL) and _MY in host_of(s.url or "")
        ]

    @cached_property
    def properties(self) -> Properties | None:
        """Return the first reading of the properties that gave any."""
        return next((p for p in self.record.properties if p.values), None)

    def value(self, name: str) -> str:
        """Return a property as text, `""` where it was never set or could not be read."""
        return (self.properties.values.get(name) or "").strip() if self.properties else ""

    @property
    def readable(self) -> bool:
        """Return whether the picture's properties were among what could be read, set or not."""
        return self.properties is not None and any(key.startswith("SPS-Picture") for key in self.properties.values)

    @property
    def is_stub(self) -> bool:
        """Return whether the profile is nearly empty: no name, no mail, no picture properties."""
        if self.properties is None or self.readable:
            return False
        known = self.properties.values
        return "DisplayName" in known and not any(known.values())

    @property
    def geo(self) -> str:
        """Return the host of the user's files where it is in another geo than the tenant's pages; else `""`."""
        home = host_of(self.value("PersonalSiteHostUrl"))
        pages = [host_of(str(url)) for url in self.record.inputs.get("pages", ())]
        central = {host if _MY in host else host.replace(".sharepoint.", f"{_MY}", 1) for host in pages}
        return home if _MY in home and central and home not in central else ""

    @property
    def changed(self) -> datetime | None:
        """Return when the user says that the photo was changed, UTC; None where nobody said."""
        try:
            said = datetime.fromisoformat(str(self.record.inputs.get("changed_at") or ""))
        except ValueError:
            return None
        return said if said.tzinfo else None

    @property
    def now(self) -> datetime:
        """Return the time of the run by the tenant's clock."""
        return self.record.clock or self.record.started


def evidence(said: Message, ref: str | None) -> Evidence:
    """Return `said` as a piece of evidence that is found at `ref`."""
    return Evidence(text=said.text, template=said.template, args=said.args, ref=ref)
