"""From a compared and judged record to ranked diagnoses and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from troubleshooter.diagnose import copy_rules, identity_rules, source_rules, surface_rules
from troubleshooter.diagnose.record_view import Seen
from troubleshooter.model.enums import Confidence, Kind, MatchVerdict, Verdict
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Diagnosis, Finding, Record

_RANK = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


def diagnosed(record: Record) -> Record:
    """Return `record` with its diagnoses, best first, and its findings."""
    seen = Seen(record)
    rules = {Verdict.STOPPED: (), Verdict.IN_SYNC: _OF_QUALITY}.get(record.verdict, _RULES)
    found: dict[str, Diagnosis] = {}
    for diagnosis in sorted((d for rule in rules for d in rule(seen)), key=lambda d: _RANK[d.confidence]):
        found.setdefault(diagnosis.cause, diagnosis)
    return record.model_copy(update={"diagnoses": tuple(found.values()), "findings": tuple(_findings(record))})


Rule = Callable[[Seen], Iterator[Diagnosis]]

_OF_QUALITY: tuple[Rule, ...] = (source_rules.small_source, surface_rules.blurry)
"""What can be wrong with a photo that is the right one everywhere."""

_RULES: tuple[Rule, ...] = (
    source_rules.guest,
    source_rules.no_source,
    source_rules.another_at_the_source,
    source_rules.copied_after_the_change,
    surface_rules.browser_cache,
    identity_rules.wrong_person,
    identity_rules.other_address,
    identity_rules.other_geo,
    identity_rules.stub,
    source_rules.small_source,
    copy_rules.no_mailbox,
    surface_rules.mixed_generations,
    copy_rules.never_fetched,
    copy_rules.told_to_hide,
    copy_rules.own_upload,
    copy_rules.older_copy,
    surface_rules.stale_delivery,
    surface_rules.stale_site,
    surface_rules.stale_search,
    copy_rules.stale_caches,
    surface_rules.cross_domain,
    surface_rules.delivery,
    surface_rules.blurry,
)
"""In the order in which equally confident diagnoses are ranked: source, cache, identity, copy, single surfaces."""


def _findings(record: Record) -> Iterator[Finding]:
    """Yield what is worth saying and is no cause."""
    seen = Seen(record)
    if record.reference == "expected" and seen.source:
        index = seen.source[0]
        row = next((c for c in record.comparisons if c.a == index and c.b == "expected"), None)
        if row and row.verdict is MatchVerdict.DIFFERENT:
            said = message("The photo at the source is not the expected one: {what}", what=row.reason)
            yield _finding("source-differs-from-expected", said, f"sightings/{index}")
    if seen.source and (px := seen.source[1].natural_px) and seen.source[1].kind is Kind.PHOTO and min(px) <= 96:
        rendered = seen.source[1].rendered_px
        larger = any(s.natural_px and min(s.natural_px) > min(px) for _, s in seen.right(seen.mine))
        if rendered and min(px) < min(rendered) and not larger:
            said = message(
                "The photo at the source is served with only {px} pixels a side and looks blurry", px=min(px)
            )
            yield _finding("blurry-source", said, f"sightings/{seen.source[0]}")


def _finding(id_: str, said: Message, ref: str) -> Finding:
    return Finding(id=id_, text=said.text, template=said.template, args=said.args, ref=ref)
