"""Lists the faults that single generated people can have."""

from collections.abc import Callable
from dataclasses import dataclass

from troubleshooter.sandbox.faults import (
    deleted_at_source,
    never_visited,
    no_mailbox,
    no_photo,
    stale_copy,
    stale_delivery,
    stale_site_copy,
    stub_profile,
)
from troubleshooter.sandbox.state import State


@dataclass(frozen=True)
class Kind:
    """A fault that one user can have while everybody else is well."""

    fault: str
    """Name of the sandbox's fault that does the same to its subject."""
    plant: Callable[[State, str], None]
    shown_by: str = ""
    """What alone shows it: a page's `byline`, `cards` that request userphoto.aspx, or any `page`, because only the
    profile card has the people service's photo; empty if SharePoint's copy differs from what Outlook shows."""


KINDS = (
    Kind("stale-copy", stale_copy.plant),
    Kind("never-visited", never_visited.plant),
    Kind("no-photo", no_photo.plant),
    Kind("deleted-at-source", deleted_at_source.plant),
    Kind("stub-profile", stub_profile.plant),
    Kind("no-mailbox", no_mailbox.plant, shown_by="page"),
    Kind("stale-delivery", stale_delivery.plant, shown_by="cards"),
    Kind("stale-site-copy", stale_site_copy.plant, shown_by="byline"),
)
"""The eight kinds, each planted equally often; those for which fewest people are fit come last."""
