"""What a saved page keeps whole: the marks that locators go by, others that the facts document, names of apps."""

from __future__ import annotations

from troubleshooter.capture.marks import marks_in
from troubleshooter.capture.page import Known
from troubleshooter.capture.vocabulary import WORDS
from troubleshooter.pages.known_marks import IDENTIFIERS, LABELS, PATHS, TAGGED
from troubleshooter.pages.launcher import OTHERS
from troubleshooter.steps.locator_catalogue import CATALOGUE

_LOCATED = marks_in(selector for definition in CATALOGUE.values() for selector in definition.all)
KNOWN = Known(
    identifiers=(_LOCATED.identifiers - WORDS - {"@"}) | IDENTIFIERS,
    labels=(*_LOCATED.labels, *LABELS),
    apps=OTHERS,
    tagged=TAGGED,
    paths=PATHS,
)
