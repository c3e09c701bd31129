"""Makes the JSON Schema of a record, in which every field has a description.

A field's description is the text below it in the code. Fields whose name says it all have none there: what is said of
those is in a table here.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from troubleshooter.model.message import Frozen

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BY_NAME = MappingProxyType(
    {
        "accepted": "Not in sync, and known: the file of accepted differences names it.",
        "acceptance": "The known difference that covers the result; null if there is none.",
        "accounts": "Names of the accounts with which users were checked.",
        "after": "The value now.",
        "attempts": "How many times the user was checked, those that crashed included.",
        "b": "The other side: an index of `sightings`, or `expected`.",
        "baseline": "The earlier run with which this one is compared.",
        "before": "The value before.",
        "body_sha256": "SHA-256 of the bytes that were served, in hexadecimal digits.",
        "browser": "Name and version of the browser.",
        "bytes": "Size of the file in bytes.",
        "caption": "What the picture shows.",
        "changed": "The number of users by what became of their results since the baseline.",
        "comparisons": "Which pictures were compared, and the results.",
        "confidence": "How certain the cause is.",
        "content_type": "The `Content-Type` header, without parameters.",
        "depth": "How closely the user was checked.",
        "diagnoses": "The causes, the most certain first.",
        "ended": "When the run ended; null while it has not.",
        "ended_by": "Why the run ended.",
        "evidence": "What supports it.",
        "expected": "The photo that everybody should see; null if none was given.",
        "findings": "What is worth reporting but is not a cause.",
        "finished": "When it ended; null while it has not.",
        "fixed": "In sync now, and not before.",
        "flaky": "The number of users of whom two checks in this run disagreed.",
        "id": "Its id, which is the same in every run.",
        "includes_subject": "Whether the user is among them.",
        "kind": "What is shown: photo, initials, silhouette, blank, broken or loading; of a scenario, its purpose.",
        "marks": "The elements that are marked in the picture.",
        "mixups": "Avatars that show the user's name and belong to another account.",
        "natural_px": "Width and height of the picture itself, in pixels; null if unknown.",
        "new": "Not in sync now, and in sync or not checked before.",
        "outcome": "The result of a scenario that acts.",
        "page_url": "URL of the page, redacted; null if it is about no page.",
        "photo": "The photo that was to be added; null if none.",
        "placeholders": "SharePoint's pictures for users without a photo.",
        "playwright": "Version of Playwright.",
        "previous": "The run that this one repeats; null if none.",
        "product": "Version of troubleshooter.",
        "properties": "What SharePoint's profile said about its copy, in the order of reading.",
        "read_at": "When it was read.",
        "reason": "Why, as an id of the closed list; null if none is needed. Of an acceptance: why it is accepted.",
        "recheck_after": "When to check again; null if waiting does not help.",
        "ref": "The supporting part of the record, such as `sightings/3`; null if it is about no part.",
        "remedy": "What to do.",
        "replaced": "What was shown before the run acted; null if nothing was kept.",
        "requests": "The number of requests to SharePoint.",
        "response": "How the request for the picture was answered; null if nothing was requested.",
        "scenario": "Id of the scenario.",
        "schema_": "Version of the schema; readers refuse a newer one.",
        "seconds": "How long it took, in seconds.",
        "seen_at": "When it was seen.",
        "session": "The session in which it was seen.",
        "sha256": "SHA-256 of the file, in hexadecimal digits.",
        "shot": "Path of the picture, relative to the run's folder; null if none was kept.",
        "sightings": "The avatars that were seen.",
        "source": "The store that the picture came from.",
        "started": "When it began.",
        "status": "How it ended; of a response, its HTTP status.",
        "step": "Id of the step; null for none.",
        "steps": "What was done, in order; what was not done is there as skipped.",
        "still": "Not in sync now and before, with the same causes.",
        "stop": "What prevented the run from continuing; null if nothing did.",
        "surface": "The place that shows the avatar; null if it is about no place.",
        "system": "Name and version of the operating system.",
        "taken_at": "When the picture was taken.",
        "ticket": "The text given with `--ticket`; null if none.",
        "title": "The cause in words, in English.",
        "unseen": "What could not be seen, and why.",
        "until": "The last day on which it is accepted.",
        "upn": "The user, in lower case.",
        "url": "The URL, redacted.",
        "verdict": "What follows.",
        "versions": "The versions of the software that performed the run.",
        "web_parts": "What pages say in their own data about the people that they show.",
        "why": "Why, in a sentence.",
    }
)
"""Descriptions of fields whose names say it all, by name."""
_BOUNDS = MappingProxyType({"integer": {"minimum": 0}, "number": {"minimum": 0}, "string": {"maxLength": 20_000}})
"""No count, size, time span or distance is negative; texts are cut long before."""


def schema_of(model: type[Frozen], id_: str) -> dict[str, Any]:
    """Return the JSON Schema of `model`.

    Args:
        id_: its `$id`, in which the version is.
    """
    document = model.model_json_schema(by_alias=True)
    known = {one.__name__: one for one in _models(Frozen)}
    for name, part in {model.__name__: document, **document.get("$defs", {})}.items():
        if name in known:
            _describe(known[name], part.get("properties", {}))
        for field in part.get("properties", {}).values():
            _bound(field)
    return {"$schema": _DIALECT, "$id": id_, **document}


def _models(base: type[Frozen]) -> Iterator[type[Frozen]]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)


def _describe(model: type[Frozen], properties: dict[str, Any]) -> None:
    written = {name: text for one in reversed(model.__mro__) for name, text in _written_in(one).items()}
    for name, field in model.model_fields.items():
        shown = properties.get(field.alias or name)
        said = written.get(name) or _BY_NAME.get(name)
        if shown is not None and said:
            shown["description"] = " ".join(said.split())


def _written_in(model: type) -> dict[str, str]:
    """Return the text below each field in the code of a class."""
    if not issubclass(model, Frozen) or model is Frozen:
        return {}
    (found,) = ast.parse(inspect.getsource(model)).body
    assert isinstance(found, ast.ClassDef)
    texts = {}
    for field, text in zip(found.body, found.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            texts[field.target.id] = str(getattr(text.value, "value", ""))
    return texts


def _bound(field: dict[str, Any]) -> None:
    """Add what is true of all numbers and texts of a record."""
    for part in (field, *field.get("anyOf", ()), *([field["items"]] if isinstance(field.get("items"), dict) else [])):
        for name, value in _BOUNDS.get(part.get("type", ""), {}).items():
            if "enum" not in part and "const" not in part:
                part.setdefault(name, value)
