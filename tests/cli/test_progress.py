"""What a run prints is worded for a person: pages by name, times in words, and one line with the result."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from troubleshooter.cli import app
from troubleshooter.cli.progress import conclude, line_of, with_times
from troubleshooter.model.enums import Outcome, StepStatus, Verdict
from troubleshooter.model.message import message
from troubleshooter.model.records import LastKnown, Step
from troubleshooter.report.repeated_advice import after_no_change

from ..report.outcomes import SAMPLES
from ..report.samples import PAGE, START, Folder
from ..report.unusual import photo_added


def test_a_step_is_printed_with_the_name_of_its_page():
    """Pages of one site are distinguished by their names; the address alone would be cut off before them."""
    said = message("Go to {page}", page=PAGE)
    step = Step(id="b4", article_step="B4", title=said.text, said=said, status=StepStatus.PASSED)
    assert line_of(step).startswith("B4 Go to Team.aspx ....")
    assert "Go to https://" in line_of(step.model_copy(update={"said": None}))


def test_times_are_printed_in_words():
    """A recorded time is printed to the minute with its zone; other numbers stay."""
    assert "at 26 Nov 2026, 03:10 UTC, once" == with_times("at 2026-11-26T03:10:39.000Z, once")
    assert "20261126T031039Z and 2026-11-26" == with_times("20261126T031039Z and 2026-11-26")


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("out-of-sync", "Result: Ana Ionescu’s photo is out of sync. Exit code: 1."),
        ("in-sync", "Result: Ana Ionescu’s photo is in sync. Exit code: 0."),
        ("unsettled", "Result: It is not certain whether Ana Ionescu’s photo is in sync. Exit code: 4."),
    ],
)
def test_one_line_has_the_result_and_the_exit_code(name, result, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The result is one sentence with the user's name, followed by the exit code."""
    conclude(SAMPLES[name](Folder(tmp_path)), verbose=False)
    assert 1 == capsys.readouterr().err.splitlines().count(result)


def test_an_outcome_says_what_to_do_and_its_causes_only_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """As in the report: what to do follows from the outcome, and a check without an outcome has its cause's advice."""
    causes = SAMPLES["out-of-sync"](Folder(tmp_path)).diagnoses
    pending = photo_added(Folder(tmp_path)).model_copy(update={"outcome": Outcome.PENDING, "diagnoses": causes})
    conclude(pending, verbose=False)
    lines = capsys.readouterr().err.splitlines()
    assert 1 == sum(line.startswith("Why: C1 ") for line in lines)
    said = [line for line in lines if line.startswith("What to do: ")]
    assert 1 == len(said)
    assert "a new photo appears after minutes to hours" in said[0]
    conclude(SAMPLES["out-of-sync"](Folder(tmp_path)), verbose=False)
    assert f"What to do: {causes[0].remedy} Who: " in capsys.readouterr().err


def test_a_folder_of_runs_names_its_newest(tmp_path: Path):
    """Whoever names the folder of all runs learns which run is the newest; an empty folder has none."""
    for name in ("20261122T104100Z-photo-differs", "20261124T094012Z-photo-differs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "record.json").write_text("{}")
    done = CliRunner().invoke(app, ["report", str(tmp_path)])
    assert 2 == done.exit_code
    assert "the newest of them 20261124T094012Z-photo-differs; expected the folder of a run" in done.stderr
    (tmp_path / "empty").mkdir()
    empty = CliRunner().invoke(app, ["report", str(tmp_path / "empty")])
    assert "empty has no record.json; expected the folder of a run" in empty.stderr


def repeated(tmp_path: Path, hours: float, **changes: object):
    """Return the record of a colleague's repetition of a check that asked for a visit, `hours` later."""
    known = LastKnown(
        run="first", finished=START - timedelta(hours=hours), verdict=Verdict.OUT_OF_SYNC, cause="C1", title="x"
    )
    usual = {"last_known": known, "signed_in_as": "helpdesk@contoso.com"}
    return SAMPLES["out-of-sync"](Folder(tmp_path)).model_copy(update={**usual, **changes})


def test_a_day_without_change_asks_what_the_user_did(tmp_path: Path):
    """After a day the same advice is not enough: the next step depends on whether the user opened SharePoint."""
    advice = after_no_change(repeated(tmp_path, 25))
    assert advice is not None
    assert "Has the user opened SharePoint since then? If not, ask again. If so, run resync-photo" in advice.text
    assert after_no_change(repeated(tmp_path, 2)) is None
    assert after_no_change(repeated(tmp_path, 25, last_known=None)) is None
    assert after_no_change(repeated(tmp_path, 25, signed_in_as="ana.ionescu@contoso.com")) is None  # it was a visit
