"""Derives the ranked diagnoses and the findings from a compared and judged record."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from troubleshooter.diagnose import copy_rules, identity_rules, leftover_rules, source_rules, surface_rules
from troubleshooter.diagnose.existence import NOBODY, about_user
from troubleshooter.diagnose.source_rules import SMALL
from troubleshooter.diagnose.symptoms import Symptoms
from troubleshooter.model.enums import USERPHOTO, Confidence, Kind, Surface, Verdict
from troubleshooter.model.message import message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Diagnosis, Finding, Record
from troubleshooter.model.session_control import kept_out
from troubleshooter.urls import host_of

_BY_ADDRESS = frozenset({*USERPHOTO, Surface.STORED_THUMBNAIL, Surface.OUTLOOK_PHOTO, Surface.GRAPH_PHOTO})
"""Surfaces at which only a check looks: users see pages, not the addresses of stored pictures."""
_RANK = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


def diagnosed(record: Record) -> Record:
    """Return `record` with its diagnoses, best first, and its findings."""
    symptoms = Symptoms(RecordView(record))
    rules = {Verdict.STOPPED: (), Verdict.IN_SYNC: _OF_QUALITY}.get(record.verdict, _RULES)
    rules = () if record.reason in NOBODY else rules
    found: dict[str, Diagnosis] = {}
    for diagnosis in sorted((d for rule in rules for d in rule(symptoms)), key=lambda d: _RANK[d.confidence]):
        found.setdefault(diagnosis.cause, diagnosis)
    unseen = {cause for cause, diagnosis in found.items() if not _visible(symptoms, diagnosis)}
    ordered = sorted(found.values(), key=lambda d: d.cause in unseen)  # what no user can see never comes first
    return record.model_copy(update={"diagnoses": tuple(ordered), "findings": tuple(_findings(symptoms))})


def _visible(symptoms: Symptoms, diagnosis: Diagnosis) -> bool:
    """Return whether a user can see what is wrong: at a place on a page, not only at the address of a stored picture.

    Evidence that is no picture, such as a property, decides nothing.
    """
    wrong = []
    for part in diagnosis.evidence:
        place, _, number = (part.ref or "").partition("/")
        if place == "comparisons":
            wrong.append(symptoms.record.comparisons[int(number)].a)
        elif place == "sightings" and symptoms.record.sightings[int(number)].kind is not Kind.PHOTO:
            wrong.append(int(number))
    places = [symptoms.record.sightings[i].surface for i in wrong if isinstance(i, int)]
    return not places or any(surface not in _BY_ADDRESS for surface in places)


Rule = Callable[[Symptoms], Iterator[Diagnosis]]

_OF_QUALITY: tuple[Rule, ...] = (source_rules.small_source, surface_rules.blurry)
"""Rules for what can be wrong even if every place shows the right photo."""

_RULES: tuple[Rule, ...] = (
    source_rules.guest,
    leftover_rules.deleted_at_source,
    source_rules.no_source,
    source_rules.unexpected_source,
    source_rules.source_changed_again,
    surface_rules.browser_cache,
    identity_rules.wrong_person,
    identity_rules.other_address,
    identity_rules.former_account,
    identity_rules.other_geo,
    identity_rules.incomplete_profile,
    source_rules.small_source,
    copy_rules.no_mailbox,
    surface_rules.mixed_generations,
    copy_rules.never_fetched,
    copy_rules.set_to_placeholder,
    copy_rules.uploaded_by_hand,
    copy_rules.older_copy,
    surface_rules.stale_delivery,
    surface_rules.stale_site,
    surface_rules.stale_search,
    copy_rules.client_caches,
    surface_rules.refused_to_session,
    surface_rules.blocked_cookies,
    surface_rules.failed_delivery,
    surface_rules.blurry,
)
"""All rules, in the order that ranks equally confident diagnoses: source, cache, identity, copy, single surfaces."""


def _findings(symptoms: Symptoms) -> Iterator[Finding]:
    """Yield what is worth reporting about the user and the source, but is not a cause."""
    if nobody := about_user(RecordView(symptoms.record)):
        yield nobody
    if kept := [(i, s) for i, s in symptoms.sightings if kept_out(s)]:
        said = message(
            "The pages came through the company’s session control ({host}). It refuses pictures whose URLs have the "
            "usual host, so what did not load says nothing about the photo",
            host=host_of(kept[0][1].page_url or ""),
        )
        yield Finding.from_message(said, id="session-control", ref=f"sightings/{kept[0][0]}")
    if symptoms.source is None:
        return
    index, sighting = symptoms.source
    ref = f"sightings/{index}"
    if symptoms.source_is_behind:
        _, comparison = symptoms.different[index]
        said = message("The photo at the source is not the expected one: {what}", what=comparison.reason)
        yield Finding.from_message(said, id="source-differs-from-expected", ref=ref)
    px = min(sighting.natural_px or (0, 0))
    if sighting.kind is Kind.PHOTO and 0 < px <= SMALL:
        larger = any(s.natural_px and min(s.natural_px) > px for _, s in symptoms.right(symptoms.sightings))
        if sighting.rendered_px and px < min(sighting.rendered_px) and not larger:
            said = message("The photo at the source is only {px} × {px} pixels and looks blurry", px=px)
            yield Finding.from_message(said, id="blurry-source", ref=ref)
