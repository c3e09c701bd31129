"""Bundles what every part of a copy's record is made from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from troubleshooter.evidence.outside.stand_ins import StandIns
from troubleshooter.evidence.outside.texts import SafeTexts, harmless_id
from troubleshooter.evidence.outside.tiles import Tiles
from troubleshooter.model.records import Record

CAUSE = re.compile(r"C\d{1,3}")
"""Ids of the cause table."""


@dataclass(frozen=True)
class Parts:
    """A run's record, and what stands for its people, pages, sentences and pictures."""

    record: Record
    names: StandIns
    texts: SafeTexts
    tiles: Tiles


def ref_of(ref: str | None) -> str | None:
    """Return a reference into the record, if it is one."""
    return ref if ref and all(harmless_id(part, "") or part.isdigit() for part in ref.split("/")) else None
