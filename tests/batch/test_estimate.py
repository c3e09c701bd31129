"""The expected duration follows from the service's limits, or from the computer where there are none."""

from __future__ import annotations

import pytest

from troubleshooter.batch.estimate import Estimate
from troubleshooter.model.batch_records import Depth


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((1, Depth.FULL, 1, 4, 8), "1 user with 1 account: about 100 requests to SharePoint, about 1 min"),
        ((1000, Depth.QUICK, 1, 4, 8), "1000 users with 1 account: about 3500 requests to SharePoint, about 7 min"),
        ((100_000, Depth.QUICK, 4, 4, 8), "about 350000 requests to SharePoint, about 3 h 2 min"),
        ((1000, Depth.QUICK, 1, 2, 0), "about 3500 requests to SharePoint, about 1 min"),
        ((200, Depth.FULL, 1, 4, 8), "about 20000 requests to SharePoint, about 42 min"),
    ],
)
def test_an_estimate_is_a_sentence(given: tuple[int, Depth, int, int, float], said: str):
    """Users, accounts, requests and time are said; whichever takes longer decides, the limit or the computer."""
    assert said in str(Estimate.of(*given))
