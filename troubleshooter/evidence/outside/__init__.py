"""Makes the copy of a run that may leave the company: nobody is named, no page is named, no photo is in it.

The record of the copy is built from nothing: only what cannot name anybody is taken over, field by field. A field that
is added to the record later is therefore left out until somebody decides that it is harmless.
"""

from __future__ import annotations

from troubleshooter.evidence.outside.record import outside_record
from troubleshooter.evidence.outside.search import Identities, identities_of, remaining
from troubleshooter.evidence.outside.tiles import Tiles

__all__ = ["Identities", "Tiles", "identities_of", "outside_record", "remaining"]
