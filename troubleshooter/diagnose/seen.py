"""A compared record as the rules look at it: what the source shows, what SharePoint shows, what its properties say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from troubleshooter.hosts import host_of
from troubleshooter.model import (
    SOURCE_SIDE,
    USERPHOTO,
    WITHOUT_PHOTO,
    Comparison,
    Evidence,
    Kind,
    MatchVerdict,
    Properties,
    Record,
    Said,
    Sighting,
    Source,
)
from troubleshooter.reference import source_of


@dataclass(frozen=True)
class Seen:
    """One record, asked."""

    record: Record

    @cached_property
    def mine(self) -> list[tuple[int, Sighting]]:
        """Return the subject's sightings, with their index."""
        pairs = enumerate(self.record.sightings)
        return [(i, s) for i, s in pairs if s.subject == self.record.subject and s.kind is not Kind.LOADING]

    @cached_property
    def source(self) -> tuple[int, Sighting] | None:
        """Return the source-side sighting that counts: the reference, or what would be it without `--expect`."""
        index = source_of(self.record)
        if index is None:
            return next(((i, s) for i, s in self.mine if s.source in SOURCE_SIDE and s.kind is not Kind.BROKEN), None)
        return index, self.record.sightings[index]

    @cached_property
    def copies(self) -> list[tuple[int, Sighting]]:
        """Return the sightings that stand on SharePoint's copy."""
        return [
            (i, s)
            for i, s in self.mine
            if s.source in (Source.SHAREPOINT_COPY, Source.SITE_COPY)
            or (s.page is not None and s.source is Source.UNKNOWN)
        ]

    @cached_property
    def asked(self) -> list[tuple[int, Sighting]]:
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
    def wrong(self) -> list[tuple[int, Sighting]]:
        """Return SharePoint's sightings that differ from the reference."""
        return [(i, s) for i, s in self.copies if i in self.different]

    @cached_property
    def blank(self) -> list[tuple[int, Sighting]]:
        """Return SharePoint's sightings that show no photo."""
        return [(i, s) for i, s in self.wrong if s.kind in WITHOUT_PHOTO]

    @cached_property
    def other(self) -> list[tuple[int, Sighting]]:
        """Return SharePoint's sightings that show another photo than the reference."""
        return [(i, s) for i, s in self.wrong if s.kind is Kind.PHOTO]

    @cached_property
    def broken(self) -> list[tuple[int, Sighting]]:
        """Return SharePoint's sightings that did not load."""
        return [(i, s) for i, s in self.copies if s.kind is Kind.BROKEN]

    @cached_property
    def refused(self) -> list[tuple[int, Sighting]]:
        """Return SharePoint's sightings of which the picture was refused or failed."""
        return [(i, s) for i, s in self.copies if s.response and s.response.status >= 400]

    @cached_property
    def blocked_hosts(self) -> list[tuple[int, Sighting]]:
        """Return the broken pictures of the -my host, where SharePoint's own host gave the photo."""
        own = any(s.kind is Kind.PHOTO for _, s in self.asked)
        return [(i, s) for i, s in self.broken if own and "-my.sharepoint." in host_of(s.url or "")]

    @cached_property
    def properties(self) -> Properties | None:
        """Return the first reading of the properties that gave any."""
        return next((p for p in self.record.properties if p.values), None)

    def value(self, name: str) -> str:
        """Return a property as text, `""` where it was never set or could not be read."""
        return (self.properties.values.get(name) or "").strip() if self.properties else ""

    @property
    def now(self) -> datetime:
        """Return the time of the run by the tenant's clock."""
        return self.record.clock or self.record.started


def evidence(said: Said, ref: str | None) -> Evidence:
    """Return `said` as a piece of evidence that is found at `ref`."""
    return Evidence(text=said.text, template=said.template, args=said.args, ref=ref)
