"""A secret prints as a mask, and is revealed on purpose only."""

from __future__ import annotations

import pytest

from troubleshooter.redaction.patterns import MASK
from troubleshooter.redaction.secret import Secret, is_text

PASSWORD = "Tr0ub4dor &<3>\"'+/é"


@pytest.mark.parametrize("show", [str, repr, "{}".format, "{!r}".format, lambda s: f"{s}", lambda s: str([s])])
def test_a_secret_prints_as_a_mask(show):
    """However a secret is printed, its value is not shown."""
    assert MASK == show(Secret(PASSWORD)).strip("[]")


def test_a_secret_is_revealed_on_purpose_only():
    """`reveal` returns the value, and there is no attribute dictionary from which it could be printed."""
    assert PASSWORD == Secret(PASSWORD).reveal()
    assert not hasattr(Secret(PASSWORD), "__dict__")


def test_equal_secrets_are_equal():
    """Secrets compare by value, and only with other secrets."""
    assert Secret("a") == Secret("a")
    assert hash(Secret("a")) == hash(Secret("a"))
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"


def test_bytes_that_were_not_decoded_are_not_text():
    """A lone surrogate, which Python substitutes for a byte that it cannot decode, is not text."""
    assert is_text(PASSWORD)
    assert not is_text(b"\xff".decode(errors="surrogateescape"))
