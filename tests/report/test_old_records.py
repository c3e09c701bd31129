"""Records of version 0.1.0, which contain nothing about their scenario, still give their reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from scenarios import SCENARIOS
from troubleshooter.diagnose import exit_code
from troubleshooter.locale import catalogue
from troubleshooter.model.records import Record
from troubleshooter.report import render
from troubleshooter.scenario import with_details

STORED = sorted((Path(__file__).parent / "old_records").glob("*.json"))
EXIT_CODES = {"add-photo": 0, "add-photo-not-sent": 4, "photo-differs": 1, "resync-photo": 4}


def stored(path: Path) -> Record:
    """Return the record stored at `path`."""
    return Record.model_validate_json(path.read_bytes())


@pytest.mark.parametrize("lang", ["en", "ro"])
@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_an_old_record_is_reported_in_its_scenarios_own_words(path, lang, tmp_path):
    """An old record's report and ticket have its scenario's heading and, for an action, the texts of its outcome."""
    record, say = stored(path), catalogue(lang).gettext
    assert record.scenario_details is None
    details = SCENARIOS[record.scenario].details
    html = unescape(render(with_details(record, SCENARIOS), tmp_path, lang=lang))
    ticket = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)[1]
    assert f'<span class="what">{say(details.heading)}</span>' in html
    assert ticket.strip().startswith(say(details.heading))
    outcome = details.of(record.outcome) if record.outcome else None
    assert (outcome is None) == (record.scenario == "photo-differs")
    if outcome:
        name = record.subject_name or record.subject
        assert f"[{say(outcome.label)}] {say(outcome.headline).replace('{name}', name)}" in ticket
        assert say(outcome.action) in ticket


def texts_in(value: object) -> Iterator[str]:
    """Yield the English texts of a record that a report translates."""
    if isinstance(value, dict):
        if value.get("template"):
            yield value["template"]
        for name, inner in value.items():
            if name in ("title", "remedy", "who", "wait", "confirm") and "cause" in value and inner:
                yield inner
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_an_old_record_is_translated_after_its_texts_were_reworded(path):
    """Reworded texts in old records are translated, because the catalog keeps the previous wording as `#| msgid`."""
    texts, say = set(texts_in(stored(path).model_dump())), catalogue("ro").gettext
    assert texts
    assert set() == {text for text in texts if say(text) == text}


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_an_old_record_keeps_its_exit_code(path):
    """An old record has no scenario details, so the known outcomes decide its exit code."""
    record = stored(path)
    assert EXIT_CODES[path.stem] == exit_code(record) == exit_code(with_details(record, SCENARIOS))


def test_a_record_of_a_scenario_that_is_gone_is_reported_by_its_verdict(tmp_path):
    """A record whose scenario no longer exists is reported by its verdict, under the scenario's id."""
    record = stored(STORED[0]).model_copy(update={"scenario": "gone"})
    html = render(with_details(record, SCENARIOS), tmp_path)
    assert '<span class="what">gone</span>' in html
    assert "It is not certain whether" in html


def test_what_a_record_stores_wins(tmp_path):
    """What a record says about its scenario takes precedence over the words of a newer version."""
    record = with_details(stored(STORED[0]), SCENARIOS)
    assert record.scenario_details is not None
    details = record.scenario_details.model_copy(update={"heading": "As it was called then"})
    kept = record.model_copy(update={"scenario_details": details})
    assert kept == with_details(kept, SCENARIOS)
    assert "As it was called then" in render(kept, tmp_path)
