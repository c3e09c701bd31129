"""What each file of this folder says about its surface: where the avatar is, what feeds it, and how that is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from troubleshooter.model.enums import Source, Surface


class Whose(StrEnum):
    """Whose avatar a surface shows."""

    SIGNED_IN = "signed-in"
    """Only that of the signed-in account: a colleague's session can't see the subject's there."""
    ANYBODY = "anybody"


class Default(StrEnum):
    """When a surface is looked at without being requested."""

    ALWAYS = "always"
    COLLEAGUE = "colleague"
    """Only in a colleague's session: the subject's own shows the same store more directly."""
    ON_REQUEST = "asked"
    """Only if `--surfaces` requests it: it costs time, or opens mail and chats."""


@dataclass(frozen=True)
class Origins:
    """The addresses of a tenant's services."""

    home: str
    sharepoint: str
    my: str
    cloud: str = "worldwide"
    account_page: str | None = None
    """Where "View account" in the account panel leads, once that is known."""


def _nowhere(origins: Origins) -> tuple[str, ...]:  # noqa: ARG001 - the signature that every surface has
    return ()


@dataclass(frozen=True)
class SurfaceDefinition:
    """One surface."""

    surface: Surface
    source: Source
    """The store that feeds it, if the picture's address doesn't say."""
    facts: str
    """The rows of the collected facts on which it is based, with their confidence."""
    locators: tuple[str, ...] = ()
    """Most trusted first; empty if it is found by structure alone."""
    whose: Whose = Whose.ANYBODY
    default: Default = Default.ALWAYS
    refines: frozenset[Source] = field(default=frozenset())
    """Stores that the address may name although this surface shows a copy of its own."""
    addresses: Callable[[Origins], tuple[str, ...]] = _nowhere
    """Where to go to see it, first choice first; none if it is seen on the way."""
    hosts: Callable[[Origins], tuple[str, ...]] = _nowhere
    """The hosts of which one shows it in the end."""

    def store(self, by_address: Source) -> Source:
        """Return the store behind a picture of this surface, the store by its address being `by_address`."""
        return self.source if by_address is Source.UNKNOWN or by_address in self.refines else by_address
