"""A quick check calls agreement only what it has seen agree; everything else is left to the full check."""

from __future__ import annotations

import io

import pytest

from tests.compare.pictures import painted
from troubleshooter.batch.picture_tab import ServedPicture
from troubleshooter.batch.quick_check import SeenOfUser, judged
from troubleshooter.compare import Avatar, load
from troubleshooter.model.enums import Reason, Verdict


def data(seed: int) -> bytes:
    """Return a photo as a file; each seed gives another one."""
    written = io.BytesIO()
    painted(seed).save(written, "PNG")
    return written.getvalue()


def served(seed: int) -> ServedPicture:
    """Return an answer with a photo."""
    return ServedPicture(200, (400, 400), data(seed))


def photo(seed: int) -> Avatar:
    """Return a photo."""
    return load(data(seed))


EMPTY = ServedPicture(200, (1, 1), b"GIF")
"""The picture of one pixel that the source serves where it has no photo."""
UNANSWERED = ServedPicture()


@pytest.mark.parametrize(
    ("source", "verdict", "reason"),
    [
        (served(1), Verdict.IN_SYNC, None),
        (served(2), Verdict.OUT_OF_SYNC, None),
        (None, Verdict.IN_SYNC, None),
        (EMPTY, Verdict.INCONCLUSIVE, Reason.NO_REFERENCE),
        (UNANSWERED, Verdict.INCONCLUSIVE, Reason.NO_REFERENCE),
        (ServedPicture(503), Verdict.INCONCLUSIVE, Reason.THROTTLED),
    ],
    ids=["same", "another photo", "serves nobody", "no photo", "no answer", "throttled"],
)
def test_a_source_that_was_asked_has_to_agree_with_the_expected_photo(
    source: ServedPicture | None, verdict: Verdict, reason: Reason | None
):
    """SharePoint may show a photo that the user deleted; only a source that serves nobody may be left out."""
    found = judged(SeenOfUser(served(1), source), None, photo(1))
    assert (verdict, reason) == (found.verdict, found.reason)


@pytest.mark.parametrize("source", [None, EMPTY, UNANSWERED])
def test_without_an_expected_photo_the_source_is_needed(source: ServedPicture | None):
    """A copy that agrees with nothing is not in sync."""
    assert Reason.NO_REFERENCE is judged(SeenOfUser(served(1), source), None).reason
    assert Verdict.IN_SYNC is judged(SeenOfUser(served(1), served(1)), None).verdict
