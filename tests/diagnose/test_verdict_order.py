"""Certain differences, missing photos, stops and gaps have an order; each verdict has its exit code."""

from itertools import product

import pytest

from troubleshooter.diagnose import exit_code, judged
from troubleshooter.model.enums import (
    INCONCLUSIVE_REASONS,
    STOPPED_REASONS,
    Kind,
    Reason,
    Verdict,
)
from troubleshooter.model.records import Record

from .records import (
    STOP,
    record,
)
from .verdict_cases import ALL, OFF, PRECEDENCE, bare, verdict_of


@pytest.mark.parametrize("name", OFF)
def test_one_certain_difference_suffices(name):
    """One sighting that differs from the reference makes the run out of sync, without a reason."""
    assert (Verdict.OUT_OF_SYNC, None) == verdict_of(OFF[name])


@pytest.mark.parametrize("kind", [Kind.INITIALS, Kind.SILHOUETTE, Kind.BLANK])
def test_none_at_the_source_and_none_shown_is_no_photo(kind):
    """If the source has no photo and none is shown, the verdict is no photo, whatever is shown instead."""
    assert (Verdict.NO_PHOTO, None) == verdict_of(bare(kind))


@pytest.mark.parametrize("name", PRECEDENCE)
def test_the_order_of_precedence(name):
    """Stopped takes precedence, then interrupted, out of sync, no photo, inconclusive and in sync, in this order."""
    made, verdict, reason = PRECEDENCE[name]
    assert (verdict, reason) == verdict_of(made)


@pytest.mark.parametrize("reason", sorted(STOPPED_REASONS))
def test_a_stop_keeps_its_reason(reason):
    """A stopped run keeps its reason, and judging it again changes nothing."""
    made = record(stop=STOP, verdict=Verdict.STOPPED, reason=reason)
    assert (Verdict.STOPPED, reason) == verdict_of(made)
    assert judged(made) == judged(judged(made))


@pytest.mark.parametrize("name", ALL)
def test_judging_changes_verdict_and_reason_only(name):
    """Judging changes only the verdict and the reason, and a stored record gets the same verdict again."""
    made = ALL[name]
    found = judged(made)
    assert made == found.model_copy(update={"verdict": made.verdict, "reason": made.reason})
    assert found == judged(found)
    assert found == judged(Record.model_validate_json(found.model_dump_json(by_alias=True)))


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.IN_SYNC, 0),
        (Verdict.OUT_OF_SYNC, 1),
        (Verdict.NO_PHOTO, 1),
        (Verdict.STOPPED, 3),
        (Verdict.INCONCLUSIVE, 4),
    ],
)
def test_the_exit_code_of_each_verdict(verdict, expected):
    """Each verdict without a reason has its documented exit code."""
    assert expected == exit_code(record(verdict=verdict, reason=None))


@pytest.mark.parametrize(("interrupted_by", "expected"), [("SIGINT", 130), ("SIGTERM", 4), (None, 4), ("SIGHUP", 4)])
def test_the_exit_code_of_an_interruption(interrupted_by, expected):
    """The exit code is 130 after Ctrl-C, and 4 after SIGTERM or an interruption of unknown origin."""
    fields = {"verdict": Verdict.INCONCLUSIVE, "reason": Reason.INTERRUPTED, "interrupted_by": interrupted_by}
    assert expected == exit_code(record(**fields))


def test_every_reason_has_the_code_of_its_verdict():
    """Every inconclusive reason has exit code 4, except an interruption by Ctrl-C, and every reason to stop has 3."""

    def codes(verdict, reasons, signals):
        made = [{"verdict": verdict, "reason": r, "interrupted_by": s} for r, s in product(reasons, signals)]
        return {exit_code(record(**fields)) for fields in made}

    assert {4} == codes(Verdict.INCONCLUSIVE, INCONCLUSIVE_REASONS, (None, "SIGTERM"))
    assert {4} == codes(Verdict.INCONCLUSIVE, INCONCLUSIVE_REASONS - {Reason.INTERRUPTED}, ("SIGINT",))
    assert {3} == codes(Verdict.STOPPED, STOPPED_REASONS, (None, "SIGTERM", "SIGINT"))


@pytest.mark.parametrize("name", ALL)
def test_code_1_means_that_something_was_seen(name):
    """Only a run in sync has code 0, and only one out of sync or without a photo has code 1."""
    found = judged(ALL[name])
    code = exit_code(found)
    assert (code == 0) == (found.verdict is Verdict.IN_SYNC)
    assert (code == 1) == (found.verdict in (Verdict.OUT_OF_SYNC, Verdict.NO_PHOTO))
