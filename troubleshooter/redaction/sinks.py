"""Registers the sinks, where text leaves the product, with the functions that redact the text there.

A test switches off a sink by its name, to prove that the search for secrets finds what that sink lets through.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])


class Sinks:
    """Sinks, by name."""

    def __init__(self) -> None:
        self._registered: set[str] = set()
        self._off: set[str] = set()

    def at(self, name: str) -> Callable[[F], F]:
        """Return a decorator for a function that redacts its last argument on the way out through the sink `name`."""
        self._registered.add(name)

        def decorate(redact: F) -> F:
            @functools.wraps(redact)
            def through(*args: Any) -> Any:  # noqa: ANN401 - as the function has it
                return args[-1] if name in self._off else redact(*args)

            return cast("F", through)

        return decorate

    def names(self) -> frozenset[str]:
        """Return the names of the sinks in all loaded modules."""
        return frozenset(self._registered)

    def switch_off(self, name: str) -> None:
        """Stop redacting at the sink `name`. For tests.

        Raises:
            KeyError: no loaded module has such a sink.
        """
        if name not in self._registered:
            raise KeyError(name)
        self._off.add(name)


SINKS = Sinks()
"""The sinks of the product."""
