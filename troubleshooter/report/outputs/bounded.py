"""Makes every text of a record safe to pass on: bounded, in one line, and without what deceives a reader."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from troubleshooter.model.records import Record
from troubleshooter.redaction.printable import printable
from troubleshooter.report.many.texts import LONGEST_NAME, cut

LONGEST_TEXT = 600
"""Characters of a text that are kept. The longest sentence of the product is shorter."""
_NAMES = frozenset({"id", "tenant", "subject", "subject_name", "account", "signed_in_as", "sandbox", "ticket"})
"""Fields of a record that name somebody or something."""
LONGEST_TEMPLATE = 2400
"""Characters of a template, in which no name is."""


def bounded(record: Record) -> Record:
    """Return `record` with every text in one line of bounded length, without characters that control or reverse it."""
    found = _bounded(record)
    assert isinstance(found, Record)
    return found


def _field(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever a record holds
    if name in _NAMES:
        return _text(value, LONGEST_NAME)
    return _text(value, LONGEST_TEMPLATE) if name == "template" else _bounded(value)


def _bounded(value: Any) -> Any:  # noqa: ANN401 - whatever a record holds
    if isinstance(value, BaseModel):
        names = type(value).model_fields
        return value.model_copy(update={name: _field(name, getattr(value, name)) for name in names})
    if isinstance(value, dict):
        return {key: _bounded(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_bounded(inner) for inner in value)
    return _text(value, LONGEST_TEXT)


def _text(value: Any, longest: int) -> Any:  # noqa: ANN401 - a text, or what is none
    # A member of an enum is not plain text, and stays what it is.
    return cut(printable(value[: longest + 1]), longest) if type(value) is str else value
