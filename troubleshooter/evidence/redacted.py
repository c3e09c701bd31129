"""Keeps secrets and tokens out of records before they are written."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.sinks import SINKS

M = TypeVar("M", bound=BaseModel)

_FIXED = frozenset(
    {
        *("id", "scenario", "template", "cause", "causes", "code", "article_step", "identified_by", "locator"),
        *("path", "shot", "shots", "sha256", "body_sha256", "ref", "scenario_details", "outcome"),
        *("run", "reference_shot", "copy_shot", "asked"),
    }
)
"""Fields of a record that contain the product's own identifiers or file names, which redaction could only break."""


def redacted(redactor: Redactor, record: M) -> M:
    """Return `record` without secrets and tokens in any text that a page, a person or a program put there."""
    found = _redacted(record, redactor)
    assert isinstance(found, type(record))
    return found


@SINKS.at("record")
def for_file(redactor: Redactor, record: M) -> M:
    """Return `record` redacted for a file."""
    return redacted(redactor, record)


def _redacted(value: Any, redactor: Redactor) -> Any:  # noqa: ANN401 - whatever a record holds
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields if name not in _FIXED}
        return value.model_copy(update={name: _redacted(inner, redactor) for name, inner in fields.items()})
    if isinstance(value, dict):
        return {key: _redacted(inner, redactor) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_redacted(inner, redactor) for inner in value)
    # An enum member is not plain text, so it is kept, whatever the secrets are.
    return redactor.redact_field(value) if type(value) is str else value
