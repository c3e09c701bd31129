"""Defines what each file in this folder says about its surface: where the avatar is, what feeds it, and the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.locators import LocatorDefinition


class Whose(StrEnum):
    """The account whose avatar a surface shows."""

    SIGNED_IN = "signed-in"
    """Only the signed-in account's avatar, so a colleague's session can't see the subject's there."""
    ANYBODY = "anybody"


class Default(StrEnum):
    """The circumstances in which a surface is checked by default."""

    ALWAYS = "always"
    COLLEAGUE = "colleague"
    """Only in a colleague's session, because the subject's own shows the same store more directly."""
    ON_REQUEST = "asked"
    """Only if `--surfaces` requests it, because it costs time, or opens mail and chats."""


@dataclass(frozen=True)
class Origins:
    """The URLs of a tenant's services."""

    home: str
    sharepoint: str
    my: str
    cloud: str = "worldwide"
    account_page: str | None = None
    """Where "View account" in the account panel leads, once that is known."""


PICTURE = LocatorDefinition(
    id="picture-document.picture",
    use="a stored photo that was opened by its address",
    fact="browser, a top-level visit to a picture",
    confidence="A",
    selectors=("img",),
)
"""A picture that was opened by its own address: the browser shows it in a document that contains nothing else."""


def _nowhere(origins: Origins) -> tuple[str, ...]:  # noqa: ARG001 - the signature that every surface has
    return ()


@dataclass(frozen=True)
class SurfaceDefinition:
    """Definition of a surface, a place that shows an avatar."""

    surface: Surface
    source: Source
    """The store that feeds it, if the picture's URL doesn't say."""
    facts: str
    """The rows of the collected facts that the definition is based on, with their confidence."""
    locator: LocatorDefinition
    """Where the surface shows its avatar, or the avatars of several people."""
    whose: Whose = Whose.ANYBODY
    default: Default = Default.ALWAYS
    refines: frozenset[Source] = field(default=frozenset())
    """Stores that the URL may indicate although this surface shows a copy of its own."""
    addresses: Callable[[Origins], tuple[str, ...]] = _nowhere
    """URLs to open to see the surface, first choice first; none if it is seen on the way."""
    hosts: Callable[[Origins], tuple[str, ...]] = _nowhere
    """The hosts, one of which finally shows the surface."""

    def store(self, by_address: Source) -> Source:
        """Return the store behind a picture of this surface; `by_address` is the store that its URL indicates."""
        return self.source if by_address is Source.UNKNOWN or by_address in self.refines else by_address


def marked(name: str) -> tuple[str, ...]:
    """Return the locators of the parts of SharePoint's pages that are marked with `name`.

    The attribute is written both ways: real pages 3.3 (B).
    """
    return f'[data-automation-id="{name}"]', f'[data-automationid="{name}"]'
