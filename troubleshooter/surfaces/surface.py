"""What a file of this folder says about its surface: where the avatar is, what feeds it, and how that is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from troubleshooter.model.enums import Source, Surface


class Whose(StrEnum):
    """Whose avatar a surface shows."""

    SIGNED_IN = "signed-in"
    """Only that of the account that is signed in: a colleague's session can't see the subject's there."""
    ANYBODY = "anybody"


class Default(StrEnum):
    """When a surface is looked at without being asked for."""

    ALWAYS = "always"
    COLLEAGUE = "colleague"
    """In a colleague's session only: the subject's own has a nearer view of the same store."""
    ON_REQUEST = "asked"
    """Only by `--surfaces`: it costs time, or passes by mail and chats."""


@dataclass(frozen=True)
class Origins:
    """Where a tenant's services are."""

    home: str
    sharepoint: str
    my: str
    cloud: str = "worldwide"
    account_page: str | None = None
    """Where the account panel's "View account" leads, once it was seen."""


def _nowhere(origins: Origins) -> tuple[str, ...]:  # noqa: ARG001 - the shape that every surface gives
    return ()


@dataclass(frozen=True)
class SurfaceDefinition:
    """One surface."""

    surface: Surface
    source: Source
    """The store that feeds it, where the picture's address doesn't tell."""
    facts: str
    """The rows of the collected facts that it stands on, with their confidence."""
    locators: tuple[str, ...] = ()
    """Most trusted first; empty where the avatar is a picture by itself."""
    whose: Whose = Whose.ANYBODY
    default: Default = Default.ALWAYS
    refines: frozenset[Source] = field(default=frozenset())
    """Stores that the address may name although a copy of this surface's own stands in between."""
    addresses: Callable[[Origins], tuple[str, ...]] = _nowhere
    """Where to go to see it, first choice first; none for what is seen on the way."""
    hosts: Callable[[Origins], tuple[str, ...]] = _nowhere
    """HostPolicy of which one shows it in the end."""

    def store(self, by_address: Source) -> Source:
        """Return the store behind a picture of this surface whose address says `by_address`."""
        return self.source if by_address is Source.UNKNOWN or by_address in self.refines else by_address
