"""Builds the collapsed part of the report: properties, responses, sightings, locators, versions, inputs, hashes."""

from __future__ import annotations

import json
from dataclasses import dataclass

from troubleshooter.locale import N_
from troubleshooter.model.records import Sighting
from troubleshooter.report.avatar_figures import ComparisonText, comparison_text
from troubleshooter.report.context import ReportContext
from troubleshooter.report.labels import FOUND_BY, PROOFS, SOURCES, kind_of
from troubleshooter.report.readings import Reading, readings
from troubleshooter.report.surface_texts import SURFACES
from troubleshooter.report.wording import Moment

_IN_SECONDS = {"timeout", "max_time"}
_LAYOUTS = {1: N_("compact"), 2: N_("descriptive")}


@dataclass(frozen=True)
class ResponseRow:
    """The response that filled an avatar."""

    place: str
    status: int
    kind: str
    length: str
    headers: tuple[tuple[str, str], ...]
    at: Moment | None
    size: str
    """Size of the picture as served."""
    chain: tuple[str, ...]
    """URLs, each with its status, from the one that was requested to the one that responded."""


@dataclass(frozen=True)
class WebPartRow:
    """The people that a page's own data lists in one place."""

    address: str
    place: str
    layout: str
    count: str
    includes: str
    subject: tuple[tuple[str, str], ...]
    others: str


@dataclass(frozen=True)
class SightingRow:
    """A row of the table of sightings."""

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
class ComparisonRow:
    """A row of the table of comparisons."""

    number: int
    id: str
    """The row's HTML id; empty if the id is used above, under an avatar."""
    pair: str
    match: ComparisonText


@dataclass(frozen=True)
class LocatorRow:
    """How one locator was found."""

    id: str
    by: str
    selectors: str
    """Selectors by which it was found, the most trusted first."""
    missed: str
    """More trusted selectors by which nothing was found anywhere."""


@dataclass(frozen=True)
class Details:
    """Everything in the collapsed part of the report."""

    readings: tuple[Reading, ...]
    responses: tuple[ResponseRow, ...]
    web_parts: tuple[WebPartRow, ...]
    locators: tuple[LocatorRow, ...]
    blocked: tuple[str, ...]
    """URLs of frames that were not loaded."""
    sightings: tuple[SightingRow, ...]
    comparisons: tuple[ComparisonRow, ...]
    versions: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str, str], ...]
    """The avatars' files: path, hash, and what each shows."""


def details(context: ReportContext) -> Details:
    """Return the collapsed part of the report."""
    return Details(
        readings=readings(context),
        responses=_responses(context),
        web_parts=_web_parts(context),
        locators=_locators(context),
        blocked=context.record.blocked,
        sightings=_sightings(context),
        comparisons=_comparisons(context),
        versions=_versions(context),
        inputs=_inputs(context),
        files=_files(context),
    )


def _responses(context: ReportContext) -> tuple[ResponseRow, ...]:
    """Return the responses that filled the avatars."""
    wording = context.wording
    return tuple(
        ResponseRow(
            place=wording.surface(sighting.surface),
            status=response.status,
            kind=response.content_type,
            length="" if response.bytes is None else wording.catalogue.number(response.bytes, 0),
            headers=tuple(sorted(response.headers.items())),
            at=wording.clock(response.at) if response.at else None,
            size=wording.size(sighting.natural_px),
            chain=_chain(sighting) if _may_show_address(context, index, sighting) else (),
        )
        for index, sighting in enumerate(context.record.sightings)
        if (response := sighting.response) is not None
    )


def _may_show_address(context: ReportContext, index: int, sighting: Sighting) -> bool:
    """Return whether the picture's URL may be shown; the URL of somebody else's picture would identify them."""
    return context.anchors.among_avatars(index) or sighting.shot is not None


def _chain(sighting: Sighting) -> tuple[str, ...]:
    assert sighting.response
    hops = [f"{hop.status} {hop.url}" for hop in sighting.response.hops]
    last = sighting.response.url or sighting.url
    return (*hops, f"{sighting.response.status} {last}") if last else tuple(hops)


