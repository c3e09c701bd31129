"""What is folded: properties, responses, all sightings and comparisons, versions, inputs, hashes."""

from __future__ import annotations

import json
from dataclasses import dataclass

from troubleshooter.locale import N_
from troubleshooter.model.records import Properties, Sighting
from troubleshooter.report.anchors import Anchors
from troubleshooter.report.avatars import Match, match
from troubleshooter.report.context import Desk
from troubleshooter.report.labels import KINDS, NEVER_STORED, PROOFS, SOURCES, STORED, decoded, meaning
from troubleshooter.report.surface_texts import SURFACES
from troubleshooter.report.wording import Moment, Speech

_MOMENTS = {
    "before": N_("before the visit to the pages"),
    "after": N_("after the visit to the pages"),
    "site": N_("the site’s own copy"),
}


@dataclass(frozen=True)
class Property:
    """One profile property with what it means."""

    name: str
    value: str
    meaning: str
    at: Moment | None = None


@dataclass(frozen=True)
class Reading:
    """The profile properties as read once."""

    id: str
    when: str
    read: Moment | None
    status: str
    url: str
    rows: tuple[Property, ...]


@dataclass(frozen=True)
class Answer:
    """The response that filled an avatar."""

    place: str
    status: int
    kind: str
    length: str
    headers: tuple[tuple[str, str], ...]
    at: Moment | None
    size: str
    """Of the picture as served."""
    chain: tuple[str, ...]
    """Addresses, each with its status, from the one that was asked to the one that answered."""


@dataclass(frozen=True)
class PagePeople:
    """Whom a page's own data names in one place."""

    address: str
    place: str
    layout: str
    count: str
    includes: str
    subject: tuple[tuple[str, str], ...]
    others: str


@dataclass(frozen=True)
class Row:
    """One sighting."""

    number: int
    place: str
    technical: str
    explain: str
    whose: str
    proof: str
    kind: str
    store: str
    size: str
    drawn: str
    seen: Moment | None
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Pair:
    """One comparison."""

    number: int
    id: str
    """Empty where the strip holds its id."""
    pair: str
    match: Match


def readings(desk: Desk) -> tuple[Reading, ...]:
    """Return the profile properties with their meaning."""
    record, speech = desk.record, desk.speech
    mine = tuple(_reading(f"properties-{number}", item, speech) for number, item in enumerate(record.properties))
    sites = tuple(_reading(f"site-properties-{n}", item, speech) for n, item in enumerate(record.site_properties))
    return mine + sites


def answers(desk: Desk) -> tuple[Answer, ...]:
    """Return the responses behind the avatars."""
    record, speech = desk.record, desk.speech
    return tuple(
        Answer(
            place=speech.surface(sighting.surface),
            status=sighting.response.status,
            kind=sighting.response.content_type,
            length="" if sighting.response.bytes is None else speech.catalogue.number(sighting.response.bytes, 0),
            headers=tuple(sorted(sighting.response.headers.items())),
            at=speech.clock(sighting.response.at) if sighting.response.at else None,
            size=speech.size(sighting.natural_px),
            chain=_chain(sighting) if _is_ours(desk.anchors, number, sighting) else (),
        )
        for number, sighting in enumerate(record.sightings)
        if sighting.response is not None
    )


def _is_ours(anchors: Anchors, number: int, item: Sighting) -> bool:
    """Return whether the picture's address may be shown: that of somebody else's picture names them."""
    return anchors.in_strip(number) or item.shot is not None


def _chain(item: Sighting) -> tuple[str, ...]:
    assert item.response
    hops = [f"{hop.status} {hop.url}" for hop in item.response.hops]
    last = item.response.url or item.url
    return (*hops, f"{item.response.status} {last}") if last else tuple(hops)


def page_people(desk: Desk) -> tuple[PagePeople, ...]:
    """Return the people that the pages' own data names; of the others only how many they are."""
    speech = desk.speech
    _, layouts = speech.gettext, {1: N_("compact"), 2: N_("descriptive")}
    return tuple(
        PagePeople(
            address=part.page_url,
            place=speech.surface(part.surface),
            layout=_(layouts[part.layout]) if part.layout in layouts else "",
            count=speech.catalogue.number(part.count, 0),
            includes=_("includes the user") if part.includes_subject else _("without the user"),
            subject=tuple(part.subject.items()),
            others=", ".join(part.others),
        )
        for part in desk.record.web_parts
    )


