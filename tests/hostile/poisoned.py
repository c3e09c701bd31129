"""Puts a payload into every text of a record that a page, a person or a program may have chosen."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

_OURS = frozenset(
    {
        *("id", "scenario", "template", "cause", "article_step", "identified_by", "code", "reference", "moment", "how"),
        *("path", "shot", "shots", "sha256", "body_sha256", "ref", "scenario_details", "outcome", "interrupted_by"),
        *("a", "b", "step", "sandbox", "inputs", "file", "format"),
    }
)
"""Fields that contain the product's own ids, or paths that it made."""


Model = TypeVar("Model", bound=BaseModel)


def poisoned(record: Model, payload: str) -> Model:
    """Return `record` with `payload` in place of every text that is not the product's own."""
    found = _poisoned(record, payload)
    assert isinstance(found, type(record))
    return found


def _poisoned(value: Any, payload: str) -> Any:
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields if name not in _OURS}
        return value.model_copy(update={name: _poisoned(inner, payload) for name, inner in fields.items()})
    if isinstance(value, dict):
        return {key: _poisoned(inner, payload) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_poisoned(inner, payload) for inner in value)
    return payload if type(value) is str else value
