"""The strip of avatars: the reference, SharePoint's copies, and every other place, each beside its distance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from troubleshooter.locale import fill
from troubleshooter.model.enums import SOURCE_SIDE, Kind, MatchVerdict, Source
from troubleshooter.model.records import Comparison, Sighting
from troubleshooter.report.anchors import EXPECTED
from troubleshooter.report.context import Desk
from troubleshooter.report.labels import CODES, KINDS, MATCH_ICONS, MATCHES, SOURCES
from troubleshooter.report.wording import Moment, Speech, page_name, sentence

SHAREPOINT = frozenset({Source.SHAREPOINT_COPY, Source.SITE_COPY, Source.SEARCH_INDEX})
"""The stores that copy from the source."""


@dataclass(frozen=True)
class Match:
    """How far an avatar is from the reference."""

    id: str
    tone: str
    word: str
    distance: str
    limit: str
    what: str
    """What differs; may be empty."""


@dataclass(frozen=True)
class Face:
    """One avatar as the page shows it."""

    id: str
    name: str
    technical: str
    src: str | None
    alt: str
    tile: str
    """What a neutral tile says in place of the picture."""
    size: str = ""
    store: str = ""
    page: str = ""
    seen: Moment | None = None
    match: Match | None = None
    state: str = ""
    """Why it was not compared, where its picture alone does not tell."""
    choice: str = ""
    """Its line in the two lists of the comparison; empty without a picture."""


@dataclass(frozen=True)
class Group:
    """Avatars that come from one kind of store."""

    id: str
    title: str
    faces: tuple[Face, ...] = field(default=())


def strip(desk: Desk) -> tuple[Group, ...]:
    """Return the groups of the strip, the reference first, what differs before what agrees."""
    record, anchors, speech = desk.record, desk.anchors, desk.speech
    _ = speech.gettext
    if not record.sightings and record.expected is None:
        return ()
    faces = {
        index: _face(index, sighting, desk)
        for index, sighting in enumerate(record.sightings)
        if anchors.in_strip(index)
    }
    beside = [i for i in faces if not record.sightings[i].in_private_session]
    copies = [i for i in faces if record.sightings[i].source in SHAREPOINT and i not in (record.reference, *beside)]
    others = [i for i in faces if i not in (record.reference, *beside, *copies)]
    others.sort(key=lambda i: record.sightings[i].source not in SOURCE_SIDE)
    groups = (
        Group("reference", _("Reference"), (_reference(faces, desk),)),
        Group("sharepoint", _("SharePoint"), _worst_first(faces[i] for i in copies)),
        Group("elsewhere", _("Elsewhere"), _worst_first(faces[i] for i in others)),
        Group("profile", _("In the browser profile"), _worst_first(faces[i] for i in beside)),
    )
    return tuple(group for group in groups if group.faces)


def strangers(desk: Desk) -> tuple[Face, ...]:
    """Return the avatars that are not proven to show the subject."""
    record, anchors = desk.record, desk.anchors
    return tuple(
        _face(index, sighting, desk) for index, sighting in enumerate(record.sightings) if not anchors.in_strip(index)
    )


def match(comparison: Comparison, number: int, speech: Speech) -> Match:
    """Return a comparison in the reader's words."""
    _ = speech.gettext
    if comparison.verdict is MatchVerdict.SAME:
        what = ""
    elif comparison.said is not None:
        what = speech.say(comparison.said)
    else:
        what = _(CODES.get(comparison.code, "")) if CODES.get(comparison.code) else _(comparison.reason)
    return Match(
        id=f"comparisons-{number}",
        tone=MATCH_ICONS[comparison.verdict],
        word=_(MATCHES[comparison.verdict]),
        distance="" if comparison.score is None else speech.catalogue.number(comparison.score),
        limit=speech.catalogue.number(comparison.limit),
        what=what,
    )


def _worst_first(faces: Iterable[Face]) -> tuple[Face, ...]:
    order = {"bad": 0, "open": 1, "": 2, "good": 3}
    return tuple(sorted(faces, key=lambda face: order[face.match.tone if face.match else ""]))


def _face(index: int, sighting: Sighting, desk: Desk) -> Face:
    speech, anchors, album = desk.speech, desk.anchors, desk.album
    _ = speech.gettext
    src = album.embed(sighting.shot)
    name = speech.surface(sighting.surface)
    page = page_name(sighting.page_url) if sighting.page is not None else ""
    found = anchors.against_reference(index)
    alt = fill(_("{place}: {kind}"), {"place": name, "kind": _(KINDS[sighting.kind])})
    return Face(
        id=f"sightings-{index}",
        name=name,
        technical=sighting.surface,
        src=src,
        alt=alt,
        tile=_tile(sighting, desk),
        size=speech.size(sighting.natural_px),
        store="" if sighting.source is Source.SHAREPOINT_COPY else _(SOURCES[sighting.source]),
        page=page,
        seen=speech.clock(sighting.seen_at),
        match=match(found[1], found[0], speech) if found else None,
        state=_("still loading") if src and sighting.kind is Kind.LOADING else "",
        choice=sentence(anchors.place(index)) if src else "",
    )


def _tile(sighting: Sighting, desk: Desk) -> str:
    speech, anchors = desk.speech, desk.anchors
    _ = speech.gettext
    if sighting.shot is not None:
        return _("picture file missing")
    if anchors.shown(sighting):
        return _("still loading") if sighting.kind is Kind.LOADING else _("not photographed")
    return _("not proven who") if sighting.subject is None else _("somebody else")


def _reference(faces: dict[int, Face], desk: Desk) -> Face:
    record, speech, album = desk.record, desk.speech, desk.album
    _ = speech.gettext
    reference = record.reference
    if isinstance(reference, int) and reference in faces:
        return faces[reference]
    if reference == EXPECTED and record.expected is not None:
        src = album.embed(record.expected.shot)
        return Face(
            id=EXPECTED,
            name=_("the expected photo"),
            technical=record.expected.name,
            src=src,
            alt=_("the expected photo"),
            tile=_("picture file missing"),
            size=speech.size(record.expected.natural_px),
            store=_("given with --photo") if record.photo else _("given with --expect"),
            choice=sentence(_("the expected photo")) if src else "",
        )
    return Face(
        id="no-reference",
        name=_("no reference"),
        technical="",
        src=None,
        alt="",
        tile=_("none"),
        store=_("nothing to hold the others against"),
    )
