"""The table of all locators."""

import re
from pathlib import Path

import pytest
import soupsieve

import troubleshooter
from troubleshooter.steps.locator_catalogue import CATALOGUE

ROOT = Path(troubleshooter.__file__).parent
DEFINED = re.compile(r'\bid="([a-z-]+\.[a-z-]+)"')


def test_every_definition_is_in_the_catalogue():
    """No page, surface or sign-in part defines a locator that the catalogue leaves out."""
    files = [path for room in ("pages", "surfaces", "signin") for path in (ROOT / room).glob("*.py")]
    written = {found for path in files for found in DEFINED.findall(path.read_text(encoding="utf-8"))}
    assert written <= set(CATALOGUE)
    assert written


@pytest.mark.parametrize("definition", CATALOGUE.values(), ids=CATALOGUE)
def test_a_locator_says_what_it_is(definition):
    """Every locator has a use, a fact with its confidence, and selectors that are CSS."""
    assert definition.use
    assert definition.fact
    assert re.fullmatch(r"[ABCHML]", definition.confidence)
    assert definition.all
    for selector in definition.all:
        soupsieve.compile(selector)