def _web_parts(context: ReportContext) -> tuple[WebPartRow, ...]:
    """Return the people that the pages' own data lists; those other than the subject only as a number."""
    wording, _ = context.wording, context.wording.gettext
    return tuple(
        WebPartRow(
            address=part.page_url,
            place=wording.surface(part.surface),
            layout=_(_LAYOUTS[part.layout]) if part.layout in _LAYOUTS else "",
            count=wording.catalogue.number(part.count, 0),
            includes=_("includes the user") if part.includes_subject else _("without the user"),
            subject=tuple(part.subject.items()),
            others=", ".join(part.others),
        )
        for part in context.record.web_parts
    )


def _locators(context: ReportContext) -> tuple[LocatorRow, ...]:
    """Return how each locator was found, in the order in which they were needed."""
    _ = context.wording.gettext
    return tuple(
        LocatorRow(
            match.id,
            _(FOUND_BY[match.by]),
            " · ".join(filter(None, (match.selector, *match.also))),
            " · ".join(match.missed),
        )
        for match in context.record.locators
    )


def _sightings(context: ReportContext) -> tuple[SightingRow, ...]:
    """Return every sighting."""
    return tuple(_sighting_row(index, sighting, context) for index, sighting in enumerate(context.record.sightings))


def _comparisons(context: ReportContext) -> tuple[ComparisonRow, ...]:
    """Return every comparison."""
    anchors = context.anchors
    return tuple(
        ComparisonRow(
            number=number,
            id="" if anchors.under_an_avatar(number) else f"comparisons-{number}",
            pair=anchors.pair(comparison),
            match=comparison_text(comparison, number, context.wording),
        )
        for number, comparison in enumerate(context.record.comparisons)
    )


def _versions(context: ReportContext) -> tuple[tuple[str, str], ...]:
    """Return the versions of the software that performed the run."""
    record, _ = context.record, context.wording.gettext
    ran = record.versions
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


def _inputs(context: ReportContext) -> tuple[tuple[str, str], ...]:
    """Return the run's inputs, as label and value."""
    duration = context.wording.catalogue.duration
    return tuple(
        (name, duration(value) if name in _IN_SECONDS and isinstance(value, int | float) else _plain(value))
        for name, value in context.record.inputs.items()
    )


def _files(context: ReportContext) -> tuple[tuple[str, str, str], ...]:
    """Return the avatars' files: path, hash, and what each shows."""
    record, anchors = context.record, context.anchors
    found: dict[str, tuple[str, str]] = {}
    if record.expected is not None:
        found[record.expected.shot] = (record.expected.sha256, anchors.name("expected"))
    for index, sighting in enumerate(record.sightings):
        if sighting.shot:
            found.setdefault(sighting.shot, (sighting.sha256 or "", anchors.name(index)))
    return tuple((path, digest, shows) for path, (digest, shows) in found.items())


def _sighting_row(index: int, sighting: Sighting, context: ReportContext) -> SightingRow:
    wording, _ = context.wording, context.wording.gettext
    is_subject = context.view.shows_subject(sighting)
    whose = _("the subject") if is_subject else _("somebody else") if sighting.subject else _("not identified")
    facts = (
        (_("picture"), sighting.url if _may_show_address(context, index, sighting) else None),
        (_("page"), sighting.page_url),
        (_("session"), None if sighting.in_private_session else _("browser profile")),
        (_("found by"), _(sighting.locator) if sighting.locator else None),
        (_("hash of the picture"), sighting.sha256),
        (_("hash of what was served"), sighting.body_sha256),
    )
    drawn = wording.size(sighting.rendered_px)
    if drawn and sighting.dpr:
        drawn += f" · {wording.catalogue.number(sighting.dpr, 1)} dpr"
    proof = sighting.identified_by or ""
    return SightingRow(
        number=index + 1,
        place=wording.surface(sighting.surface),
        technical=sighting.surface,
        explain=_(SURFACES[sighting.surface].explain),
        whose=whose,
        proof=_(PROOFS.get(proof, proof)) if proof else "",
        kind=_(kind_of(sighting)),
        store=_(SOURCES[sighting.source]),
        size=wording.size(sighting.natural_px),
        drawn=drawn,
        seen=wording.clock(sighting.seen_at),
        facts=tuple((label, value) for label, value in facts if value),
    )


def _plain(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return ", ".join(value) or "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
