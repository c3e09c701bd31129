"""Whatever comes from outside is read, or refused in the one foreseen way; a longer search: `make fuzz`."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_unforeseen_happens(name: str):
    """No input, however odd, raises anything but the foreseen error."""
    target = TARGETS[name]

    @settings(max_examples=60, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def check(data: st.DataObject) -> None:
        target.check(data.draw(target.inputs))

    check()
