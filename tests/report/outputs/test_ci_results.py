"""One run as JUnit XML and CTRF: passed is in sync, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.report.outputs import ctrf, junit

from ..formats.ctrf_model import Report
from ..outcomes import SAMPLES
from .conftest import sample


@pytest.mark.parametrize("name", SAMPLES)
def test_only_in_sync_passes(name: str, tmp_path: Path):
    """A certain difference fails; what cannot be told is an error, and `other` in CTRF, which is not healthy then."""
    made, _ = sample(name, tmp_path)
    case = ElementTree.fromstring(junit(made)).find(".//testcase")
    result = json.loads(ctrf(made))["results"]
    ended = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
    expected = {
        Verdict.IN_SYNC: ([], "passed", True),
        Verdict.OUT_OF_SYNC: (["failure"], "failed", True),
        Verdict.NO_PHOTO: (["failure"], "failed", True),
    }.get(made.verdict, (["error"], "other", False))
    assert expected == (ended, result["tests"][0]["status"], result["environment"]["healthy"])
    assert 1 == result["summary"]["tests"]


def test_the_formats_are_valid(tmp_path: Path):
    """CTRF follows its model; both say who, which run, why, and where the evidence is."""
    made, path = sample("out-of-sync", tmp_path)
    Report.model_validate_json(ctrf(made))
    test = json.loads(ctrf(made))["results"]["tests"][0]
    assert ("ana.ionescu@contoso.com", "C1") == (test["name"], test["extra"]["causes"][0])
    kinds = {file["name"]: file["path"] for file in test["attachments"]}
    assert {"report", "reference", "copy"} == set(kinds)
    assert (path / kinds["copy"]).is_file() and (path / kinds["reference"]).is_file()
    suite = ElementTree.fromstring(junit(made)).find("testsuite")
    properties = {p.get("name"): p.get("value") for p in suite.iter("property")}
    assert ("20261122T104100Z-photo-differs", "INC-4711") == (properties["run"], properties["ticket"])
    assert "C1" in suite.find(".//failure").get("message")


def test_a_run_that_ended_early_says_so(tmp_path: Path):
    """A run that a signal ended has an error of its own, so that no CI system shows it as passed."""
    made, _ = sample("in-sync", tmp_path)
    ended = made.model_copy(
        update={"interrupted_by": "SIGTERM", "verdict": Verdict.INCONCLUSIVE, "reason": Reason.INTERRUPTED}
    )
    suite = ElementTree.fromstring(junit(ended)).find("testsuite")
    assert 2 == len(suite.findall(".//error"))
    assert "interrupted" == json.loads(ctrf(ended))["results"]["extra"]["ended_by"]
