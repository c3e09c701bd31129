"""After a scenario that acts, the text for the user says in the second person what was done."""

from __future__ import annotations

import pytest

from scenarios import SCENARIOS
from troubleshooter.model.enums import Outcome
from troubleshooter.report.user_outcomes import OUTCOMES
from troubleshooter.report.user_text import text_for_user

ACTING = {
    (scenario.id, str(details.outcome)) for scenario in SCENARIOS.values() for details in scenario.details.outcomes
}


def test_every_outcome_of_our_scenarios_has_its_text():
    assert ACTING == set(OUTCOMES)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.PHOTO_ADDED, "Your new profile photo is in Microsoft 365."),
        (Outcome.PENDING, "We sent your new profile photo to Microsoft 365, but it is not visible yet."),
    ],
)
def test_the_user_is_addressed(samples, outcome: Outcome, said: str):
    """The user reads what was done with their photo and when, and not their own name."""
    sample = samples["photo-added"]
    text = text_for_user(sample.record.model_copy(update={"outcome": outcome}), sample.folder, "en")
    assert text.startswith("We changed your profile photo on 22 Nov 2026, ")
    assert said in text.splitlines()
    assert "Ana" not in text


def test_an_outcome_that_only_its_scenario_knows_is_said_in_its_words(samples):
    sample = samples["photo-added"]
    record = sample.record.model_copy(update={"scenario": "of-somebody-else"})
    assert "Ana Ionescu’s new photo is in Microsoft 365." in text_for_user(record, sample.folder, "en")
