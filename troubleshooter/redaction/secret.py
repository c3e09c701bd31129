"""A value that never prints itself."""

from __future__ import annotations

from troubleshooter.redaction.patterns import MASK


class Secret:
    """A value that prints as `•••`. `reveal` is for the one place that types it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself."""
        return self._value

    def __repr__(self) -> str:
        return MASK

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


def is_text(value: object) -> bool:
    """Return whether `value` is no bytes in the guise of a string: what can't be decoded becomes lone surrogates."""
    if not isinstance(value, str):
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
