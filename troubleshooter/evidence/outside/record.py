"""Builds the record of a copy: only what cannot name anybody, field by field."""

from __future__ import annotations

import re
from typing import Any

from troubleshooter.evidence.outside.acted import acted
from troubleshooter.evidence.outside.parts import CAUSE, Parts, ref_of
from troubleshooter.evidence.outside.seen import page_records, sightings
from troubleshooter.evidence.outside.stand_ins import ACCOUNT, SUBJECT, TENANT, StandIns
from troubleshooter.evidence.outside.texts import SafeTexts, harmless_id, ours
from troubleshooter.evidence.outside.tiles import Tiles
from troubleshooter.model.message import message
from troubleshooter.model.records import (
    Change,
    Comparison,
    Diagnosis,
    Finding,
    Record,
    Step,
    Stop,
    Versions,
)

_VERSION = re.compile(r"(chrome|msedge|chromium) [\d.]{1,40}|[\d.]{1,40}[a-z0-9.+-]{0,20}")
_STEP = re.compile(r"[ABN]\d")
_CODE = re.compile(r"AADSTS\d{5,7}|\d{1,7}")
_SIGNALS = ("SIGINT", "SIGTERM", "time-limit")
_INPUTS = ("changed_at", "surfaces", "lang", "sign_in", "timeout", "max_time", "headed", "show_others")
"""Inputs that name nobody."""


def outside_record(record: Record, tiles: Tiles, id_: str) -> Record:
    """Return what of `record` may leave the company; verdict, causes, comparisons and times stay as they are.

    Args:
        tiles: draws what stands for the pictures.
        id_: the name of the copy's folder.
    """
    names = StandIns(record)
    texts = SafeTexts(names)
    comparisons = tuple(_comparison(comparison, texts) for comparison in record.comparisons)
    parts = Parts(record, names, texts, tiles)
    for step in record.steps:
        texts.also(step.title, texts.message(step.said).text if step.said else "")
    return Record(
        id=id_,
        scenario=harmless_id(record.scenario, "scenario"),
        tenant=TENANT,
        subject=SUBJECT,
        account=ACCOUNT,
        signed_in_as=names.person(record.signed_in_as) if record.signed_in_as else None,
        sandbox=_sandbox(record),
        started=record.started,
        finished=record.finished,
        clock=record.clock,
        inputs=_inputs(parts),
        versions=_versions(record.versions),
        verdict=record.verdict,
        reason=record.reason,
        reference=record.reference,
        comparisons=comparisons,
        own_photo_requested=record.own_photo_requested,
        **_judged(parts),
        **acted(parts),
        **page_records(record, names, texts),
        sightings=sightings(record, names, tiles),
        steps=tuple(_step(step, texts) for step in record.steps),
    )


def _comparison(comparison: Comparison, texts: SafeTexts) -> Comparison:
    said = texts.message(comparison.said) if comparison.said else None
    code = harmless_id(comparison.code, "") if comparison.code else ""
    reason = said.text if said else ours(comparison.reason)
    texts.also(comparison.reason, reason)
    return comparison.model_copy(update={"said": said, "reason": reason, "code": code})


def _inputs(parts: Parts) -> dict[str, Any]:
    given = parts.record.inputs
    kept = {name: given[name] for name in _INPUTS if given.get(name) is not None}
    kept = {name: value for name, value in kept.items() if _is_plain(value)}
    pages = [parts.names.page(str(page)) for page in given.get("pages") or ()]
    built_in = {"tenant": "sandbox"} if str(given.get("tenant") or "").partition(":")[0] == "sandbox" else {}
    return {**kept, **built_in, "pages": pages}


def _is_plain(value: object) -> bool:
    values = value if isinstance(value, list | tuple) else [value]
    return all(not isinstance(v, str) or harmless_id(v, "") or (v[:1].isdigit() and len(v) <= 30) for v in values)


def _versions(versions: Versions) -> Versions:
    """Return the versions; of the system only its name, because the rest may be that of one computer."""
    kept = {name: value if _VERSION.fullmatch(value) else "" for name, value in versions.model_dump().items()}
    system = re.match(r"[A-Za-z]{3,10}", versions.system)
    return Versions(**{**kept, "system": system[0] if system else ""})


def _sandbox(record: Record) -> str | None:
    if record.sandbox is None:
        return None
    return record.sandbox if all(harmless_id(part, "") for part in re.split(r"[+@]", record.sandbox)) else "lab"


def _judged(parts: Parts) -> dict[str, Any]:
    """Return what the run concluded."""
    record, texts = parts.record, parts.texts
    stop = record.stop
    note = message(
        "This is a copy for others. Names, addresses, photos and pictures of windows are left out. Tiles stand for the "
        "photos: A is the reference and whatever shows the same photo, B is a different photo, gray was not compared."
    )
    return {
        "diagnoses": tuple(_diagnosis(diagnosis, texts) for diagnosis in record.diagnoses),
        "findings": (
            Finding.from_message(note, id="redacted-copy"),
            *(
                texts.said(f).model_copy(update={"id": harmless_id(f.id), "ref": ref_of(f.ref)})
                for f in record.findings
            ),
        ),
        "changes": tuple(_change(change, parts) for change in record.changes),
        "interrupted_by": record.interrupted_by if record.interrupted_by in _SIGNALS else None,
        "stop": stop
        and Stop(
            step=harmless_id(stop.step) if stop.step else None,
            what=texts.message(stop.what),
            help=texts.message(stop.help),
            code=stop.code if stop.code and _CODE.fullmatch(stop.code) else None,
            secret_sent=stop.secret_sent,
            may_pass=stop.may_pass,
        ),
    }


def _diagnosis(diagnosis: Diagnosis, texts: SafeTexts) -> Diagnosis:
    return Diagnosis(
        cause=diagnosis.cause if CAUSE.fullmatch(diagnosis.cause) else "C0",
        title=ours(diagnosis.title),
        confidence=diagnosis.confidence,
        evidence=tuple(texts.said(e).model_copy(update={"ref": ref_of(e.ref)}) for e in diagnosis.evidence),
        remedy=ours(diagnosis.remedy),
        who=ours(diagnosis.who),
        wait=ours(diagnosis.wait),
        recheck_after=diagnosis.recheck_after,
        confirm=ours(diagnosis.confirm),
    )


def _change(change: Change, parts: Parts) -> Change:
    page = parts.names.page(change.page_url) if change.page_url else None
    update = {
        "what": harmless_id(change.what),
        "page_url": page,
        "before": None,
        "after": None,
        "ref": ref_of(change.ref),
    }
    return parts.texts.said(change).model_copy(update=update)


def _step(step: Step, texts: SafeTexts) -> Step:
    said = texts.message(step.said) if step.said else None
    return Step(
        id=harmless_id(step.id, "step"),
        article_step=step.article_step if step.article_step and _STEP.fullmatch(step.article_step) else None,
        title=said.text if said else ours(step.title),
        said=said,
        status=step.status,
        reason=step.reason,
        note=texts.message(step.note) if step.note else None,
        started=step.started,
        finished=step.finished,
        unverified=step.unverified,
        beside=step.beside,
    )