def rows(desk: Desk) -> tuple[Row, ...]:
    """Return every sighting."""
    record, anchors, speech = desk.record, desk.anchors, desk.speech
    return tuple(_row(number, item, anchors, speech) for number, item in enumerate(record.sightings))


def pairs(desk: Desk) -> tuple[Pair, ...]:
    """Return every comparison."""
    record, anchors, speech = desk.record, desk.anchors, desk.speech
    return tuple(
        Pair(
            number=number,
            id="" if anchors.beside_a_picture(number) else f"comparisons-{number}",
            pair=anchors.pair(comparison),
            match=match(comparison, number, speech),
        )
        for number, comparison in enumerate(record.comparisons)
    )


def versions(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return what ran."""
    record, speech = desk.record, desk.speech
    _, ran = speech.gettext, record.versions
    named = (
        (_("Product"), f"troubleshooter {ran.product}" if ran.product else ""),
        ("Playwright", ran.playwright),
        (_("Browser"), ran.browser),
        (_("System"), ran.system),
        (_("Run"), record.id),
        (_("Scenario"), record.scenario),
        (_("Record"), f"schema {record.schema_}"),
    )
    return tuple(pair for pair in named if pair[1])


def inputs(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return what the run was given."""
    return tuple((name, _plain(value)) for name, value in desk.record.inputs.items())


def files(desk: Desk) -> tuple[tuple[str, str, str], ...]:
    """Return the avatars' files: path, hash, and what each shows."""
    record, anchors = desk.record, desk.anchors
    found: dict[str, tuple[str, str]] = {}
    if record.expected is not None:
        found[record.expected.shot] = (record.expected.sha256, anchors.name("expected"))
    for number, sighting in enumerate(record.sightings):
        if sighting.shot:
            found.setdefault(sighting.shot, (sighting.sha256 or "", anchors.name(number)))
    return tuple((path, digest, shows) for path, (digest, shows) in found.items())


def _reading(anchor: str, item: Properties, speech: Speech) -> Reading:
    _ = speech.gettext
    shown = []
    for name, value in item.values.items():
        text = meaning(name, value)
        at = None
        if name.casefold().replace("-", "") == "spspicturetimestamp":
            stored = decoded(value) or (item.timestamp if value else None)
            at = speech.moment(stored) if stored else None
            text = STORED if at else NEVER_STORED
        shown.append(Property(name, "" if value is None else value, _(text) if text else "", at))
    return Reading(
        id=anchor,
        when=_(_MOMENTS.get(item.moment, _MOMENTS["before"])),
        read=speech.clock(item.read_at),
        status=str(item.status) if item.status else _("no answer"),
        url=item.url,
        rows=tuple(shown),
    )


def _row(number: int, item: Sighting, anchors: Anchors, speech: Speech) -> Row:
    _ = speech.gettext
    whose = _("the subject") if anchors.shown(item) else _("somebody else") if item.subject else _("not proven")
    ours = _is_ours(anchors, number, item)
    facts = (
        (_("picture"), item.url if ours else None),  # the address of somebody else's picture names them
        (_("page"), item.page_url),
        (_("session"), None if item.in_private_session else _("browser profile")),
        (_("found by"), item.locator),
        (_("hash of the picture"), item.sha256),
        (_("hash of what was served"), item.body_sha256),
    )
    drawn = speech.size(item.rendered_px)
    if drawn and item.dpr:
        drawn += f" · {speech.catalogue.number(item.dpr, 1)} dpr"
    return Row(
        number=number + 1,
        place=speech.surface(item.surface),
        technical=item.surface,
        explain=_(SURFACES[item.surface].explain),
        whose=whose,
        proof=_(PROOFS.get(item.identified_by or "", item.identified_by or "")) if item.identified_by else "",
        kind=_(KINDS[item.kind]),
        store=_(SOURCES[item.source]),
        size=speech.size(item.natural_px),
        drawn=drawn,
        seen=speech.clock(item.seen_at),
        facts=tuple((label, value) for label, value in facts if value),
    )


def _plain(value: object) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
