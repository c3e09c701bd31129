"""A scenario that only this test defines gets its outcome, ticket and report without any other edit."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from scenarios import SCENARIOS
from troubleshooter.diagnose import exit_code
from troubleshooter.diagnose.evidence import evidence
from troubleshooter.diagnose.outcome import JudgedOutcome
from troubleshooter.model.enums import REACHED, ScenarioKind, StepStatus, Verdict
from troubleshooter.model.message import message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import OutcomeDetails, Record, ScenarioDetails
from troubleshooter.report import render
from troubleshooter.run import execute
from troubleshooter.run.prepared import prepare
from troubleshooter.run.request import RunRequest
from troubleshooter.scenario import Scenario, StepDefinition
from troubleshooter.steps.home import open_private_session
from troubleshooter.tenant.sandbox import sandbox, tenant_of


def judge(view: RecordView) -> JudgedOutcome:
    """Return an outcome that no other scenario has."""
    opened = view.record.steps[0]
    assert opened.status is StepStatus.PASSED
    return JudgedOutcome("window-open", (evidence(message("A window was opened"), f"steps/{opened.id}"),))


OPEN_WINDOW = Scenario(
    id="open-window",
    title="Open a window",
    summary="Opens a window and does nothing else.",
    steps=(StepDefinition("open", "W1", "Open a window", open_private_session),),
    details=ScenarioDetails(
        kind=ScenarioKind.ACTS,
        heading="Opening a window",
        outcomes=(
            OutcomeDetails(
                outcome="window-open",
                reached=True,
                label="Window open",
                headline="A window is open for {name}",
                action="Look out of the window.",
                check_with="photo-differs",
            ),
        ),
    ),
    judge=judge,
    pages=False,
)


async def opened(tmp_path: Path) -> tuple[Record, Path]:
    """Run the scenario on the sandbox, and return its stored record and its report."""
    with sandbox("healthy") as box:
        request = RunRequest(scenario="open-window", tenant="served.toml", account="ana", out=tmp_path, timeout=20)
        prepared = prepare(request, tenant_of(box), {**SCENARIOS, "open-window": OPEN_WINDOW})
        finished = await execute.run(prepared)
    stored = Record.model_validate_json((finished.folder.path / "record.json").read_bytes())
    assert finished.record.outcome == stored.outcome
    return stored, finished.report


@pytest.mark.run
async def test_a_scenario_of_its_own_needs_no_other_edit(tmp_path):
    """A new scenario's outcome decides the exit code, and its words are in the record, the report and the ticket."""
    record, report = await opened(tmp_path)
    assert ("window-open", 0) == (record.outcome, exit_code(record))
    assert Verdict.INCONCLUSIVE is record.verdict
    english = unescape(report.read_text(encoding="utf-8"))
    assert english == unescape(render(record, report.parent))
    ticket = re.search(r"<textarea[^>]*>(.*?)</textarea>", english, re.DOTALL)[1]
    assert ticket.strip().startswith("Opening a window · ")
    assert "[Window open] A window is open for ana.popescu@contoso.com" in ticket
    assert "A window was opened." in ticket
    assert "Look out of the window." in ticket
    assert "troubleshooter run photo-differs --tenant served.toml --as ana" in english
    assert "To compare them, run “photo-differs”." in english  # this scenario does not compare all surfaces


@pytest.mark.run
async def test_texts_without_a_translation_stay_english(tmp_path):
    """The Romanian report translates what the catalog contains, and leaves the new scenario's words in English."""
    record, report = await opened(tmp_path)
    romanian = unescape(render(record, report.parent, lang="ro"))
    assert "A window is open for ana.popescu@contoso.com" in romanian
    assert "Textul pentru tichet" in romanian


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_a_scenario_that_acts_declares_how_it_is_judged(scenario: Scenario):
    """A scenario that acts has a judge and outcomes; one that compares has neither."""
    acts = scenario.details.kind is ScenarioKind.ACTS
    assert (acts, acts) == (scenario.judge is not None, bool(scenario.details.outcomes))
    assert len(scenario.details.outcomes) == len({details.outcome for details in scenario.details.outcomes})


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_known_outcomes_mean_the_same_in_every_scenario(scenario: Scenario):
    """Whether an outcome is a success does not depend on the scenario, and each headline contains the user's name."""
    for details in scenario.details.outcomes:
        assert details.reached == (details.outcome in REACHED)
        assert ["name"] == re.findall(r"\{(\w+)\}", details.headline)
        assert details.check_with in ("", *SCENARIOS)
