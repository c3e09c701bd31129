"""Each known cause is recognized by what a web session can see, and not found in a healthy control."""

from itertools import pairwise

import pytest

from troubleshooter.diagnose import diagnosed, judged
from troubleshooter.diagnose.causes import CAUSES, DOCUMENTED, LOGICAL, REPORTED
from troubleshooter.model.enums import Confidence

from .cases import CASES, UNSURE
from .records import record

RANK = [Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW]


@pytest.mark.parametrize("name", CASES)
def test_each_cause_is_diagnosed(name):
    """Each run is diagnosed with its expected causes, most likely first."""
    made, expected = CASES[name]
    assert expected == [d.cause for d in diagnosed(judged(made)).diagnoses]


@pytest.mark.parametrize("name", CASES)
def test_what_one_user_cannot_prove_is_never_claimed(name):
    """C4, C8 and C26 have low confidence, and are worded as something that the admin has to check."""
    for diagnosis in diagnosed(judged(CASES[name][0])).diagnoses:
        if diagnosis.cause in UNSURE:
            assert Confidence.LOW is diagnosis.confidence
            assert " may " in diagnosis.title
            assert "sk the admin to check" in diagnosis.remedy


@pytest.mark.parametrize("name", CASES)
def test_a_diagnosis_has_evidence(name):
    """Each diagnosis has evidence, a confirmation and how well its cause is known, and no cause is repeated."""
    found = diagnosed(judged(CASES[name][0])).diagnoses
    assert len(found) == len({d.cause for d in found})
    assert all(RANK.index(a.confidence) <= RANK.index(b.confidence) for a, b in pairwise(found))
    for diagnosis in found:
        assert diagnosis.evidence
        assert CAUSES[diagnosis.cause].confirm.text == diagnosis.confirm
        assert diagnosis.known in (DOCUMENTED, REPORTED, LOGICAL)


def test_the_table_is_whole():
    """The table contains 29 causes, in the order of their ids."""
    assert [f"C{n}" for n in range(1, 30)] == list(CAUSES)


def test_a_healthy_run_has_no_cause():
    """A healthy run, the control for all other cases, has no cause."""
    assert () == diagnosed(judged(record())).diagnoses


@pytest.mark.parametrize("name", CASES)
def test_the_sandboxs_fault_is_not_used(name):
    """The fault that a sandbox's record contains does not change the diagnoses."""
    made, expected = CASES[name]
    whispered = made.model_copy(update={"sandbox": "stuck-copy"})
    assert expected == [d.cause for d in diagnosed(judged(whispered)).diagnoses]
