"""Every store has the current photo."""

from datetime import timedelta

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.stores import Copy, service_stem, upload_stem
from troubleshooter.sandbox.sync import put_at_source, put_in_sharepoint

DESCRIPTION = "Everything works: each store holds the current photo, copied to SharePoint 3 days ago."
_AGES = 100
"""Different ages of copies, a week apart, so that none is from before there was SharePoint."""


def apply(state: State) -> None:
    """Put the photo of everybody who has one into all stores."""
    now = state.clock.now()
    for number, person in enumerate(state.people.values()):
        if not person.has_photo:
            continue
        copied = now - timedelta(days=3 + 7 * (number % _AGES))
        changed = copied - timedelta(hours=2)
        photo = state.photo_of(person.upn)
        # Both styles of file name occur in real tenants, regardless of how the photo got there.
        stem = upload_stem(person) if number % 3 == 1 else service_stem(person)
        put_at_source(state, person.upn, photo, changed)
        copy = Copy(photo, stem=stem, copied=copied, placeholder="0", sync="1", changed=changed, tried=copied)
        put_in_sharepoint(state, person.upn, copy)
