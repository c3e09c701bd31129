"""The schema describes every field, and what records contain is within its bounds."""

from __future__ import annotations

from typing import Any

import pytest

from troubleshooter.model.batch_records import Summary, UserResult
from troubleshooter.model.json_schema import schema_of
from troubleshooter.model.message import Frozen
from troubleshooter.model.records import Record


@pytest.mark.parametrize("model", [Record, UserResult, Summary])
def test_every_field_has_a_description(model: type[Frozen]):
    """No field of a record, or of a part of one, is left without words."""
    document = schema_of(model, "urn:test")
    parts: dict[str, Any] = {"": document, **document["$defs"]}
    without = [
        f"{part}.{name}"
        for part in parts
        for name, field in parts[part].get("properties", {}).items()
        if not field.get("description")
    ]
    assert [] == without
    assert "urn:test" == document["$id"]


def test_numbers_and_texts_have_bounds():
    """Numbers are not negative, and texts not endless."""
    properties = schema_of(UserResult, "urn:test")["properties"]
    assert 0 == properties["requests"]["minimum"]
    assert {"type": "number", "minimum": 0} in properties["score"]["anyOf"]
    assert properties["account"]["maxLength"] > 10_000
    assert "maxLength" not in str(properties["depth"])
