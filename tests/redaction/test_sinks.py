"""A sink lets text through only after it was switched off by its name."""

from __future__ import annotations

import pytest

from troubleshooter.redaction.sinks import Sinks


def test_a_sink_redacts_until_it_is_switched_off():
    """A sink that is switched off does not change text, not even in a method, while another sink still redacts."""
    sinks = Sinks()

    class Door:
        @sinks.at("door")
        def out(self, text: str) -> str:
            return text.upper()

    window = sinks.at("window")(str.upper)
    assert ("A", "A") == (Door().out("a"), window("a"))
    sinks.switch_off("door")
    assert ("a", "A") == (Door().out("a"), window("a"))


def test_a_name_that_is_unknown_is_an_error():
    """Switching off an unknown sink is an error."""
    sinks = Sinks()
    sinks.at("door")
    assert {"door"} == sinks.names()
    with pytest.raises(KeyError):
        sinks.switch_off("dor")
